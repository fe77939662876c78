"""Which backend types and frontend types agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.model.finding import Confidence, Evidence, Side
from auditor.model.graph import ProjectGraph, Route, TypePair, ValuePair
from auditor.model.roles import role_sets
from auditor.model.shape import (
    AnyShape,
    EnumType,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Shape,
)
from auditor.model.span import Location
from auditor.report.agreement import Alignment, compare_models, compare_values, grouped
from auditor.report.shapes import spell_value


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
            status, differences = compare_models(graph, back, front, pair.direction)
        case EnumType(), EnumType():
            status, differences = compare_values(back, front, pair.direction, pair.confidence)
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
    status, differences = compare_values(served, pair.frontend, pair.direction, pair.confidence)
    differences = (*differences, *grouped("only in the backend and never sent", idle))
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
