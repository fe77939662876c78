"""Which routes a path may reach: a trie of path segments that remembers the order of registration.

Starlette tries routes in that order and takes the first one that fits, even if a later one is more
exact (https://www.starlette.io/routing/#route-priority), so all that fit are found and sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.link.match.segment import Grade, Segment, Segments, fit, parse_route
from auditor.model.graph import Route


@dataclass(frozen=True, slots=True)
class Entry:
    """A route in the trie. `number` counts insertions from 0; `texts` are the segments as written, with `{}`."""

    number: int
    route: Route
    segments: Segments
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """A route that a path may reach, how surely, and the positions where both have the same text (a bit each)."""

    entry: Entry
    grade: Grade
    literal: int

    @property
    def route(self) -> Route:
        """The route itself."""
        return self.entry.route

    @property
    def strong(self) -> bool:
        """Whether it is reached for the values that are meant, not only for a particular one."""
        return self.grade is not Grade.MAYBE


class Trie:
    """Routes by their path segments, in order of insertion."""

    def __init__(self, routes: Iterable[Route] = ()) -> None:
        self._root = _Node()
        self.entries: list[Entry] = []
        for route in routes:
            self.add(route)

    def add(self, route: Route) -> None:
        """Adds a route after all others."""
        segments = parse_route(route)
        entry = Entry(len(self.entries), route, segments, tuple(segment.text for segment in segments))
        self.entries.append(entry)
        node = self._root
        for segment in entry.segments:
            if segment.tail:
                node.tails.append(entry)
                return
            node = node.child(segment)
        node.entries.append(entry)

    def fits(self, path: Segments) -> list[Fit]:
        """All routes that a path may reach, in order, of whatever method and transport."""
        return sorted(_walk(self._root, path, 0, Grade.SURE, 0, Grade.MAYBE), key=_number)

    def strong_fits(self, path: Segments) -> list[Fit]:
        """Those of them that do not need a particular value of a hole."""
        return sorted(_walk(self._root, path, 0, Grade.SURE, 0, Grade.LIKELY), key=_number)

    def below(self, path: Segments) -> list[Entry]:
        """All routes whose path surely begins like this one, itself included, in order."""
        found = [entry for node in self._nodes(path) for entry in node.subtree()]
        found.sort(key=lambda entry: entry.number)
        return found

    def ending(self, path: Segments) -> list[Entry]:
        """The routes that are served at this very path, whatever its slash, or take all that is below it."""
        nodes = self._nodes(path)
        slashed = (node.literals[""] for node in nodes if "" in node.literals)
        return [entry for node in (*nodes, *slashed) for entry in (*node.entries, *node.tails)]

    def names(self, path: Segments) -> list[str]:
        """The names that stand in routes after this path, sorted; a trailing slash is not one."""
        return sorted({name for node in self._nodes(path) for name in node.literals if name})

    def _nodes(self, path: Segments) -> list[_Node]:
        nodes = [self._root]
        for segment in path:
            nodes = [child for node in nodes for child in node.certain(segment)]
        return nodes


class _Node:
    __slots__ = ("entries", "literals", "patterns", "tails")

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.patterns: dict[Segment, _Node] = {}
        self.tails: list[Entry] = []
        self.entries: list[Entry] = []

    def child(self, segment: Segment) -> _Node:
        if segment.literal:
            return self.literals.setdefault(segment.pieces[0], _Node())
        return self.patterns.setdefault(segment, _Node())

    def certain(self, segment: Segment) -> Iterator[_Node]:
        if segment.literal and segment.pieces[0] in self.literals:
            yield self.literals[segment.pieces[0]]
        yield from (child for pattern, child in self.patterns.items() if fit(segment, pattern))

    def subtree(self) -> Iterator[Entry]:
        yield from self.entries
        yield from self.tails
        for child in (*self.literals.values(), *self.patterns.values()):
            yield from child.subtree()


def _number(found: Fit) -> int:
    return found.entry.number


def _walk(node: _Node, path: Segments, position: int, grade: Grade, literal: int, least: Grade) -> Iterator[Fit]:
    for entry in node.tails:
        yield from _fit_tail(entry, path, position, grade, literal)
    if position == len(path):
        for entry in node.entries:
            yield Fit(entry, grade, literal)
        return
    segment = path[position]
    if segment.tail:
        return  # the rest of a served path, asked whether an earlier one covers it: only a tail does
    if segment.literal:
        child = node.literals.get(segment.pieces[0])
        if child is not None:
            yield from _walk(child, path, position + 1, grade, literal | 1 << position, least)
    elif least is Grade.MAYBE:
        bit = 0 if segment.hole else 1 << position
        for text, child in node.literals.items():
            own = fit(segment, Segment((text,)))
            if own is not None:
                yield from _walk(child, path, position + 1, min(grade, own), literal | bit, least)
    for pattern, child in node.patterns.items():
        own = fit(segment, pattern)
        if own is not None:
            yield from _walk(child, path, position + 1, min(grade, own), literal, least)


def _fit_tail(entry: Entry, path: Segments, position: int, grade: Grade, literal: int) -> Iterator[Fit]:
    """A tail takes one segment or more (a trailing slash is one); what is served after it must follow."""
    tail, after = entry.segments[position], entry.segments[position + 1 :]
    end = len(path) - len(after)
    if end <= position or not path[position].pieces[0].startswith(tail.pieces[0]):
        return
    if not path[end - 1].pieces[-1].endswith(tail.pieces[-1]):
        return
    for index, served in enumerate(after, start=end):
        own = fit(path[index], served)
        if own is None or path[index].tail:
            return
        grade = min(grade, own)
        literal |= int(path[index].literal and served.literal) << index
    yield Fit(entry, grade, literal)
