"""Which static prefixes the routes of a backend share, and which changes of prefix a path may need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.link.match.segment import Segment, Segments, parse_path
from auditor.model.graph import Kind, Route
from auditor.model.segments import is_generic

_Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A path after a change of its prefix. `kept` is the position where the unchanged rest begins.

    `needed` is how many telling segments of the rest must be served literally to make the change
    credible: 1 for a prefix such as `/api/v1`, 2 for one that names a resource.
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
        self._api = {prefix for prefix in shared if all(map(is_generic, prefix)) or counts[prefix] * 2 >= len(paths)}
        self._known = frozenset(self.all)

    def changes(self, path: Segments) -> Iterator[Change]:
        """Paths with a doubled prefix undone, a prefix removed, added or replaced, likeliest first."""
        for size in range(len(path) // 2, 0, -1):
            if path[:size] == path[size : 2 * size] and all(segment.literal for segment in path[:size]):
                yield Change(f"remove the doubled '{_text(path[:size])}'", path[size:], size, 1)
        removable = [prefix for prefix in reversed(list(_leading(path))) if self._removable(prefix)]
        for prefix in removable:
            yield Change(f"remove '{_join(prefix)}'", path[len(prefix) :], 0, self._needed(prefix))
        for prefix in self.all:
            new = (*(Segment((text,)) for text in prefix), *path)
            yield Change(f"add '{_join(prefix)}'", new, len(prefix), self._needed(prefix))
        for old in removable:
            for prefix in self.all:
                if prefix != old and self._needed(old) == self._needed(prefix) == 1:
                    new = (*(Segment((text,)) for text in prefix), *path[len(old) :])
                    yield Change(f"replace '{_join(old)}' by '{_join(prefix)}'", new, len(prefix), 1)

    def _removable(self, prefix: _Texts) -> bool:
        return prefix in self._known or all(map(is_generic, prefix))

    def _needed(self, prefix: _Texts) -> int:
        return 1 if prefix in self._api or all(map(is_generic, prefix)) else 2


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
