r"""A diagram shows a request of the user interface that the frontend never sends.

The step of the documented flow does not happen: either the guide is out of date, or the feature is not built.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/models")
def list_models() -> list[str]:
    return []


@app.post("/api/models/{model_id}/load")
def load(model_id: str) -> None:
    return None
```

```ts title=client.ts
export const models = () => fetch("/api/models");
void models();
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>+API: GET /api/models
    API-->>-UI: names
    UI->>API: POST /api/models/gemma-2b/load # expect: FL102
~~~
```

## Good

```ts title=client.ts
export const models = () => fetch("/api/models");
export const load = (id: string) => fetch(`/api/models/${id}/load`, { method: "POST" });
void models();
void load("x");
```

## Limits

Silent where a request whose target could not be told may be the one.

```ts title=client.ts
export const models = () => fetch("/api/models");
export const load = (id: string) => fetch(`${localStorage.getItem("server")}/models/${id}/load`, { method: "POST" });
void models();
void load("x");
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Missing, ProjectGraph, Route, Unknown
from auditor.model.promises import document_evidence, promises
from auditor.model.segments import is_hole, segments
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per document, method and path that a diagram's client sends and no call site does."""
    if not graph.frontends or not graph.calls:
        return
    for promise in promises(graph):
        shown = [call for call in promise.calls if call.by_client]
        if not shown or not promise.routes:
            continue
        if any(graph.callers_of(route) for route in promise.routes):
            continue
        if any(_may_mean(call, route) for call in graph.calls for route in promise.routes):
            continue
        yield RULE.at(
            document_evidence(shown[0]),
            route_evidence(promise.routes[0], "the route, which nothing calls"),
            message=f"the user interface is documented to send {shown[0].method} {shown[0].path}: none does",
            subject=shown[0].label,
            hint="correct the document, or send the request",
            places=promise.places,
        )


def _may_mean(call: CallSite, route: Route) -> bool:
    """Whether a request that misses, or whose target is not known, may be the one that the document means."""
    match call.target:
        case Missing(nearest=nearest):
            return any(near.route.label == route.label for near in nearest)
        case Unknown():
            asked = [part for part in segments(call.path) if not is_hole(part)]
            return not asked or asked[-1] in segments(route.path)
        case _:
            return False


RULE = Rule(code="FL102", name="documented-call-missing", severity=Severity.MEDIUM, check=check)
