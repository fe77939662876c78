r"""The frontend sends a message that no branch of the backend handles.

It falls through the whole chain: nothing happens, and nobody is told.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "message":
            await socket.send_json({"type": "reply", "text": event["text"]})
        elif event["type"] == "stop":
            break
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

export function say(text: string) {
  socket.send(JSON.stringify({ type: "message", text }));
}

export function interrupt() {
  socket.send(JSON.stringify({ type: "interrupt" })); // expect: MS101
}

export function stop() {
  socket.send(JSON.stringify({ type: "stop" }));
}

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "reply") {
    console.log(data.text);
  }
};
```

## Good

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

export function say(text: string) {
  socket.send(JSON.stringify({ type: "message", text }));
}

export function stop() {
  socket.send(JSON.stringify({ type: "stop" }));
}

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "reply") {
    console.log(data.text);
  }
};
```

## Limits

Nothing is said where the backend hands frames to code that could not be followed, about heartbeats, and about
types that stand anywhere else in the backend.
"""

from collections.abc import Iterator

from auditor.model.conversation import evidence, named, unanswered
from auditor.model.finding import Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type, at the place that sends it."""
    for channel in graph.channels:
        if channel.kind is not Kind.WEBSOCKET:
            continue
        for one in unanswered(channel, channel.frontend_sends, channel.backend_handles):
            kind = one.message.type
            yield RULE.at(
                evidence(Side.FRONTEND, one.message, f"sends {one.message.key} '{kind}'"),
                evidence(Side.BACKEND, one.counterpart, f"handles {named(one.known)}"),
                message=f"'{kind}' is sent on {channel.label}, and the backend does not handle it",
                subject=one.subject,
                hint=f"handle '{kind}', or stop sending it",
                confidence=one.confidence,
                places=tuple(evidence(Side.FRONTEND, other, f"sends '{kind}'") for other in one.others),
                details={"type": kind, "key": one.message.key, "handled": list(one.known)},
            )


RULE = Rule(code="MS101", name="message-type-unhandled-backend", severity=Severity.HIGH, check=check)
