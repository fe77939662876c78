r"""The body has a field that the backend does not know.

Pydantic drops it without a word, or refuses the request where further fields are forbidden.

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

export interface NewTask {
  title: string;
  owner: string;
  dueDate: string; // expect: RQ202
}

export const createTask = (task: NewTask) => axios.post("/tasks", task);

export const createQuickly = (title: string, owner: string, color: string) =>
  axios.post("/tasks", { title, owner, color }); // expect: RQ202
```

## Good

```ts title=client.ts
import axios from "axios";

export interface NewTask {
  title: string;
  owner: string;
}

export const createTask = (task: NewTask) => axios.post("/tasks", task);
```

## Limits

Optional fields of the frontend's type are low: whether they are ever sent is not known. So are those that stand in the
path as well, and those that answers of the same type bring. Names in another case are no unknown fields; see TY103.
"""

import re
from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.differences import Differences, differences
from auditor.model.exchange import exchanges
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.span import Location
from auditor.rule import Rule

_PARAMETER = re.compile(r"\{(\w+)\}")


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields that the backend's lacks."""
    for pair in differences(graph):
        if pair.pair.direction != "request" or pair.backend.open or not pair.unserved:
            continue
        first, *others = sorted(pair.unserved, key=lambda field: not field.required)
        here, there = pair.names
        names = ", ".join(f"'{field.wire}'" for field in (first, *others))
        yield RULE.at(
            Evidence(Side.FRONTEND, first.location, f"{pair.frontend.name}.{first.name}"),
            Evidence(Side.BACKEND, pair.backend.location, f"{pair.backend.name}: has no {names}"),
            message=f"{here} has {names}, which {there} does not know",
            subject=pair.subject,
            hint=f"accept {names} in {there}, or do not send {'it' if not others else 'them'}",
            confidence=pair.confidence,
            severity=RULE.severity if pair.pair.used and _is_meant(graph, pair) else Severity.LOW,
            provenance=pair.reason,
            places=tuple(Evidence(Side.FRONTEND, one.location, f"{pair.frontend.name}.{one.name}") for one in others),
            details={"unknown": [field.wire for field in (first, *others)]},
        )
    yield from _written(graph)


def _is_meant(graph: ProjectGraph, pair: Differences) -> bool:
    """Whether a field that is always sent is lost: neither one that stands in the path too, nor one that answers of
    the same type bring and the client hands back."""
    paths = {name for piece in pair.pair.evidence for name in _PARAMETER.findall(piece.label)}
    brought = {
        field.wire
        for other in graph.pairs
        if other.frontend == pair.pair.frontend and other.direction != "request"
        for field in (graph.models[other.backend].fields if other.backend in graph.models else ())
    }
    return any(one.required and one.wire not in {*paths, *brought} for one in pair.unserved)


def _written(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call that writes its body in place, with fields that the route does not know."""
    seen: set[Location] = set()
    for exchange in exchanges(graph):
        unknown, call, route = exchange.unknown_fields(graph), exchange.call, exchange.route
        if not unknown or not exchange.written or call.location in seen or exchange.missing_fields(graph):
            continue
        seen.add(call.location)
        names = ", ".join(f"'{name}'" for name in unknown)
        yield RULE.at(
            exchange.sent,
            route_evidence(route, f"has no {names}"),
            message=f"the body of {call.label} has {names}, which {route.label} does not know",
            subject=f"{route.label} {names}",
            hint=f"accept {names} in the backend, or do not send {'it' if len(unknown) == 1 else 'them'}",
            confidence=call.confidence,
            severity=Severity.LOW,
            provenance=call.provenance,
            details={"unknown": list(unknown)},
        )


RULE = Rule(code="RQ202", name="unknown-body-field", severity=Severity.MEDIUM, check=check)
