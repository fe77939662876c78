r"""No frontend opens the socket.

The route accepts connections and nobody connects: the live part of a feature is missing in the frontend, or dead in
the backend.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.websocket("/ws/metrics")  # expect: WS102
async def metrics(socket: WebSocket) -> None:
    await socket.accept()
```

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

## Good

```ts title=client.ts
export const listUsers = () => fetch("/users");
export const watch = () => new WebSocket(`wss://${window.location.host}/ws/metrics`);
```

## Limits

Other clients are not seen. Nothing is said where the only socket with an unresolved address must be meant, or where a
client misses the route narrowly (that client is the finding).
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence, weaker
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.graph import Kind, ProjectGraph, Unknown
from auditor.model.idle import idle_sockets
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per WebSocket route."""
    unresolved = any(call.kind is Kind.WEBSOCKET and isinstance(call.target, Unknown) for call in graph.calls)
    doubt = Confidence.MEDIUM if unresolved else Confidence.HIGH
    meant = {channel.route for channel in graph.channels if channel.clients}
    for idle in idle_sockets(graph):
        route = idle.route
        if route.location in meant:
            continue
        yield RULE.at(
            route_evidence(route, "no client opens it"),
            message=f"no frontend opens the socket {route.label}",
            subject=route.label,
            hint="connect a client, or remove the route",
            confidence=weaker(idle.confidence, doubt),
            provenance=route.provenance,
            details={"handler": route.handler},
        )


RULE = Rule(code="WS102", name="unused-websocket-endpoint", severity=Severity.MEDIUM, check=check)
