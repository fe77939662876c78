r"""A component opens an event stream and never closes it.

Each time the component appears, one more stream stays open. Browsers allow six per host (HTTP/1.1):
then nothing loads any more, and old listeners set the state of components that are gone.

## Bad

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/work")
def work() -> StreamingResponse:
    return StreamingResponse(iter(["data: {\"done\": 1}\n\n"]), media_type="text/event-stream")
```

```tsx title=client.tsx
import { useEffect, useState } from "react";

export function Work() {
  const [done, setDone] = useState(0);
  useEffect(() => {
    const source = new EventSource("/work"); // expect: SE109
    source.onmessage = (event) => setDone(JSON.parse(event.data).done);
  }, []);
  return <p>{done}</p>;
}
```

## Good

```tsx title=client.tsx
import { useEffect, useState } from "react";

export function Work() {
  const [done, setDone] = useState(0);
  useEffect(() => {
    const source = new EventSource("/work");
    source.onmessage = (event) => setDone(JSON.parse(event.data).done);
    return () => source.close();
  }, []);
  return <p>{done}</p>;
}
```

## Limits

Only connections that a component opens when it appears (`useEffect`, `onMounted`, …): one for the whole page may stay
open. Nothing is said where the connection is returned or handed to anybody, who may close it.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per place that opens."""
    for channel in graph.channels:
        if channel.kind is not Kind.SSE:
            continue
        for place in channel.unclosed:
            yield RULE.at(
                Evidence(Side.FRONTEND, place, "opens a connection whenever the component appears"),
                *([Evidence(Side.BACKEND, channel.route, f"serves {channel.label}")] if channel.route else []),
                message=f"nothing closes the connection to {channel.label} that this component opens",
                subject=channel.label,
                hint="close it where the component disappears",
            )


RULE = Rule(code="SE109", name="eventsource-not-closed", severity=Severity.MEDIUM, check=check)
