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
altogether may be optional. For libraries with a known protocol every required field counts.
"""

from collections.abc import Iterator

from auditor.model.channel import Channel, Message, Messages
from auditor.model.conversation import evidence
from auditor.model.finding import Confidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type and side."""
    for channel in graph.channels:
        yield from _against_protocol(channel)
        yield from _between(channel, Side.FRONTEND, channel.frontend_handles, channel.backend_sends)
        yield from _between(channel, Side.BACKEND, channel.backend_handles, channel.frontend_sends)


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


def _between(channel: Channel, side: Side, handled: Messages, sent: Messages) -> Iterator[Finding]:
    if not sent.is_closed:
        return
    for reader in handled.entries:
        senders = [one for one in sent.entries if (one.key, one.type) == (reader.key, reader.type)]
        if not senders or any(one.more for one in senders):
            continue
        given = {name for one in senders for name in one.fields}
        twins = {_plain(name): name for name in sorted(given)}
        for name in reader.fields:
            twin = twins.get(_plain(name))
            if name in given or twin is None or twin in reader.fields:
                continue
            other = Side.BACKEND if side is Side.FRONTEND else Side.FRONTEND
            yield RULE.at(
                evidence(side, reader, f"reads '{name}' of '{reader.type}'"),
                evidence(other, senders[0], f"sends '{twin}'"),
                message=f"'{reader.type}' is read for '{name}' on {channel.label}, but is sent with '{twin}'",
                subject=f"{channel.label}: {reader.type}.{name}",
                hint=f"spell it '{twin}' on both sides",
                confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
                details={"type": reader.type, "read": name, "sent": twin},
            )


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


RULE = Rule(code="MS107", name="message-field-mismatch", severity=Severity.HIGH, check=check)
