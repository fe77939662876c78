"""Which of the routes that a path may reach answers a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.link.match.segment import Grade, Segment, Segments, parse_route
from auditor.link.match.trie import Fit
from auditor.model.graph import Ambiguous, Kind, Matched, Route, Unknown

_BY_EXACTNESS = frozenset(
    {"flask", "quart", "aiohttp", "sanic", "litestar", "robyn", "falcon", "bottle", "cherrypy", "openapi"}
)
_ANY_METHOD = frozenset({"", "*", "ANY", "{}"})


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `method` is upper-case, "" where any method may be sent."""

    kind: Kind
    method: str
    path: Segments


def request(kind: Kind, method: str, path: Segments) -> Request:
    """A request with its method in one spelling. A socket has none."""
    name = method.upper()
    return Request(kind, "" if kind is Kind.WEBSOCKET or name in _ANY_METHOD else name, path)


def answer(fits: Sequence[Fit], wanted: Request) -> Matched | Ambiguous | Unknown | None:
    """The route that answers, the routes that may, or why it cannot be told; None if no route does."""
    chosen = _chosen(fits, wanted)
    routes = [one for one in chosen if one.route.kind is not Kind.MOUNT]
    if chosen and not routes:
        return Unknown(served_by(chosen[0].route))
    if len(routes) == 1 and routes[0].strong:
        return Matched(routes[0].route)
    return Ambiguous(tuple(one.route for one in routes)) if routes else None


def precedence(route: Route) -> tuple[tuple[int, ...], int]:
    """A sort key, first asked first: registration order; in Flask and others, names before parameters before
    tails, however they were registered (https://werkzeug.palletsprojects.com/en/stable/routing/; aiohttp looks up the
    longest plain beginning, Sanic, Litestar, Robyn, Falcon and CherryPy have a tree, Bottle asks plain paths first,
    an OpenAPI document means it so)."""
    exactness = tuple(_vagueness(segment) for segment in parse_route(route)) if by_exactness(route) else ()
    return exactness, route.order


def by_exactness(route: Route) -> bool:
    """Whether the framework asks the more exact route first."""
    return route.framework in _BY_EXACTNESS


def _vagueness(segment: Segment) -> int:
    return 3 if segment.tail else 0 if segment.literal else 2 if segment.hole else 1


def served_by(mount: Route) -> str:
    """Why nothing can be told about what is below a mount."""
    return f"served by {mount.handler or 'an application'}, mounted at {mount.path or '/'}"


def same_transport(route: Route, kind: Kind) -> bool:
    """Whether a route speaks the protocol of a call; a mount speaks both."""
    return route.kind is Kind.MOUNT or (route.kind is Kind.WEBSOCKET) == (kind is Kind.WEBSOCKET)


def same_method(route: Route, method: str) -> bool:
    """Whether a route takes the method; Starlette answers HEAD through GET."""
    if route.kind is Kind.MOUNT or not method or route.method in _ANY_METHOD:
        return True
    return route.method == method or (method == "HEAD" and route.method == "GET")


def _chosen(fits: Sequence[Fit], wanted: Request) -> list[Fit]:
    able = [one for one in fits if same_transport(one.route, wanted.kind)]
    if wanted.method or wanted.kind is Kind.WEBSOCKET:
        return _first([one for one in able if same_method(one.route, wanted.method)])
    found: dict[int, Fit] = {}
    for method in dict.fromkeys(one.route.method for one in able):
        same = (one for one in able if same_method(one.route, method))
        found.update({one.entry.number: one for one in _first(list(same))})
    return [found[number] for number in sorted(found)]


def _first(able: Sequence[Fit]) -> list[Fit]:
    """Those up to the first sure one.

    One that needs a particular value of a hole counts only if it shares more text with the path
    than those that take every value: `/users/{}` means `/users/{id}`, not `/users/me`.
    """
    reached: list[Fit] = []
    for one in able:
        reached.append(one)
        if one.grade is Grade.SURE and not (one.route.kind is Kind.MOUNT and one.route.conditional):
            break
    strong = [one for one in reached if one.strong]
    return [one for one in reached if one.strong or not any(_covers(other, one) for other in strong)]


def _covers(strong: Fit, weak: Fit) -> bool:
    return strong.literal & weak.literal == weak.literal
