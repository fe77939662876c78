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

## Bad

An object that a component builds opens the socket. It can close it, and nobody tells it to.

```ts title=feed.ts
export class Feed {
  private socket: WebSocket | null = null;

  open(show: (done: number) => void) {
    this.socket = new WebSocket(`wss://${window.location.host}/live`);
    this.socket.onmessage = (event) => show(JSON.parse(event.data).done);
  }

  close() { // expect: WS105
    this.socket?.close();
  }
}
```

```tsx title=client.tsx
import { useRef, useState } from "react";
import { Feed } from "./feed";

export function Work() {
  const [done, setDone] = useState(0);
  const feed = useRef(new Feed());
  const sound = useRef(new AudioContext());
  return <button onClick={() => feed.current.open(setDone)} onBlur={() => sound.current.close()}>{done}</button>;
}
```

## Good

```tsx title=client.tsx
import { useEffect, useRef, useState } from "react";
import { Feed } from "./feed";

export function Work() {
  const [done, setDone] = useState(0);
  const feed = useRef(new Feed());
  useEffect(() => () => feed.current.close(), []);
  return <button onClick={() => feed.current.open(setDone)}>{done}</button>;
}
```

## Limits

Only connections that a component opens when it appears (`useEffect`, `onMounted`, …): one for the whole page may stay
open. Nothing is said where the connection, or the object that holds it, is returned or handed to code that may close
it, nor where anything that could not be told apart from the object is closed.

```tsx title=client.tsx
import { useRef, useState } from "react";
import { keep } from "some-library";
import { Feed } from "./feed";

export function Work() {
  const [done, setDone] = useState(0);
  const feed = useRef(new Feed());
  keep(feed.current);
  return <button onClick={() => feed.current.open(setDone)}>{done}</button>;
}
```
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
        for one in channel.abandoned:
            yield RULE.at(
                Evidence(Side.FRONTEND, one.location, "closes the socket; nothing calls it"),
                Evidence(Side.FRONTEND, one.opened, f"{one.owner} opens the socket"),
                Evidence(Side.FRONTEND, one.built, "is built whenever the component is"),
                *([Evidence(Side.BACKEND, channel.route, f"serves {channel.label}")] if channel.route else []),
                message=f"nothing calls {one.method}() of {one.owner}, which closes its connection to {channel.label}",
                subject=f"{channel.label}: {one.owner}.{one.method}",
                hint=f"call {one.method}() where the component disappears",
            )


RULE = Rule(code="WS105", name="no-reconnect-or-close", severity=Severity.LOW, check=check)
