r"""A listener to "error" parses data that a lost connection does not bring.

An `EventSource` fires "error" itself whenever the connection breaks, without `data`: parsing it throws, and what the
listener should have done (close, tell the user) is not done. An event that the server calls "error" arrives at the same
listener.

## Bad

```py title=api.py
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def work():
    yield f"event: progress\ndata: {json.dumps({'done': 1})}\n\n"
    yield f"event: error\ndata: {json.dumps({'message': 'failed'})}\n\n"


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

```ts title=client.ts
const source = new EventSource("/work");

source.addEventListener("progress", (event) => console.log(JSON.parse(event.data).done));
source.addEventListener("error", (event) => {
  const { message } = JSON.parse((event as MessageEvent).data); // expect: SE108
  console.error(message);
  source.close();
});
```

## Good

```ts title=client.ts
const source = new EventSource("/work");

source.addEventListener("progress", (event) => console.log(JSON.parse(event.data).done));
source.addEventListener("error", (event) => {
  source.close();
  if (event instanceof MessageEvent && event.data) {
    console.error(JSON.parse(event.data).message);
  }
});
```

## Limits

Only the browser's `EventSource`: clients made of `fetch` report a lost connection in another way.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per place that parses."""
    for channel in graph.channels:
        for place in channel.unguarded:
            named = [one for one in channel.backend_sends.entries if (one.key, one.type) == ("event", "error")]
            yield RULE.at(
                Evidence(Side.FRONTEND, place, "parses the data of an event that has none when the connection breaks"),
                *(Evidence(Side.BACKEND, one.location, "emits an event called 'error'") for one in named[:1]),
                message=f"the 'error' listener of {channel.label} parses data that a lost connection does not bring",
                subject=f"{channel.label}: error",
                hint="close first, and parse only if the event has data",
                details={"emitted": bool(named)},
            )


RULE = Rule(code="SE108", name="reserved-error-event", severity=Severity.MEDIUM, check=check)
