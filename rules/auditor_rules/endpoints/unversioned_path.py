r"""Most requests carry the version of the API, some do not.

Routes without a version cannot change without breaking somebody, and a client that mixes both has two base URLs. One
finding for each frontend and backend.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/v1/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.get("/api/v1/teams")
def list_teams() -> list[str]:
    return ["Core"]


@app.get("/api/v1/roles")
def list_roles() -> list[str]:
    return ["admin"]


@app.get("/api/models")
def list_models() -> list[str]:
    return ["small"]
```

```ts title=client.ts
fetch("/api/v1/users");
fetch("/api/v1/teams");
fetch("/api/v1/roles");
fetch("/api/models"); // expect: EP306
```

## Good

```ts title=client.ts
fetch("/api/v1/users");
fetch("/api/v1/teams");
fetch("/api/v1/roles");
```

## Limits

Not reported: health checks and the like, sockets, and frontends where the versioned paths are not three quarters of
what is called.

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/v1/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.get("/health")
def health() -> str:
    return "ok"
```

```ts title=client.ts
fetch("/api/v1/users");
fetch("/health");
```
"""

import re
from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence, weaker
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Kind, Matched, ProjectGraph, Route
from auditor.model.segments import segments
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per frontend and backend, at the first call without a version."""
    groups: dict[tuple[str, str], list[tuple[CallSite, Route]]] = {}
    for call in graph.calls:
        if isinstance(call.target, Matched) and call.kind is not Kind.WEBSOCKET and call.used:
            route = call.target.route
            groups.setdefault((call.frontend, route.service), []).append((call, route))
    for (frontend, service), pairs in groups.items():
        versions = {version for _, route in pairs if (version := _version(route))}
        paths = {route.path for _, route in pairs}
        versioned = {route.path for _, route in pairs if _version(route)}
        plain = [(call, route) for call, route in pairs if not _version(route) and not _operational(route)]
        if not plain or len(versions) != 1 or len(versioned) < _SHARE * len(paths):
            continue
        (first, route), *others = plain
        labels = list(dict.fromkeys(call.label for call, _ in plain))
        version = next(iter(versions))
        yield RULE.at(
            call_evidence(first),
            route_evidence(route, "served without a version"),
            message=f"{_counted(len(labels))} without the {version} that {len(versioned)} other paths carry: "
            + ", ".join(labels[:_SHOWN]),
            subject=f"{frontend} to {service}",
            hint=f"serve and call them below {version} too",
            confidence=weaker(*(call.confidence for call, _ in plain)),
            provenance=first.provenance,
            places=tuple(call_evidence(call) for call, _ in others),
            details={"paths": labels, "version": version},
        )


_SHARE = 0.75
_SHOWN = 3
_OPERATIONAL = frozenset({"health", "healthz", "metrics", "docs", "version", "ping", "ready", "live", "openapi.json"})


def _version(route: Route) -> str:
    return next((part for part in segments(route.path) if re.fullmatch(r"v\d+\w*", part)), "")


def _operational(route: Route) -> bool:
    return not route.in_schema or not _OPERATIONAL.isdisjoint(segments(route.path))


def _counted(count: int) -> str:
    return "1 path is called" if count == 1 else f"{count} paths are called"


RULE = Rule(code="EP306", name="unversioned-path", severity=Severity.LOW, check=check)
