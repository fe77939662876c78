r"""The stream may end without the event at which the client closes it.

A browser takes the end of a stream for a lost connection and opens it again: the work runs once more, and once more.

## Bad

```py title=api.py
import json
import logging

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
logger = logging.getLogger(__name__)


async def work():
    try:
        for number in range(3):
            yield f"event: progress\ndata: {json.dumps({'number': number})}\n\n"
        yield "event: done\ndata: {}\n\n"
    except Exception:  # expect: SE106
        logger.exception("work failed")


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

```ts title=client.ts
const source = new EventSource("/work");

source.addEventListener("progress", (event) => console.log(JSON.parse(event.data).number));
source.addEventListener("done", () => source.close());
```

## Good

```py title=api.py
import json
import logging

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
logger = logging.getLogger(__name__)


async def work():
    try:
        for number in range(3):
            yield f"event: progress\ndata: {json.dumps({'number': number})}\n\n"
    except Exception:
        logger.exception("work failed")
    yield "event: done\ndata: {}\n\n"


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

## Bad

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
jobs: dict[str, int] = {}


async def work(job: str):
    if job not in jobs:
        yield f"data: {json.dumps({'type': 'refused'})}\n\n"
        return  # expect: SE106
    yield f"data: {json.dumps({'type': 'progress'})}\n\n"
    yield f"data: {json.dumps({'type': 'done'})}\n\n"


@app.get("/work/{job}")
def read_work(job: str) -> StreamingResponse:
    return StreamingResponse(work(job), media_type="text/event-stream")
```

```ts title=client.ts
export function follow(job: string) {
  const source = new EventSource(`/work/${job}`);
  source.onmessage = (event) => {
    const data = JSON.parse(event.data);
    if (data.type === "refused") console.log("no such job");
    if (data.type === "progress") console.log("goes on");
    if (data.type === "done") source.close();
  };
}
```

## Good

```ts title=client.ts
export function follow(job: string) {
  const source = new EventSource(`/work/${job}`);
  source.onmessage = (event) => {
    const data = JSON.parse(event.data);
    if (data.type === "refused") console.log("no such job");
    if (data.type === "progress") console.log("goes on");
    if (data.type === "done") source.close();
  };
  source.onerror = () => source.close();
}
```

## Limits

Only `EventSource`: whoever reads a response to its end knows that it has ended. Only ends that are written (a return,
an exception that is caught and logged), in the generator that the route streams. An event that is never emitted at all
is the matter of SE104.
"""

from collections.abc import Iterator

from auditor.model.conversation import evidence, named
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per stream, at the first end without such an event."""
    for channel in graph.channels:
        if channel.kind is not Kind.SSE or not channel.awaited or not channel.silent_ends:
            continue
        first, *others = channel.silent_ends
        types = tuple(sorted({one.type for one in channel.awaited}))
        yield RULE.at(
            Evidence(Side.BACKEND, first, f"ends without {named(types)}"),
            evidence(Side.FRONTEND, channel.awaited[0], "closes the stream here alone"),
            message=f"{channel.label} may end without {named(types)}, at which alone the client closes it",
            subject=channel.label,
            hint=f"emit '{types[0]}' on every way out, or close the stream on its error event too",
            confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
            places=tuple(Evidence(Side.BACKEND, place, "ends here as well") for place in others),
            details={"types": list(types)},
        )


RULE = Rule(code="SE106", name="missing-terminal-event", severity=Severity.MEDIUM, check=check)
