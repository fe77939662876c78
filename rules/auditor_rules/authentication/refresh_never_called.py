r"""The backend offers to refresh a session, and the client that signs in never asks for it.

When the token runs out, the user is thrown out in the middle of the work, and signs in again.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/auth/login")
def login() -> str:
    return "token"


@app.post("/auth/refresh")  # expect: AU105
def refresh() -> str:
    return "token"
```

```ts title=client.ts
export const login = (body: string) => fetch("/auth/login", { method: "POST", body });
```

## Good

```ts title=client.ts
export const login = (body: string) => fetch("/auth/login", { method: "POST", body });
export const refresh = () => fetch("/auth/refresh", { method: "POST" });
```

## Limits

Silent where the client does not sign in by itself, or a call that could not be resolved may be the one.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.model.signin import Step, skipped
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route."""
    for one in skipped(graph, Step.REFRESH):
        yield RULE.at(
            route_evidence(one.route, "no call reaches it"),
            call_evidence(one.login),
            message=f"the client signs in and never refreshes: nothing calls {one.route.label}",
            subject=one.route.label,
            hint="refresh before the token runs out, or when a request is refused",
            confidence=one.confidence,
            details={"login": one.login.label},
        )


RULE = Rule(code="AU105", name="refresh-never-called", severity=Severity.MEDIUM, check=check)
