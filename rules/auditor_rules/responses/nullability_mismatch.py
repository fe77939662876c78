r"""The backend may send null where the frontend's type promises a value.

Code that trusts the type reads a property of null.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


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

## Good

```ts title=client.ts
import axios from "axios";

export interface Person {
  name: string;
  phone: string | null;
}

export const readPerson = () => axios.get<Person>("/person");
```

## Limits

A field that the frontend declares as optional (`phone?: string`) is not reported: code that expects `undefined` mostly
copes with null. The reverse, null allowed and never sent, is harmless.

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

from auditor.model.differences import differences, may_be_null
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields that may be null."""
    for pair in differences(graph):
        nulls = [
            one for one in (*pair.shared, *pair.spelled) if pair.received and may_be_null(one.backend, one.frontend)
        ]
        if not nulls:
            continue
        first, *others = nulls
        names = ", ".join(f"'{one.frontend.wire}'" for one in nulls)
        here, there = pair.names
        yield RULE.at(
            Evidence(Side.FRONTEND, first.frontend.location, f"{pair.frontend.name}.{first.frontend.name}: never null"),
            Evidence(Side.BACKEND, first.backend.location, f"{pair.backend.name}.{first.backend.name}: may be null"),
            message=f"{there} may send null for {names}, and {here} does not allow it",
            subject=pair.subject,
            hint=f"allow null for {names} in {pair.frontend.name}",
            confidence=pair.confidence,
            provenance=pair.reason,
            places=tuple(
                Evidence(Side.FRONTEND, one.frontend.location, f"{pair.frontend.name}.{one.frontend.name}: never null")
                for one in others
            ),
            details={"fields": [one.frontend.wire for one in nulls]},
        )


RULE = Rule(code="RS104", name="nullability-mismatch", severity=Severity.LOW, check=check)
