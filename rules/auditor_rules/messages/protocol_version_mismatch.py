r"""The backend speaks another version of a library's protocol than the client understands.

A library that checks its messages refuses one that its version does not know, and ends the whole stream with an error.

## Bad

```json title=package.json
{"name": "web", "private": true, "dependencies": {"ai": "^5.0.0"}}
```

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"type": "text-start", "id": "1"})
    await socket.send_json({"type": "text-delta", "id": "1", "delta": "hello"})
    await socket.send_json({"type": "text-end", "id": "1"})
    await socket.send_json({"type": "tool-approval-request", "approvalId": "a", "toolCallId": "t"})  # expect: MS109
```

```ts title=client.ts
import type { UIMessageChunk } from "ai";

const socket = new WebSocket(`wss://${window.location.host}/live`);

export function listen(controller: ReadableStreamDefaultController<UIMessageChunk>) {
  socket.onmessage = (event) => controller.enqueue(JSON.parse(event.data));
}
```

## Good

```json title=package.json
{"name": "web", "private": true, "dependencies": {"ai": "^6.0.0"}}
```

## Limits

Only for libraries whose versions are described (AI SDK UI 5 and 6), and only where a package file says which one is
used.
"""

from collections.abc import Iterator

from auditor.model.channel import Message
from auditor.model.conversation import evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per type, at the place that sends it."""
    for channel in graph.channels:
        protocol = channel.protocol
        if protocol is None or not protocol.elsewhere:
            continue
        own = channel.frontend_handles.types
        unknown: dict[str, list[Message]] = {}
        for message in channel.backend_sends.entries:
            if message.key == protocol.key and message.type in protocol.elsewhere and message.type not in own:
                unknown.setdefault(message.type, []).append(message)
        for kind, sent in sorted(unknown.items()):
            yield RULE.at(
                evidence(Side.BACKEND, sent[0], f"sends '{kind}'"),
                *(Evidence(Side.FRONTEND, client, f"leaves it to {protocol.name}") for client in channel.clients[:1]),
                message=f"'{kind}' is sent on {channel.label}: {protocol.elsewhere[kind]}, not {protocol.name}",
                subject=f"{channel.label}: {kind}",
                hint="use the same version on both sides",
                confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
                places=tuple(evidence(Side.BACKEND, one, f"sends '{kind}'") for one in sent[1:]),
                details={"type": kind, "speaks": protocol.elsewhere[kind], "understands": protocol.name},
            )


RULE = Rule(code="MS109", name="protocol-version-mismatch", severity=Severity.MEDIUM, check=check)
