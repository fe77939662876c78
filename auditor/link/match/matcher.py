"""Where a request goes: to a route of one backend, to several, to none, or nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.link.match.choice import Request, answer, precedence, request, same_method, same_transport
from auditor.link.match.fallback import Fallbacks
from auditor.link.match.prefix import Prefixes, put_before
from auditor.link.match.segment import HOLE, Segment, Segments, parse_path, parse_route
from auditor.link.match.trie import Trie
from auditor.link.match.verdict import diagnose, other_slash, same_path, telling
from auditor.model.graph import Ambiguous, Kind, Matched, Route, Target, Unknown
from auditor.model.segments import is_under

_NO_STEMS: Mapping[str, str] = {}
_FEW = 8  # routes that a half-known path may mean; more say nothing
_ADD_SLASH_ONLY = frozenset({"flask", "quart", "django", "drf"})
_AS_WRITTEN = frozenset({"aiohttp"})
_SLASH = Segment(("",))
_Found = Matched | Ambiguous | Unknown | None


class Matcher:
    """Answers for one backend. `open_stems` maps path prefixes ("" for everything) to the reason why more
    routes may be served below them.

    Follows Starlette 0.27 to 1.x (https://www.starlette.io/routing/): the first route in registration order
    that takes path and method wins; a path that some route takes with another method is never redirected;
    HTTP is redirected to the other trailing slash, a socket is not. Conditional routes count as served,
    shadowed ones do not.
    """

    def __init__(self, routes: Sequence[Route], open_stems: Mapping[str, str] = _NO_STEMS) -> None:
        live = sorted((route for route in routes if route.shadowed_by is None), key=precedence)
        self._fallbacks = Fallbacks(live)
        served = [route for route in live if route not in self._fallbacks]
        self._trie = Trie(served)
        self._prefixes = Prefixes(served)
        self._stems = sorted(open_stems.items(), key=lambda item: (-len(item[0]), item))
        self._known: dict[tuple[Kind, str, str, str], Target] = {}

    def target(self, kind: Kind, method: str, path: str, *, open_head: str = "") -> Target:
        """Where a call goes. `path` is as sent, without query, `{}` for what varies; `open_head` is the reason why
        something may stand before it."""
        key = (kind, method, path, open_head)
        if key not in self._known:
            self._known[key] = self._target(request(kind, method, parse_path(path)), path, open_head)
        return self._known[key]

    def serves(self, kind: Kind, method: str, path: str) -> bool:
        """Whether a call surely reaches a route; nothing is said about one that does not."""
        wanted = request(kind, method, parse_path(path))
        if all(segment.hole or segment == _SLASH for segment in wanted.path):
            return isinstance(self.target(kind, method, path), Matched)
        return isinstance(self._found(wanted) or self._fallbacks.answer(wanted), Matched)

    def _target(self, wanted: Request, path: str, open_head: str) -> Target:
        if all(segment.hole or segment == _SLASH for segment in wanted.path):
            if open_head:
                return Unknown(open_head)
            if any(segment.hole for segment in wanted.path):
                return self._certain(wanted) or Unknown("no part of the path is known")
        if not self._trie.entries:
            return (
                self._stem_reason(path) or self._fallbacks.answer(wanted) or Unknown("no route of the backend is known")
            )
        found = self._found(wanted)
        if not isinstance(found, Matched) and self._is_vague(wanted):
            return Unknown(open_head or f"only '{_head(wanted.path)}' of the path is known")
        if found is not None and not (open_head and _is_catch_all(found)):
            return found
        if open_head:
            return self._behind_prefix(wanted, wanted.path) or Unknown(open_head)
        if wanted.path[0].pieces[0] == "" and not wanted.path[0].literal:
            behind = self._behind_prefix(wanted, wanted.path[1:])
            return behind if isinstance(behind, Ambiguous) else Unknown("the path begins with a run-time value")
        return (
            self._stem_reason(path)
            or self._fallbacks.answer(wanted)
            or self._several_segments(wanted)
            or diagnose(self._trie, self._prefixes, Request(wanted.kind, wanted.method, next(_spellings(wanted.path))))
        )

    def _certain(self, wanted: Request) -> Matched | None:
        """For a path of nothing but holes: the only route that it can reach, if it takes every value."""
        fits = [one for one in self._trie.fits(wanted.path) if same_transport(one.route, wanted.kind)]
        found = answer(fits, wanted)
        sure = all(one.strong and not one.entry.segments[-1].tail for one in fits)
        return found if sure and isinstance(found, Matched) else None

    def _found(self, wanted: Request) -> _Found:
        for spelling in _spellings(wanted.path):
            # A name that ends where a hole begins must be served: a parameter takes the hole as well.
            named = 0 if spelling is wanted.path else 1 << len(wanted.path) - 1
            asked = Request(wanted.kind, wanted.method, spelling)
            fits = [one for one in self._trie.fits(spelling) if one.literal & named == named]
            found = answer(fits, asked) or self._redirected(asked, named)
            if isinstance(found, Matched) and len(spelling) > len(wanted.path):
                return Ambiguous((found.route,))
            if found is not None:
                return found
        return None

    def _redirected(self, wanted: Request, named: int) -> _Found:
        if wanted.kind is Kind.WEBSOCKET or any(same_path(one, wanted.path) for one in self._trie.fits(wanted.path)):
            return None
        path = other_slash(wanted.path)
        adds = len(path) > len(wanted.path)
        fits = [
            one
            for one in self._trie.fits(path)
            if one.literal & named == named and (not one.route.strict_slashes or _redirects(one.route.framework, adds))
        ]
        match answer(fits, Request(wanted.kind, wanted.method, path)):
            case Matched(route):
                return Matched(route, redirect=route.strict_slashes)
            case other:
                return other

    def _behind_prefix(self, wanted: Request, rest: Segments) -> Matched | Ambiguous | None:
        """The routes that answer with one of the backend's own prefixes in front."""
        routes: dict[int, Route] = {}
        sure = True
        for prefix in ((), *self._prefixes.before(rest)):
            path = put_before(prefix, rest)
            for spelling in (path, other_slash(path)):
                fits = [one for one in self._trie.fits(spelling) if telling(one, spelling, len(prefix))]
                match answer(fits, Request(wanted.kind, wanted.method, spelling)):
                    case Matched(route):
                        routes[id(route)] = route
                    case Ambiguous(several):
                        routes.update((id(route), route) for route in several)
                        sure = False
                    case _:
                        continue
                break
        if not routes:
            return None
        several = tuple(sorted(routes.values(), key=lambda route: route.order))
        leading_hole = len(rest) < len(wanted.path)
        return Matched(several[0]) if sure and len(several) == 1 and not leading_hole else Ambiguous(several)

    def _stem_reason(self, path: str) -> Unknown | None:
        return next((Unknown(reason) for stem, reason in self._stems if is_under(path, stem)), None)

    def _is_vague(self, wanted: Request) -> bool:
        """Whether the path is `/api/{}` and much is served below, nothing of it with a parameter there."""
        head = wanted.path[:-1]
        if not wanted.path[-1].hole or any(segment.telling for segment in head):
            return False
        return bool(self._deeper(wanted, len(wanted.path) + 1))

    def _several_segments(self, wanted: Request) -> Target | None:
        """A last hole may hold `a/b`, if routes have names in its place and none has a parameter, or if all that
        routes have in its place and behind are parameters."""
        if not wanted.path[-1].hole:
            return None
        routes = self._deeper(wanted, len(wanted.path)) or self._all_parameters(wanted)
        if len(routes) > _FEW:
            return Unknown(f"only '{_head(wanted.path)}' of the path is known")
        return Ambiguous(tuple(routes)) if routes else None

    def _all_parameters(self, wanted: Request) -> list[Route]:
        place = len(wanted.path) - 1
        return [
            entry.route
            for entry in self._trie.below(wanted.path[:-1])
            if len(entry.segments) > place + 1
            and all(segment.hole for segment in entry.segments[place:])
            and same_transport(entry.route, wanted.kind)
            and (wanted.kind is Kind.WEBSOCKET or same_method(entry.route, wanted.method))
        ]

    def _deeper(self, wanted: Request, length: int) -> list[Route]:
        place = len(wanted.path) - 1
        below = [entry for entry in self._trie.below(wanted.path[:-1]) if len(entry.segments) > place]
        if any(not entry.segments[place].literal for entry in below):
            return []
        return [
            entry.route
            for entry in below
            if len(entry.segments) >= length
            and same_transport(entry.route, wanted.kind)
            and (wanted.kind is Kind.WEBSOCKET or same_method(entry.route, wanted.method))
            and entry.segments[place] != _SLASH
        ]


def _redirects(framework: str, adds: bool) -> bool:
    """Whether a framework redirects to the path with a slash added or dropped; aiohttp answers 404
    (https://docs.aiohttp.org/en/stable/web_advanced.html#aiohttp-web-path-normalization)."""
    return framework not in _AS_WRITTEN and (adds or framework not in _ADD_SLASH_ONLY)


def _spellings(path: Segments) -> Iterator[Segments]:
    """`/users{}` may be `/users` and a query string, one segment, or `/users/{}`."""
    last = path[-1]
    if last.literal or last.hole or last.pieces[-1]:
        yield path
        return
    dropped = Segment(last.pieces[:-1], last.converters[:-1])
    yield (*path[:-1], dropped)
    yield path
    yield (*path[:-1], dropped, HOLE)


def _is_catch_all(found: _Found) -> bool:
    match found:
        case Matched(route):
            return not any(segment.literal and segment.text for segment in parse_route(route))
        case Ambiguous(routes):
            return all(_is_catch_all(Matched(route)) for route in routes)
        case _:
            return False


def _head(path: Segments) -> str:
    return "".join(f"/{segment.text}" for segment in path[:-1]) or "/"
