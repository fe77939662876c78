r"""The backend speaks another version of a library's protocol than the client understands.

A library that checks its messages refuses one that its version does not know, and ends the whole stream with an error.

## Bad

```json title=package.json
{"name": "web", "private": true, "dependencies": {"ai": "^5.0.0"}}
```

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"type": "text-start", "id": "1"})
    await socket.send_json({"type": "text-delta", "id": "1", "delta": "hello"})
    await socket.send_json({"type": "text-end", "id": "1"})
    await socket.send_json({"type": "tool-approval-request", "approvalId": "a", "toolCallId": "t"})  # expect: MS109
```

```ts title=client.ts
import type { UIMessageChunk } from "ai";

const socket = new WebSocket(`wss://${window.location.host}/live`);

export function listen(controller: ReadableStreamDefaultController<UIMessageChunk>) {
  socket.onmessage = (event) => controller.enqueue(JSON.parse(event.data));
}
```

## Good

```json title=package.json
{"name": "web", "private": true, "dependencies": {"ai": "^6.0.0"}}
```

## Bad

Each message says which version it is of, and nobody looks.

```py title=api.py
import logging

from fastapi import FastAPI, WebSocket

app = FastAPI()
logger = logging.getLogger(__name__)


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        version = event.get("version", "1.0")  # expect: MS109
        logger.info(f"message of version {version}")
        if event["type"] == "say":
            await socket.send_json({"type": "said", "text": event["text"]})
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "said") console.log(data.text);
};

export const say = (text: string) => socket.send(JSON.stringify({ type: "say", version: "1.0", text }));
```

## Good

```py title=api.py
import logging

from fastapi import FastAPI, WebSocket

app = FastAPI()
logger = logging.getLogger(__name__)


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        version = event.get("version", "1.0")
        logger.info(f"message of version {version}")
        if version != "1.0":
            await socket.close(code=1002)
        elif event["type"] == "say":
            await socket.send_json({"type": "said", "text": event["text"]})
```

## Limits

Versions in messages are low, and only where the backend takes them out by name to log them. Otherwise only for
libraries whose versions are described (AI SDK UI 5 and 6), and only where a package file says which one is used.
"""

from collections.abc import Iterator

from auditor.model.channel import Channel, Message
from auditor.model.conversation import evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type, at the place that sends it."""
    for channel in graph.channels:
        yield from _unchecked(channel)
        protocol = channel.protocol
        if protocol is None or not protocol.elsewhere:
            continue
        own = channel.frontend_handles.types
        unknown: dict[str, list[Message]] = {}
        for message in channel.backend_sends.entries:
            if message.key == protocol.key and message.type in protocol.elsewhere and message.type not in own:
                unknown.setdefault(message.type, []).append(message)
        for kind, sent in sorted(unknown.items()):
            yield RULE.at(
                evidence(Side.BACKEND, sent[0], f"sends '{kind}'"),
                *(Evidence(Side.FRONTEND, client, f"leaves it to {protocol.name}") for client in channel.clients[:1]),
                message=f"'{kind}' is sent on {channel.label}: {protocol.elsewhere[kind]}, not {protocol.name}",
                subject=f"{channel.label}: {kind}",
                hint="use the same version on both sides",
                confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
                places=tuple(evidence(Side.BACKEND, one, f"sends '{kind}'") for one in sent[1:]),
                details={"type": kind, "speaks": protocol.elsewhere[kind], "understands": protocol.name},
            )


def _unchecked(channel: Channel) -> Iterator[Finding]:
    for one in channel.unchecked if channel.backend_handles.is_closed else ():
        senders = [message for message in channel.frontend_sends.entries if one.field in message.fields]
        if senders:
            yield RULE.at(
                Evidence(Side.BACKEND, one.location, f"reads {one.field} and only logs it"),
                evidence(Side.FRONTEND, senders[0], f"sends {one.field}"),
                message=f"the {one.field} of the messages on {channel.label} is read and never checked",
                subject=f"{channel.label}: {one.field}",
                hint="refuse versions that the backend does not speak, or stop sending it",
                severity=Severity.LOW,
                confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
                details={"field": one.field},
            )


RULE = Rule(code="MS109", name="protocol-version-mismatch", severity=Severity.MEDIUM, check=check)
