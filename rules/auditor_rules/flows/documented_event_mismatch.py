r"""An event of a documented stream is not sent by the backend, or not handled by the client.

The guide says `SSE: message_complete`; the route behind it never sends an event of that name, or the client that opens
the stream has no branch for it. Both are said only about streams whose events are all known.

## Bad

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def events():
    yield "event: token\ndata: " + json.dumps({"token": "x"}) + "\n\n"
    yield "event: done\ndata: {}\n\n"


@app.get("/api/chat/{chat_id}")
async def stream(chat_id: str) -> StreamingResponse:
    return StreamingResponse(events(), media_type="text/event-stream")
```

```ts title=client.ts
export function watch(id: string): EventSource {
  const source = new EventSource(`/api/chat/${id}`);
  source.addEventListener("token", (event) => console.log(JSON.parse(event.data).token));
  source.addEventListener("done", () => source.close());
  return source;
}
watch("1");
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>+API: GET /api/chat/c_1 (SSE)
    loop New tokens
        API-->>UI: SSE: token events
    end
    API-->>-UI: SSE: message_complete # expect: FL104
~~~
```

## Good

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>+API: GET /api/chat/c_1 (SSE)
    loop New tokens
        API-->>UI: SSE: token events
    end
    API-->>-UI: SSE: done
~~~
```

## Limits

A stream with an event whose name is known only at run time may send any.

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def events(kind: str):
    yield f"event: {kind}\ndata: x\n\n"


@app.get("/api/chat/{chat_id}")
async def stream(chat_id: str) -> StreamingResponse:
    return StreamingResponse(events(chat_id), media_type="text/event-stream")
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    API->>+API: GET /api/chat/c_1 (SSE)
    API-->>-UI: SSE: message_complete
~~~
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.channel import Channel, Messages
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph, Route
from auditor.model.guide import PromisedEvent
from auditor.model.promises import channel_of, promises
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per stream and documented event."""
    for promise in promises(graph):
        said: set[str] = set()
        for route in promise.routes[:1]:
            channel = channel_of(graph, route)
            for event in (event for call in promise.calls for event in call.events):
                if channel is not None and event.name not in said:
                    said.add(event.name)
                    yield from _event(route, channel, event)


def _event(route: Route, channel: Channel, event: PromisedEvent) -> Iterator[Finding]:
    if _lacks(channel.backend_sends, event.name):
        sent = ", ".join(channel.backend_sends.types)
        yield _finding(
            route, event, f"{route.label} never sends it; it sends {sent}", route_evidence(route, "the stream")
        )
    elif channel.clients and _lacks(channel.frontend_handles, event.name) and channel.protocol is None:
        handled = ", ".join(channel.frontend_handles.types)
        client = Evidence(Side.FRONTEND, channel.clients[0], "the client")
        yield _finding(route, event, f"the client has no branch for it; it handles {handled}", client)


def _lacks(messages: Messages, name: str) -> bool:
    return (
        messages.is_closed and bool(messages.types) and name not in messages.types and f"{name}s" not in messages.types
    )


def _finding(route: Route, event: PromisedEvent, why: str, other: Evidence) -> Finding:
    return RULE.at(
        Evidence(Side.DOCUMENT, event.location, f"documented event '{event.name}'"),
        other,
        message=f"the event '{event.name}' is documented, and {why}",
        subject=f"{route.label} {event.name}",
        hint="correct the document, or the event",
    )


RULE = Rule(code="FL104", name="documented-event-mismatch", severity=Severity.HIGH, check=check)
