r"""Signing in goes through the backend, signing out does not.

The client forgets the token; on the server it stays valid until it runs out, for whoever has a copy.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/auth/login")
def login() -> str:
    return "token"


@app.post("/auth/logout")  # expect: AU109
def logout() -> None: ...
```

```ts title=client.ts
export const login = (body: string) => fetch("/auth/login", { method: "POST", body });
export const logout = () => localStorage.clear();
```

## Good

```ts title=client.ts
export const login = (body: string) => fetch("/auth/login", { method: "POST", body });
export const logout = () => fetch("/auth/logout", { method: "POST" });
```

## Limits

Silent where a call that could not be resolved may be the one. Refreshing is AU105, a step that only the client has
AU101.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.model.signin import Reach, Step, flow, skipped
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route that signs out."""
    unused = [route.label for row in flow(graph) if row.reach is Reach.UNUSED for route in row.routes]
    for one in skipped(graph, Step.LOGOUT):
        label = one.route.label
        yield RULE.at(
            route_evidence(one.route, "no call reaches it"),
            call_evidence(one.login),
            message=f"the client signs in at the backend and signs out without it: nothing calls {label}",
            subject=label,
            hint=f"call {label} when the user signs out",
            confidence=one.confidence,
            details={"login": one.login.label, "unused": unused},
        )


RULE = Rule(code="AU109", name="flow-incomplete", severity=Severity.MEDIUM, check=check)
