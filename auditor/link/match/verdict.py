"""Why no route answers a request: the most telling reason, and the routes that come nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import ne

from auditor.link.match.choice import Request, answer, same_method, same_transport
from auditor.link.match.prefix import Prefixes
from auditor.link.match.segment import HOLE, Segment, Segments
from auditor.link.match.similar import is_variant
from auditor.link.match.trie import Entry, Fit, Trie
from auditor.model.graph import Candidate, Kind, Missing, Route, Verdict, answering

_SHOWN = 3
_SAME = 2  # names that a path and a route must share to be called the same but for a parameter
_SLASH = Segment(("",))


def diagnose(trie: Trie, prefixes: Prefixes, wanted: Request) -> Missing:
    """The first reason that holds, in the order method, transport, prefix, arity, near; else just no route."""
    return (
        _other_method(trie, wanted)
        or _other_transport(trie, wanted)
        or _other_prefix(trie, prefixes, wanted)
        or _other_arity(trie, wanted)
        or _other_spelling(trie, wanted)
        or Missing(Verdict.NO_ROUTE, _closest(trie, wanted))
    )


def same_path(found: Fit, path: Segments) -> bool:
    """Whether route and path agree in every name; one in place of a parameter is another path."""
    literals = sum(1 << index for index, segment in enumerate(path) if _is_name(segment))
    return found.strong and found.route.kind is not Kind.MOUNT and found.literal & literals == literals


def _is_name(segment: Segment) -> bool:
    return segment.literal and segment != _SLASH and not segment.text.isdigit()


def telling(found: Fit, path: Segments, start: int = 0) -> int:
    """How many segments from `start` on name a resource and are served literally."""
    return sum(1 for index in range(start, len(path)) if found.literal >> index & 1 and path[index].telling)


def other_slash(path: Segments) -> Segments:
    """The path with its trailing slash dropped, or with one added; the root has none to drop."""
    if path[-1:] == (_SLASH,):
        return path[:-1] or path
    return (*path, _SLASH)


def _other_method(trie: Trie, wanted: Request) -> Missing | None:
    if wanted.kind is Kind.WEBSOCKET:
        return None
    for path in (wanted.path, other_slash(wanted.path)):
        there = [one.route for one in trie.strong_fits(path) if same_path(one, path)]
        routes = [route for route in there if same_transport(route, wanted.kind)]
        if routes and not any(same_method(route, wanted.method) for route in routes):
            return Missing(Verdict.METHOD, _candidates(routes, f"{_methods(routes)} only"))
    return None


def _other_transport(trie: Trie, wanted: Request) -> Missing | None:
    for path in (wanted.path, other_slash(wanted.path)):
        routes = [one.route for one in trie.strong_fits(path) if same_path(one, path)]
        others = [route for route in routes if not same_transport(route, wanted.kind)]
        if others and len(others) == len(routes):
            served = "WebSocket" if others[0].kind is Kind.WEBSOCKET else "HTTP"
            return Missing(Verdict.TRANSPORT, _candidates(others, f"{served} only"))
    return None


def _other_prefix(trie: Trie, prefixes: Prefixes, wanted: Request) -> Missing | None:
    for change in prefixes.changes(wanted.path):
        for path in (change.path, other_slash(change.path)):
            fits = [one for one in trie.strong_fits(path) if telling(one, path, change.kept) >= change.needed]
            routes = answering(answer(fits, Request(wanted.kind, wanted.method, path)))
            if routes:
                return Missing(Verdict.PREFIX, _candidates(routes, f"answers after: {change.text}"), change.text)
    return None


def _other_arity(trie: Trie, wanted: Request) -> Missing | None:
    routes: list[Route] = []
    for path, added in _with_other_arity(wanted.path):
        fits = [
            one
            for one in trie.strong_fits(path)
            if same_path(one, path)
            and telling(one, path)
            and one.literal.bit_count() >= _SAME
            and (added < 0 or _is_parameter(one.entry, added))
            and not any(segment.tail for segment in one.entry.segments)
        ]
        routes += answering(answer(fits, Request(wanted.kind, wanted.method, path)))
    unique = list({id(route): route for route in routes}.values())
    if not unique:
        return None
    sent = _parameters(wanted.path)
    return Missing(Verdict.ARITY, _candidates(unique, f"takes another number of parameters, {sent} sent"))


def _with_other_arity(path: Segments) -> Iterator[tuple[Segments, int]]:
    """The path with one hole more, and where it was put, or with one hole less (-1)."""
    for index in range(len(path) + 1):
        if index == 0 or path[index - 1] != _SLASH:
            yield (*path[:index], HOLE, *path[index:]), index
    for index, segment in enumerate(path):
        if segment.hole:
            yield (*path[:index], *path[index + 1 :]), -1


def _other_spelling(trie: Trie, wanted: Request) -> Missing | None:
    found: list[Candidate] = []
    for index, segment in enumerate(wanted.path):
        if not segment.telling:
            continue
        for name in trie.names(wanted.path[:index]):
            if is_variant(segment.text, name):
                path = (*wanted.path[:index], Segment((name,)), *wanted.path[index + 1 :])
                found += _candidates(_at(trie, path, wanted), f"segment {index + 1} is '{name}', not '{segment.text}'")
    if not found:
        # Only where no redirect follows: sockets, and frameworks that do not redirect this way.
        place = "without" if wanted.path[-1:] == (_SLASH,) else "with"
        found += _candidates(_at(trie, other_slash(wanted.path), wanted), f"served {place} a trailing slash")
    return Missing(Verdict.NEAR, tuple(found[:_SHOWN])) if found else None


def _at(trie: Trie, path: Segments, wanted: Request) -> list[Route]:
    return [one.route for one in trie.strong_fits(path) if same_path(one, path) and _able(one.route, wanted)]


def _closest(trie: Trie, wanted: Request) -> tuple[Candidate, ...]:
    """By the length of the common beginning, then by the number of other segments, then by spelling."""
    found: dict[int, tuple[Entry, int]] = {}
    for size in range(len(wanted.path), 0, -1):
        if not any(segment.literal and segment != _SLASH for segment in wanted.path[:size]):
            break
        level = [
            entry
            for entry in _level(trie, wanted.path, size)
            if entry.number not in found and same_transport(entry.route, wanted.kind)
        ]
        level.sort(key=lambda entry: _remoteness(entry, wanted, size))
        found.update({entry.number: (entry, size) for entry in level[:_SHOWN]})
        if len(found) >= _SHOWN:
            break
    near = [entry for entry in found.values() if entry[0].route.kind is not Kind.MOUNT]
    return tuple(Candidate(entry.route, _difference(entry, wanted, size)) for entry, size in near[:_SHOWN])


def _level(trie: Trie, path: Segments, size: int) -> list[Entry]:
    """Routes that begin like the path up to `size`, and go on with one of the names most like its next one."""
    if size == len(path):
        return trie.below(path)
    names = sorted(trie.names(path[:size]), key=lambda name: -_alike(name, path[size].text))[:_SHOWN]
    below = (trie.below((*path[:size], Segment((name,)))) for name in names)
    return [*trie.ending(path[:size]), *(entry for entries in below for entry in entries)]


def _remoteness(entry: Entry, wanted: Request, size: int) -> tuple[int, int, bool]:
    rest, served = [segment.text for segment in wanted.path[size:]], entry.texts[size:]
    other = sum(map(ne, rest, served))
    alike = _alike(rest[0], served[0]) if rest and served else 0
    return other + abs(len(rest) - len(served)), -alike, not same_method(entry.route, wanted.method)


def _difference(entry: Entry, wanted: Request, size: int) -> str:
    segments, path = entry.segments, wanted.path
    if size == len(path) == len(segments):
        return f"method is {entry.route.method}"
    if size == len(path):
        return f"goes on with '{segments[size].text}'"
    if size == len(segments):
        return f"ends before '{path[size].text}'"
    return f"segment {size + 1} is '{segments[size].text}', not '{path[size].text}'"


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common at the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


def _able(route: Route, wanted: Request) -> bool:
    same = same_transport(route, wanted.kind) and route.kind is not Kind.MOUNT
    return same and (wanted.kind is Kind.WEBSOCKET or same_method(route, wanted.method))


def _is_parameter(entry: Entry, index: int) -> bool:
    return index < len(entry.segments) and not entry.segments[index].literal


def _parameters(path: Segments) -> int:
    return sum(1 for segment in path if not segment.literal)


def _methods(routes: Iterable[Route]) -> str:
    *others, last = sorted({route.method for route in routes})
    return f"{', '.join(others)} and {last}" if others else last


def _candidates(routes: Iterable[Route], why: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(route, why) for route in routes)[:_SHOWN]
