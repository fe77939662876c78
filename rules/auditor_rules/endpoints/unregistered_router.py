r"""A router with routes is never included in an application.

Its handlers look served and are not: every request to them ends in 404. Where the frontend sends such requests the
finding is high and lists them.

## Bad

```py title=reports.py
from fastapi import APIRouter

router = APIRouter(prefix="/reports")  # expect: EP304


@router.get("/daily")
def daily() -> list[str]:
    return ["one"]
```

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]
```

## Good

```py title=api.py
from fastapi import FastAPI

import reports

app = FastAPI()
app.include_router(reports.router)
```

## Limits

Nothing is said where some `include_router` could not be resolved: it may be the one.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.routers import waiting
from auditor.rule import Rule

_SHOWN = 3


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per router that certainly nobody includes."""
    for router in graph.routers:
        if router.open or not router.routes:
            continue
        count = len(router.routes)
        shown = ", ".join(router.routes[:_SHOWN]) + (f" and {count - _SHOWN} more" if count > _SHOWN else "")
        calls = sorted(waiting(graph, router), key=lambda call: not call.used)
        told = f"; {len(calls)} call{'s' if len(calls) > 1 else ''} would reach it" if calls else ""
        yield RULE.at(
            Evidence(Side.BACKEND, router.location, f"{router.name}: never included"),
            *map(call_evidence, calls[:1]),
            message=f"the router '{router.name}' is never included, so nothing serves {shown}{told}",
            subject=router.name,
            hint="include it in an application" if calls else "include it in an application, or remove it",
            severity=Severity.HIGH if any(call.used for call in calls) else None,
            places=tuple(map(call_evidence, calls[1:])),
            details={"routes": list(router.routes), "calls": [call.label for call in calls]},
        )


RULE = Rule(code="EP304", name="unregistered-router", severity=Severity.MEDIUM, check=check)
