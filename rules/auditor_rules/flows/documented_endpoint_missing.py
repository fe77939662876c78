r"""A document shows a request that the backend does not serve.

Whoever follows the guide gets 404 or 405. Read are Mermaid sequence diagrams, HTTP examples and tables of endpoints in
Markdown files. Sample values (`/threads/t_1`) stand for parameters, and a document may leave out a general prefix
(`/api/v1`).

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/threads/{thread_id}")
def read_thread(thread_id: str) -> dict[str, str]:
    return {"title": "x"}
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend
    API->>API: GET /api/threads/t_1
    API->>API: POST /api/threads/t_1/archive # expect: FL101
~~~
```

## Good

```md title=GUIDE.md
| Method | Path                | Gives        |
|--------|---------------------|--------------|
| GET    | `/threads/{thread}` | one thread   |
```

## Limits

Nothing is said about documents of which less than half of the endpoints are served, which speak of another backend,
about tables of what is missing or planned, and where a router of the backend could not be resolved.

```md title=GUIDE.md
| Method | Path          | Gives        |
|--------|---------------|--------------|
| GET    | `/payments`   | of elsewhere |
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.model.promises import document_evidence, is_open, promises, routes_of
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per document, method and path that nothing serves."""
    for promise in promises(graph):
        call = promise.lead
        if promise.routes or is_open(graph, call):
            continue
        others = routes_of(graph, call, any_method=True)
        nearest: tuple[Evidence, ...] = (route_evidence(others[0], f"served as {others[0].label}"),) if others else ()
        yield RULE.at(
            document_evidence(call),
            *nearest,
            message=f"{call.method} {call.path} is documented, and no route serves it",
            subject=call.label,
            hint="correct the document, or add the route",
            confidence=Confidence.HIGH if call.origin == "diagram" else Confidence.MEDIUM,
            places=promise.places,
        )


RULE = Rule(code="FL101", name="documented-endpoint-missing", severity=Severity.HIGH, check=check)
