"""What answers where no route does: folders of files, the catch-all that serves a page, half-known routes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.link.match.choice import Request, same_method, same_transport, served_by
from auditor.link.match.segment import Segment, Segments, fit, parse_route
from auditor.model.graph import Ambiguous, Kind, Matched, Route, Target, Unknown

_READING = frozenset({"", "GET", "HEAD"})
_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_UNRESOLVED = "?"


class Fallbacks:
    """The routes of a backend that answer only what is left over.

    A mount whose handler is named after static files (`StaticFiles`, `flask:static`) answers reading requests
    for files, and at a path of its own for everything. A root catch-all that only reads (`GET /{path}`) serves
    a single-page application: it is no answer to a path that begins like the other routes. A catch-all
    that takes other methods too is a proxy, which is a route like any other.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        methods: dict[object, set[str]] = {}
        for route in routes:
            methods.setdefault(route.handler or route.location, set()).add(route.method)
        self._folders = [route for route in routes if _is_folder(route)]
        self._pages = [
            route for route in routes if _is_page(route) and methods[route.handler or route.location] <= _READING
        ]
        self._own = {id(route) for route in (*self._folders, *self._pages)}
        parsed = [(route, parse_route(route)) for route in routes if id(route) not in self._own]
        self._beginnings = {path[0].text for _, path in parsed if path[0].literal}
        self._guesses = [
            (route, path, place)
            for route, path in parsed
            for place in [index for index, segment in enumerate(path) if _UNRESOLVED in segment.converters][:1]
        ]

    def __contains__(self, route: Route) -> bool:
        return id(route) in self._own

    def answer(self, wanted: Request) -> Target | None:
        """What may answer a request that no ordinary route takes."""
        guessed = [route for route, path, place in self._guesses if _may_be(route, path, place, wanted)]
        if guessed:
            return Ambiguous(tuple(guessed))
        if wanted.kind is Kind.WEBSOCKET or wanted.method not in _READING:
            return None
        for folder in self._folders:
            prefix = parse_route(folder)[:-1]
            below = len(wanted.path) > len(prefix) and all(map(fit, wanted.path, prefix))
            if below and (prefix or _FILE.search(wanted.path[-1].text)):
                return Unknown(served_by(folder))
        if self._pages and wanted.path[0].text not in self._beginnings:
            return Matched(self._pages[0])
        return None


def _is_folder(route: Route) -> bool:
    return route.kind is Kind.MOUNT and "static" in route.handler.lower()


def _is_page(route: Route) -> bool:
    path = parse_route(route)
    return route.kind is Kind.HTTP and len(path) == 1 and path[0].tail and path[0].hole


def _may_be(route: Route, path: Segments, place: int, wanted: Request) -> bool:
    """Whether a route with an unresolved piece may answer: the piece stands for any number of segments."""
    if not same_transport(route, wanted.kind) or not same_method(route, wanted.method):
        return False
    head, rest = path[:place], path[place + 1 :]
    if len(wanted.path) < len(head) + len(rest):
        return False
    end: tuple[Segment, ...] = wanted.path[len(wanted.path) - len(rest) :]
    return all(map(fit, wanted.path, head)) and all(map(fit, end, rest))
