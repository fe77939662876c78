r"""A development URL is written into source that ships.

`localhost` is the visitor's own machine, so requests and sockets that go there fail in every other place. Critical
where the frontend sends something there.

## Bad

```py title=api.py
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/ws/updates")
async def updates(socket: WebSocket) -> None:
    await socket.accept()
```

```ts title=client.ts
const UPDATES = "ws://localhost:8001/ws/updates"; // expect: UR101

export const connect = () => new WebSocket(UPDATES);
```

## Good

```ts title=client.ts
export const connect = () => new WebSocket(`wss://${window.location.host}/ws/updates`);
```

## Limits

An address whose port is filled in at run time is being looked for, not fixed: medium. A URL that the same file also
has as the default of a variable is low where nothing is sent to it: another copy of the default. So is one whose port
web applications do not use by default (a model server at 11434, a debugger at 9222), where nothing is sent to it, and
the machine around a container.

A development URL as the default of an environment variable is UR102. Configuration files, tests and scripts may name
development hosts as they like.
"""

import re
from collections.abc import Iterator

from auditor.model.absence import call_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, ProjectGraph, UrlLiteral
from auditor.rule import Rule

_OPEN_PORT = re.compile(r"\w+://[^/?#]*:\{\}")
_PORT = re.compile(r"\w+://[^/?#]*:(\d+)")
_WEB = (
    (80, 443, 1337, 1420, 3333, 4000, 4173, 4200, 4321, 4433, 4444, 5555, 6006, 7000, 7777),
    range(3000, 3100),
    range(5000, 5200),
    range(8000, 9001),
)
_DIALLED = frozenset({"http", "https", "ws", "wss"})


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per host and file."""
    groups: dict[tuple[str, str, str], list[UrlLiteral]] = {}
    defaults = {(url.location.file, url.text) for url in graph.urls if url.fallback_of}
    for url in graph.urls:
        if url.local and not url.fallback_of:
            groups.setdefault((url.location.file, url.scheme, url.host), []).append(url)
    for urls in groups.values():
        first, *others = urls
        calls = [call for call in graph.calls if any(_goes_through(call, url) for url in urls)]
        uses = [Evidence(url.side, place, "used here") for url in urls for place in url.used_by]
        used = bool(calls or uses) and first.scheme in _DIALLED
        frontend = first.side is Side.FRONTEND
        yield RULE.at(
            Evidence(first.side, first.location, "a host that exists in development only"),
            *([call_evidence(call) for call in calls[:1]] or uses[:1]),
            message=f"the development URL {first.text} is written into the source",
            subject=first.text,
            hint="take the host from an environment variable, or from the page's own address",
            # A server may well live beside what it names; a browser never does.
            confidence=Confidence.HIGH if frontend else Confidence.MEDIUM,
            severity=_severity(urls, used=frontend and used, defaults=defaults),
            places=tuple(Evidence(url.side, url.location, "again") for url in others),
            details={"host": first.host, "scheme": first.scheme},
        )


def _severity(urls: list[UrlLiteral], *, used: bool, defaults: set[tuple[str, str]]) -> Severity:
    """`used`: a frontend sends something there; `defaults`: file and text of the defaults of variables."""
    if all(_OPEN_PORT.match(url.text) for url in urls):
        return Severity.MEDIUM
    if used:
        return Severity.CRITICAL
    if all((url.location.file, url.text) in defaults or _is_foreign(url) for url in urls):
        return Severity.LOW
    return Severity.HIGH


def _is_foreign(url: UrlLiteral) -> bool:
    """Whether the port is none that servers of web applications listen at by default: a model server, a debugger or a
    database that the user runs beside; or whether it is the machine around a container, which no visitor has."""
    if url.host == "host.docker.internal":
        return True
    port = _PORT.match(url.text)
    return port is not None and not any(int(port[1]) in ports for ports in _WEB)


def _goes_through(call: CallSite, url: UrlLiteral) -> bool:
    """True if the call, or a step on the way to it, stands on the line of the URL."""
    line = (url.location.file, url.location.line)
    steps = [call.location, *(step.location for step in call.provenance)]
    return any((step.file, step.line) == line for step in steps)


RULE = Rule(code="UR101", name="hardcoded-url", severity=Severity.HIGH, check=check)
