r"""The backend takes any object where the frontend has a type.

What is sent is neither checked nor converted, and no other rule can compare it.

## Bad

```py title=api.py
from typing import Any

from fastapi import FastAPI

app = FastAPI()


@app.post("/tasks")
def create_task(task: dict[str, Any]) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export interface NewTask {
  title: string;
}

export const createTask = (task: NewTask) => axios.post("/tasks", task); // expect: RQ301
```

## Good

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewTask(BaseModel):
    title: str


@app.post("/tasks")
def create_task(task: NewTask) -> None:
    return None
```

## Limits

Only what the signature of a handler says is read. A body whose keys are not known on the frontend either is not
reported.

```py title=api.py
from typing import Any

from fastapi import FastAPI

app = FastAPI()


@app.post("/tasks")
def create_task(task: dict[str, Any]) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export const createTask = (task: Record<string, unknown>) => axios.post("/tasks", task);
```
"""

from collections.abc import Iterator

from auditor.model.exchange import Exchange, exchanges
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.shape import AnyShape, MapOf, Ref
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route, at its first call that knows what it sends."""
    seen: set[str] = set()
    for exchange in exchanges(graph):
        label, call = exchange.route.label, exchange.call
        known = _known(exchange, graph)
        parts = [part for part in exchange.operation.body if _is_anything(part.shape)]
        if not known or not parts or label in seen:
            continue
        seen.add(label)
        yield RULE.at(
            exchange.sent,
            Evidence(Side.BACKEND, parts[0].location, f"{label}: '{parts[0].name}' is any object"),
            message=f"{label} takes any object, the frontend sends {known}",
            subject=label,
            hint="take a model in the backend",
            confidence=call.confidence,
            provenance=call.provenance,
            details={"sent": known},
        )


def _known(exchange: Exchange, graph: ProjectGraph) -> str:
    """What the frontend knows of the body: its type or its keys."""
    sends, body = exchange.call.sends, exchange.carried.body
    if isinstance(sends, Ref) and sends.key in graph.models:
        return graph.models[sends.key].name
    if body is not None and body.kind == "json" and body.keys.names and body.keys.closed:
        return f"{{{', '.join(body.keys.names)}}}"
    return ""


def _is_anything(shape: object) -> bool:
    return isinstance(shape, AnyShape) or (isinstance(shape, MapOf) and isinstance(shape.value, AnyShape))


RULE = Rule(code="RQ301", name="missing-input-validation", severity=Severity.LOW, check=check)
