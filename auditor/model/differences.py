"""How two models that stand for the same thing differ, field by field, as a careful reader would tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.model.finding import Confidence, Evidence, Step
from auditor.model.graph import ProjectGraph, TypePair
from auditor.model.shape import (
    AnyShape,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    Shape,
    Values,
)

_CONVERTER = re.compile(r"camel|snake|humps|decamel", re.IGNORECASE)
_WRITTEN = frozenset({"dict", "typeddict"})
"""Frameworks whose models are sent as they are filled: a default puts no key there."""
_STRUCTURES = frozenset({"array", "object"})
_VAGUE_FORMATS = frozenset({"decimal", "duration", "binary"})
"""Formats that some versions of a library send as numbers and others as texts."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A field that both sides have, the backend's first."""

    backend: FieldType
    frontend: FieldType


@dataclass(frozen=True, slots=True)
class Differences:
    """Two paired models. `shared` are fields with one wire name on both sides, `spelled` those whose names differ in
    case and separators only; `unserved` has only the frontend, `unexpected` only the backend.

    `sent` and `received` are the frontend's, as in `Comparison`.
    """

    pair: TypePair
    backend: Model
    frontend: Model
    shared: tuple[Meeting, ...]
    spelled: tuple[Meeting, ...]
    unserved: tuple[FieldType, ...]
    unexpected: tuple[FieldType, ...]

    @property
    def sent(self) -> bool:
        """Whether the frontend sends such objects."""
        return self.pair.direction in ("request", "both")

    @property
    def received(self) -> bool:
        """Whether the frontend receives such objects."""
        return self.pair.direction in ("response", "both")

    @property
    def confidence(self) -> Confidence:
        """That of the pair."""
        return self.pair.confidence

    @property
    def subject(self) -> str:
        """`UserRead ↔ User`, backend first."""
        return f"{self.backend.name} ↔ {self.frontend.name}"

    @property
    def names(self) -> tuple[str, str]:
        """The two models in a sentence, frontend first; with their side where both have one name."""
        if self.frontend.name != self.backend.name:
            return self.frontend.name, self.backend.name
        return f"{self.frontend.name} of the frontend", f"{self.backend.name} of the backend"

    @property
    def calls(self) -> tuple[Evidence, ...]:
        """The first few calls and routes that send such objects."""
        return tuple(piece for piece in self.pair.evidence if not piece.label.startswith("field "))

    @property
    def reason(self) -> tuple[Step, ...]:
        """Why the two models stand for the same thing, place by place."""
        return tuple(Step(piece.location, piece.label) for piece in self.pair.evidence)


def differences(graph: ProjectGraph, *, sure: bool = True) -> Iterator[Differences]:
    """One entry per pair of models, in the order of the graph; with `sure` only those that a call proves.

    Two instances of one generic (`Page[User]`, `Page[Team]`) that differ alike are one entry: the declaration is what
    differs.
    """
    groups: dict[tuple[str, str], list[TypePair]] = {}
    found: dict[tuple[object, ...], list[Differences]] = {}
    for pair in graph.pairs:
        if not sure or pair.confidence is not Confidence.LOW:
            groups.setdefault((pair.backend, pair.frontend), []).append(pair)
    for (mine, theirs), pairs in groups.items():
        backend, frontend = graph.models.get(mine), graph.models.get(theirs)
        if backend is not None and frontend is not None:
            found.setdefault(_cause(graph, entry := _differences(_merged(pairs), backend, frontend)), []).append(entry)
    for entries in found.values():
        yield next((entry for entry in entries if entry.pair.used), entries[0])


def plain_name(name: str) -> str:
    """A field name without what a converter of case changes: `createdAt` and `created_at` are both `createdat`."""
    return name.replace("_", "").replace("-", "").casefold()


def converts(graph: ProjectGraph) -> bool:
    """Whether code of a frontend reads a name that may be a converter of names (`camelizeKeys`, `toSnakeCase`)."""
    return graph.reads is None or any(map(_CONVERTER.search, graph.reads))


def is_read(graph: ProjectGraph, name: str) -> bool:
    """Whether code of a frontend may read a field of this name, in whatever case."""
    return graph.reads is None or name in graph.reads


def kind_clash(graph: ProjectGraph, mine: Shape, theirs: Shape) -> tuple[str, str] | None:
    """The JSON kinds of two types where they have none in common ("array", "object"); None where they may agree."""
    ours, others = json_kinds(graph, mine), json_kinds(graph, theirs)
    if not ours or not others or ours & others:
        return None
    return "/".join(sorted(ours)), "/".join(sorted(others))


def is_structural(clash: tuple[str, str]) -> bool:
    """Whether an array or an object meets something else: nothing converts these on the way."""
    return any(kind in _STRUCTURES for kind in (*clash[0].split("/"), *clash[1].split("/")))


def json_kinds(graph: ProjectGraph, shape: Shape) -> frozenset[str]:
    """The JSON kinds a type can have on the wire, without null; none if anything is possible."""
    match shape:
        case Scalar("null"):
            return frozenset()
        case Scalar("string", format) if format in _VAGUE_FORMATS:
            return frozenset()
        case Scalar(kind):
            return frozenset({"number" if kind == "integer" else kind})
        case Values(values):
            return frozenset(_kind_of(value.value) for value in values)
        case Ref(key) if key in graph.enums:
            found = graph.enums[key]
            return frozenset() if found.open else frozenset(_kind_of(value.value) for value in found.values)
        case Ref(key):
            return frozenset({"object"} if key in graph.models else ())
        case ListOf():
            return frozenset({"array"})
        case MapOf() | Inline():
            return frozenset({"object"})
        case OneOf(options):
            parts = [json_kinds(graph, option) for option in options if option != Scalar("null")]
            return frozenset().union(*parts) if all(parts) else frozenset()
        case _:
            return frozenset()


def may_be_null(back: FieldType, front: FieldType) -> bool:
    """Whether null may arrive where the frontend promises itself a value."""
    return back.nullable and front.required and not front.nullable and not isinstance(front.shape, AnyShape)


def may_be_absent(model: Model, back: FieldType, front: FieldType) -> bool:
    """Whether a key may be missing where the frontend promises itself a value: only some of the objects that the
    backend writes have it."""
    absent = back.absent or (model.framework in _WRITTEN and not back.required)
    return absent and front.required and not isinstance(front.shape, AnyShape)


def _cause(graph: ProjectGraph, entry: Differences) -> tuple[object, ...]:
    """What two entries have in common that say the same of the same declarations."""
    clashes = [kind_clash(graph, one.backend.shape, one.frontend.shape) for one in (*entry.shared, *entry.spelled)]
    missing = [field.location for field in (*entry.unserved, *entry.unexpected)]
    return entry.backend.location, entry.frontend.location, entry.pair.direction, *missing, *clashes


def _merged(pairs: list[TypePair]) -> TypePair:
    """The surest pair, in the directions of all."""
    directions = {pair.direction for pair in pairs}
    surest = min(pairs, key=lambda pair: pair.confidence.rank)
    return replace(surest, direction=directions.pop() if len(directions) == 1 else "both")


def travelling(backend: Model, frontend: Model, direction: str) -> dict[str, FieldType]:
    """The fields of a model of the backend by the names under which they meet those of the frontend: in a request
    those that the server takes, in both directions any of them that the frontend has."""
    expected = {field.wire for field in frontend.fields}
    return {one.wire: one for one in (_named(field, expected, direction) for field in backend.fields)}


def _named(field: FieldType, expected: set[str], direction: str) -> FieldType:
    if not field.taken or direction == "response":
        return field
    names = field.taken if direction == "request" else (field.wire, *field.taken)
    return replace(field, wire=next((name for name in names if name in expected), names[0]))


def _differences(pair: TypePair, backend: Model, frontend: Model) -> Differences:
    served = travelling(backend, frontend, pair.direction)
    expected = {field.wire: field for field in frontend.fields}
    loose = {plain_name(name): field for name, field in served.items() if name not in expected}
    spelled = {
        name: Meeting(loose[plain_name(name)], field)
        for name, field in expected.items()
        if name not in served and plain_name(name) in loose
    }
    respelled = {meeting.backend.wire for meeting in spelled.values()}
    return Differences(
        pair=pair,
        backend=backend,
        frontend=frontend,
        shared=tuple(Meeting(served[name], field) for name, field in expected.items() if name in served),
        spelled=tuple(spelled.values()),
        unserved=tuple(field for name, field in expected.items() if name not in served and name not in spelled),
        unexpected=tuple(field for name, field in served.items() if name not in expected and name not in respelled),
    )


def _kind_of(value: str | float | bool) -> str:
    match value:
        case bool():
            return "boolean"
        case str():
            return "string"
        case _:
            return "number"
