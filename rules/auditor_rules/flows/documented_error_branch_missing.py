r"""A diagram has a branch for a timeout or a lost client, and no code of the backend speaks of one.

Streams that nobody ends keep their resources. The branch is promised for a request that is served, and no name in the
backend's code (`asyncio.timeout`, `wait_for`, `is_disconnected`, `CancelledError`, a `finally`) has to do with it.

## Bad

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def events():
    while True:
        yield "data: x\n\n"


@app.get("/api/chat/{chat_id}")
async def stream(chat_id: str) -> StreamingResponse:
    return StreamingResponse(events(), media_type="text/event-stream")
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    API->>+API: GET /api/chat/c_1 (SSE)
    alt Normal completion
        API-->>UI: tokens
    else Generation timeout
        API-->>-UI: gives up # expect: FL106
    end
~~~
```

## Good

```py title=api.py
import asyncio

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


async def events():
    async with asyncio.timeout(30):
        while True:
            yield "data: x\n\n"


@app.get("/api/chat/{chat_id}")
async def stream(chat_id: str) -> StreamingResponse:
    return StreamingResponse(events(), media_type="text/event-stream")
```

## Limits

Any name that speaks of it counts, wherever it stands: whether it is reached by this request is not looked at.

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
timeout = 30


async def events():
    yield "data: x\n\n"


@app.get("/api/chat/{chat_id}")
async def stream(chat_id: str) -> StreamingResponse:
    return StreamingResponse(events(), media_type="text/event-stream")
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.promises import routes_of
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per branch that no code can be meant by."""
    for guide in graph.guides:
        for branch in guide.branches:
            routes = routes_of(graph, branch.call) if branch.call else ()
            if branch.handled or not routes:
                continue
            yield RULE.at(
                Evidence(Side.DOCUMENT, branch.location, f"documented branch '{branch.title}'"),
                route_evidence(routes[0], "the request"),
                message=f"'{branch.title}' is documented for {routes[0].label}: no code speaks of a {branch.kind}",
                subject=f"{routes[0].label} {branch.kind}",
                hint="handle it, or correct the document",
                confidence=Confidence.MEDIUM,
            )


RULE = Rule(code="FL106", name="documented-error-branch-missing", severity=Severity.MEDIUM, check=check)
