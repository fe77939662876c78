"""Which fields of the frontend hold one of a few constants of the backend and are typed as plain text?"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.differences import differences, is_read
from auditor.model.finding import Confidence, Step
from auditor.model.graph import ProjectGraph
from auditor.model.shape import EnumType, FieldType, ListOf, Ref, Scalar, Shape


@dataclass(frozen=True, slots=True)
class Held:
    """A field of a frontend type that a call proves. `sent`: the frontend sends it; `used`: some such call has a
    caller."""

    owner: str
    field: FieldType
    sent: bool
    used: bool
    confidence: Confidence
    reason: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FreeText:
    """An enum of the backend, the fields that hold its values as text, and the sets of the frontend that have at
    least half of its values. `read`: code reads one of the fields."""

    backend: EnumType
    held: tuple[Held, ...]
    mirrors: tuple[EnumType, ...]
    read: bool


def free_texts(graph: ProjectGraph) -> tuple[FreeText, ...]:
    """One entry per closed enum of texts, by key."""
    held: dict[str, list[Held]] = {}
    for pair in differences(graph):
        for meeting in (*pair.shared, *pair.spelled):
            key = _enum(meeting.backend.shape)
            enum = graph.enums.get(key)
            if enum is None or enum.open or not _is_plain(meeting.frontend.shape):
                continue
            one = Held(pair.frontend.name, meeting.frontend, pair.sent, pair.pair.used, pair.confidence, pair.reason)
            if all(other.field.location != one.field.location for other in held.get(key, ())):
                held.setdefault(key, []).append(one)
    theirs = [enum for enum in graph.enums.values() if enum.side == "frontend"]
    found: list[FreeText] = []
    for key in sorted(held):
        enum = graph.enums[key]
        values = _texts(enum)
        mirrors = tuple(other for other in theirs if values and 2 * len(values & _texts(other)) >= len(values))
        read = any(is_read(graph, one.field.name) for one in held[key])
        found.append(FreeText(enum, tuple(held[key]), mirrors, read))
    return tuple(found)


def _enum(shape: Shape) -> str:
    match shape:
        case Ref(key):
            return key
        case ListOf(item):
            return _enum(item)
        case _:
            return ""


def _is_plain(shape: Shape) -> bool:
    match shape:
        case Scalar("string", ""):
            return True
        case ListOf(item):
            return _is_plain(item)
        case _:
            return False


def _texts(enum: EnumType) -> frozenset[str]:
    return frozenset(value.value for value in enum.values if isinstance(value.value, str))
