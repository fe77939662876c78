"""Why no route answers a request: the most telling reason, and the routes that come nearest."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Iterator

from auditor.link.match.choice import Request, answer, same_method, same_transport
from auditor.link.match.prefix import Prefixes
from auditor.link.match.segment import HOLE, Segment, Segments, fit
from auditor.link.match.similar import is_variant
from auditor.link.match.trie import Entry, Fit, Trie
from auditor.model.graph import Ambiguous, Candidate, Kind, Matched, Missing, Route, Verdict

_SHOWN = 3
_TELLING = 2  # literals that a path and a route must share to be called the same but for a parameter
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
    """Whether route and path agree in every literal; a constant in place of a parameter is another path."""
    literals = sum(1 << index for index, segment in enumerate(path) if segment.literal and segment is not path[-1])
    if path and path[-1].literal and path[-1] != _SLASH:
        literals |= 1 << len(path) - 1
    return found.strong and found.route.kind is not Kind.MOUNT and found.literal & literals == literals


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
        there = [one.route for one in trie.fits(path) if same_path(one, path)]
        routes = [route for route in there if same_transport(route, wanted.kind)]
        if routes and not any(same_method(route, wanted.method) for route in routes):
            return Missing(Verdict.METHOD, _candidates(routes, f"{_methods(routes)} only"))
    return None


def _other_transport(trie: Trie, wanted: Request) -> Missing | None:
    for path in (wanted.path, other_slash(wanted.path)):
        routes = [one.route for one in trie.fits(path) if same_path(one, path)]
        others = [route for route in routes if not same_transport(route, wanted.kind)]
        if others and len(others) == len(routes):
            served = "WebSocket" if others[0].kind is Kind.WEBSOCKET else "HTTP"
            return Missing(Verdict.TRANSPORT, _candidates(others, f"{served} only"))
    return None


def _other_prefix(trie: Trie, prefixes: Prefixes, wanted: Request) -> Missing | None:
    for change in prefixes.changes(wanted.path):
        rest = change.path[change.kept :]
        if not rest or not trie.knows(change.path[: change.kept], rest[0]):
            continue
        for path in (change.path, other_slash(change.path)):
            fits = [one for one in trie.fits(path) if telling(one, path, change.kept) >= change.needed]
            routes = _routes(answer([one for one in fits if one.strong], Request(wanted.kind, wanted.method, path)))
            if routes:
                return Missing(Verdict.PREFIX, _candidates(routes, f"answers after: {change.text}"), change.text)
    return None


def _other_arity(trie: Trie, wanted: Request) -> Missing | None:
    routes: list[Route] = []
    for path, added in _with_other_arity(wanted.path):
        fits = [
            one
            for one in trie.fits(path)
            if same_path(one, path)
            and telling(one, path) >= _TELLING
            and (added < 0 or _is_parameter(one.entry, added))
            and not any(segment.tail for segment in one.entry.segments)
        ]
        routes += _routes(answer(fits, Request(wanted.kind, wanted.method, path)))
    unique = list({id(route): route for route in routes}.values())
    if not unique:
        return None
    sent = _parameters(wanted.path)
    return Missing(Verdict.ARITY, _candidates(unique, f"another number of parameters than the {sent} that are sent"))


def _with_other_arity(path: Segments) -> Iterator[tuple[Segments, int]]:
    """The path with one hole more, and where it was put, or with one hole less (-1)."""
    for index in range(len(path) + 1):
        if index == 0 or path[index - 1] != _SLASH:
            yield (*path[:index], HOLE, *path[index:]), index
    for index, segment in enumerate(path):
        if segment.hole:
            yield (*path[:index], *path[index + 1 :]), -1


def _other_spelling(trie: Trie, wanted: Request) -> Missing | None:
    found: list[tuple[Route, str]] = []
    for index, segment in enumerate(wanted.path):
        if not segment.literal or segment == _SLASH:
            continue
        path = (*wanted.path[:index], HOLE, *wanted.path[index + 1 :])
        for one in trie.fits(path):
            if not _able(one.route, wanted) or len(one.entry.segments) != len(path):
                continue
            served = one.entry.segments[index]
            if served.literal and is_variant(segment.text, served.text) and _agrees(one.entry, path, index):
                found.append((one.route, f"segment {index + 1} is '{served.text}', not '{segment.text}'"))
    changed = other_slash(wanted.path)
    if not found and wanted.path:
        # Only where no redirect follows: sockets, and frameworks that do not redirect this way.
        there = [one.route for one in trie.fits(changed) if same_path(one, changed) and _able(one.route, wanted)]
        found = [(route, f"served with{'out' if wanted.path[-1] == _SLASH else ''} a trailing slash") for route in there]
    if not found:
        return None
    return Missing(Verdict.NEAR, tuple(Candidate(route, why) for route, why in found[:_SHOWN]))


def _agrees(entry: Entry, path: Segments, besides: int) -> bool:
    """Whether all other segments surely agree, literal for literal."""
    return all(
        index == besides or (sent.literal == served.literal and fit(sent, served) is not None)
        for index, (sent, served) in enumerate(zip(path, entry.segments, strict=True))
    )


def _closest(trie: Trie, wanted: Request) -> tuple[Candidate, ...]:
    """By the length of the common beginning, then by the number of other segments, then by spelling."""
    found: dict[int, tuple[Entry, int]] = {}
    for size in range(len(wanted.path), 0, -1):
        if not any(segment.literal and segment != _SLASH for segment in wanted.path[:size]):
            break
        level = [entry for entry in trie.below(wanted.path[:size]) if entry.number not in found]
        level.sort(key=lambda entry: _remoteness(entry, wanted, size))
        found.update({entry.number: (entry, size) for entry in level[:_SHOWN]})
        if len(found) >= _SHOWN:
            break
    near = [entry for entry in found.values() if entry[0].route.kind is not Kind.MOUNT]
    return tuple(Candidate(entry.route, _difference(entry, wanted, size)) for entry, size in near[:_SHOWN])


def _remoteness(entry: Entry, wanted: Request, size: int) -> tuple[bool, int, int, bool]:
    rest, served = wanted.path[size:], entry.segments[size:]
    other = sum(1 for one, two in zip(rest, served, strict=False) if one != two and fit(one, two) is None)
    alike = len(os.path.commonprefix([rest[0].text, served[0].text])) if rest and served else 0
    method = not same_method(entry.route, wanted.method)
    return not same_transport(entry.route, wanted.kind), other + abs(len(rest) - len(served)), -alike, method


def _difference(entry: Entry, wanted: Request, size: int) -> str:
    segments, path = entry.segments, wanted.path
    if size == len(path) == len(segments):
        return f"method is {entry.route.method}"
    if size == len(path):
        return f"goes on with '{segments[size].text}'"
    if size == len(segments):
        return f"ends before '{path[size].text}'"
    return f"segment {size + 1} is '{segments[size].text}', not '{path[size].text}'"


def _able(route: Route, wanted: Request) -> bool:
    same = same_transport(route, wanted.kind) and route.kind is not Kind.MOUNT
    return same and (wanted.kind is Kind.WEBSOCKET or same_method(route, wanted.method))


def _is_parameter(entry: Entry, index: int) -> bool:
    return index < len(entry.segments) and not entry.segments[index].literal


def _parameters(path: Segments) -> int:
    return sum(1 for segment in path if not segment.literal)


def _routes(found: object) -> tuple[Route, ...]:
    match found:
        case Matched(route):
            return (route,)
        case Ambiguous(routes):
            return routes
        case _:
            return ()


def _methods(routes: Iterable[Route]) -> str:
    return " and ".join(sorted({route.method for route in routes}))


def _candidates(routes: Iterable[Route], why: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(route, why) for route in routes)[:_SHOWN]
