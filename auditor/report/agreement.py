"""How far do two types agree, and where do they differ?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from auditor.model.differences import converts, kind_clash, may_be_absent, may_be_null, plain_name, travelling
from auditor.model.finding import Confidence
from auditor.model.graph import ProjectGraph
from auditor.model.shape import EnumType, FieldType, Model, Ref, Values
from auditor.report.shapes import spell_value


class Alignment(StrEnum):
    """How far two types agree."""

    ALIGNED = "aligned"  # no difference was found
    PARTIAL = "partial"  # they differ where it does no harm, or could be compared in part only
    MISMATCH = "mismatch"  # one side expects what the other does not have
    MISSING = "missing"  # the frontend calls for it and declares no type


def compare_models(graph: ProjectGraph, back: Model, front: Model, direction: str) -> tuple[Alignment, tuple[str, ...]]:
    """How two models agree, for objects that travel in a direction ("request", "response", "both")."""
    served = travelling(back, front, direction)
    expected = {field.wire: field for field in front.fields}
    spelled = _spelled(served, expected)
    unserved = [name for name in expected if name not in served and name not in spelled.values() and not back.open]
    unread = [name for name in served if name not in expected and name not in spelled and not front.open]
    shared = {
        name: (served[name], expected[spelled.get(name, name)]) for name in served if name in {*expected, *spelled}
    }
    kinds = [text for mine, theirs in shared.values() if (text := _kind_difference(graph, mine, theirs))]
    idle = _idle(graph)
    sets = [name for name, (mine, theirs) in shared.items() if _other_values(graph, mine, theirs, direction, idle)]
    received = shared if direction != "request" else {}
    checked = received if front.key not in graph.loose else {}
    differences = (
        *grouped("spelled otherwise", [f"{theirs} for {mine}" for mine, theirs in spelled.items()]),
        *grouped("only in the frontend", unserved),
        *grouped("only in the backend", unread),
        *kinds,
        *grouped("other values", sets),
        *grouped("may be null", [name for name, (mine, theirs) in checked.items() if may_be_null(mine, theirs)]),
        *grouped(
            "may be missing", [name for name, (mine, theirs) in received.items() if may_be_absent(back, mine, theirs)]
        ),
        *grouped("left out of the declared type", _left_out(graph, front)),
    )
    inside = {name: _inside(graph, mine, theirs, direction) for name, (mine, theirs) in shared.items()}
    differences = (*differences, *(f"{name}: {text}" for name, (_, texts) in inside.items() for text in texts))
    kinds += [name for name, (status, _) in inside.items() if status is Alignment.MISMATCH]
    broken = direction != "request" and any(expected[name].required for name in unserved)
    broken = broken or (direction == "request" and any(served[name].required for name in unread))
    broken = broken or (bool(spelled) and not converts(graph))
    # Other values of a field have a row of their own; names that only one side has, on both sides, are a renaming.
    if broken or kinds or (unserved and unread and direction != "request") or (not shared and (unserved or unread)):
        return Alignment.MISMATCH, differences
    if back.open or front.open:
        differences = (*differences, "not all fields are known")
    return (Alignment.PARTIAL if differences else Alignment.ALIGNED), differences


def compare_values(
    back: EnumType, front: EnumType, direction: str, confidence: Confidence = Confidence.HIGH
) -> tuple[Alignment, tuple[str, ...]]:
    """Values that only the frontend has do harm where it is known to send them."""
    served = {spell_value(value): value for value in back.values}
    known = {spell_value(value): value for value in front.values}
    unshared = [text for text in known if text not in served]
    cased = {
        mine: theirs
        for mine in served
        for theirs in unshared
        if mine not in known and mine.casefold() == theirs.casefold()
    }
    unknown = [text for text in served if text not in known and text not in cased and not front.open]
    rejected = [text for text in unshared if text not in cased.values() and not back.open]
    spelled = [f"{mine} is {theirs} in the frontend" for mine, theirs in cased.items()]
    differences = (*spelled, *grouped("only in the backend", unknown), *grouped("only in the frontend", rejected))
    sending = direction == "request" or (direction == "both" and confidence is not Confidence.LOW)
    harmful = (unknown and direction != "request") or (rejected and sending)
    if cased or harmful or ((unknown or rejected) and not served.keys() & known.keys()):
        return Alignment.MISMATCH, differences
    if back.open or front.open:
        differences = (*differences, "not all values are known")
    return (Alignment.PARTIAL if differences else Alignment.ALIGNED), differences


def _spelled(served: Mapping[str, FieldType], expected: Mapping[str, FieldType]) -> dict[str, str]:
    """Names that are the same but for case and separators: the frontend's by the backend's."""
    loose = {plain_name(name): name for name in served if name not in expected}
    return {
        mine: name for name in expected if name not in served and (mine := loose.get(plain_name(name), "")) in served
    }


def _kind_difference(graph: ProjectGraph, back: FieldType, front: FieldType) -> str:
    clash = kind_clash(graph, back.shape, front.shape)
    return f"{back.wire}: {clash[0]} in the backend, {clash[1]} in the frontend" if clash else ""


def _left_out(graph: ProjectGraph, front: Model) -> list[str]:
    """Fields that `Omit` or `Pick` takes from the type that is declared: what travels is a part of it."""
    base = graph.models.get(front.bases[0]) if front.framework == "derived" else None
    kept = {field.wire for field in front.fields}
    return [field.wire for field in base.fields if field.wire not in kept] if base is not None else []


def _inside(
    graph: ProjectGraph, back: FieldType, front: FieldType, direction: str
) -> tuple[Alignment, tuple[str, ...]]:
    """What differs in an object type that is written in the frontend's field itself."""
    mine = graph.models.get(back.shape.key) if isinstance(back.shape, Ref) else None
    theirs = graph.models.get(front.shape.key) if isinstance(front.shape, Ref) else None
    if mine is None or theirs is None or theirs.framework != "inline":
        return Alignment.ALIGNED, ()
    return compare_models(graph, mine, theirs, direction)


def _idle(graph: ProjectGraph) -> Mapping[str, frozenset[str]]:
    """Values that the backend never sends, by the key of their enum."""
    return {pair.backend.key: pair.unsent for pair in graph.values if pair.unsent}


def _other_values(
    graph: ProjectGraph, back: FieldType, front: FieldType, direction: str, idle: Mapping[str, frozenset[str]]
) -> bool:
    mine, theirs = _constants(graph, back), _constants(graph, front)
    if mine is None or theirs is None:
        return False
    sent = tuple(value for value in mine.values if value.value not in idle.get(mine.key, ()))
    mine = replace(mine, values=sent) if sent else mine
    return compare_values(mine, theirs, direction)[0] is Alignment.MISMATCH


def _constants(graph: ProjectGraph, field: FieldType) -> EnumType | None:
    """The set of constants that a field allows, if its type is one."""
    match field.shape:
        case Ref(key):
            return graph.enums.get(key)
        case Values(values):
            return EnumType(field.wire, field.wire, "", field.location, values, False, "")
        case _:
            return None


def grouped(title: str, names: list[str]) -> tuple[str, ...]:
    return (f"{title}: {', '.join(names)}",) if names else ()
