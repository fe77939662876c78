"""How two sets of constants that stand for the same thing differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from auditor.model.finding import Confidence, Evidence, Step
from auditor.model.graph import ProjectGraph, ValuePair
from auditor.model.shape import EnumType, Value

DISJOINT = 0.3
"""Below this share of common values (Jaccard), two sets no longer look like one."""

_Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Variant:
    """One constant in two spellings: `bearer` here, `Bearer` there."""

    backend: Value
    frontend: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two paired sets, compared value by value; entries in the order of their own side.

    `variants` differ in case or separators only and count as common everywhere else. `missing` are
    values of the backend that the frontend does not know, `extra` the reverse. `sent` and `received`
    are the frontend's: it sends such values, it receives them.
    """

    backend: EnumType
    frontend: EnumType
    sent: bool
    received: bool
    confidence: Confidence
    variants: tuple[Variant, ...]
    missing: tuple[Value, ...]
    extra: tuple[Value, ...]
    evidence: tuple[Evidence, ...]
    used: bool = True
    unsent: frozenset[str] = frozenset()

    @property
    def doubtful(self) -> bool:
        """Whether no running code of the client is known to meet a value it lacks."""
        return not self.used or all(value.value in self.unsent for value in self.missing)

    @property
    def subject(self) -> str:
        """`Provider ↔ ProviderType`, backend first."""
        return f"{self.backend.name} ↔ {self.frontend.name}"

    @property
    def names(self) -> tuple[str, str]:
        """The two sets in a sentence, frontend first; with their side where both have one name."""
        if self.frontend.name != self.backend.name:
            return self.frontend.name, self.backend.name
        return f"{self.frontend.name} of the frontend", f"{self.backend.name} of the backend"

    @property
    def common(self) -> int:
        """How many values of the backend the frontend has, in whatever spelling."""
        return len(self.backend.values) - len(self.missing)

    @property
    def disjoint(self) -> bool:
        """Both sets are complete, each has values of its own, and they have hardly any in common.

        A small set inside a large one is not disjoint, and neither is one that has half of its values there.
        """
        total = len(self.backend.values) + len(self.extra)
        smaller = min(len(self.backend.values), len(self.frontend.values))
        closed = not (self.backend.open or self.frontend.open)
        apart = self.common < DISJOINT * total and self.common * 2 < smaller
        return closed and bool(self.missing) and bool(self.extra) and apart

    @property
    def reason(self) -> tuple[Step, ...]:
        """Why the two sets stand for the same thing, place by place."""
        return tuple(Step(piece.location, piece.label) for piece in self.evidence)

    @property
    def details(self) -> dict[str, object]:
        """All values of both sides, for machines."""
        return {"backend": constants(self.backend.values), "frontend": constants(self.frontend.values)}


def comparisons(graph: ProjectGraph) -> tuple[Comparison, ...]:
    """One entry per pair of sets, however many places prove it, in the order of the graph."""
    groups: dict[tuple[str, str], list[ValuePair]] = {}
    for pair in graph.values:
        if pair.backend.values and pair.frontend.values:
            groups.setdefault((pair.backend.key, pair.frontend.key), []).append(pair)
    return tuple(_comparison(group) for group in groups.values())


def constants(values: tuple[Value, ...]) -> list[str | int | float | bool]:
    """The bare constants."""
    return [value.value for value in values]


def quoted(values: tuple[Value, ...], limit: int = 8) -> str:
    """The constants for people: `'a', 'b' and 3 more`."""
    shown = [repr(value.value) for value in values[:limit]]
    rest = len(values) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _comparison(group: list[ValuePair]) -> Comparison:
    backend, frontend = _distinct(group[0].backend), _distinct(group[0].frontend)
    directions = {pair.direction for pair in group}
    here, there = ({_exact(value) for value in side.values} for side in (backend, frontend))
    only_backend = [value for value in backend.values if _exact(value) not in there]
    only_frontend = [value for value in frontend.values if _exact(value) not in here]
    loose = {_loose(value): value for value in reversed(only_frontend)}
    variants = tuple(Variant(value, loose[_loose(value)]) for value in only_backend if _loose(value) in loose)
    spelled = {_loose(variant.backend) for variant in variants}
    return Comparison(
        backend=backend,
        frontend=frontend,
        sent=not directions.isdisjoint({"request", "both"}),
        received=not directions.isdisjoint({"response", "both"}),
        confidence=min((pair.confidence for pair in group), key=lambda confidence: confidence.rank),
        variants=variants,
        missing=tuple(value for value in only_backend if _loose(value) not in spelled),
        extra=tuple(value for value in only_frontend if _loose(value) not in spelled),
        evidence=group[0].evidence,
        used=any(pair.used for pair in group),
        unsent=frozenset.intersection(*(pair.unsent for pair in group)),
    )


def _distinct(side: EnumType) -> EnumType:
    """Without aliases: each constant once, at its first place."""
    firsts = {_exact(value): value for value in reversed(side.values)}
    return replace(side, values=tuple(value for value in side.values if firsts[_exact(value)] is value))


def _exact(value: Value) -> _Key:
    if isinstance(value.value, bool):
        return "boolean", str(value.value)
    if isinstance(value.value, str):
        return "text", value.value
    return "number", str(float(value.value))


def _loose(value: Value) -> _Key:
    kind, text = _exact(value)
    plain = text.casefold()
    return kind, ("".join(letter for letter in plain if letter not in "-_. ") or plain) if kind == "text" else text
