r"""A state of a message's part has no branch.

The part arrives, its state is none of those that the code knows, and nothing happens: whoever waits for an answer waits
on. The same holds for a flag of which one value is looked at and the other is not.

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


class ToolPart(BaseModel):
    type: str
    toolCallId: str
    state: str
    output: dict | None = None
    approval: dict | None = None


class ChatMessage(BaseModel):
    role: str
    parts: list[Union[TextPart, ToolPart]]


def answer(part: ToolPart) -> str:
    if part.state == "approval-responded":  # expect: MS106
        return "approved"
    elif part.state == "output-available":
        return "done"


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = json.loads(await socket.receive_text())
        if event["type"] == "message":
            for part in ChatMessage(**event["messages"][-1]).parts:
                if isinstance(part, ToolPart):
                    answer(part)
            await socket.send_json({"type": "tool-input-available", "toolCallId": "1", "toolName": "mail", "input": {}})
            await socket.send_json({"type": "tool-approval-request", "toolCallId": "1", "approvalId": "2"})
            await socket.send_json({"type": "tool-output-available", "toolCallId": "1", "output": {}})
            await socket.send_json({"type": "tool-output-error", "toolCallId": "1", "errorText": "no"})
```

```ts title=client.ts
import type { UIMessage, UIMessageChunk } from "ai";

const socket = new WebSocket(`wss://${window.location.host}/live`);

export function submit(messages: UIMessage[], controller: ReadableStreamDefaultController<UIMessageChunk>) {
  socket.onmessage = (event) => controller.enqueue(JSON.parse(event.data));
  socket.send(JSON.stringify({ type: "message", messages }));
}

export function label(part: { state: string }) {
  switch (part.state) { // expect: MS106
    case "input-available":
      return "working";
    case "output-available":
      return "done";
    case "output-error":
      return "failed";
    default:
      return "unknown";
  }
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


class ToolPart(BaseModel):
    type: str
    toolCallId: str
    state: str
    output: dict | None = None
    approval: dict | None = None


class ChatMessage(BaseModel):
    role: str
    parts: list[Union[TextPart, ToolPart]]


def answer(part: ToolPart) -> str:
    if part.state == "approval-responded":
        return "approved"
    elif part.state == "output-available":
        return "done"
    else:
        return "failed"


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = json.loads(await socket.receive_text())
        if event["type"] == "message":
            for part in ChatMessage(**event["messages"][-1]).parts:
                if isinstance(part, ToolPart):
                    answer(part)
            await socket.send_json({"type": "tool-input-available", "toolCallId": "1", "toolName": "mail", "input": {}})
            await socket.send_json({"type": "tool-approval-request", "toolCallId": "1", "approvalId": "2"})
            await socket.send_json({"type": "tool-output-available", "toolCallId": "1", "output": {}})
            await socket.send_json({"type": "tool-output-error", "toolCallId": "1", "errorText": "no"})
```

```ts title=client.ts
import type { UIMessage, UIMessageChunk } from "ai";

const socket = new WebSocket(`wss://${window.location.host}/live`);

export function submit(messages: UIMessage[], controller: ReadableStreamDefaultController<UIMessageChunk>) {
  socket.onmessage = (event) => controller.enqueue(JSON.parse(event.data));
  socket.send(JSON.stringify({ type: "message", messages }));
}

export function label(part: { state: string }) {
  switch (part.state) {
    case "input-available":
      return "working";
    case "approval-requested":
    case "approval-responded":
      return "waiting";
    case "output-available":
      return "done";
    default:
      return "failed";
    case "output-error":
      return "failed";
  }
}
```

## Limits

Only for libraries whose protocol is known (AI SDK UI), and only for states that the backend's own messages lead to. In
the backend a chain with an `else` knows them all; in the frontend, where a default may be meant, the finding is low.
"""

from collections.abc import Iterator

from auditor.model.channel import Branches, Message
from auditor.model.conversation import named
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.parts import Conversation, conversations
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per file and set of states that is missing, at the first place."""
    for one in conversations(graph.channels):
        reached = one.reached()
        seen: dict[tuple[str, tuple[str, ...]], list[Branches]] = {}
        for branches in one.branches:
            missing = _missing(branches, one, reached)
            if branches.about == "state" and (missing or (branches.only and not branches.otherwise)):
                seen.setdefault((branches.location.file, missing), []).append(branches)
        for (_, missing), places in seen.items():
            yield _finding(places, missing, one, reached)


def _missing(branches: Branches, one: Conversation, reached: dict[str, Message]) -> tuple[str, ...]:
    """The states without a branch: in the backend those that ask it to go on."""
    if branches.side is Side.BACKEND and branches.otherwise:
        return ()
    wanted = one.protocol.answers if branches.side is Side.BACKEND else tuple(one.protocol.states)
    known = {state for state, _ in branches.known}
    return tuple(state for state in wanted if state in reached and state not in known)


def _finding(
    places: list[Branches], missing: tuple[str, ...], one: Conversation, reached: dict[str, Message]
) -> Finding:
    first = places[0]
    only = [] if first.otherwise else [f"'{state}' only where {flag}" for state, flag in first.only]
    halves = ([f"has no branch for {named(missing)}"] if missing else []) + (
        [f"handles {', '.join(only)}"] if only else []
    )
    sent = [reached[state] for state in missing] or [reached[state] for state, _ in first.only if state in reached]
    return RULE.at(
        Evidence(first.side, first.location, f"knows {named(tuple(state for state, _ in first.known))}"),
        *(Evidence(Side.BACKEND, message.location, f"sends '{message.type}'") for message in sent[:3]),
        message=f"{first.subject} {', and '.join(halves)}",
        subject=f"{one.protocol.name}: {first.location.file}: {first.subject}",
        hint="add a branch for each, or one for all others",
        severity=Severity.LOW if first.side is Side.FRONTEND else None,
        places=tuple(Evidence(other.side, other.location, "the same") for other in places[1:]),
        details={"missing": list(missing), "only": [list(pair) for pair in first.only]},
    )


RULE = Rule(code="MS106", name="state-value-unhandled", severity=Severity.MEDIUM, check=check)
