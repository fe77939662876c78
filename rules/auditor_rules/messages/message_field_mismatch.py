r"""A message lacks a field that its receiver reads.

The receiver gets `undefined` or a KeyError; a library that checks its messages refuses the whole one.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"type": "failed", "error_text": "no quota"})
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "failed") { // expect: MS107
    console.log(data.errorText);
  }
};
```

## Good

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "failed") {
    console.log(data.error_text);
  }
};
```

## Bad

The receiver builds an object anew, leaves a field out, and reads it of the new one.

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"type": "failed", "id": 1, "step": "load", "at": 12, "reason": "no quota"})
```

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

interface Failure { id: number; step: string; at: number; reason?: string }

function show(failure: Failure) {
  console.log(failure.id, failure.step, failure.at, failure.reason ?? "unknown");
}

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "failed") {
    show({ id: data.id, step: data.step, at: data.at }); // expect: MS107
  }
};
```

## Good

```ts title=client.ts
const socket = new WebSocket(`wss://${window.location.host}/live`);

interface Failure { id: number; step: string; at: number; reason?: string }

function show(failure: Failure) {
  console.log(failure.id, failure.step, failure.at, failure.reason ?? "unknown");
}

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "failed") {
    show({ id: data.id, step: data.step, at: data.at, reason: data.reason });
  }
};
```

## Limits

Between the project's own two sides only names that differ in case or separators are reported: a field that is missing
altogether may be optional. Events of streams are the matter of SE105. For
libraries with a known protocol every required field counts. A copy counts only where it is handed to the reader right
there, and a reader that gets nothing it reads is none.
"""

from collections.abc import Iterator

from auditor.model.channel import Channel, Dropped, Message
from auditor.model.conversation import evidence, spelled_apart
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type and side."""
    for channel in graph.channels:
        yield from _against_protocol(channel)
        if channel.kind is Kind.WEBSOCKET:
            yield from spelled_apart(channel, RULE.at)
    lost = {
        (one.location, one.field): (channel, one) for channel in reversed(graph.channels) for one in channel.dropped
    }
    for _, (channel, one) in sorted(lost.items()):
        yield _lost(channel, one)


def _lost(channel: Channel, one: Dropped) -> Finding:
    return RULE.at(
        Evidence(Side.FRONTEND, one.location, f"the new object has no {one.field}"),
        Evidence(Side.FRONTEND, one.reader, f"reads {one.field} of it"),
        evidence(Side.BACKEND, one.sender, f"sends {one.field}"),
        message=f"'{one.field}' of '{one.kind}' on {channel.label} is lost where its object is built anew",
        subject=f"{channel.label}: {one.kind}.{one.field}",
        hint=f"take {one.field} over",
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
        details={"type": one.kind, "field": one.field},
    )


def _against_protocol(channel: Channel) -> Iterator[Finding]:
    protocol = channel.protocol
    if protocol is None or not protocol.strict:
        return
    wrong: dict[str, list[tuple[Message, tuple[str, ...]]]] = {}
    for message in channel.backend_sends.entries:
        entry = protocol.entry(message.type) if message.key == protocol.key else None
        missing = tuple(name for name in protocol.required.get(entry or "", ()) if name not in message.fields)
        if missing and not message.more:
            wrong.setdefault(message.type, []).append((message, missing))
    for kind, places in sorted(wrong.items()):
        first, missing = places[0]
        names = ", ".join(f"'{name}'" for name in missing)
        yield RULE.at(
            evidence(Side.BACKEND, first, f"sends {', '.join(first.fields)}"),
            message=f"'{kind}' is sent on {channel.label} without {names}, which {protocol.name} demands",
            subject=f"{channel.label}: {kind}",
            hint=f"send {names}: {protocol.source}",
            confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
            places=tuple(evidence(Side.BACKEND, other, f"sends '{kind}'") for other, _ in places[1:]),
            details={"type": kind, "missing": list(missing), "protocol": protocol.name},
        )


RULE = Rule(code="MS107", name="message-field-mismatch", severity=Severity.HIGH, check=check)
