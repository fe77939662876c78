"""Which routes the frontend calls, by category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.graph import Ambiguous, CallSite, External, Kind, Matched, Missing, Own, ProjectGraph, Route, Unknown
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class CategoryCoverage:
    """The routes of one category: how many are called for certain, and of the others how many may be
    called by a request whose target could not be told."""

    category: str
    routes: int
    called: int
    unresolved: int

    @property
    def percent(self) -> int | None:
        """Called routes of a hundred, rounded; 0 and 100 mean none and all. None without routes."""
        if not self.routes:
            return None
        rounded = round(100 * self.called / self.routes)
        return min(99, max(1, rounded)) if 0 < self.called < self.routes else rounded


@dataclass(frozen=True, slots=True)
class CallCounts:
    """Call sites by what became of them."""

    matched: int = 0
    ambiguous: int = 0
    missing: int = 0
    unknown: int = 0
    external: int = 0
    own: int = 0

    @property
    def total(self) -> int:
        """All call sites."""
        return self.matched + self.ambiguous + self.missing + self.unknown + self.external + self.own


def endpoint_coverage(graph: ProjectGraph) -> tuple[CategoryCoverage, ...]:
    """One entry per category, sorted by name. Mounts and routes that an earlier one hides do not count."""
    certain = frozenset(_key(call.target.route) for call in graph.calls if isinstance(call.target, Matched))
    possible = frozenset(
        _key(route) for call in graph.calls if isinstance(call.target, Ambiguous) for route in call.target.routes
    )
    vague = tuple(call for call in graph.calls if isinstance(call.target, Unknown) and call.path)
    groups: dict[str, list[Route]] = {}
    for route in graph.routes:
        if route.kind is not Kind.MOUNT and route.shadowed_by is None:
            groups.setdefault(route.category, []).append(route)
    return tuple(_category(name, groups[name], certain, possible, vague) for name in sorted(groups))


def total(rows: Iterable[CategoryCoverage]) -> CategoryCoverage:
    """All categories together."""
    listed = tuple(rows)
    return CategoryCoverage(
        category="total",
        routes=sum(row.routes for row in listed),
        called=sum(row.called for row in listed),
        unresolved=sum(row.unresolved for row in listed),
    )


def call_counts(graph: ProjectGraph) -> CallCounts:
    """What became of the call sites."""
    kinds = [type(call.target) for call in graph.calls]
    return CallCounts(*(kinds.count(kind) for kind in (Matched, Ambiguous, Missing, Unknown, External, Own)))


def may_reach(call: CallSite, route: Route) -> bool:
    """Whether a call whose base is not known may be meant for this route.

    Its path must end the route's path, segment by segment from the right, and share a literal one.
    """
    if call.method != route.method and call.method:
        return False
    asked, served = _segments(call.path), _segments(route.path)
    while asked and asked[0] == "{}":  # an unknown base URL may hold any number of segments
        asked = asked[1:]
    if not asked or len(asked) > len(served):
        return False
    pairs = tuple(zip(reversed(asked), reversed(served), strict=False))
    fits = all(a == s or "{" in a or "{" in s for a, s in pairs)
    return fits and any(a == s and "{" not in a for a, s in pairs)


def _category(
    name: str,
    routes: list[Route],
    certain: frozenset[tuple[str, Location]],
    possible: frozenset[tuple[str, Location]],
    vague: tuple[CallSite, ...],
) -> CategoryCoverage:
    rest = [route for route in routes if _key(route) not in certain]
    doubtful = [route for route in rest if _key(route) in possible or any(may_reach(call, route) for call in vague)]
    return CategoryCoverage(name, len(routes), len(routes) - len(rest), len(doubtful))


def _key(route: Route) -> tuple[str, Location]:
    return route.label, route.location


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]
