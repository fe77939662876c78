"""What do types have in common that no call has paired, and which of several is meant?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from auditor.link.types.names import normalised
from auditor.model.differences import plain_name
from auditor.model.shape import EnumType, Model

T = TypeVar("T", Model, EnumType)


@dataclass(frozen=True, slots=True)
class Similar:
    """Keys of two types that seem to be one, and why. A hint, never a proof."""

    backend: str
    frontend: str
    reason: str
    direction: str = "both"


@dataclass(frozen=True, slots=True)
class Known:
    """What calls and routes say already.

    `paired` are frontend keys that a call has paired; `travelling` says of keys of both sides how many routes and
    calls send them.
    """

    paired: Set[str] = frozenset()
    travelling: Mapping[str, int] = field(default_factory=dict)


def best(scored: Iterable[tuple[float, T]], theirs: T, known: Known) -> T | None:
    """The candidate that is the same; else one that routes send, the one with most in common, with the same name, the
    one that most routes send.

    None if candidates that differ remain: it cannot be told which is meant.
    """
    ranked = [
        ((score == 1.0, bool(sent), score, mine.name == theirs.name, sent), mine)
        for score, mine in scored
        for sent in (known.travelling.get(mine.key, 0),)
    ]
    if not ranked:
        return None
    top = max(rank for rank, _ in ranked)
    first, *others = [mine for rank, mine in ranked if rank == top]
    return first if all(content(other) == content(first) for other in others) else None


def content(item: Model | EnumType) -> frozenset[object]:
    """The field names of a model, in whatever case: a converter may stand between the two sides; or the texts of an
    enum."""
    if isinstance(item, Model):
        return frozenset(plain_name(entry.wire) for entry in item.fields)
    return frozenset(value.value for value in item.values if isinstance(value.value, str))


def shared(first: frozenset[object], second: frozenset[object]) -> float:
    """Jaccard's index, 0 to 1."""
    return len(first & second) / len(first | second) if first | second else 0.0


def in_order(items: Iterable[T]) -> list[T]:
    """By key."""
    return sorted(items, key=lambda item: item.key)


def by_name(items: Iterable[T]) -> dict[str, list[T]]:
    """By what their names say apart from how they are used."""
    ordered = sorted(items, key=lambda item: (normalised(item.name), item.key))
    return {name: list(group) for name, group in groupby(ordered, key=lambda item: normalised(item.name))}
