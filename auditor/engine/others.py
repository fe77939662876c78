"""Which files of the audited path may hold servers in languages that are not read?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.engine.listing import Entry
from auditor.engine.places import Places, is_test

ENDINGS = (".go", ".rs", ".java", ".kt", ".scala", ".rb", ".php", ".cs", ".ex")
_LARGEST = 400_000  # bytes of one file
_ALL = 40_000_000  # bytes of all of them


def find_others(entries: Iterable[Entry], places: Places) -> tuple[str, ...]:
    """Source files in other languages of servers, by path; tests, dependencies and output are left out."""
    return tuple(_within(sorted(_candidates(entries, places), key=lambda entry: entry.path)))


def _candidates(entries: Iterable[Entry], places: Places) -> Iterator[Entry]:
    for entry in entries:
        readable = entry.kind == "file" and entry.path.endswith(ENDINGS) and entry.size <= _LARGEST
        if readable and not (is_test(entry.path) or entry.path.endswith("_test.go") or places.left_out(entry.path)):
            yield entry


def _within(entries: Iterable[Entry]) -> Iterator[str]:
    left = _ALL
    for entry in entries:
        left -= entry.size
        if left < 0:
            return
        yield entry.path
