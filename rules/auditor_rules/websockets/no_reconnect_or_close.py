r"""A component opens a socket and never closes it.

Each time the component appears, one more connection stays open, on the server too, and every message arrives once more.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"done": 1})
```

```tsx title=client.tsx
import { useEffect, useState } from "react";

export function Work() {
  const [done, setDone] = useState(0);
  useEffect(() => {
    const source = new WebSocket(`wss://${window.location.host}/live`); // expect: WS105
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
    const source = new WebSocket(`wss://${window.location.host}/live`);
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
        if channel.kind is not Kind.WEBSOCKET:
            continue
        for place in channel.unclosed:
            yield RULE.at(
                Evidence(Side.FRONTEND, place, "opens a connection whenever the component appears"),
                *([Evidence(Side.BACKEND, channel.route, f"serves {channel.label}")] if channel.route else []),
                message=f"nothing closes the connection to {channel.label} that this component opens",
                subject=channel.label,
                hint="close it where the component disappears",
            )


RULE = Rule(code="WS105", name="no-reconnect-or-close", severity=Severity.LOW, check=check)
