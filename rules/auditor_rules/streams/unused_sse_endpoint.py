r"""No frontend reads the event stream.

The route streams and nobody listens: the live part of a feature is missing in the frontend, or dead in the backend.

## Bad

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.get("/users/changes")  # expect: SE102
def changes() -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")
```

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

## Good

```ts title=client.ts
export const listUsers = () => fetch("/users");
export const watch = () => new EventSource("/users/changes");
```

## Limits

Other clients are not seen. Nothing is said where a call with an unresolved address may be the one, or where a client
misses the route narrowly (that client is the finding). Where a whole group of routes is not used, that is one finding
(EP202).
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence, weaker
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.graph import Kind, ProjectGraph, Unknown
from auditor.model.idle import idle_groups, idle_routes
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route."""
    unresolved = any(call.kind is Kind.SSE and isinstance(call.target, Unknown) for call in graph.calls)
    doubt = Confidence.MEDIUM if unresolved else Confidence.HIGH
    grouped = {member.route for group in idle_groups(graph) for member in group.members}
    for idle in idle_routes(graph):
        route = idle.route
        if route.kind is not Kind.SSE or route in grouped:
            continue
        yield RULE.at(
            route_evidence(route, "no client reads it"),
            message=f"no frontend reads the event stream {route.label}",
            subject=route.label,
            hint="read it in the frontend, or remove the route",
            confidence=weaker(idle.confidence, doubt),
            provenance=route.provenance,
            details={"handler": route.handler},
        )


RULE = Rule(code="SE102", name="unused-sse-endpoint", severity=Severity.MEDIUM, check=check)
