r"""A socket is opened at a path that no route accepts.

The handshake is refused (403 or 404), and the client sees a close without a reason.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/ws/updates")
async def updates(socket: WebSocket) -> None:
    await socket.accept()
```

```ts title=client.ts
export const watch = () => new WebSocket(`wss://${window.location.host}/ws/updates`);

export const chat = () => new WebSocket(`wss://${window.location.host}/live/chat/room`); // expect: WS101
```

## Good

```ts title=client.ts
export const watch = () => new WebSocket(`wss://${window.location.host}/ws/updates`);
```

## Limits

A socket that needs the same change of prefix as the requests of its frontend belongs to their finding (EP106). A path
that exists for HTTP only is WS103.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, closest_route, route_evidence, socket_absences
from auditor.model.drift import drifting_sockets
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per path."""
    explained = {call.location for call in drifting_sockets(graph)}
    for absence in socket_absences(graph, *(verdict for verdict in Verdict if verdict is not Verdict.TRANSPORT)):
        if absence.lead.location in explained:
            continue
        closest = closest_route(graph, absence.lead)
        near = [route_evidence(candidate.route, candidate.why) for candidate in absence.nearest[:1]]
        yield RULE.at(
            call_evidence(absence.lead),
            *(near or ([route_evidence(closest, "closest route")] if closest else [])),
            message=f"no route accepts the socket {absence.label}{absence.remark}",
            subject=absence.label,
            hint=f"open {absence.nearest[0].route.path} if that is what is meant" if near else "add the route",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"calls": len(absence.calls)},
        )


RULE = Rule(code="WS101", name="missing-websocket-endpoint", severity=Severity.CRITICAL, check=check)
