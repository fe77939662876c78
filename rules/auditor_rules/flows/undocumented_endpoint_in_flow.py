r"""A guide shows how a resource is used, and leaves out a request that the user interface sends for it.

Whoever writes a second client by the guide will not find it.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/api/threads")
def create() -> None:
    return None


@app.get("/api/threads/{thread_id}")
def read(thread_id: str) -> None:
    return None


@app.delete("/api/threads/{thread_id}")
def remove(thread_id: str) -> None:
    return None
```

```ts title=client.ts
export const create = () => fetch("/api/threads", { method: "POST" });
export const read = (id: string) => fetch(`/api/threads/${id}`);
export const remove = (id: string) => fetch(`/api/threads/${id}`, { method: "DELETE" });
void create();
void read("x");
void remove("x");
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>API: POST /api/threads # expect: FL108
    UI->>API: GET /api/threads/t1
~~~
```

## Good

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>API: POST /api/threads
    UI->>API: GET /api/threads/t1
    UI->>API: DELETE /api/threads/t1
~~~
```

## Limits

Only for resources of which a guide's diagrams show at least two requests of the user interface and at least as many as
they leave out: a guide that shows an example does not promise to be complete. A path that is documented with another
method is the matter of FL101; any other guide or table that shows the request will do.

```md title=GUIDE.md
| Method | Path                |
|--------|---------------------|
| DELETE | `/api/threads/{id}` |

~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>API: POST /api/threads
    UI->>API: GET /api/threads/t1
~~~
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.model.promises import Promise, document_evidence, promises, routes_of
from auditor.model.segments import is_generic, is_hole, segments
from auditor.rule import Rule

_FEWEST = 2


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per document and resource, where its diagrams show it first."""
    documented = {
        (route.method, route.path)
        for guide in graph.guides
        for call in guide.calls
        for route in routes_of(graph, call) or routes_of(graph, call, any_method=True)
    }
    shown: dict[tuple[str, str, str], list[tuple[Promise, Route]]] = {}
    for promise in promises(graph):
        drawn = any(call.by_client for call in promise.calls)
        for route in promise.routes[:1] if drawn else ():
            shown.setdefault((promise.guide.file, route.service, _resource(route.path)), []).append((promise, route))
    for (file, service, resource), members in sorted(shown.items()):
        left = [
            (route, call)
            for route, call in _called(graph)
            if (route.service, _resource(route.path)) == (service, resource)
            and (route.method, route.path) not in documented
        ]
        if resource and len(members) >= _FEWEST and 0 < len(left) <= len(members):
            lead = next(call for call in members[0][0].calls if call.by_client)
            names = ", ".join(route.label for route, _ in left)
            yield RULE.at(
                document_evidence(lead, f"shows {len(members)} requests for {resource}"),
                *(
                    piece
                    for route, call in left[:3]
                    for piece in (route_evidence(route, "the route"), call_evidence(call))
                ),
                message=f"{file} shows how {resource} is used, and leaves out {names}, which the user interface sends",
                subject=f"{file} {resource}",
                hint="show it in the flow, or in a table of the document",
                confidence=Confidence.MEDIUM,
                details={"routes": [route.label for route, _ in left]},
            )


def _called(graph: ProjectGraph) -> list[tuple[Route, CallSite]]:
    """The routes that somebody calls, each with its first call."""
    found: dict[tuple[str, str], tuple[Route, CallSite]] = {}
    for call in graph.calls:
        if isinstance(call.target, Matched) and call.used:
            route = call.target.route
            found.setdefault((route.method, route.path), (route, call))
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[0]))]


def _resource(path: str) -> str:
    """The first word of a path that says what it is about: `threads` of `/api/v1/threads/{id}`."""
    return next((part for part in segments(path) if not is_generic(part) and not is_hole(part)), "")


RULE = Rule(code="FL108", name="undocumented-endpoint-in-flow", severity=Severity.LOW, check=check)
