r"""The client sends parts back that the backend's model does not accept.

A chat client keeps what the backend streams as parts of its history, and sends the history back. A part that no member
of the union takes fails validation, and with it the whole message.

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


class ChatMessage(BaseModel):
    role: str
    parts: list[Union[TextPart, FilePart]]


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = json.loads(await socket.receive_text())
        if event["type"] == "message":
            message = ChatMessage(**event["messages"][-1])  # expect: MS105
            print(message.role)
            await socket.send_json({"type": "text-start", "id": "1"})
            await socket.send_json({"type": "text-delta", "id": "1", "delta": "hello"})
            await socket.send_json({"type": "text-end", "id": "1"})
            await socket.send_json({"type": "reasoning-start", "id": "2"})
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


class ReasoningPart(BaseModel):
    type: Literal["reasoning"]
    text: str


class ChatMessage(BaseModel):
    role: str
    parts: list[Union[TextPart, ReasoningPart]]


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
            await socket.send_json({"type": "reasoning-start", "id": "2"})
```

## Limits

Only for libraries whose protocol is known (AI SDK UI), and only for parts that the backend's own messages create.
"""

from collections.abc import Iterator

from auditor.model.conversation import named
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.parts import refusals
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per union and place that parses with it, with every part that no member takes."""
    for one in refusals(graph):
        if not one.unknown:
            continue
        kinds = tuple(kind for kind, _, _ in one.parts)
        members = ", ".join(member.name for member in one.union.members)
        yield RULE.at(
            Evidence(Side.BACKEND, one.parsed.location, f"parses with {one.union.owner.name}"),
            Evidence(Side.BACKEND, one.union.field.location, f"takes {members}"),
            *(
                Evidence(Side.BACKEND, message.location, f"'{message.type}' becomes a part: {reason}")
                for _, message, reason in one.parts
            ),
            message=f"{one.label} does not accept {named(kinds, 20)}, which the client sends back",
            subject=f"{one.channel.label}: {one.label}",
            hint="add members for these parts to the union, or a member that takes any",
            confidence=Confidence.HIGH if one.channel.certain else Confidence.MEDIUM,
            details={"parts": list(kinds), "protocol": one.protocol.name},
        )


RULE = Rule(code="MS105", name="union-member-not-dispatched", severity=Severity.HIGH, check=check)
