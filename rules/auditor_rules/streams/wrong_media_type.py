r"""An `EventSource` is opened on a stream of another media type.

The browser closes the connection when the response is not `text/event-stream`, whatever its text looks like.

## Bad

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/work")
def work() -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]))
```

```ts title=client.ts
export const watch = () => new EventSource("/work"); // expect: SE111
```

## Good

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/work")
def work() -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")


@app.get("/pieces")
def pieces() -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]), headers={"Content-Type": "text/event-stream"})


@app.get("/lines")
def lines() -> StreamingResponse:
    return StreamingResponse(iter(["{}\n"]), media_type="application/x-ndjson")
```

```ts title=client.ts
export const watch = () => new EventSource("/work");
export const pieces = () => new EventSource("/pieces");
export const read = () => fetch("/lines");
```

## Limits

Only responses that the handler itself makes, with a type written in place or none at all. Clients made of `fetch`
read any type.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import Matched, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call."""
    for call in graph.calls:
        if call.client != "EventSource" or not isinstance(call.target, Matched):
            continue
        route = call.target.route
        if route.streams not in ("raw", "ndjson"):
            continue
        yield RULE.at(
            call_evidence(call),
            route_evidence(route, "streams another media type"),
            message=f"EventSource needs text/event-stream, and {route.label} streams another type",
            subject=route.label,
            hint='say media_type="text/event-stream"',
            provenance=call.provenance,
            details={"handler": route.handler},
        )


RULE = Rule(code="SE111", name="wrong-media-type", severity=Severity.MEDIUM, check=check)
