r"""The backend emits an event in a stream that no listener of the frontend knows.

A named event reaches only listeners of that name: `onmessage` never sees it.

## Bad

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def work():
    yield f"event: progress\ndata: {json.dumps({'done': 1, 'total': 3})}\n\n"
    yield f"event: warning\ndata: {json.dumps({'text': 'slow'})}\n\n"  # expect: SE103


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
```

## Good

```ts title=client.ts
const source = new EventSource("/work");

source.addEventListener("progress", (event) => {
  const { done, total } = JSON.parse(event.data);
  console.log(done, total);
});
source.addEventListener("warning", (event) => {
  console.log(JSON.parse(event.data).text);
});
```

## Limits

The end of a stream says the same as an event called "end" or "done"; such an event is low. Nothing is said
where events are handed to code that could not be followed.
"""

from collections.abc import Iterator

from auditor.model.conversation import evidence, is_end, named, unanswered
from auditor.model.finding import Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per name, at the place that emits it."""
    for channel in graph.channels:
        if channel.kind is not Kind.SSE:
            continue
        for one in unanswered(channel, channel.backend_sends, channel.frontend_handles):
            kind = one.message.type
            empty = not one.message.more and set(one.message.fields) <= {one.message.key}
            yield RULE.at(
                evidence(Side.BACKEND, one.message, f"emits '{kind}'"),
                evidence(Side.FRONTEND, one.counterpart, f"listens to {named(one.known)}"),
                message=f"'{kind}' is emitted on {channel.label}, and nothing listens to it",
                subject=one.subject,
                hint=f"listen to '{kind}', or stop emitting it",
                confidence=one.confidence,
                severity=Severity.LOW if empty or is_end(one.message) else None,
                places=tuple(evidence(Side.BACKEND, other, f"emits '{kind}'") for other in one.others),
                details={"type": kind, "key": one.message.key, "handled": list(one.known)},
            )


RULE = Rule(code="SE103", name="event-never-handled", severity=Severity.MEDIUM, check=check)
