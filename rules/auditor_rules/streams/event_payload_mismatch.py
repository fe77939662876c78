r"""An event of a stream does not bring what its listener reads.

A field of another name is `undefined`. An event without a `data:` line is not dispatched at all: the browser drops it,
and the listener never runs.

## Bad

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def work():
    data = {"done_count": 1}
    yield f"event: progress\ndata: {json.dumps(data)}\n\n"
    yield "event: finished\n\n"  # expect: SE105


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

```ts title=client.ts
const source = new EventSource("/work");

source.addEventListener("progress", (event) => console.log(JSON.parse(event.data).done_count));
source.addEventListener("finished", () => source.close());
```

## Good

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def work():
    data = {"done_count": 1}
    yield f"event: progress\ndata: {json.dumps(data)}\n\n"
    yield "event: finished\ndata: {}\n\n"


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

## Limits

Fields are compared by case and separators only: one that is missing altogether may be optional. Clients made of `fetch`
may dispatch events without data; nothing is said about them, nor about an event that is sent with data elsewhere.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage (an empty data buffer).
"""

from collections.abc import Iterator

from auditor.model.channel import Channel
from auditor.model.conversation import evidence, spelled_apart
from auditor.model.finding import Confidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per field that differs, and per event without data."""
    native = {call.location for call in graph.calls if call.client == "EventSource"}
    for channel in graph.channels:
        if channel.kind is not Kind.SSE:
            continue
        yield from spelled_apart(channel, RULE.at)
        if channel.clients and all(client in native for client in channel.clients):
            yield from _without_data(channel)


def _without_data(channel: Channel) -> Iterator[Finding]:
    heard = {one.type: one for one in channel.frontend_handles.entries if one.key == "event"}
    named = [one for one in channel.backend_sends.entries if one.key == "event" and one.type in heard]
    for kind in sorted({one.type for one in named}):
        sent = [one for one in named if one.type == kind]
        if any(not one.frame or "data:" in one.frame for one in sent):
            continue
        yield RULE.at(
            evidence(Side.BACKEND, sent[0], f"emits '{kind}' without data"),
            evidence(Side.FRONTEND, heard[kind], f"listens to '{kind}'"),
            message=f"'{kind}' is emitted on {channel.label} without data, and browsers drop such an event",
            subject=f"{channel.label}: {kind}",
            hint='send "data: {}" with it',
            confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
            places=tuple(evidence(Side.BACKEND, one, f"emits '{kind}' without data") for one in sent[1:]),
            details={"type": kind},
        )


RULE = Rule(code="SE105", name="event-payload-mismatch", severity=Severity.HIGH, check=check)
