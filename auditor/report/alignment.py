"""Which backend types and frontend types agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.model.differences import kind_clash, may_be_absent, may_be_null
from auditor.model.finding import Confidence, Evidence, Side
from auditor.model.graph import ProjectGraph, Route, TypePair, ValuePair
from auditor.model.roles import role_sets
from auditor.model.shape import (
    AnyShape,
    EnumType,
    FieldType,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Shape,
    Values,
)
from auditor.model.span import Location
from auditor.report.shapes import spell_value


class Alignment(StrEnum):
    """How far two types agree."""

    ALIGNED = "aligned"  # no difference was found
    PARTIAL = "partial"  # they differ where it does no harm, or could be compared in part only
    MISMATCH = "mismatch"  # one side expects what the other does not have
    MISSING = "missing"  # the frontend calls for it and declares no type


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """A row of the type alignment matrix. `frontend` is "" where there is no counterpart.

    `backend_at` and `frontend_at` are the declarations; `reason` and `confidence` say why they are a pair.
    """

    backend: str
    frontend: str
    status: Alignment
    differences: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    backend_at: Location | None = None
    frontend_at: Location | None = None
    reason: str = ""
    confidence: Confidence = Confidence.HIGH


def type_alignment(graph: ProjectGraph) -> tuple[AlignmentRow, ...]:
    """One row per pair of types, then one per response model, or set of roles, without a counterpart; each part sorted
    by name."""
    rows = {(pair.backend, pair.frontend): _typed(graph, pair) for pair in graph.pairs}
    for values in graph.values:
        rows.setdefault((values.backend.key, values.frontend.key), _valued(values))
    return (*sorted(rows.values(), key=_order), *sorted((*_untyped(graph), *_unmirrored(graph)), key=_order))


def _typed(graph: ProjectGraph, pair: TypePair) -> AlignmentRow:
    back = graph.models.get(pair.backend) or graph.enums.get(pair.backend)
    front = graph.models.get(pair.frontend) or graph.enums.get(pair.frontend)
    match back, front:
        case Model(), Model():
            status, differences = _compare_models(graph, back, front, pair.direction)
        case EnumType(), EnumType():
            status, differences = _compare_values(back, front, pair.direction, pair.confidence)
        case None, _:
            status, differences = Alignment.PARTIAL, ("the backend type could not be read",)
        case _, None:
            status, differences = Alignment.PARTIAL, ("the frontend type could not be read",)
        case _:
            status, differences = Alignment.MISMATCH, ("an object on one side, constants on the other",)
    evidence = pair.evidence or tuple(_declared(found) for found in (back, front) if found)
    return AlignmentRow(
        backend=_name(back, pair.backend),
        frontend=_name(front, pair.frontend),
        status=status,
        differences=differences,
        evidence=evidence,
        backend_at=back.location if back else None,
        frontend_at=front.location if front else None,
        reason=pair.reason,
        confidence=pair.confidence,
    )


def _valued(pair: ValuePair) -> AlignmentRow:
    sent = tuple(value for value in pair.backend.values if value.value not in pair.unsent)
    known = {value.value for value in pair.frontend.values}
    idle = [spell_value(value) for value in pair.backend.values if value not in sent and value.value not in known]
    served = pair.backend if not idle else replace(pair.backend, values=sent)
    status, differences = _compare_values(served, pair.frontend, pair.direction, pair.confidence)
    differences = (*differences, *_group("only in the backend and never sent", idle))
    evidence = pair.evidence or (_declared(pair.backend), _declared(pair.frontend))
    return AlignmentRow(
        backend=pair.backend.name,
        frontend=pair.frontend.name,
        status=status,
        differences=differences,
        evidence=evidence,
        backend_at=pair.backend.location,
        frontend_at=pair.frontend.location,
        reason=pair.reason,
        confidence=pair.confidence,
    )


def _compare_models(
    graph: ProjectGraph, back: Model, front: Model, direction: str
) -> tuple[Alignment, tuple[str, ...]]:
    served = {field.wire: field for field in back.fields}
    expected = {field.wire: field for field in front.fields}
    unserved = [name for name in expected if name not in served and not back.open]
    unread = [name for name in served if name not in expected and not front.open]
    shared = [name for name in served if name in expected]
    kinds = [text for name in shared if (text := _kind_difference(graph, served[name], expected[name]))]
    idle = _idle(graph)
    sets = [name for name in shared if _other_values(graph, served[name], expected[name], direction, idle)]
    nulls = [name for name in shared if direction != "request" and may_be_null(served[name], expected[name])]
    absent = [name for name in shared if direction != "request" and may_be_absent(back, served[name], expected[name])]
    differences = (
        *_group("only in the frontend", unserved),
        *_group("only in the backend", unread),
        *kinds,
        *_group("other values", sets),
        *_group("may be null", nulls),
        *_group("may be missing", absent),
        *_group("left out of the declared type", _left_out(graph, front)),
    )
    inside = {name: _inside(graph, served[name], expected[name], direction) for name in shared}
    differences = (*differences, *(f"{name}: {text}" for name, (_, texts) in inside.items() for text in texts))
    kinds += [name for name, (status, _) in inside.items() if status is Alignment.MISMATCH]
    broken = direction != "request" and any(expected[name].required for name in unserved)
    broken = broken or (direction == "request" and any(served[name].required for name in unread))
    # Other values of a field have a row of their own; names that only one side has, on both sides, are a renaming.
    if broken or kinds or (unserved and unread and direction != "request") or (not shared and (unserved or unread)):
        return Alignment.MISMATCH, differences
    if back.open or front.open:
        differences = (*differences, "not all fields are known")
    return (Alignment.PARTIAL if differences else Alignment.ALIGNED), differences


def _compare_values(
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
    differences = (*spelled, *_group("only in the backend", unknown), *_group("only in the frontend", rejected))
    sending = direction == "request" or (direction == "both" and confidence is not Confidence.LOW)
    harmful = (unknown and direction != "request") or (rejected and sending)
    if cased or harmful or ((unknown or rejected) and not served.keys() & known.keys()):
        return Alignment.MISMATCH, differences
    if back.open or front.open:
        differences = (*differences, "not all values are known")
    return (Alignment.PARTIAL if differences else Alignment.ALIGNED), differences


def _untyped(graph: ProjectGraph) -> Iterator[AlignmentRow]:
    """Response models of called routes of which every call is without a type.

    A call whose type could not be resolved says nothing; such a model gets no row.
    """
    paired = {pair.backend for pair in graph.pairs}
    routes: dict[str, list[Route]] = {}
    for route in graph.routes:
        for key in _models_of(route.response):
            if key in graph.models and key not in paired:
                routes.setdefault(key, []).append(route)
    for key, serving in routes.items():
        calls = [call for route in serving for call in graph.callers_of(route)]
        if calls and all(not call.type and isinstance(call.expects, AnyShape | None) for call in calls):
            places = tuple(Evidence(Side.FRONTEND, call.location, f"untyped {call.label}") for call in calls[:3])
            evidence = (_declared(graph.models[key]), *places)
            yield AlignmentRow(
                backend=graph.models[key].name,
                frontend="",
                status=Alignment.MISSING,
                differences=("no type where it is called",),
                evidence=evidence,
                backend_at=graph.models[key].location,
                reason="called without a type",
            )


def _unmirrored(graph: ProjectGraph) -> Iterator[AlignmentRow]:
    """Roles and permissions that no set of the frontend has, though its types hold them as plain text."""
    for one in role_sets(graph):
        if one.mirrors or not one.held:
            continue
        model, field = one.held[0]
        yield AlignmentRow(
            backend=one.backend.name,
            frontend="",
            status=Alignment.MISSING,
            differences=(f"{model.name}.{field.wire} holds them as text",),
            evidence=(_declared(one.backend), Evidence(Side.FRONTEND, field.location, f"{model.name}.{field.wire}")),
            backend_at=one.backend.location,
            reason="a field of that name holds plain text",
        )


def _models_of(shape: Shape | None) -> tuple[str, ...]:
    match shape:
        case Ref(key):
            return (key,)
        case ListOf(inner) | MapOf(inner):
            return _models_of(inner)
        case OneOf(options):
            return tuple(key for option in options for key in _models_of(option))
        case _:
            return ()


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
    return _compare_models(graph, mine, theirs, direction)


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
    return _compare_values(mine, theirs, direction)[0] is Alignment.MISMATCH


def _constants(graph: ProjectGraph, field: FieldType) -> EnumType | None:
    """The set of constants that a field allows, if its type is one."""
    match field.shape:
        case Ref(key):
            return graph.enums.get(key)
        case Values(values):
            return EnumType(field.wire, field.wire, "", field.location, values, False, "")
        case _:
            return None


def _group(title: str, names: list[str]) -> tuple[str, ...]:
    return (f"{title}: {', '.join(names)}",) if names else ()


def _name(found: Model | EnumType | None, key: str) -> str:
    return found.name if found else key.rpartition(":")[2]


def _declared(found: Model | EnumType) -> Evidence:
    return Evidence(Side(found.side), found.location, f"{found.name} is declared")


def _order(row: AlignmentRow) -> tuple[str, str, list[str]]:
    return (
        row.backend.casefold(),
        row.frontend.casefold(),
        [f"{e.location.file}:{e.location.line:09}" for e in row.evidence],
    )
