r"""The frontend listens to an event that the stream never emits.

The listener never runs; a state that only it ends stays for ever.

## Bad

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def work():
    yield f"event: progress\ndata: {json.dumps({'done': 1, 'total': 3})}\n\n"


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

```ts title=client.ts
const source = new EventSource("/work");

source.addEventListener("progress", (event) => {
  const { done, total } = JSON.parse(event.data);
  console.log(done, total);
});
source.addEventListener("cancelled", () => source.close()); // expect: SE104
```

## Good

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def work():
    yield f"event: progress\ndata: {json.dumps({'done': 1, 'total': 3})}\n\n"
    yield "event: cancelled\ndata: {}\n\n"


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

## Limits

`open`, `error` and `message` are the browser's own. Nothing is said where an event is made at run time.
"""

from collections.abc import Iterator

from auditor.model.conversation import evidence, named, unanswered
from auditor.model.finding import Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule

_OWN = frozenset({"open", "error", "message", "close"})


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per name, at the listener."""
    for channel in graph.channels:
        if channel.kind is not Kind.SSE:
            continue
        for one in unanswered(channel, channel.frontend_handles, channel.backend_sends):
            kind = one.message.type
            if kind in _OWN:
                continue
            yield RULE.at(
                evidence(Side.FRONTEND, one.message, f"listens to '{kind}'"),
                evidence(Side.BACKEND, one.counterpart, f"emits {named(one.known)}"),
                message=f"'{kind}' is listened to on {channel.label}, and is never emitted",
                subject=one.subject,
                hint=f"emit '{kind}', or remove the listener",
                confidence=one.confidence,
                places=tuple(evidence(Side.FRONTEND, other, f"listens to '{kind}'") for other in one.others),
                details={"type": kind, "key": one.message.key, "sent": list(one.known)},
            )


RULE = Rule(code="SE104", name="event-never-emitted", severity=Severity.MEDIUM, check=check)
