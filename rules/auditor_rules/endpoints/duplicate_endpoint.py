r"""The same endpoints are served under several prefixes, or under a doubled one.

A router that is included twice (`/auth` and `/api/auth`) has two addresses for everything, and clients, logs and
permissions come to differ between them. A prefix given to the router *and* to `include_router` is served doubled
(`/billing/billing/…`), which nobody meant. All routes with one cause are one finding.

## Bad

```py title=auth.py
from fastapi import APIRouter

router = APIRouter(prefix="/auth")


@router.post("/login")  # expect: EP301
def login() -> str:
    return "token"


@router.post("/logout")
def logout() -> None:
    return None
```

```py title=api.py
from fastapi import FastAPI

import auth

app = FastAPI()
app.include_router(auth.router)
app.include_router(auth.router, prefix="/api")
```

```ts title=client.ts
export const login = () => fetch("/api/auth/login", { method: "POST" });
export const logout = () => fetch("/api/auth/logout", { method: "POST" });
```

## Good

```py title=api.py
from fastapi import FastAPI

import auth

app = FastAPI()
app.include_router(auth.router, prefix="/api")
```

## Limits

Not reported: versions side by side (`/v1`, `/v2`), one handler with several decorators or a list of paths, a path
with and without its trailing slash, prefixes of different names (a factory makes such routers on purpose), and
`/chat/chat` where other routes of the file are below `/chat` alone.

```py title=api.py
from fastapi import FastAPI

import auth

app = FastAPI()
app.include_router(auth.router, prefix="/api/v1")
app.include_router(auth.router, prefix="/api/v2")
```

```ts title=client.ts
export const login = () => fetch("/api/v2/auth/login", { method: "POST" });
export const logout = () => fetch("/api/v2/auth/logout", { method: "POST" });
```
"""

from collections.abc import Iterator
from typing import TypeAlias

from auditor.model.absence import route_evidence, weaker
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import Kind, ProjectGraph, Route
from auditor.model.segments import is_hole, segments
from auditor.model.span import Location
from auditor.rule import Rule

_Segments: TypeAlias = tuple[str, ...]


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per set of prefixes that share their routes, and one per doubled prefix."""
    routes = [route for route in graph.routes if route.kind is not Kind.MOUNT and not route.conditional]
    yield from _several_prefixes(routes)
    yield from _doubled_prefixes(routes)


def _several_prefixes(routes: list[Route]) -> Iterator[Finding]:
    served: dict[tuple[object, ...], list[Route]] = {}
    for route in routes:
        served.setdefault((route.service, route.location, route.handler, route.method), []).append(route)
    groups: dict[tuple[str, str, tuple[_Segments, ...]], list[list[Route]]] = {}
    for same in served.values():
        paths = {segments(route.path): route for route in reversed(same)}
        shortest = min(paths, key=len)
        alike = {path: route for path, route in reversed(paths.items()) if _within(shortest, path)}
        if len(alike) > 1 and not _is_list(list(alike.values())):
            prefixes = _without_common_end(list(alike))
            groups.setdefault((same[0].service, same[0].location.file, prefixes), []).append(list(alike.values()))
    for (_, _, prefixes), clusters in groups.items():
        names = [_text(prefix) for prefix in sorted(prefixes, key=lambda prefix: (len(prefix), prefix))]
        first = clusters[0][0]
        count = len(clusters)
        yield RULE.at(
            route_evidence(first, f"also served as {clusters[0][1].path}"),
            *_registrations(clusters[0]),
            message=f"{count} route{'s are' if count > 1 else ' is'} served under {' and under '.join(names)}",
            subject=" = ".join(names),
            hint="include the router once",
            confidence=weaker(*(route.confidence for cluster in clusters for route in cluster)),
            provenance=first.provenance,
            places=tuple(route_evidence(cluster[0], f"also served as {cluster[1].path}") for cluster in clusters[1:]),
            details={"prefixes": names, "routes": [[route.label for route in cluster] for cluster in clusters]},
        )


def _doubled_prefixes(routes: list[Route]) -> Iterator[Finding]:
    groups: dict[tuple[str, str, _Segments, _Segments], list[Route]] = {}
    for route in routes:
        if doubled := _doubling(segments(route.path)):
            groups.setdefault((route.service, route.location.file, *doubled), []).append(route)
    for (service, file, head, unit), members in groups.items():
        neighbours = [
            segments(route.path) for route in routes if (route.service, route.location.file) == (service, file)
        ]
        below = [path for path in neighbours if path[: len(head + unit)] == head + unit]
        if any(path[: len(head + unit + unit)] != head + unit + unit for path in below):
            continue  # `/chat/chat` beside `/chat/history` is a name, not an accident
        single = {(route.service, route.method, segments(route.path)): route for route in routes}
        plain = [(service, route.method, head + segments(route.path)[len(head + unit) :]) for route in members]
        twins = [single[key] for key in plain if key in single]
        if len(set(below)) < 2 and not twins and len(unit) < 2:
            continue
        first, count = members[0], len(members)
        yield RULE.at(
            route_evidence(first, f"{_text(unit)} twice"),
            *(route_evidence(twin, "the same path without the doubled prefix") for twin in twins[:1]),
            *_prefix_steps(first),
            message=f"{count} route{'s have' if count > 1 else ' has'} the prefix {_text(unit)} twice",
            subject=_text(head + unit + unit),
            hint="give the prefix either to the router or to its inclusion",
            confidence=weaker(*(route.confidence for route in members)),
            provenance=first.provenance,
            places=tuple(route_evidence(route, f"{_text(unit)} twice") for route in members[1:]),
            details={"prefix": _text(unit), "routes": [route.label for route in members]},
        )


def _doubling(path: _Segments) -> tuple[_Segments, _Segments] | None:
    """What stands before a repeated run of segments, and the run: `/api/x/x/y` gives (api), (x)."""
    for start in range(len(path)):
        for size in range((len(path) - start) // 2, 0, -1):
            unit = path[start : start + size]
            if unit == path[start + size : start + 2 * size] and not any(map(is_hole, unit)):
                return path[:start], unit
    return None


def _within(short: _Segments, long: _Segments) -> bool:
    """True if the segments of `short` occur in `long` in the same order."""
    rest = iter(long)
    return all(segment in rest for segment in short)


def _without_common_end(paths: list[_Segments]) -> tuple[_Segments, ...]:
    size = 0
    while all(len(path) > size for path in paths) and len({path[len(path) - size - 1] for path in paths}) == 1:
        size += 1
    return tuple(path[: len(path) - size] for path in paths)


def _registrations(cluster: list[Route]) -> Iterator[Evidence]:
    """For each path, the first step on its way that the others did not take: mostly the inclusion."""
    for route in cluster:
        elsewhere = {step.location for other in cluster if other is not route for step in other.provenance}
        own = (step for step in route.provenance if step.location not in elsewhere)
        if step := next(own, None):
            yield Evidence(Side.BACKEND, step.location, f"{route.path}: {step.what}")


def _is_list(cluster: list[Route]) -> bool:
    """Whether one registration names all the paths itself, as Litestar's `@get(["/", "/all"])` does."""
    for route in cluster:
        elsewhere = {step.location for other in cluster if other is not route for step in other.provenance}
        own = [step.location for step in route.provenance if step.location not in elsewhere]
        if not all(_is_inside(location, route.location) for location in own):
            return False
    return any(len(route.provenance) for route in cluster)


def _is_inside(inner: Location, outer: Location) -> bool:
    one, other = inner.span, outer.span
    return (
        inner.file == outer.file
        and (other.start_line, other.start_column) <= (one.start_line, one.start_column)
        and (one.end_line, one.end_column) <= (other.end_line, other.end_column)
    )


def _prefix_steps(route: Route) -> Iterator[Evidence]:
    for step in route.provenance:
        if step.location != route.location:
            yield Evidence(Side.BACKEND, step.location, step.what)


def _text(path: _Segments) -> str:
    return "/" + "/".join(path)


RULE = Rule(code="EP301", name="duplicate-endpoint", severity=Severity.MEDIUM, check=check)
