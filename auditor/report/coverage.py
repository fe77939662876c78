"""Which routes the frontend calls, by category and by path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

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
)
from auditor.model.segments import is_generic, is_hole, segments
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class CategoryCoverage:
    """The routes of one category: how many are called for certain, and of the others how many may be
    called by a request whose target could not be told.

    `astray`: how many of the others a request is meant for that misses them by a prefix. `excluded`: how many
    further routes do not count, as an earlier one answers in their place. `tested`: how many some test exercises.
    """

    category: str
    routes: int
    called: int
    unresolved: int
    astray: int = 0
    excluded: int = 0
    tested: int = 0

    @property
    def nominal(self) -> int:
        """Routes that a request is meant for, whether it arrives or not."""
        return self.called + self.astray

    @property
    def uncalled(self) -> int:
        """Routes that no request is meant for."""
        return self.routes - self.nominal - self.unresolved

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
    routes = [route for route in graph.routes if route.kind is not Kind.MOUNT]
    return _covered(graph, routes, lambda route: route.category)


def path_coverage(graph: ProjectGraph) -> tuple[CategoryCoverage, ...]:
    """The same by where the paths begin, up to the first written segment that says something: `/api/v1/users`.

    Without sockets, which have a table of their own.
    """
    routes = [route for route in graph.routes if route.kind in (Kind.HTTP, Kind.SSE)]
    return _covered(graph, routes, lambda route: beginning(route.path))


def beginning(path: str) -> str:
    """`/api/v1/users` of `/api/v1/users/{id}`; "/" where nothing is written."""
    parts: list[str] = []
    written = segments(path)
    for number, part in enumerate(written):
        parts.append(part)
        # A segment that comes twice is a prefix that was added twice: what is below is apart from the rest.
        if not is_generic(part) and not is_hole(part) and written[number + 1 : number + 2] != (part,):
            break
    return f"/{'/'.join(parts)}"


def total(rows: Iterable[CategoryCoverage]) -> CategoryCoverage:
    """All categories together."""
    listed = tuple(rows)
    return CategoryCoverage(
        category="total",
        routes=sum(row.routes for row in listed),
        called=sum(row.called for row in listed),
        unresolved=sum(row.unresolved for row in listed),
        astray=sum(row.astray for row in listed),
        excluded=sum(row.excluded for row in listed),
        tested=sum(row.tested for row in listed),
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


_Keys: TypeAlias = frozenset[tuple[str, Location]]


@dataclass(frozen=True, slots=True)
class _Reached:
    """Routes that calls reach for certain, possibly, or would reach by another prefix; the calls that tell nothing."""

    certain: _Keys
    possible: _Keys
    astray: _Keys
    vague: tuple[CallSite, ...]
    tested: frozenset[tuple[str, Location]]


def _covered(graph: ProjectGraph, routes: list[Route], name_of: Callable[[Route], str]) -> tuple[CategoryCoverage, ...]:
    groups: dict[str, list[Route]] = {}
    for route in routes:
        groups.setdefault(name_of(route), []).append(route)
    reached = _reached(graph)
    rows = (_category(name, groups[name], reached) for name in sorted(groups))
    return tuple(row for row in rows if row.routes)


def _reached(graph: ProjectGraph) -> _Reached:
    targets = [call.target for call in graph.calls]
    return _Reached(
        certain=frozenset(_key(target.route) for target in targets if isinstance(target, Matched)),
        possible=frozenset(
            _key(route) for target in targets if isinstance(target, Ambiguous) for route in target.routes
        ),
        astray=frozenset(_key(route) for route in _meant(graph)),
        vague=tuple(call for call in graph.calls if isinstance(call.target, Unknown) and call.path),
        tested=frozenset((one.what, one.route) for one in graph.exercised if one.route is not None),
    )


def _meant(graph: ProjectGraph) -> Iterator[Route]:
    """Routes that calls miss by a prefix which their client gets wrong: it is doubled, or most of what goes through
    the client needs that change. A single path that is like a route further off is wrong in itself."""
    arriving = Counter(_client(call) for call in graph.calls if call.base and isinstance(call.target, Matched))
    astray = [(call, found) for call in graph.calls if isinstance(found := call.target, Missing) and found.drift]
    changes = Counter((_client(call), found.drift) for call, found in astray)
    for call, found in astray:
        client, count = _client(call), changes[_client(call), found.drift]
        others = max(
            (n for (owner, drift), n in changes.items() if owner == client and drift != found.drift), default=0
        )
        if found.answered and found.nearest and ("doubled" in found.drift or count > max(arriving[client], others)):
            yield found.nearest[0].route


def _client(call: CallSite) -> tuple[str, str, Location | None]:
    return call.frontend, call.base, call.base_location


def _category(name: str, routes: list[Route], reached: _Reached) -> CategoryCoverage:
    served = [route for route in routes if route.shadowed_by is None]
    rest = [route for route in served if _key(route) not in reached.certain]
    meant = [route for route in rest if _key(route) in reached.astray]
    doubtful = [
        route
        for route in rest
        if _key(route) not in reached.astray
        and (_key(route) in reached.possible or any(may_reach(call, route) for call in reached.vague))
    ]
    return CategoryCoverage(
        name,
        len(served),
        len(served) - len(rest),
        len(doubtful),
        len(meant),
        len(routes) - len(served),
        sum(_key(route) in reached.tested for route in served),
    )


def _key(route: Route) -> tuple[str, Location]:
    return route.label, route.location


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]
