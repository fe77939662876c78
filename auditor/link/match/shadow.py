"""Which routes are never reached, because an earlier one takes all their requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.link.match.choice import by_exactness, same_transport
from auditor.link.match.segment import Grade, parse_route
from auditor.link.match.trie import Trie
from auditor.model.graph import Kind, Route

_EVERY = "*"


def shadowed(routes: Sequence[Route]) -> tuple[Route, ...]:
    """The routes in the given order, `shadowed_by` filled where an earlier route of the same application covers
    every path of theirs, for the same method or for all.

    Starlette's `{id:int}` covers nothing but itself. In Flask, where order hardly counts, only an equal path
    does. A route that is served under a condition covers only routes under the same condition; one with an
    unresolved piece covers and is covered by none. A mounted application covers whatever is registered below
    it later; a folder of files is not trusted to.
    """
    tries: dict[str, Trie] = {}
    found: dict[int, Route] = {}
    for index, route in sorted(enumerate(routes), key=lambda item: (item[1].order, item[0])):
        trie = tries.setdefault(route.service, Trie())
        if _is_certain(route):
            found[index] = _checked(route, trie)
            trie.add(route)
    return tuple(found.get(index, route) for index, route in enumerate(routes))


def _checked(route: Route, trie: Trie) -> Route:
    for earlier in trie.fits(parse_route(route)):
        if earlier.grade is Grade.SURE and _takes(earlier.route, route):
            return replace(route, shadowed_by=earlier.route.location)
    return route


def _takes(earlier: Route, later: Route) -> bool:
    if not same_transport(earlier, later.kind) or (later.kind is Kind.MOUNT and earlier.kind is not Kind.MOUNT):
        return False
    if by_exactness(later) and parse_route(earlier) != parse_route(later):
        return False
    if not set(_conditions(earlier)) <= set(_conditions(later)):
        return False
    socket = later.kind is Kind.WEBSOCKET
    return earlier.kind is Kind.MOUNT or socket or earlier.method in (later.method, _EVERY)


def _conditions(route: Route) -> list[str]:
    return [part for part in route.conditional.split(" and ") if part]


def _is_certain(route: Route) -> bool:
    return "{?}" not in route.path and not (route.kind is Kind.MOUNT and "static" in route.handler.lower())
