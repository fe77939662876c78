r"""The backend may send null where the frontend's type promises a value.

Code that trusts the type reads a property of null.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

from pets import router

app = FastAPI()
app.include_router(router)


class Person(BaseModel):
    name: str
    phone: str | None


@app.get("/person")
def read_person() -> Person:
    return Person(name="Ann", phone=None)
```

```ts title=client.ts
import axios from "axios";

export interface Person {
  name: string;
  phone: string; // expect: RS104
}

export const readPerson = () => axios.get<Person>("/person");
```

The same goes for a key that a handler writes in some of its objects only.

```py title=pets.py
from fastapi import APIRouter

router = APIRouter()


@router.get("/pet")
def read_pet(short: bool):
    if short:
        return {"name": "Rex"}
    return {"name": "Rex", "owner": "Ann"}
```

```ts title=pets.ts
import axios from "axios";

export interface Pet {
  name: string;
  owner: string; // expect: RS104
}

export const readPet = () => axios.get<Pet>("/pet");
```

## Good

```ts title=client.ts
import axios from "axios";

export interface Person {
  name: string;
  phone: string | null;
}

export const readPerson = () => axios.get<Person>("/person");
```

```ts title=pets.ts
import axios from "axios";

export interface Pet {
  name: string;
  owner?: string;
}

export const readPet = () => axios.get<Pet>("/pet");
```

## Limits

A field that the frontend declares as optional (`phone?: string`) is not reported: code that expects `undefined` mostly
copes with null. The reverse, null allowed and never sent, is harmless. Where the compiler does not check null
(`"strict": false`), it belongs to every type.

```ts title=client.ts
import axios from "axios";

export interface Person {
  name: string;
  phone?: string;
}

export const readPerson = () => axios.get<Person>("/person");
```
"""

from collections.abc import Iterator

from auditor.model.differences import Differences, Meeting, differences, may_be_absent, may_be_null
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields that may be null or missing."""
    for pair in differences(graph):
        met = (*pair.shared, *pair.spelled) if pair.received else ()
        checked = pair.frontend.key not in graph.loose
        nulls = [one for one in met if checked and may_be_null(one.backend, one.frontend)]
        absent = [one for one in met if one not in nulls and may_be_absent(pair.backend, one.backend, one.frontend)]
        if nulls:
            yield _finding(pair, nulls, "may be null", "may send null for", "does not allow it", "allow null for")
        if absent:
            yield _finding(pair, absent, "may be missing", "may leave out", "relies on it", "make optional:")


def _finding(pair: Differences, fields: list[Meeting], what: str, sends: str, expects: str, cure: str) -> Finding:
    first, *others = fields
    names = ", ".join(f"'{one.frontend.wire}'" for one in fields)
    here, there = pair.names
    promise = "never null" if what == "may be null" else "always there"
    return RULE.at(
        Evidence(Side.FRONTEND, first.frontend.location, f"{pair.frontend.name}.{first.frontend.name}: {promise}"),
        Evidence(Side.BACKEND, first.backend.location, f"{pair.backend.name}.{first.backend.name}: {what}"),
        message=f"{there} {sends} {names}, and {here} {expects}",
        subject=pair.subject if what == "may be null" else f"{pair.subject} {what}",
        hint=f"{cure} {names} in {pair.frontend.name}",
        confidence=pair.confidence,
        provenance=pair.reason,
        places=tuple(
            Evidence(Side.FRONTEND, one.frontend.location, f"{pair.frontend.name}.{one.frontend.name}: {promise}")
            for one in others
        ),
        details={"fields": [one.frontend.wire for one in fields]},
    )


RULE = Rule(code="RS104", name="nullability-mismatch", severity=Severity.LOW, check=check)
