"""Which routes and channels the promises of documents are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.absence import open_reason
from auditor.model.channel import Channel
from auditor.model.finding import Evidence, Side
from auditor.model.graph import Kind, ProjectGraph, Route
from auditor.model.guide import Guide, PromisedCall
from auditor.model.segments import is_generic, is_hole, segments


@dataclass(frozen=True, slots=True)
class Promise:
    """A documented request with the routes that can be meant. `calls` are all places that show the same."""

    guide: Guide
    calls: tuple[PromisedCall, ...]
    routes: tuple[Route, ...]

    @property
    def lead(self) -> PromisedCall:
        """The first place."""
        return self.calls[0]

    @property
    def places(self) -> tuple[Evidence, ...]:
        """The further places."""
        return tuple(document_evidence(call, "also shown here") for call in self.calls[1:])


def promises(graph: ProjectGraph) -> Iterator[Promise]:
    """The documented requests, one per guide, method and path. Guides that speak of another backend are left out:
    those of whose endpoints less than half are served."""
    for guide in graph.guides:
        grouped: dict[tuple[str, str], list[PromisedCall]] = {}
        for call in guide.calls:
            grouped.setdefault((call.method, call.template), []).append(call)
        found = [Promise(guide, tuple(calls), routes_of(graph, calls[0])) for calls in grouped.values()]
        served = sum(bool(one.routes) for one in found)
        if served * 2 >= len(found):
            yield from found


def routes_of(graph: ProjectGraph, call: PromisedCall, any_method: bool = False) -> tuple[Route, ...]:
    """The routes that a documented request can mean, those with the very path first.

    A sample value stands for a parameter; a documented path may leave out a general prefix (`/api/v1`).
    """
    served = [route for route in graph.routes if route.kind is not Kind.MOUNT or route.tail]
    if not any_method:
        served = [
            route
            for route in served
            if route.method == call.method
            or (call.method == "WS" and route.kind is Kind.WEBSOCKET)
            or (route.kind is Kind.MOUNT)
        ]
    exact = [route for route in served if _fits(call.path, route.path, route.tail)]
    if exact:
        literal = [route for route in exact if not is_hole(route.path.rpartition("/")[2])]
        return tuple(literal or exact)
    return tuple(route for route in served if _fits_below(call.path, route.path, route.tail))


def is_open(graph: ProjectGraph, call: PromisedCall) -> bool:
    """Whether there may be routes at that path that are not known."""
    return bool(open_reason(graph, call.path)) or not graph.backends


def channel_of(graph: ProjectGraph, route: Route) -> Channel | None:
    """The channel that a route serves."""
    return next((one for one in graph.channels if one.route == route.location and one.path == route.path), None)


def document_evidence(call: PromisedCall, label: str = "") -> Evidence:
    """The place in the document."""
    return Evidence(Side.DOCUMENT, call.location, label or f"documented: {call.method} {call.path}")


def _fits(told: str, served: str, tail: bool) -> bool:
    left, right = segments(told), segments(served)
    if tail and len(left) >= len(right):
        left = left[: len(right)]
    return len(left) == len(right) and all(map(_same, left, right))


def _same(told: str, served: str) -> bool:
    if is_hole(served):
        return True
    return told == served


def _fits_below(told: str, served: str, tail: bool) -> bool:
    right = segments(served)
    extra = 0
    while extra < len(right) and is_generic(right[extra]):
        extra += 1
        if _fits(told, "/" + "/".join(right[extra:]), tail) and segments(told):
            return True
    return False
