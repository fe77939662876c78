"""Which lines of comments hold code?

A comment is read as code only where it may be nothing else: it stands on lines of its own, its reader accepts it as
code without an error, and nothing beside it speaks of an example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_EXAMPLE = re.compile(
    r"\b(?:e\.?g|i\.?e|examples?|usage|sample|instead of|rather than|same as|similar to|like this|such as)\b",
    re.IGNORECASE,
)
_MOST_LINES = 60  # of one comment
_MOST_TRIES = 80  # readings of one comment


def code_in(lines: Sequence[str], candidate: int, read: Callable[[int, int], T | None]) -> T | None:
    """What `read(first, last)` gives for the longest run of lines around the candidate that is code (both inclusive).

    `lines` are those of one comment without its markers; prose may stand before and after the code
    ("TODO: bring this back"), but none that introduces an example.
    """
    if len(lines) > _MOST_LINES:
        return None
    for first, last in _runs(candidate, len(lines)):
        found = read(first, last)
        if found is not None:
            prose = [*lines[:first], *lines[last + 1 :]]
            return None if any(_introduces(line) for line in prose) else found
    return None


def _runs(candidate: int, count: int) -> Iterator[tuple[int, int]]:
    """The runs around a line: those that begin first, and of them the longest, come first."""
    runs = [(first, last) for first in range(candidate + 1) for last in range(count - 1, candidate - 1, -1)]
    yield from runs[:_MOST_TRIES]


def _introduces(line: str) -> bool:
    return line.rstrip().endswith(":") or _EXAMPLE.search(line) is not None
