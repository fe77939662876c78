"""Which static prefixes the routes of a backend share, and which changes of prefix a path may need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.link.match.segment import Segment, Segments, parse_path
from auditor.model.graph import Kind, Route
from auditor.model.segments import is_generic

_Texts = tuple[str, ...]
_BRANCHES = 3  # names that follow a prefix of the whole API; fewer are the parts of one resource


@dataclass(frozen=True, slots=True)
class Change:
    """A path after a change of its prefix. `kept` is the position where the unchanged rest begins.

    `needed` is how many telling segments of the rest must be served literally to make the change
    credible: 1 for `/api/v1` or what half of all paths begin with, 2 for the name of a resource.
    """

    text: str
    path: Segments
    kept: int
    needed: int


class Prefixes:
    """The leading static prefixes that at least two paths share, or all of them, shortest first."""

    def __init__(self, routes: Iterable[Route]) -> None:
        paths = {parse_path(route.path) for route in routes if route.kind is not Kind.MOUNT}
        counts = Counter(prefix for path in paths for prefix in _leading(path))
        shared = [prefix for prefix, count in counts.items() if count > 1 or count == len(paths)]
        self.all: tuple[_Texts, ...] = tuple(sorted(shared, key=lambda prefix: (len(prefix), -counts[prefix], prefix)))
        self._api = {
            prefix
            for prefix in shared
            if counts[prefix] * 2 >= len(paths) and len(_branches(prefix, paths)) >= _BRANCHES
        }
        self._known = frozenset(self.all)
        self._before: dict[str, tuple[_Texts, ...]] = {}
        for prefix in self.all:
            for name in _branches(prefix, paths):
                self._before[name] = (*self._before.get(name, ()), prefix)

    def changes(self, path: Segments) -> Iterator[Change]:
        """Paths with a doubled prefix undone, a prefix removed, added or replaced, likeliest first."""
        for size in range(len(path) // 2, 0, -1):
            if path[:size] == path[size : 2 * size] and all(segment.literal for segment in path[:size]):
                yield Change(f"remove the doubled '{_text(path[:size])}'", path[size:], size, 1)
        removable = [prefix for prefix in reversed(list(_leading(path))) if self._removable(prefix)]
        for prefix in removable:
            yield Change(f"remove '{_join(prefix)}'", path[len(prefix) :], 0, self._needed(prefix))
        for prefix in self.before(path):
            new = put_before(prefix, path)
            yield Change(f"add '{_join(prefix)}'", new, len(prefix), self._needed(prefix))
        for old in removable:
            for prefix in self.before(path[len(old) :]):
                if prefix != old and self._needed(old) == self._needed(prefix) == 1:
                    new = put_before(prefix, path[len(old) :])
                    yield Change(f"replace '{_join(old)}' by '{_join(prefix)}'", new, len(prefix), 1)

    def before(self, path: Segments) -> Sequence[_Texts]:
        """The prefixes that some route has before a name such as the first one of this path."""
        return self._before.get(path[0].text, ()) if path and path[0].literal else self.all

    def _removable(self, prefix: _Texts) -> bool:
        return prefix in self._known or all(map(is_generic, prefix))

    def _needed(self, prefix: _Texts) -> int:
        return 1 if prefix in self._api or all(map(is_generic, prefix)) else 2


def put_before(prefix: Iterable[str], path: Segments) -> Segments:
    """The path below a prefix."""
    return (*(Segment((text,)) for text in prefix), *path)


def _branches(prefix: _Texts, paths: Iterable[Segments]) -> set[str]:
    """The names that follow a prefix."""
    size = len(prefix)
    under = (path for path in paths if len(path) > size and tuple(segment.text for segment in path[:size]) == prefix)
    return {path[size].text for path in under if path[size].literal and path[size].text}


def _leading(path: Segments) -> Iterator[_Texts]:
    """Proper prefixes of a path that have no hole, shortest first."""
    texts: list[str] = []
    for segment in path[:-1]:
        if not segment.literal or not segment.pieces[0]:
            return
        texts.append(segment.pieces[0])
        yield tuple(texts)


def _text(path: Segments) -> str:
    return _join(tuple(segment.text for segment in path))


def _join(prefix: _Texts) -> str:
    return "".join(f"/{text}" for text in prefix)
