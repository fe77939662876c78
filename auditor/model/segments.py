"""How two URL paths compare, segment by segment."""

from __future__ import annotations

import re
from functools import lru_cache

_PATHS = 20_000  # kept split
_GENERIC = re.compile(r"api|rest|v\d+")


@lru_cache(_PATHS)
def segments(path: str) -> tuple[str, ...]:
    """The parts between slashes: `/users/{id}/` gives ("users", "{id}")."""
    return tuple(part for part in path.split("/") if part)


def is_hole(segment: str) -> bool:
    """True if a run-time value stands in it: `{id}`, `{}`, `file-{id}`."""
    return "{" in segment


def is_generic(segment: str) -> bool:
    """True for what nearly every path of an API begins with: `api`, `rest`, `v1`."""
    return _GENERIC.fullmatch(segment) is not None


def agree(left: str, right: str) -> bool:
    """True if two segments can be the same at run time."""
    return left == right or is_hole(left) or is_hole(right)


def is_under(path: str, stem: str) -> bool:
    """True if `path` is `stem` or lies below it; "" stands for everything."""
    above, below = segments(stem), segments(path)
    return len(above) <= len(below) and all(map(agree, above, below))


def shared(left: str, right: str) -> int:
    """How many leading segments two paths have in common, run-time values included."""
    count = 0
    for one, other in zip(segments(left), segments(right), strict=False):
        if not agree(one, other):
            break
        count += 1
    return count


@lru_cache(_PATHS)
def static_prefix(path: str) -> str:
    """The path up to its first run-time value, as `/a/b`; "" if it begins with one."""
    known: list[str] = []
    for segment in segments(path):
        if is_hole(segment):
            break
        known.append(segment)
    return "".join(f"/{segment}" for segment in known)
