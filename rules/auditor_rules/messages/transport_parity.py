r"""One transport handles a kind of part that the other, which takes the same message, ignores.

The client sends the same history to both. Over the one its answer arrives, over the other it is parsed, accepted and
forgotten.

## Bad

```py title=api.py
from typing import Literal, Union

from fastapi import FastAPI, WebSocket
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

app = FastAPI()


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class ApprovalPart(BaseModel):
    type: Literal["approval"]
    approved: bool


class ChatMessage(BaseModel):
    parts: list[Union[TextPart, ApprovalPart]]


def answer(part: ApprovalPart) -> None:
    print(part.approved)


async def reply(message: ChatMessage):
    for part in message.parts:
        if isinstance(part, TextPart):
            yield f"data: {part.text}\n\n"


@app.post("/chat")  # expect: MS112
async def chat(message: ChatMessage):
    return StreamingResponse(reply(message), media_type="text/event-stream")


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        message = ChatMessage(**await socket.receive_json())
        for part in message.parts:
            if isinstance(part, TextPart):
                await socket.send_text(part.text)
            elif isinstance(part, ApprovalPart):
                answer(part)
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

export const send = (parts: unknown[]) => socket.send(JSON.stringify({ parts }));
export const ask = (parts: unknown[]) => fetch("/chat", { method: "POST", body: JSON.stringify({ parts }) });
```

## Good

```py title=api.py
from typing import Literal, Union

from fastapi import FastAPI, WebSocket
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

app = FastAPI()


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class ApprovalPart(BaseModel):
    type: Literal["approval"]
    approved: bool


class ChatMessage(BaseModel):
    parts: list[Union[TextPart, ApprovalPart]]


def answer(part: ApprovalPart) -> None:
    print(part.approved)


async def reply(message: ChatMessage):
    for part in message.parts:
        if isinstance(part, TextPart):
            yield f"data: {part.text}\n\n"
        elif isinstance(part, ApprovalPart):
            answer(part)


@app.post("/chat")
async def chat(message: ChatMessage):
    return StreamingResponse(reply(message), media_type="text/event-stream")


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        message = ChatMessage(**await socket.receive_json())
        for part in message.parts:
            if isinstance(part, TextPart):
                await socket.send_text(part.text)
            elif isinstance(part, ApprovalPart):
                answer(part)
```

## Limits

Only members of a union that are told apart by their class, on a transport that tells other members of it apart. What a
call may reach that could not be followed counts as handled. A transport may be meant to do less: the finding is low.
"""

from collections.abc import Iterator

from auditor.model.channel import Channel
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.parts import PartUnion, part_unions
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per channel and member that another channel handles."""
    seen: set[str] = set()
    for channel in graph.channels:
        for other in graph.channels:
            both = _unions(graph, channel).keys() & _unions(graph, other).keys() if other is not channel else set()
            for union in (_unions(graph, channel)[key] for key in sorted(both)):
                for finding in _ignored(channel, other, union):
                    if finding.subject not in seen:
                        seen.add(finding.subject)
                        yield finding


def _unions(graph: ProjectGraph, channel: Channel) -> dict[tuple[str, str], PartUnion]:
    """The unions of parts below the models that a channel parses, by model and field."""
    return {
        (union.owner.key, union.field.name): union
        for one in channel.parsed
        for union in part_unions(graph.models, one.model, "type")
    }


def _ignored(channel: Channel, other: Channel, union: PartUnion) -> Iterator[Finding]:
    here = {one.model for one in channel.told}
    members = {member.key: member for member in union.members}
    if channel.route is None or not here & members.keys():
        return
    for there in other.told:
        member = members.get(there.model)
        if member is None or not there.certain or there.model in here:
            continue
        yield RULE.at(
            Evidence(Side.BACKEND, channel.route, f"parses {union.owner.name} and does not look at {member.name}"),
            Evidence(Side.BACKEND, there.location, f"{other.label} does"),
            message=f"{member.name} is handled on {other.label}, and ignored on {channel.label}",
            subject=f"{channel.label}: {member.name}",
            hint=f"handle {member.name} on {channel.label} as well, or refuse it",
            confidence=Confidence.HIGH,
            details={"member": member.name, "handled_on": other.label},
        )


RULE = Rule(code="MS112", name="transport-parity", severity=Severity.LOW, check=check)
