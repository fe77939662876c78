r"""What the backend streams does not pass its own validation when the client sends it back.

A chat client keeps what the backend streams as parts of its history, and sends the history back. The model knows that
kind of part, but demands a field that the part never has: from the second turn on the whole message is refused.

## Bad

```py title=api.py
import json
from typing import Literal, Union

from fastapi import FastAPI, WebSocket
from pydantic import BaseModel

app = FastAPI()


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class FilePart(BaseModel):
    type: Literal["file"]
    url: str
    mediaType: str
    filename: str


class ChatMessage(BaseModel):
    role: str
    parts: list[Union[TextPart, FilePart]]


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = json.loads(await socket.receive_text())
        if event["type"] == "message":
            message = ChatMessage(**event["messages"][-1])  # expect: MS111
            print(message.role)
            await socket.send_json({"type": "text-start", "id": "1"})
            await socket.send_json({"type": "text-delta", "id": "1", "delta": "hello"})
            await socket.send_json({"type": "text-end", "id": "1"})
            await socket.send_json({"type": "file", "url": "/plot.png", "mediaType": "image/png"})
```

```ts title=client.ts
import type { UIMessage, UIMessageChunk } from "ai";

const socket = new WebSocket(`wss://${window.location.host}/live`);

export function submit(messages: UIMessage[], controller: ReadableStreamDefaultController<UIMessageChunk>) {
  socket.onmessage = (event) => controller.enqueue(JSON.parse(event.data));
  socket.send(JSON.stringify({ type: "message", messages }));
}
```

## Good

```py title=api.py
import json
from typing import Literal, Union

from fastapi import FastAPI, WebSocket
from pydantic import BaseModel

app = FastAPI()


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class FilePart(BaseModel):
    type: Literal["file"]
    url: str
    mediaType: str
    filename: str | None = None


class ChatMessage(BaseModel):
    role: str
    parts: list[Union[TextPart, FilePart]]


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = json.loads(await socket.receive_text())
        if event["type"] == "message":
            message = ChatMessage(**event["messages"][-1])
            print(message.role)
            await socket.send_json({"type": "text-start", "id": "1"})
            await socket.send_json({"type": "text-delta", "id": "1", "delta": "hello"})
            await socket.send_json({"type": "text-end", "id": "1"})
            await socket.send_json({"type": "file", "url": "/plot.png", "mediaType": "image/png"})
```

## Limits

Only for libraries whose protocol is known (AI SDK UI), whose clients keep a history of known fields. Parts that no
member of the union takes at all are the matter of MS105.
"""

from collections.abc import Iterator

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.parts import refusals
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per union and place that parses with it, with every part that lacks a field."""
    for one in refusals(graph):
        if one.unknown:
            continue
        reasons = "; ".join(f"'{kind}': {reason}" for kind, _, reason in one.parts)
        yield RULE.at(
            Evidence(Side.BACKEND, one.parsed.location, f"parses with {one.union.owner.name}"),
            *(
                Evidence(Side.BACKEND, message.location, f"'{message.type}' becomes a part: {reason}")
                for _, message, reason in one.parts
            ),
            message=f"{one.label} refuses what {one.channel.label} streams when it is sent back ({reasons})",
            subject=f"{one.channel.label}: {one.label}",
            hint="make the field optional, or send it",
            confidence=Confidence.HIGH if one.channel.certain else Confidence.MEDIUM,
            details={"parts": [kind for kind, _, _ in one.parts], "protocol": one.protocol.name},
        )


RULE = Rule(code="MS111", name="round-trip-incompatible", severity=Severity.HIGH, check=check)
