r"""Callers of one frontend reach the same handler under different paths.

It works as long as both are served; when one of them goes, moves or gets other rights, some screens break and others
do not. All calls of one handler are one finding.

## Bad

```py title=auth.py
from fastapi import APIRouter

router = APIRouter(prefix="/auth")


@router.post("/login")
def login() -> str:
    return "token"
```

```py title=api.py
from fastapi import FastAPI

import auth

app = FastAPI()
app.include_router(auth.router, prefix="/api/v1")
app.include_router(auth.router, prefix="/api/v2")
```

```ts title=client.ts
fetch("/api/v1/auth/login", { method: "POST" }); // expect: EP303
fetch("/api/v2/auth/login", { method: "POST" });
```

## Good

```ts title=client.ts
fetch("/api/v2/auth/login", { method: "POST" });
fetch("/api/v2/auth/login", { method: "POST" });
```

## Limits

A path with and without its trailing slash is one path, and so are paths with more and with fewer parameters: an
optional parameter is no second way.

```py title=api.py
from fastapi import FastAPI

import auth

app = FastAPI()
app.include_router(auth.router)


@app.get("/report")
@app.get("/report/{year}")
def report(year: int = 2024) -> str:
    return "done"
```

```ts title=client.ts
fetch("/report");
fetch("/report/2023");
fetch("/auth/login", { method: "POST" });
```
"""

from collections.abc import Iterator
from typing import TypeAlias

from auditor.model.absence import call_evidence, weaker
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph
from auditor.model.segments import is_hole, segments
from auditor.model.span import Location
from auditor.rule import Rule

_Handler: TypeAlias = tuple[str, str, Location, str, str]


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per frontend and handler."""
    reached: dict[_Handler, dict[tuple[str, ...], list[CallSite]]] = {}
    for call in graph.calls:
        if isinstance(call.target, Matched) and call.used:
            route = call.target.route
            path = tuple(part for part in segments(route.path) if not is_hole(part))
            handler = (call.frontend, route.service, route.location, route.handler, route.method)
            reached.setdefault(handler, {}).setdefault(path, []).append(call)
    for (_, _, _, name, _), ways in reached.items():
        if len(ways) < 2:
            continue
        calls = sorted((call for way in ways.values() for call in way), key=lambda call: call.location)
        first, *others = calls
        labels = list(dict.fromkeys(call.label for call in calls))
        yield RULE.at(
            call_evidence(first),
            message=f"{name} is reached in {len(ways)} ways: {', '.join(labels)}",
            subject=" = ".join(sorted(labels)),
            hint="choose one path",
            confidence=weaker(*(call.confidence for call in calls)),
            provenance=first.provenance,
            places=tuple(call_evidence(call) for call in others),
            details={"paths": labels},
        )


RULE = Rule(code="EP303", name="ambiguous-endpoint-choice", severity=Severity.LOW, check=check)
