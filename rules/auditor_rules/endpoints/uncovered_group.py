r"""No frontend calls any route of a whole group.

Five or more routes of one category, and not one has a caller: the feature has no user interface. One finding stands
for all its routes. From ten routes on it is high. Where routers share a category of which some are called, those of one
file count for themselves.

## Bad

```py title=api.py
from fastapi import APIRouter, FastAPI

app = FastAPI()
admin = APIRouter(prefix="/admin", tags=["admin"])


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@admin.get("/settings")  # expect: EP202
def read_settings() -> str:
    return "dark"


@admin.put("/settings")
def write_settings() -> str:
    return "dark"


@admin.get("/jobs")
def list_jobs() -> list[str]:
    return ["backup"]


@admin.delete("/jobs/{job_id}")
def cancel_job(job_id: int) -> None:
    return None


@admin.post("/restart")
def restart() -> str:
    return "done"


app.include_router(admin)
```

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

## Good

One call is enough; the routes that still have none are EP201.

```ts title=client.ts
export const listUsers = () => fetch("/users");
export const readSettings = () => fetch("/admin/settings");
```

## Limits

Nothing is said where a call that could not be resolved may reach one of the routes.

```ts title=client.ts
export const listUsers = () => fetch("/users");
export const readSettings = () => fetch(`${localStorage.getItem("server")}/admin/settings`);
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.model.idle import idle_groups
from auditor.rule import Rule

_LARGE = 10


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per backend and category."""
    for group in idle_groups(graph):
        first, *others = (member.route for member in group.members)
        count = len(group.members)
        yield RULE.at(
            route_evidence(first, f"one of {count} without a caller"),
            message=f"no frontend calls any of the {count} routes of {group.label}",
            subject=f"{group.category} in {group.file or group.service}",
            hint="build the missing client, or remove the group",
            confidence=group.confidence,
            severity=Severity.HIGH if count >= _LARGE else None,
            places=tuple(route_evidence(route, "no call reaches it") for route in others),
            details={
                "category": group.category,
                "count": count,
                "routes": [member.route.label for member in group.members],
            },
        )


RULE = Rule(code="EP202", name="uncovered-group", severity=Severity.MEDIUM, check=check)
