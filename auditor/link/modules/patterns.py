"""Which replacement does a specifier get from patterns with one `*`, as in `paths`, `exports` and `imports`?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


def matching(patterns: Mapping[str, T], specifier: str) -> Iterator[tuple[T, str]]:
    """What the matching patterns stand for, with the text their `*` took: the exact one, then the longest prefix.

    TypeScript and Node take only the first; callers that check for existence may go on.
    """
    if specifier in patterns:
        yield patterns[specifier], ""
    hits = []
    for pattern, value in patterns.items():
        head, star, tail = pattern.partition("*")
        if star and len(specifier) >= len(head) + len(tail) and specifier.startswith(head) and specifier.endswith(tail):
            hits.append((-len(head), pattern, value, specifier[len(head) : len(specifier) - len(tail)]))
    for _, _, value, middle in sorted(hits, key=lambda hit: hit[:2]):
        yield value, middle
