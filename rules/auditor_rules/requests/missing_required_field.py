r"""The body lacks a field that the backend requires.

FastAPI answers 422 to every such request.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewTask(BaseModel):
    title: str
    owner: str
    notes: str = ""


@app.post("/tasks")
def create_task(task: NewTask) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export interface NewTask { // expect: RQ201
  title: string;
}

export const createTask = (task: NewTask) => axios.post("/tasks", task);

export const createQuickly = (title: string) => axios.post("/tasks", { title }); // expect: RQ201

export interface Draft {
  title: string;
}

export const createDraft = (draft: Draft) => axios.post("/tasks", { ...draft, notes: "draft" }); // expect: RQ201
```

## Good

```ts title=client.ts
import axios from "axios";

export interface NewTask {
  title: string;
  owner: string;
}

export const createTask = (task: NewTask) => axios.post("/tasks", task);

export const createQuickly = (title: string, more: object) => axios.post("/tasks", { title, ...more });

export interface Draft {
  title: string;
}

export const createDraft = (draft: Draft, owner: string) => axios.post("/tasks", { ...draft, owner });
```

## Limits

The declared type of what is sent counts. A type that allows further keys may have the field, and so may one that writes
it in another case: a converter may stand between.

```ts title=client.ts
import axios from "axios";

export interface NewTask {
  title: string;
  [key: string]: string;
}

export const createTask = (task: NewTask) => axios.post("/tasks", task);
```
"""

from collections.abc import Iterator

from auditor.model.differences import differences
from auditor.model.exchange import exchanges
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.span import Location
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all required fields that are not sent."""
    for pair in differences(graph):
        missing = [field for field in pair.unexpected if field.required]
        if not pair.sent or pair.frontend.open or not missing:
            continue
        here, there = pair.names
        names = ", ".join(f"'{field.wire}'" for field in missing)
        yield RULE.at(
            Evidence(Side.FRONTEND, pair.frontend.location, f"{pair.frontend.name}: has no {names}"),
            Evidence(Side.BACKEND, missing[0].location, f"{pair.backend.name}.{missing[0].name}: required"),
            message=f"{here} lacks {names}, which {there} requires",
            subject=pair.subject,
            hint=f"send {names}, or give {'it' if len(missing) == 1 else 'them'} a default in {there}",
            confidence=pair.confidence,
            severity=RULE.severity if pair.pair.used else Severity.LOW,
            provenance=pair.reason,
            places=tuple(
                Evidence(Side.BACKEND, one.location, f"{pair.backend.name}.{one.name}") for one in missing[1:]
            ),
            details={"missing": [field.wire for field in missing]},
        )
    yield from _written(graph)


def _written(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call that writes its body in place and never sends a required field."""
    seen: set[Location] = set()
    for exchange in exchanges(graph):
        missing, call, route = exchange.missing_fields(graph), exchange.call, exchange.route
        if not missing or not exchange.written or call.location in seen:
            continue
        seen.add(call.location)
        names = ", ".join(f"'{name}'" for name, _ in missing)
        yield RULE.at(
            exchange.sent,
            Evidence(Side.BACKEND, missing[0][1], f"{route.label}: required"),
            message=f"the body of {call.label} lacks {names}, which {route.label} requires",
            subject=f"{route.label} {names}",
            hint=f"send {names}, or give {'it a default' if len(missing) == 1 else 'them defaults'} in the backend",
            confidence=call.confidence,
            severity=RULE.severity if call.used else Severity.LOW,
            provenance=call.provenance,
            places=tuple(Evidence(Side.BACKEND, place, f"{route.label}: required") for _, place in missing[1:]),
            details={"missing": [name for name, _ in missing]},
        )


RULE = Rule(code="RQ201", name="missing-required-field", severity=Severity.HIGH, check=check)
