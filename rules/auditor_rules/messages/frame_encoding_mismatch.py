r"""A frame begins in a way that the client does not accept.

The client tells frames apart by how they begin; this one is neither of them nor JSON, and is dropped.

## Bad

```py title=api.py
import json

from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(f"data: {json.dumps({'type': 'reply', 'text': 'hello'})}\n\n")
    await socket.send_text(f"event: approval\ndata: {json.dumps({'type': 'approval', 'id': 1})}\n\n")  # expect: MS110
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const frame = event.data;
  if (!frame.startsWith("data: ")) {
    return;
  }
  const data = JSON.parse(frame.slice(6));
  switch (data.type) {
    case "reply":
      console.log(data.text);
      break;
    case "approval":
      console.log(data.id);
      break;
  }
};
```

## Good

```py title=api.py
import json

from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(f"data: {json.dumps({'type': 'reply', 'text': 'hello'})}\n\n")
    await socket.send_text(f"data: {json.dumps({'type': 'approval', 'id': 1})}\n\n")
```

## Limits

Only frames whose beginning is written in the code; bare JSON next to framed messages is left alone.
"""

from collections.abc import Iterator

from auditor.model.conversation import evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per place that makes such a frame."""
    for channel in graph.channels:
        if channel.kind is not Kind.WEBSOCKET or not channel.accepted:
            continue
        seen = set()
        for message in channel.backend_sends.entries:
            frame = message.frame
            if not frame.strip() or frame.startswith(channel.accepted) or message.location in seen:
                continue
            seen.add(message.location)
            accepted = " or ".join(repr(one) for one in channel.accepted)
            yield RULE.at(
                evidence(Side.BACKEND, message, f"begins with {frame!r}"),
                *(
                    Evidence(Side.FRONTEND, client, f"accepts frames that begin with {accepted}")
                    for client in channel.clients
                ),
                message=f"'{message.type}' is sent on {channel.label} as {frame!r}, which the client does not accept",
                subject=f"{channel.label}: {message.type}",
                hint=f"begin the frame with {accepted}",
                confidence=Confidence.HIGH,
                details={"type": message.type, "frame": frame, "accepted": list(channel.accepted)},
            )


RULE = Rule(code="MS110", name="frame-encoding-mismatch", severity=Severity.HIGH, check=check)
