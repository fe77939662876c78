r"""The backend sends a message that the frontend ignores.

What it says is lost: no branch of the listener knows its type.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"type": "reply", "text": "hello"})
    await socket.send_json({"type": "quota", "left": 3})  # expect: MS102
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  switch (data.type) {
    case "reply":
      console.log(data.text);
      break;
  }
};
```

## Good

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  switch (data.type) {
    case "reply":
      console.log(data.text);
      break;
    case "quota":
      console.log(data.left);
      break;
  }
};
```

## Limits

Nothing is said where the listener hands frames to code that could not be followed or keeps them, about
heartbeats and about messages that carry nothing but their type. Parts that a library keeps in its history and no code
of the frontend shows are low.
"""

from collections.abc import Iterator

from auditor.model.conversation import evidence, is_end, named, unanswered
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.model.parts import conversations, unshown
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type, at the place that sends it."""
    for channel in graph.channels:
        if channel.kind is not Kind.WEBSOCKET:
            continue
        for one in unanswered(channel, channel.backend_sends, channel.frontend_handles):
            kind = one.message.type
            empty = not one.message.more and set(one.message.fields) <= {one.message.key, "timestamp"}
            yield RULE.at(
                evidence(Side.BACKEND, one.message, f"sends {one.message.key} '{kind}'"),
                evidence(Side.FRONTEND, one.counterpart, f"handles {named(one.known)}"),
                message=f"'{kind}' is sent on {channel.label}, and the frontend does not handle it",
                subject=one.subject,
                hint=f"handle '{kind}', or stop sending it",
                confidence=one.confidence,
                severity=Severity.LOW if empty or is_end(one.message) else None,
                places=tuple(evidence(Side.BACKEND, other, f"sends '{kind}'") for other in one.others),
                details={"type": kind, "key": one.message.key, "handled": list(one.known)},
            )
    for conversation in conversations(graph.channels):
        for part, message, shown in unshown(conversation):
            kinds = tuple(known for known, _ in shown.known)
            yield RULE.at(
                evidence(Side.BACKEND, message, f"sends {message.key} '{message.type}'"),
                Evidence(Side.FRONTEND, shown.location, f"shows {named(kinds)}"),
                message=f"'{part}' is sent as a part of {conversation.protocol.name}, and nothing shows it",
                subject=f"{conversation.protocol.name}: {part}",
                hint=f"show '{part}', or stop sending it",
                severity=Severity.LOW,
                details={"type": part, "key": message.key, "handled": list(kinds)},
            )


RULE = Rule(code="MS102", name="message-type-unhandled-frontend", severity=Severity.MEDIUM, check=check)
