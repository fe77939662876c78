r"""Tests of messages read nothing of the project: they cannot fail.

They build a message, take it apart and compare the parts. They pass whatever the server sends or understands, and go on
passing when its handler is gone.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "question":
            await socket.send_json({"type": "answer", "text": "yes"})
        elif event["type"] == "stop":
            await socket.close()
```

```py title=test_messages.py
def test_question() -> None:  # expect: XT007
    event = {"type": "question", "text": "why"}
    assert event["type"] == "question"


def test_answer() -> None:
    event = {"type": "answer", "text": "yes"}
    assert event["text"] == "yes"


def test_stop() -> None:
    assert {"type": "stop"}["type"] == "stop"
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "answer") console.log(data.text);
};

export const ask = (text: string) => socket.send(JSON.stringify({ type: "question", text }));
export const stop = () => socket.send(JSON.stringify({ type: "stop" }));
```

## Good

```py title=test_messages.py
from fastapi.testclient import TestClient

from api import app


def test_question() -> None:
    with TestClient(app).websocket_connect("/live") as socket:
        socket.send_json({"type": "question", "text": "why"})
        assert socket.receive_json()["type"] == "answer"


def test_answer() -> None:
    with TestClient(app).websocket_connect("/live") as socket:
        socket.send_json({"type": "question", "text": "why"})
        assert socket.receive_json() == {"type": "answer", "text": "yes"}


def test_stop() -> None:
    with TestClient(app).websocket_connect("/live") as socket:
        socket.send_json({"type": "stop"})
```

## Limits

Only Python files with at least three tests that name at least two message types of a channel. A file that imports a
module of the project, uses a fixture of another file, a client, a subprocess or reads files is left alone.
"""

from collections.abc import Iterator

from auditor.model.conversation import named
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per file, at its first test."""
    for one in graph.vacuous:
        yield RULE.at(
            Evidence(Side.BACKEND, one.place, f"the first of {one.tests} tests that import nothing of the project"),
            message=f"{one.tests} tests name {named(one.types, 4)} and read nothing of the project: they cannot fail",
            subject=one.place.file,
            hint="drive the handler with a test client, or test what makes and reads the messages",
            details={"tests": one.tests, "types": list(one.types)},
        )


RULE = Rule(code="XT007", name="vacuous-contract-test", severity=Severity.LOW, check=check)
