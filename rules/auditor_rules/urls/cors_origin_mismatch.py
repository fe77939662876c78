r"""The backend does not let the frontend's pages in.

The browser withholds every answer: in development the frontend comes from another port than the backend allows, or it
sends cookies that the backend does not accept from elsewhere.

## Bad

```py title=api.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:5173"])


@app.get("/notes")
def notes() -> list[str]:
    return []
```

```json title=package.json
{ "name": "web", "private": true, "scripts": { "dev": "vite --port 3000" }, "dependencies": { "vite": "^6.0.0" } }
```

```ts title=client.ts
export const notes = () => fetch("http://localhost:8000/notes"); // expect: UR107, UR101
```

## Good

```py title=api.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:5173", "http://localhost:3000"])


@app.get("/notes")
def notes() -> list[str]:
    return []
```

```ts title=client.ts
export const notes = () => fetch("/notes");
```

## Limits

Requests below the page's own address are never from elsewhere (a proxy passes them on). Silent where an origin comes
from a setting or is matched by a pattern. The port is written in `package.json` or Vite's configuration; where it is
the tool's default the finding is low.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.model.absence import call_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, External, ProjectGraph
from auditor.rule import Rule

_LOCAL = ("localhost", "127.0.0.1")


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per frontend that is kept out, and one per frontend whose cookies are."""
    if not graph.cors or any(one.open for one in graph.cors):
        return
    allowed = [origin for one in graph.cors for origin in one.origins]
    for dev in graph.dev_origins:
        calls = [call for call in graph.calls if call.frontend == dev.frontend and _is_elsewhere(call, dev.port)]
        if not calls:
            continue
        if "*" not in allowed and not any(_is_local(origin, dev.port) for origin in allowed):
            yield RULE.at(
                call_evidence(calls[0]),
                Evidence(Side.BACKEND, graph.cors[0].location, f"allows {', '.join(allowed) or 'no origin'}"),
                message=f"pages from http://localhost:{dev.port} may not call the backend, which allows "
                f"{', '.join(allowed) or 'no origin'}",
                subject=f"http://localhost:{dev.port} of {dev.frontend}",
                hint=f"allow http://localhost:{dev.port} in development, or send the requests through a proxy",
                confidence=Confidence.HIGH if dev.written else Confidence.MEDIUM,
                places=tuple(call_evidence(call) for call in calls[1:]),
                details={"allowed": allowed, "origin": f"http://localhost:{dev.port}"},
            )
        cookies = [call for call in calls if call.carried is not None and call.carried.credentials == "include"]
        if cookies and not any(one.credentials for one in graph.cors):
            yield RULE.at(
                call_evidence(cookies[0]),
                Evidence(Side.BACKEND, graph.cors[0].location, "does not allow credentials"),
                message=f"{len(cookies)} requests to another origin include cookies, which the backend does not allow",
                subject=f"credentials of {dev.frontend}",
                hint="allow credentials, with the origins named one by one",
                places=tuple(call_evidence(call) for call in cookies[1:]),
                details={"calls": len(cookies)},
            )


def _is_elsewhere(call: CallSite, port: int) -> bool:
    """Whether a request certainly leaves the development server for a backend on this machine."""
    if isinstance(call.target, External) or not call.origin.startswith("http"):
        return False
    host = urlsplit(call.origin)
    return host.hostname in _LOCAL and host.port not in (None, port)


def _is_local(origin: str, port: int) -> bool:
    host = urlsplit(origin)
    return host.hostname in _LOCAL and (host.port or 80) == port


RULE = Rule(code="UR107", name="cors-origin-mismatch", severity=Severity.MEDIUM, check=check)
