r"""The documentation of a handler names messages that do not exist.

Who writes a client from it waits for a message that never comes.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:  # expect: FL109
    '''Answers questions.

    - Text (text-start, text-delta)
    - Tools (tool-result-available)
    '''
    await socket.accept()
    await socket.send_json({"type": "text-start"})
    await socket.send_json({"type": "text-delta", "text": "hello"})
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  switch (data.type) {
    case "text-start":
      console.clear();
      break;
    case "text-delta":
      console.log(data.text);
      break;
  }
};
```

## Good

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    '''Answers questions.

    - Text (text-start, text-delta)
    '''
    await socket.accept()
    await socket.send_json({"type": "text-start"})
    await socket.send_json({"type": "text-delta", "text": "hello"})
```

## Limits

Only names in brackets or between backticks, beside one that is a message of the channel and spelled alike, where all
that the backend sends is known and the name stands nowhere in the code. Places that other documents cite are the matter
of `auditor verify`.
"""

from collections.abc import Iterator

from auditor.model.conversation import named
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per handler, with all names."""
    for channel in graph.channels:
        if channel.handler is not None and channel.misnamed:
            yield RULE.at(
                Evidence(Side.BACKEND, channel.handler, f"its documentation names {named(channel.misnamed)}"),
                message=f"the documentation of {channel.label} names {named(channel.misnamed)}, which nobody sends",
                subject=channel.label,
                hint=f"the backend sends {named(channel.backend_sends.types)}",
                confidence=Confidence.HIGH,
                details={"names": list(channel.misnamed)},
            )


RULE = Rule(code="FL109", name="stale-doc-reference", severity=Severity.LOW, check=check)
