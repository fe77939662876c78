r"""A request without credentials goes to a route that refuses such requests.

It is answered with 401 or 403 for everybody, signed in or not.

## Bad

```py title=api.py
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer

app = FastAPI()
Token = Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="/token"))]


@app.get("/notes")
def notes(token: Token) -> list[str]:
    return []
```

```ts title=client.ts
export const notes = () => fetch("/notes", { headers: { Accept: "application/json" } }); // expect: AU103
```

## Good

```ts title=client.ts
export const notes = (token: string) => fetch("/notes", { headers: { Authorization: `Bearer ${token}` } });
```

## Limits

Silent where headers are added by something that could not be read (an interceptor, a spread), where the frontend's own
server passes the request on, and where the scheme lets requests without credentials through (`auto_error=False`).

```py title=api.py
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer

app = FastAPI()
Token = Annotated[str | None, Depends(OAuth2PasswordBearer(tokenUrl="/token", auto_error=False))]


@app.get("/notes")
def notes(token: Token) -> list[str]:
    return []
```

```ts title=client.ts
export const notes = () => fetch("/notes");
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence
from auditor.model.auth import Credential
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, Kind, Matched, ProjectGraph, Route
from auditor.model.span import Location
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route, with all calls of it that carry nothing."""
    demanded = {one.location: one for one in graph.credentials if one.act == "demands" and one.carrier == "header"}
    found: dict[Route, list[CallSite]] = {}
    for call in graph.calls:
        if not isinstance(call.target, Matched) or call.kind is Kind.WEBSOCKET or not _is_bare(call):
            continue
        if _demand(call.target.route, demanded) is not None:
            found.setdefault(call.target.route, []).append(call)
    for route, calls in found.items():
        demand = _demand(route, demanded)
        assert demand is not None
        first, *others = sorted(calls, key=lambda call: not call.used)
        yield RULE.at(
            call_evidence(first),
            Evidence(Side.BACKEND, route.location, f"{route.label}: demands {demand.label}"),
            message=f"{first.label} is sent without credentials, and {route.label} demands {demand.label}",
            subject=route.label,
            hint=f"send {demand.label}",
            confidence=first.confidence,
            severity=None if first.used else Severity.LOW,
            provenance=first.provenance,
            places=tuple(call_evidence(call) for call in others),
            details={"demands": demand.label, "scheme": f"{demand.location.file}:{demand.location.line}"},
        )


def _is_bare(call: CallSite) -> bool:
    """Whether it is certain that no header carries anything secret, on the whole way to the backend."""
    carried = call.carried
    if carried is None or carried.headers.open or call.client == "EventSource":
        return False
    secret = any("auth" in name or "token" in name or "key" in name for name in carried.headers.names)
    return not secret and not any("handler" in step.what for step in call.provenance)


def _demand(route: Route, demanded: dict[Location, Credential]) -> Credential | None:
    security = route.operation.security if route.operation is not None else ()
    return next((demanded[place] for _, place in security if place in demanded), None)


RULE = Rule(code="AU103", name="unauthenticated-call", severity=Severity.HIGH, check=check)
