r"""An error that a message is known to cause ends in a log: the client waits for an answer.

The handler catches everything and tells nobody. What fails there, another finding says; here is why it is not seen.

## Bad

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
        try:
            if event["type"] == "say":
                await socket.send_json({"type": "said", "text": shorten(event["text"])})  # expect: EP401
        except Exception:  # expect: MS113
            logger.exception("message failed")
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "said") console.log(data.text);
};

export const say = (text: string) => socket.send(JSON.stringify({ type: "say", text }));
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
        try:
            if event["type"] == "say":
                await socket.send_json({"type": "said", "text": event["text"].strip()})
        except Exception:
            logger.exception("message failed")
            await socket.send_json({"type": "failed", "reason": "internal error"})
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "said") console.log(data.text);
  if (data.type === "failed") console.log(data.reason);
};

export const say = (text: string) => socket.send(JSON.stringify({ type: "say", text }));
```

## Limits

Only where something is known to fail: a name that nothing defines (EP401), a message that the backend's own model
refuses (MS105, MS111). A handler that catches and logs is no flaw by itself, and most do.

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
        try:
            if event["type"] == "say":
                await socket.send_json({"type": "said", "text": event["text"].strip()})
            await socket.send_json({"type": "failed", "reason": "unknown"})
        except Exception:
            logger.exception("message failed")
```
"""

from collections.abc import Iterator

from auditor.model.channel import Channel
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.parts import refusals
from auditor.model.span import Location
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per place that swallows a known error, with the first of them."""
    for channel in graph.channels:
        failing = sorted(_failing(graph, channel))
        for one in sorted({place for place, _ in failing if place}):
            where, what = next((place, label) for place, label in failing if place == one)
            ends = _ends(channel, where)
            if ends is None or any(_ends(channel, place) == ends for place, _ in failing if place < where):
                continue
            yield RULE.at(
                Evidence(Side.BACKEND, ends, "all that happens then"),
                Evidence(Side.BACKEND, where, what),
                *(Evidence(Side.FRONTEND, client, "is told nothing") for client in channel.clients[:1]),
                message=f"{what} on {channel.label}, and the error is only logged: the client is told nothing",
                subject=f"{channel.label}: {what}",
                hint="tell the client that its message failed, or let the connection close",
            )


def _failing(graph: ProjectGraph, channel: Channel) -> Iterator[tuple[Location, str]]:
    for undefined in graph.undefined:
        if undefined.route.location == channel.route and undefined.route.path == channel.path:
            yield undefined.location, f"'{undefined.name}' is not defined"
    for refused in refusals(graph):
        if refused.channel is channel and channel.handler is not None:
            yield refused.parsed.location, f"{refused.label} refuses what is sent back"


def _ends(channel: Channel, place: Location) -> Location | None:
    """Where an exception of this place ends, if that is in the handler: the innermost stretch around it."""
    around = [
        one for one in channel.swallowed if one.location.file == place.file and one.first <= place.line <= one.last
    ]
    return min(around, key=lambda one: one.last - one.first).location if around else None


RULE = Rule(code="MS113", name="swallowed-exception", severity=Severity.LOW, check=check)
