r"""The path exists, but for another transport.

A WebSocket opened on an HTTP route, or a request or `EventSource` on a WebSocket route: the handshake is refused or the
request gets 404.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/updates")
async def updates(socket: WebSocket) -> None:
    await socket.accept()
```

```ts title=client.ts
export const watch = () => new EventSource("/updates"); // expect: WS103
```

## Good

```ts title=client.ts
export const watch = () => new WebSocket(`wss://${window.location.host}/updates`);
```

## Limits

Libraries that begin with requests and change to a socket later (Socket.IO) bring their own routes and are not compared.
"""

from collections.abc import Iterator

from auditor.model.absence import absences, call_evidence, route_evidence, socket_absences
from auditor.model.finding import Finding, Severity
from auditor.model.graph import Kind, ProjectGraph, Verdict
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per method and path."""
    for absence in (*absences(graph, Verdict.TRANSPORT), *socket_absences(graph, Verdict.TRANSPORT)):
        near = absence.nearest[0] if absence.nearest else None
        other = "an HTTP" if absence.lead.kind is Kind.WEBSOCKET else "a WebSocket"
        sent = {Kind.WEBSOCKET: "a WebSocket", Kind.SSE: "an EventSource"}.get(absence.lead.kind, "a request")
        yield RULE.at(
            call_evidence(absence.lead),
            *([route_evidence(near.route, near.why)] if near else []),
            message=f"{sent} goes to {absence.lead.path}, which is {other} route{absence.remark}",
            subject=absence.label,
            hint="use the transport of the route",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"call": absence.lead.kind.value, "route": near.route.kind.value if near else ""},
        )


RULE = Rule(code="WS103", name="transport-mismatch", severity=Severity.HIGH, check=check)
