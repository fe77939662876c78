r"""The client signs in, refreshes or signs out at endpoints that do not exist.

Each missing request is a finding of its own; this one says that a whole flow has no server: nobody can sign in.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/notes")
def notes() -> list[str]:
    return []
```

```ts title=client.ts
export const notes = () => fetch("/notes");
export const login = (body: string) => fetch("/auth/login", { method: "POST", body }); // expect: AU101, EP101
export const logout = () => fetch("/auth/logout", { method: "POST" }); // expect: EP101
```

## Good

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/notes")
def notes() -> list[str]:
    return []


@app.post("/auth/login")
def login() -> str:
    return "token"


@app.post("/auth/logout")
def logout() -> None: ...
```

```ts title=client.ts
export const notes = () => fetch("/notes");
export const login = (body: string) => fetch("/auth/login", { method: "POST", body });
export const logout = () => fetch("/auth/logout", { method: "POST" });
```

## Limits

One missing step alone is EP101. Steps are told by the method and the last segment of the path.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, missing_calls, weaker
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.model.signin import Reach, flow
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding for all steps together, if signing in is one of them."""
    certain = {call for call, _ in missing_calls(graph, Verdict.NO_ROUTE, Verdict.METHOD, Verdict.ARITY)}
    missing = [row for row in flow(graph) if row.reach is Reach.MISSING and certain.issuperset(row.vain)]
    if len(missing) < 2 or all(row.step != "login" for row in missing):
        return
    calls = [call for row in missing for call in row.vain]
    steps = ", ".join(row.step for row in missing)
    yield RULE.at(
        call_evidence(calls[0]),
        message=f"nobody can sign in: no route serves {steps}, which the client calls",
        subject=f"{steps} not served",
        hint="add the routes, or send the requests where they are served",
        confidence=weaker(*(call.confidence for call in calls)),
        severity=None if any(call.used for call in calls) else Severity.HIGH,
        provenance=calls[0].provenance,
        places=tuple(call_evidence(call) for call in calls[1:]),
        details={"missing": [row.step for row in missing], "calls": [call.label for call in calls]},
    )


RULE = Rule(code="AU101", name="auth-endpoint-missing", severity=Severity.CRITICAL, check=check)
