r"""A handler reads a name that nothing defines.

Every request or message that reaches the line fails with a NameError. Behind `except Exception` nobody sees it.

## Bad

```py title=api.py
import json

from fastapi import FastAPI, WebSocket

app = FastAPI()


def route(message: dict, answers: dict) -> None:
    answers[message["id"]] = message["text"]


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()

    async def receive() -> None:
        while True:
            message = json.loads(await socket.receive_text())
            route(message, pending_answers)  # expect: EP401

    await receive()
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);
export const answer = (id: string, text: string) => socket.send(JSON.stringify({ id, text }));
```

## Good

```py title=api.py
import json

from fastapi import FastAPI, WebSocket

app = FastAPI()
pending_answers: dict = {}


def route(message: dict, answers: dict) -> None:
    answers[message["id"]] = message["text"]


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()

    async def receive() -> None:
        while True:
            message = json.loads(await socket.receive_text())
            route(message, pending_answers)

    await receive()
```

## Limits

Only the handlers themselves and functions inside them. Files with `import *`, `globals()` or `exec` are left
out, and so are annotations.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per name and line."""
    for one in graph.undefined:
        yield RULE.at(
            Evidence(Side.BACKEND, one.location, f"'{one.name}' is read here and defined nowhere"),
            Evidence(Side.BACKEND, one.route.location, f"serves {one.route.label}"),
            message=f"the handler of {one.route.label} reads '{one.name}', which nothing defines",
            subject=f"{one.route.label}: {one.name}",
            hint=f"define or import '{one.name}'",
            details={"name": one.name, "route": one.route.label},
        )


RULE = Rule(code="EP401", name="undefined-name-in-handler", severity=Severity.CRITICAL, check=check)
