r"""A request goes to a route that is marked deprecated.

It works today and is announced to go. All calls of one route are one finding.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/v1/users", deprecated=True)
def list_users_v1() -> list[str]:
    return ["Ada"]


@app.get("/v2/users")
def list_users() -> list[str]:
    return ["Ada"]
```

```ts title=client.ts
fetch("/v1/users"); // expect: DC102
```

## Good

```ts title=client.ts
fetch("/v2/users");
```

## Limits

Where another route may answer as well, nothing is said.

```ts title=client.ts
fetch(`/${localStorage.getItem("version")}/users`);
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence, weaker
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per deprecated route that is called."""
    called: dict[tuple[str, str], tuple[Route, list[CallSite]]] = {}
    for call in graph.calls:
        if isinstance(call.target, Matched) and (route := call.target.route).deprecated:
            called.setdefault((route.service, route.label), (route, []))[1].append(call)
    for route, calls in called.values():
        calls.sort(key=lambda call: not call.used)
        first = calls[0]
        yield RULE.at(
            call_evidence(first),
            route_evidence(route, "marked deprecated"),
            message=f"{route.label} is deprecated and still called",
            subject=route.label,
            hint="call the route that replaces it",
            confidence=weaker(first.confidence, route.confidence),
            severity=None if first.used else RULE.severity.lowered(),
            provenance=first.provenance,
            places=tuple(call_evidence(call) for call in calls[1:]),
            details={"handler": route.handler},
        )


RULE = Rule(code="DC102", name="deprecated-endpoint-called", severity=Severity.MEDIUM, check=check)
