"""Which routes no call reaches, as far as that can be told."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import TypeAlias

from auditor.model.absence import frontends_of, weaker
from auditor.model.finding import Confidence
from auditor.model.graph import (
    Ambiguous,
    CallSite,
    External,
    Kind,
    Matched,
    Missing,
    Own,
    ProjectGraph,
    Route,
    Unknown,
    Verdict,
)
from auditor.model.segments import agree, is_generic, is_hole, is_under, segments, static_prefix
from auditor.model.span import Location

GROUP = 5
"""From this many routes on, a category that nobody calls is a gap of its own."""

_BLANK_SHARE = 0.1  # of a frontend's calls may be wholly unknown before they make every claim doubtful
_ANY_METHOD = frozenset({"", "*", "ANY", "{}"})
_HEALTH = frozenset({"health", "healthz", "healthcheck", "health-check"})
_PROBES = frozenset(
    {"livez", "readyz", "live", "ready", "liveness", "readiness", "ping", "version"}
    | {"redoc", "swagger", "openapi.json", "favicon.ico", "robots.txt", "webhook", "callback"}
)
_HTTP = frozenset({Kind.HTTP, Kind.SSE})
_Handler: TypeAlias = tuple[Location, str, str]


@dataclass(frozen=True, slots=True)
class Idle:
    """A route that no call reaches."""

    route: Route
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class IdleGroup:
    """A category of one backend in which no route is reached, or the part of one that `file` declares.

    Members in registration order.
    """

    service: str
    category: str
    members: tuple[Idle, ...]
    file: str = ""

    @property
    def label(self) -> str:
        """`'admin'`, `'admin' in api/metrics.py`."""
        return f"'{self.category}' in {self.file}" if self.file else f"'{self.category}'"

    @property
    def confidence(self) -> Confidence:
        """That of the least sure member."""
        return weaker(*(member.confidence for member in self.members))


def idle_routes(graph: ProjectGraph) -> tuple[Idle, ...]:
    """HTTP routes and streams that no call reaches, in the order of the graph.

    Left out: what people and machines other than a frontend call (pages, health checks, docs, webhooks), what is
    hidden, deprecated or shadowed, what an unresolved call may reach, and what a call nearly reaches (that
    call is the finding). Nothing at all where the calls of a frontend could not be read.
    """
    return tuple(entry for entry in _idle(graph, _HTTP) if _expects_callers(entry.route))


def idle_sockets(graph: ProjectGraph) -> tuple[Idle, ...]:
    """WebSocket routes that no client opens, by the same standard."""
    return tuple(entry for entry in _idle(graph, frozenset({Kind.WEBSOCKET})) if not entry.route.shadowed_by)


def idle_groups(graph: ProjectGraph) -> tuple[IdleGroup, ...]:
    """Categories of at least `GROUP` routes of which none is reached, in the order of their first route.

    Where some of a category are reached, the routers that share it are told apart by their files.
    """
    idle = {(entry.route.service, entry.route.order, entry.route.label): entry for entry in idle_routes(graph)}
    members: dict[tuple[str, str], list[tuple[Route, Idle | None]]] = {}
    for route in graph.routes:
        if route.kind in _HTTP and route.category and _expects_callers(route):
            entry = idle.get((route.service, route.order, route.label))
            members.setdefault((route.service, route.category), []).append((route, entry))
    found: list[IdleGroup] = []
    for (service, category), entries in members.items():
        if _all_idle(entries):
            found.append(IdleGroup(service, category, tuple(entry for _, entry in entries if entry)))
            continue
        files = dict.fromkeys(route.location.file for route, _ in entries)
        for file in files if len(files) > 1 else ():
            part = [(route, entry) for route, entry in entries if route.location.file == file]
            if _all_idle(part):
                found.append(IdleGroup(service, category, tuple(entry for _, entry in part if entry), file))
    return tuple(found)


def _all_idle(entries: list[tuple[Route, Idle | None]]) -> bool:
    return len(entries) >= GROUP and all(entry for _, entry in entries)


def _idle(graph: ProjectGraph, kinds: Set[Kind]) -> Iterator[Idle]:
    reached = _reached(graph)
    unknown = [call for call in graph.calls if isinstance(call.target, Unknown)]
    reading = {service.root: _reading(graph, service.root) for service in graph.backends}
    for route in graph.routes:
        sure = reading.get(route.service)
        if sure is None or route.kind not in kinds or _handler(route) in reached:
            continue
        if any(_may_reach(call, route) for call in unknown):
            continue
        doubtful = route.conditional or any(_shares_prefix(call, route) for call in unknown)
        yield Idle(route, weaker(sure, route.confidence, Confidence.MEDIUM if doubtful else Confidence.HIGH))


def _reached(graph: ProjectGraph) -> frozenset[_Handler]:
    """Handlers that a call reaches for certain, possibly, or but for the flaw that is reported at the call.

    By handler, since the other paths of a handler that is called are duplicates, not dead routes.
    """
    found: set[_Handler] = set()
    for call in graph.calls:
        match call.target:
            case Matched(route):
                found.add(_handler(route))
            case Ambiguous(routes):
                found.update(map(_handler, routes))
            case Missing(verdict, nearest) if verdict is not Verdict.NO_ROUTE:
                found.update(_handler(candidate.route) for candidate in nearest)
            case _:
                pass
    return frozenset(found)


def _handler(route: Route) -> _Handler:
    return route.location, route.handler, route.method


def _reading(graph: ProjectGraph, backend: str) -> Confidence | None:
    """How well the calls to a backend were read; None where they do not allow any claim about absence."""
    confidence = Confidence.HIGH
    any_resolved = False
    for frontend in frontends_of(graph, backend):
        calls = [call for call in graph.calls if call.frontend == frontend.root]
        inside = [call for call in calls if not isinstance(call.target, External | Own)]
        unknown = [call for call in inside if isinstance(call.target, Unknown)]
        if unknown and len(unknown) == len(inside):
            return None
        any_resolved = any_resolved or bool(inside)
        blank = sum(1 for call in unknown if all(map(is_hole, segments(call.path))))
        if not calls or blank > _BLANK_SHARE * len(inside):
            confidence = Confidence.MEDIUM  # a frontend without any call was perhaps not understood
    return confidence if any_resolved else None


def _expects_callers(route: Route) -> bool:
    hidden = not route.in_schema or route.deprecated or route.shadowed_by or route.tail or route.page
    return not hidden and route.method not in ("HEAD", "OPTIONS") and not _operational(route.path)


def _operational(path: str) -> bool:
    """True for what a load balancer, a scraper, a third party or a person at a browser calls."""
    parts = [part for part in segments(path) if not is_generic(part)]
    return parts in ([], ["docs"], ["metrics"]) or parts[-1] in _PROBES or not _HEALTH.isdisjoint(parts)


def _may_reach(call: CallSite, route: Route) -> bool:
    """True if the known end of an unresolved path fits the end of the route's and says something about it."""
    if not _same_transport(call, route):
        return False
    wanted = list(segments(call.path))
    while wanted and is_hole(wanted[0]):
        wanted.pop(0)  # an unknown base URL may stand for any number of segments
    served = segments(route.path)[-len(wanted) :] if wanted else ()
    return (
        0 < len(wanted) == len(served)
        and all(map(agree, wanted, served))
        and any(one == other and not is_generic(one) for one, other in zip(wanted, served, strict=True))
    )


def _shares_prefix(call: CallSite, route: Route) -> bool:
    prefix = static_prefix(call.path)
    return bool(prefix) and _same_transport(call, route) and is_under(route.path, prefix)


def _same_transport(call: CallSite, route: Route) -> bool:
    if Kind.WEBSOCKET in (call.kind, route.kind):
        return call.kind is route.kind
    return call.method in _ANY_METHOD or call.method == route.method
