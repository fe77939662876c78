r"""Field names are snake_case on one side and camelCase on the other, and nothing converts them.

Every field that is spelled differently is `undefined` in the client, or missing for the server.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Visit(BaseModel):
    visitor_name: str
    started_at: str


@app.get("/visit")
def read_visit() -> Visit:
    return Visit(visitor_name="Ann", started_at="")
```

```ts title=client.ts
import axios from "axios";

export interface Visit {
  visitorName: string; // expect: TY103
  startedAt: string;
}

export const readVisit = () => axios.get<Visit>("/visit");
```

## Good

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

app = FastAPI()


class Visit(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    visitor_name: str
    started_at: str


@app.get("/visit")
def read_visit() -> Visit:
    return Visit(visitorName="Ann", startedAt="")
```

## Limits

Silent as soon as the code of the frontend reads a name that may belong to a converter (`camelizeKeys`, `humps`,
`toSnakeCase`, …).

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Visit(BaseModel):
    visitor_name: str
    started_at: str


@app.get("/visit")
def read_visit() -> Visit:
    return Visit(visitor_name="Ann", started_at="")
```

```ts title=client.ts
import axios from "axios";
import camelcaseKeys from "camelcase-keys";

export interface Visit {
  visitorName: string;
  startedAt: string;
}

const api = axios.create();
api.interceptors.response.use((response) => ({ ...response, data: camelcaseKeys(response.data) }));

export const readVisit = () => api.get<Visit>("/visit");
```
"""

from collections.abc import Iterator

from auditor.model.differences import Differences, converts, differences
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule

_CODE = frozenset({"pydantic", "sqlmodel", "dataclass", "typeddict", "msgspec"})
"""Models that travel under the names of their code; a Django project may convert all of them in its settings."""


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models of which at least two fields, or the only one, are spelled differently."""
    if converts(graph):
        return
    for pair in differences(graph):
        if not _differs(pair):
            continue
        first, *others = pair.spelled
        here, there = pair.names
        spellings = ", ".join(f"'{one.frontend.wire}' for '{one.backend.wire}'" for one in pair.spelled)
        yield RULE.at(
            Evidence(Side.FRONTEND, first.frontend.location, f"{pair.frontend.name}.{first.frontend.wire}"),
            Evidence(Side.BACKEND, first.backend.location, f"{pair.backend.name}.{first.backend.wire}"),
            message=f"{here} spells {spellings} of {there}, and nothing converts the names",
            subject=pair.subject,
            hint="use the names of the wire, or convert them in one place",
            confidence=pair.confidence,
            severity=RULE.severity if pair.pair.used else Severity.LOW,
            provenance=pair.reason,
            places=tuple(
                Evidence(Side.FRONTEND, one.frontend.location, f"{pair.frontend.name}.{one.frontend.wire}")
                for one in others
            ),
            details={"spelled": {one.backend.wire: one.frontend.wire for one in pair.spelled}},
        )


def _differs(pair: Differences) -> bool:
    return pair.backend.framework in _CODE and not pair.backend.open and len(pair.spelled) > (len(pair.shared) > 0)


RULE = Rule(code="TY103", name="casing-convention-mismatch", severity=Severity.HIGH, check=check)
