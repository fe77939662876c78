r"""No call of any frontend reaches the route.

It may be dead, or the frontend part of the feature was never written. Other clients (a mobile app, scripts, partners)
are invisible here, so this never fails a build.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.post("/users/export")  # expect: EP201
def export_users() -> str:
    return "done"
```

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

## Good

```ts title=client.ts
export const listUsers = () => fetch("/users");
export const exportUsers = () => fetch("/users/export", { method: "POST" });
```

## Limits

Not reported: routes that an unresolved call may reach, hidden or deprecated routes, pages for people at a browser,
health checks, documentation and webhooks, routes that a call misses narrowly (that call is the finding), and whole
groups without a call (EP202).

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.get("/health")
def health() -> str:
    return "ok"


@app.get("/internal/state", include_in_schema=False)
def state() -> str:
    return "ok"
```

```ts title=client.ts
export const listUsers = () => fetch("/users");
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import Kind, ProjectGraph
from auditor.model.idle import idle_groups, idle_routes
from auditor.model.signin import Step, skipped
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route, but none for the routes of an idle group, nor for steps of signing in (AU105, AU109)."""
    told = {member.route for group in idle_groups(graph) for member in group.members}
    told |= {one.route for step in (Step.REFRESH, Step.LOGOUT) for one in skipped(graph, step)}
    for idle in idle_routes(graph):
        route = idle.route
        if route in told or route.kind is Kind.SSE:  # SE102
            continue
        yield RULE.at(
            route_evidence(route, "no call reaches it"),
            message=f"no frontend calls {route.label}",
            subject=route.label,
            hint="remove the route, or hide it from the schema if it is meant for other clients",
            confidence=idle.confidence,
            provenance=route.provenance,
            details={"category": route.category, "handler": route.handler},
        )


RULE = Rule(code="EP201", name="unused-endpoint", severity=Severity.LOW, check=check)
