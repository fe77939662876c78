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

from auditor.model.channel import Channel, Message
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.parts import PartUnion, part_unions
from auditor.model.protocol import Protocol
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per union and place that parses with it, with every part that it refuses."""
    for channel in graph.channels:
        protocol = channel.protocol
        if protocol is None or not protocol.parts:
            continue
        created = _created(channel, protocol)
        for parsed in channel.parsed:
            for union in part_unions(graph.models, parsed.model, protocol.key):
                refused = _refused(union, created, protocol)
                if not refused or not any(_takes(union, kind) for kind in protocol.parts):
                    continue
                names = ", ".join(f"'{kind}'" for kind, _, _ in refused)
                yield RULE.at(
                    Evidence(Side.BACKEND, parsed.location, f"parses with {union.owner.name}"),
                    Evidence(Side.BACKEND, union.field.location, f"takes {_members(union)}"),
                    *_reasons(refused),
                    message=f"{_label(union)} does not accept {names}, which the client sends back",
                    subject=f"{channel.label}: {_label(union)}",
                    hint="add members for these parts to the union, or a member that takes any",
                    confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
                    details={"parts": [kind for kind, _, _ in refused], "protocol": protocol.name},
                )


def _created(channel: Channel, protocol: Protocol) -> dict[str, Message]:
    """The parts that the backend's messages create in the client, each with a message that does.

    What the client looks for itself may never reach the library.
    """
    found: dict[str, Message] = {}
    own = channel.frontend_handles.types
    for message in channel.backend_sends.entries:
        entry = protocol.entry(message.type) if message.key == protocol.key else None
        part = protocol.creates.get(entry or "")
        if part and message.type not in own:
            found.setdefault(message.type if part == "data-*" else part, message)
    return found


def _refused(union: PartUnion, created: dict[str, Message], protocol: Protocol) -> list[tuple[str, Message, str]]:
    found = []
    for kind, message in sorted(created.items()):
        fields = protocol.parts.get("data-*" if kind.startswith("data-") else kind, ())
        reason = union.refusal(kind, fields)
        if reason:
            found.append((kind, message, reason))
    return found


def _reasons(refused: list[tuple[str, Message, str]]) -> Iterator[Evidence]:
    for _, message, reason in refused:
        yield Evidence(Side.BACKEND, message.location, f"'{message.type}' becomes a part: {reason}")


def _label(union: PartUnion) -> str:
    return f"{union.owner.name}.{union.field.name}"


def _members(union: PartUnion) -> str:
    return ", ".join(member.name for member in union.members)


def _takes(union: PartUnion, kind: str) -> bool:
    """Whether the union is about these parts at all."""
    return not (union.refusal(kind, ()) or "").startswith("no member")


RULE = Rule(code="MS105", name="union-member-not-dispatched", severity=Severity.HIGH, check=check)
