r"""A stream demands a header that browsers cannot send with it.

`WebSocket` and `EventSource` send cookies and what stands in the URL, but no header of the page's choice. A route that
asks for `Authorization` refuses every such client before the first message.

## Bad

```py title=api.py
from typing import Annotated

from fastapi import Depends, FastAPI, WebSocket
from fastapi.responses import StreamingResponse
from fastapi.security import OAuth2PasswordBearer

app = FastAPI()
scheme = OAuth2PasswordBearer(tokenUrl="/token")


@app.get("/events")
async def events(token: Annotated[str, Depends(scheme)]) -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")
```

```ts title=client.ts
export const watch = () => new EventSource("/events"); // expect: AU106
```

## Good

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/events")
async def events(token: str) -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")
```

```ts title=client.ts
export const watch = (token: string) => new EventSource(`/events?token=${token}`);
```

## Limits

Only what the signature of a handler and of its dependencies asks for is read, not middleware. Clients that are no
browser API (`fetch-event-source`, a polyfill) may send headers and are not compared.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import Matched, ProjectGraph, Route
from auditor.rule import Rule

_BROWSER = ("WebSocket", "EventSource")
_HEADERS = (
    "OAuth2PasswordBearer", "OAuth2AuthorizationCodeBearer", "HTTPBearer", "HTTPBasic", "HTTPDigest", "APIKeyHeader",
)  # fmt: skip


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call and route."""
    for call in graph.calls:
        if call.client not in _BROWSER or not isinstance(call.target, Matched):
            continue
        wanted = _demanded(call.target.route)
        if wanted:
            yield RULE.at(
                call_evidence(call),
                route_evidence(call.target.route, f"demands {wanted}"),
                message=f"{call.client} cannot send {wanted}, which {call.target.route.label} demands",
                subject=f"{call.target.route.label} {wanted}",
                hint="take the credentials from a cookie, the query or the first message",
                provenance=call.provenance,
                details={"client": call.client, "demands": wanted},
            )


def _demanded(route: Route) -> str:
    """The header that a route cannot do without."""
    operation = route.operation
    if operation is None:
        return ""
    for name, _ in operation.security:
        if name in _HEADERS:
            return "the header that " + name + " reads"
    usual = ("cookie", "origin", "host", "user-agent", "accept-language", "sec-websocket-protocol", "last-event-id")
    for one in operation.parameters:
        if one.place == "header" and one.required and one.name.lower() not in usual:
            return f"the header '{one.name}'"
    return ""


RULE = Rule(code="AU106", name="stream-auth-impossible", severity=Severity.HIGH, check=check)
