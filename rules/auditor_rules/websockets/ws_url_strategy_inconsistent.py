r"""Some sockets go to a written development address, others where the page or a setting says.

Wherever the application is deployed, the first ones fail and the others work.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/ws/chat")
async def chat(socket: WebSocket) -> None:
    await socket.accept()


@app.websocket("/ws/jobs")
async def jobs(socket: WebSocket) -> None:
    await socket.accept()
```

```ts title=client.ts
export const chat = () => new WebSocket(`wss://${location.host}/ws/chat`);
export const jobs = () => new WebSocket("ws://localhost:8000/ws/jobs"); // expect: WS104, UR101
```

```ts title=main.ts
import { chat, jobs } from "./client";

chat();
jobs();
```

## Good

```ts title=client.ts
export const chat = () => new WebSocket(`wss://${location.host}/ws/chat`);
export const jobs = () => new WebSocket(`wss://${location.host}/ws/jobs`);
```

## Limits

Addresses that settings give, and those that are only known at run time, are ways of their own, but not this flaw.

```ts title=client.ts
const BASE = import.meta.env.VITE_WS_URL;
export const chat = () => new WebSocket(`wss://${location.host}/ws/chat`);
export const jobs = () => new WebSocket(`${BASE}/ws/jobs`);
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, weaker
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, External, Kind, ProjectGraph, UrlLiteral
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per frontend, at the first socket with a written address."""
    written = {(url.location.file, url.location.line): url for url in graph.urls if url.local}
    fixed: dict[str, list[tuple[CallSite, UrlLiteral]]] = {}
    free: dict[str, list[CallSite]] = {}
    for call in graph.calls:
        if call.kind is not Kind.WEBSOCKET or not call.used or isinstance(call.target, External):
            continue
        if not call.origin or call.origin.startswith("$"):
            free.setdefault(call.frontend, []).append(call)
            continue
        steps = [(step.location.file, step.location.line) for step in call.provenance]
        literals = [written[place] for place in steps if place in written]
        if any(url.fallback_of for url in literals):
            free.setdefault(call.frontend, []).append(call)
        elif literals and call.origin != "?":
            fixed.setdefault(call.frontend, []).append((call, literals[0]))
    for frontend, calls in fixed.items():
        others = [call for call in free.get(frontend, ()) if "{" not in call.path.split("/")[1]]
        if not others:
            continue
        (first, url), *more = calls
        yield RULE.at(
            call_evidence(first),
            Evidence(Side.FRONTEND, url.location, f"{url.text} is written here"),
            Evidence(Side.FRONTEND, others[0].location, f"{others[0].label} goes {_where(others[0])}"),
            message=f"{first.label} is opened at {first.origin}, {others[0].label} {_where(others[0])}",
            subject=f"sockets of {frontend}",
            hint="build every socket's address in one place",
            confidence=weaker(first.confidence, others[0].confidence),
            provenance=first.provenance,
            places=tuple(call_evidence(call) for call, _ in more),
            details={"fixed": [call.label for call, _ in calls], "free": [call.label for call in others]},
        )


def _where(call: CallSite) -> str:
    if not call.origin:
        return "to the host of the page"
    return f"where {call.origin[1:]} says" if call.origin.startswith("$") else "where a setting says"


RULE = Rule(code="WS104", name="ws-url-strategy-inconsistent", severity=Severity.HIGH, check=check)
