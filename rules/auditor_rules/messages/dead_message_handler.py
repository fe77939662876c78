r"""A handler waits for a message that nobody sends.

The branch never runs. What only it does (an answer that is waited for, a state that only it ends) never happens.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        kind = event.get("type")
        if kind == "message":
            await socket.send_json({"type": "reply", "text": event["text"]})
        elif kind == "tool_result":  # expect: MS103
            print(event["result"])
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

export function say(text: string) {
  socket.send(JSON.stringify({ type: "message", text }));
}

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "reply") {
    console.log(data.text);
  } else if (data.type === "refused") { // expect: MS103
    console.log(data.reason);
  }
};
```

## Good

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        kind = event.get("type")
        if kind == "message":
            await socket.send_json({"type": "reply", "text": event["text"]})
        else:
            await socket.send_json({"type": "refused", "reason": "unknown"})
```

## Limits

Clients that are not part of the project (a command line, another service) may send it: in the backend such a handler is
low. Nothing is said where a message is made at run time. Parts of a library's history that no message creates are low.
"""

from collections.abc import Iterator

from auditor.model.conversation import evidence, named, unanswered
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.model.parts import conversations, unmade
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type, at the comparison."""
    for channel in graph.channels:
        if channel.kind is not Kind.WEBSOCKET:
            continue
        directions = (
            (Side.BACKEND, channel.backend_handles, channel.frontend_sends),
            (Side.FRONTEND, channel.frontend_handles, channel.backend_sends),
        )
        for side, handled, sent in directions:
            other = Side.FRONTEND if side is Side.BACKEND else Side.BACKEND
            for one in unanswered(channel, handled, sent):
                kind = one.message.type
                yield RULE.at(
                    evidence(side, one.message, f"handles {one.message.key} '{kind}'"),
                    evidence(other, one.counterpart, f"sends {named(one.known)}"),
                    message=f"'{kind}' is handled on {channel.label}, and the {other} never sends it",
                    subject=one.subject,
                    hint=f"send '{kind}', or remove its handler",
                    confidence=one.confidence,
                    severity=Severity.LOW if side is Side.BACKEND else None,
                    places=tuple(evidence(side, further, f"handles '{kind}'") for further in one.others),
                    details={"type": kind, "key": one.message.key, "sent": list(one.known)},
                )
    for conversation in conversations(graph.channels):
        for part, place, made in unmade(conversation):
            yield RULE.at(
                Evidence(Side.FRONTEND, place, f"shows '{part}'"),
                evidence(Side.BACKEND, made, f"sends '{made.type}', but never '{part}'"),
                message=f"'{part}' is shown as a part of {conversation.protocol.name}, and nothing makes one",
                subject=f"{conversation.protocol.name}: {part}",
                hint=f"send '{part}', or remove its branch",
                severity=Severity.LOW,
                details={"type": part, "key": conversation.protocol.key},
            )


RULE = Rule(code="MS103", name="dead-message-handler", severity=Severity.MEDIUM, check=check)
