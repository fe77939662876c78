r"""Messages of an unknown type vanish without a word, and which types arrive cannot be told.

The chain that tells messages apart has no default. A type that the other side makes at run time, or will have tomorrow,
is dropped: nothing happens, and no log says why.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "say":  # expect: MS104
            await socket.send_json({"type": "said", "text": event["text"]})
        elif event["type"] == "leave":
            break
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "said") console.log(data.text);
};

export const say = (text: string) => socket.send(JSON.stringify({ type: "say", text }));
export const act = (action: string) => socket.send(JSON.stringify({ type: action }));
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
        if event["type"] == "say":
            await socket.send_json({"type": "said", "text": event["text"]})
        elif event["type"] == "leave":
            break
        else:
            logger.warning("unknown message %s", event["type"])
```

## Limits

A type that is known to arrive unhandled is the matter of MS101 and MS102, and where all types that arrive are known and
handled there is nothing to drop. Only chains of comparisons in one function.

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "say":
            await socket.send_json({"type": "said", "text": event["text"]})
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "said") console.log(data.text);
};

export const say = (text: string) => socket.send(JSON.stringify({ type: "say", text }));
```
"""

from collections.abc import Iterator

from auditor.model.channel import Channel, Messages
from auditor.model.conversation import evidence, named, unanswered
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule

_MADE = "made at run time"


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per side of a socket, where its chain begins."""
    for channel in graph.channels:
        if channel.kind is not Kind.WEBSOCKET or not channel.clients:
            continue
        yield from _dropped(channel, Side.BACKEND, channel.backend_handles, channel.frontend_sends)
        yield from _dropped(channel, Side.FRONTEND, channel.frontend_handles, channel.backend_sends)


def _dropped(channel: Channel, side: Side, handled: Messages, sent: Messages) -> Iterator[Finding]:
    made = [reason for reason in sent.open if _MADE in reason]
    both = set(handled.types) & set(sent.types) - {""}
    if handled.falls is None or not handled.is_closed or not made or not both:
        return
    if any(unanswered(channel, sent, handled)):
        return
    other = Side.FRONTEND if side is Side.BACKEND else Side.BACKEND
    example = next(one for one in sent.entries if one.type in both)
    yield RULE.at(
        Evidence(side, handled.falls, f"handles {named(handled.types)} and nothing else"),
        evidence(other, example, f"sends '{example.type}', and {made[0]}"),
        message=f"other messages on {channel.label} are dropped silently, and the {other} sends {made[0]}",
        subject=f"{channel.label}: {side}",
        hint="end the chain with a default that says so",
        confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
        details={"handled": list(handled.types), "open": list(sent.open)},
    )


RULE = Rule(code="MS104", name="silent-drop", severity=Severity.LOW, check=check)
