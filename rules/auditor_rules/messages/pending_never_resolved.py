r"""What is waited for is only answered by the handler of a message that nobody sends.

The one who waits keeps a promise in a table until an answer comes in. The handler that would answer never runs: the
wait never ends, or ends with its timeout each time.

## Bad

```py title=api.py
import asyncio

from fastapi import FastAPI, WebSocket

app = FastAPI()


class Questions:
    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[str]] = {}

    async def ask(self, socket: WebSocket, number: str) -> str:
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.waiting[number] = future  # expect: MS108
        await socket.send_json({"type": "question", "number": number})
        return await future

    def answer(self, number: str, text: str) -> None:
        if number in self.waiting:
            self.waiting.pop(number).set_result(text)


questions = Questions()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        kind = event.get("type")
        if kind == "start":
            asyncio.create_task(questions.ask(socket, event["number"]))
        elif kind == "answer":  # expect: MS103
            questions.answer(event["number"], event["text"])
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "question") console.log(data.number);
};

export const start = (number: string) => socket.send(JSON.stringify({ type: "start", number }));
```

## Good

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "question") {
    socket.send(JSON.stringify({ type: "answer", number: data.number, text: "yes" }));
  }
};

export const start = (number: string) => socket.send(JSON.stringify({ type: "start", number }));
```

## Bad

The same in the client: the backend never sends what the promise waits for.

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "ask":
            await socket.send_json({"type": "accepted", "id": event["id"]})
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);
const waiting = new Map<string, (text: string) => void>();

export function ask(id: string): Promise<string> {
  return new Promise((resolve) => {
    waiting.set(id, resolve); // expect: MS108
    socket.send(JSON.stringify({ type: "ask", id }));
  });
}

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "accepted") {
    console.log(data.id);
  } else if (data.type === "answer") { // expect: MS103
    const resolve = waiting.get(data.id);
    resolve?.(data.text);
  }
};
```

## Good

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "ask":
            await socket.send_json({"type": "accepted", "id": event["id"]})
            await socket.send_json({"type": "answer", "id": event["id"], "text": "yes"})
```

## Limits

Only tables of `asyncio` futures and of the functions that a `Promise` gives. Silent where a promise or its table is
handed on, and where an answer may also come from anywhere else; giving up (`reject`, `set_exception`) is no answer.
"""

from collections.abc import Iterator

from auditor.model.channel import Channel, Pending
from auditor.model.conversation import evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per table, at the place that fills it."""
    for channel in graph.channels:
        for one in channel.pending_backend:
            yield _finding(channel, one, Side.BACKEND, Side.FRONTEND)
        for one in channel.pending_frontend:
            yield _finding(channel, one, Side.FRONTEND, Side.BACKEND)


def _finding(channel: Channel, one: Pending, side: Side, other: Side) -> Finding:
    kind = one.handler.type
    return RULE.at(
        Evidence(side, one.location, f"waits in {one.label}"),
        Evidence(side, one.answer, "the only place that answers"),
        evidence(side, one.handler, f"runs for '{kind}' alone"),
        evidence(other, one.counterpart, f"sends '{one.counterpart.type}', but never '{kind}'"),
        message=f"{one.label} is only answered by '{kind}' on {channel.label}, which the {other} never sends",
        subject=f"{channel.label}: {one.label}",
        hint=f"send '{kind}', or answer where the answer arrives",
        confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
        details={"type": kind, "registry": one.label},
    )


RULE = Rule(code="MS108", name="pending-never-resolved", severity=Severity.HIGH, check=check)
