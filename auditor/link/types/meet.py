"""Which types meet when the shapes on both ends of a request are laid side by side?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.link.types.catalogue import Catalogue
from auditor.link.types.members import marked, marks
from auditor.link.types.names import normalised
from auditor.link.types.unions import without_null
from auditor.model.differences import plain_name
from auditor.model.finding import Confidence, Evidence, Side
from auditor.model.graph import TypePair, ValuePair
from auditor.model.shape import (
    EnumType,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    Shape,
    Value,
    Values,
)

_ROUNDS = 2
"""How often a field may lead to itself with other type arguments."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How two shapes came to meet."""

    reason: str
    direction: str
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    by_name: bool = False
    used: bool = True


Pair = TypePair | ValuePair


def meet(catalogue: Catalogue, backend: Shape, frontend: Shape, contact: Contact) -> Iterator[Pair]:
    """The pairs that two whole bodies form, through equally named fields at any depth.

    Nothing if one side wraps the other in an envelope: where it is taken off cannot be seen here.
    """
    yield from _Meeting(catalogue, set()).shapes(backend, frontend, contact, root=True)


def overlap(first: tuple[FieldType, ...], second: tuple[FieldType, ...]) -> int:
    """How many wire names two sets of fields share, in whatever case: a converter may stand between them."""
    return len({plain_name(field.wire) for field in first} & {plain_name(field.wire) for field in second})


@dataclass(frozen=True, slots=True)
class _Meeting:
    catalogue: Catalogue
    seen: set[tuple[Shape, Shape]]

    def shapes(self, backend: Shape, frontend: Shape, contact: Contact, root: bool = False) -> Iterator[Pair]:
        backend, frontend = _single(backend), _single(frontend)
        match backend, frontend:
            case (ListOf(one), ListOf(other)) | (MapOf(one), MapOf(other)):
                yield from self.shapes(one, other, contact, root)
                return
            case OneOf(), OneOf():
                yield from self._unions(backend, frontend, contact)
                return
            case _:
                pass
        mine, theirs = self.catalogue.fields(backend), self.catalogue.fields(frontend)
        if root and isinstance(backend, ListOf) and theirs is not None:
            yield from self._page(backend, theirs, contact)
            return
        if mine is None or theirs is None or (backend, frontend) in self.seen:
            return
        self.seen.add((backend, frontend))
        confidence = self._confidence(backend, frontend, mine, theirs, contact, root)
        if confidence is None:
            return
        contact = replace(contact, confidence=confidence)
        if isinstance(backend, Ref) and isinstance(frontend, Ref):
            yield TypePair(
                backend.key,
                frontend.key,
                contact.reason,
                contact.direction,
                confidence,
                contact.evidence,
                contact.used,
            )
        by_wire = {plain_name(field.wire): field for field in mine} | {field.wire: field for field in mine}
        by_wire = {name: field for field in mine for name in field.taken} | by_wire
        for field in theirs:
            counterpart = by_wire.get(field.wire) or by_wire.get(plain_name(field.wire))
            if counterpart is not None:
                yield from self._fields(backend, counterpart, frontend, field, contact)

    def _unions(self, backend: OneOf, frontend: OneOf, contact: Contact) -> Iterator[Pair]:
        found = marked(self.catalogue, backend, frontend)
        if found is None or (backend, frontend) in self.seen:
            return
        self.seen.add((backend, frontend))
        mine, theirs = found
        contact = replace(contact, confidence=_lowered(contact.confidence))
        sets = (marks(self.catalogue, mine, Side.BACKEND), marks(self.catalogue, theirs, Side.FRONTEND))
        yield ValuePair(
            *sets, "members of a union", contact.direction, contact.confidence, contact.evidence, contact.used
        )
        for text in (one for one in mine.members if one in theirs.members):
            yield from self.shapes(mine.members[text][0], theirs.members[text][0], contact)

    def _page(self, backend: ListOf, theirs: tuple[FieldType, ...], contact: Contact) -> Iterator[Pair]:
        """A list that comes page by page: the one field of the frontend that holds such items."""
        items = self.catalogue.fields(_single(backend.item))
        lists = [shape.item for field in theirs if isinstance(shape := _single(field.shape), ListOf)]
        fitting = [one for one in lists if items and overlap(items, self.catalogue.fields(_single(one)) or ())]
        if len(fitting) == 1:
            yield from self.shapes(backend.item, fitting[0], contact, root=True)

    def _confidence(
        self,
        backend: Shape,
        frontend: Shape,
        mine: tuple[FieldType, ...],
        theirs: tuple[FieldType, ...],
        contact: Contact,
        root: bool,
    ) -> Confidence | None:
        common = overlap(mine, theirs)
        if root and (self._is_envelope(theirs, mine, common) or self._is_envelope(mine, theirs, common)):
            return None
        if common * 2 >= min(len(mine), len(theirs)) and common:
            return contact.confidence
        lowered = _lowered(contact.confidence)
        if common:
            return lowered
        if contact.by_name:
            return None
        same = normalised(self.catalogue.name(backend)) == normalised(self.catalogue.name(frontend)) != ""
        return lowered if same or not root else None

    def _is_envelope(self, outer: tuple[FieldType, ...], inner: tuple[FieldType, ...], common: int) -> bool:
        """Whether one field of `outer` fits the other side better than `outer` itself does."""
        for field in outer:
            shape = _single(field.shape)
            shape = _single(shape.item) if isinstance(shape, ListOf) else shape
            within = self.catalogue.fields(shape)
            if within is not None and overlap(within, inner) > common:
                return True
        return False

    def _fields(
        self, backend: Shape, mine: FieldType, frontend: Shape, theirs: FieldType, contact: Contact
    ) -> Iterator[Pair]:
        places = (
            Evidence(Side.BACKEND, mine.location, f"field {mine.wire}"),
            Evidence(Side.FRONTEND, theirs.location, f"field {theirs.wire}"),
        )
        if contact.evidence.count(places[0]) >= _ROUNDS:  # a generic of a generic of … never ends
            return
        below = replace(contact, evidence=(*places, *contact.evidence))
        one, other = _item(mine.shape), _item(theirs.shape)
        known = self._enum(one, backend, mine, Side.BACKEND)
        expected = self._enum(other, frontend, theirs, Side.FRONTEND)
        if expected is None:
            yield from self.shapes(mine.shape, theirs.shape, below)
        elif known is not None:
            yield ValuePair(
                known, expected, below.reason, below.direction, below.confidence, below.evidence, below.used
            )
        elif isinstance(one, Scalar) and one.kind == "string" and isinstance(mine.default, str):
            confidence = _lowered(below.confidence)
            default = self._default(backend, mine, mine.default)
            yield ValuePair(default, expected, "default value", below.direction, confidence, below.evidence, below.used)

    def _enum(self, shape: Shape, owner: Shape, field: FieldType, side: Side) -> EnumType | None:
        match shape:
            case Ref(key):
                return self.catalogue.enums.get(key)
            case Values(values) if all(isinstance(value.value, str) for value in values):
                key, name = self._title(owner, field)
                return EnumType(key, name, side, field.location, values, False, "literal")
            case _:
                return None

    def _default(self, owner: Shape, field: FieldType, default: str) -> EnumType:
        key, name = self._title(owner, field)
        value = Value(default, "", field.location)
        return EnumType(key, name, Side.BACKEND, field.location, (value,), True, "default")

    def _title(self, owner: Shape, field: FieldType) -> tuple[str, str]:
        key = owner.key if isinstance(owner, Ref) else f"{field.location.file}:{field.location.line}"
        name = self.catalogue.name(owner)
        return f"{key}.{field.name}", f"{name}.{field.name}" if name else field.name


def _lowered(confidence: Confidence) -> Confidence:
    return max(confidence, Confidence.MEDIUM, key=lambda one: one.rank)


def _single(shape: Shape) -> Shape:
    """The shape without null; of a union with one object or list, that one."""
    shape, _ = without_null(shape)
    if not isinstance(shape, OneOf):
        return shape
    objects = [option for option in shape.options if isinstance(option, (Ref, Inline, ListOf, MapOf))]
    return objects[0] if len(objects) == 1 else shape


def _item(shape: Shape) -> Shape:
    shape, _ = without_null(shape)
    return _item(shape.item) if isinstance(shape, ListOf) else shape
