r"""Requests would match if their prefix were another.

A version or API prefix is missing, superfluous or doubled (`/api/v1/api/v1/users`), so all of them end in 404. The
calls of one client that need the same change are one finding. It points to the base URL where several calls go through
it and none arrives, else to the first call. A path that is wrong in another way too belongs to the same finding; the
hint counts it.

## Bad

```py title=api.py
from fastapi import APIRouter, FastAPI

router = APIRouter(prefix="/users")


@router.get("/me")
def read_me() -> dict[str, str]:
    return {"name": "Ada"}


@router.get("/all")
def read_all() -> list[str]:
    return ["Ada"]


app = FastAPI()
app.include_router(router, prefix="/api/v1")
```

```ts title=client.ts
import axios from "axios";

const api = axios.create({ baseURL: "/api/v1" }); // expect: EP106

export const readMe = () => api.get("/api/v1/users/me");
export const readAll = () => api.get("/api/v1/users/all");
```

## Good

```ts title=client.ts
import axios from "axios";

const api = axios.create({ baseURL: "/api/v1" });

export const readMe = () => api.get("/users/me");
export const readAll = () => api.get("/users/all");
```

## Limits

Prefixes that a reverse proxy outside the repository adds or strips are not seen. A socket joins a drift of the same
frontend; alone it is WS101.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.drift import Drift, drifts
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per frontend, client and change of prefix."""
    for drift in drifts(graph):
        first, *others = _places(drift)
        count = len(drift.calls)
        where = "in the base URL or in its calls" if drift.base else "in the path of the call"
        left = f"; {drift.unanswered} of the {count} have no route even then" if drift.unanswered else ""
        yield RULE.at(
            first,
            *(route_evidence(near.route, near.why) for near in drift.nearest[:1]),
            message=f"{_requests(drift)} miss{'' if count > 1 else 'es'} the backend by a prefix: {drift.change}",
            subject=f"{drift.client or 'requests'} in {drift.frontend}: {drift.change}",
            hint=f"{drift.change} {where}{left}",
            confidence=drift.confidence,
            provenance=drift.calls[0].provenance,
            places=tuple(others),
            details={
                "affected": count,
                "change": drift.change,
                "unanswered": drift.unanswered,
                "requests": list(dict.fromkeys(call.label for call in drift.calls)),
                "no_route_even_then": [
                    f"{call.label} ({call.location.file}:{call.location.line})" for call in drift.lost
                ],
            },
        )


def _requests(drift: Drift) -> str:
    """What misses the backend: "2 requests through axios.create and 1 socket"; sockets go through no such client."""
    sockets = sum(call.kind is Kind.WEBSOCKET for call in drift.calls)
    count = len(drift.calls) - sockets
    requests = f"{count} request{'s' if count > 1 else ''}" if len(drift.calls) > 1 else drift.calls[0].label
    through = f" through {drift.client}" if drift.client else ""
    return f"{requests}{through}" + (f" and {sockets} socket{'s' if sockets > 1 else ''}" if sockets else "")


def _places(drift: Drift) -> Iterator[Evidence]:
    if drift.base:
        yield Evidence(Side.FRONTEND, drift.base, "the base URL of these requests")
    for call in drift.calls:
        yield call_evidence(call)


RULE = Rule(code="EP106", name="prefix-mismatch", severity=Severity.HIGH, check=check)
