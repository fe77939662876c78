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

## Limits

Between the project's own two sides only names that differ in case or separators are reported: a field that is missing
altogether may be optional. Events of streams are the matter of SE105. For
libraries with a known protocol every required field counts.
"""

from collections.abc import Iterator

from auditor.model.channel import Channel, Message
from auditor.model.conversation import evidence, spelled_apart
from auditor.model.finding import Confidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type and side."""
    for channel in graph.channels:
        yield from _against_protocol(channel)
        if channel.kind is Kind.WEBSOCKET:
            yield from spelled_apart(channel, RULE.at)


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
