"""Which members of two unions stand for each other?

Those with the same constant in the field that tells them apart: the discriminator
(https://docs.pydantic.dev/latest/concepts/unions/#discriminated-unions,
https://www.typescriptlang.org/docs/handbook/2/narrowing.html#discriminated-unions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.link.types.catalogue import Catalogue
from auditor.model.finding import Side
from auditor.model.shape import EnumType, FieldType, OneOf, Shape, Value

_NAMED = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A union by the constants of its discriminator: for each the member and its field; `open`: others may come."""

    key: str
    members: dict[str, tuple[Shape, FieldType]]
    open: bool


def marked(catalogue: Catalogue, backend: OneOf, frontend: OneOf) -> tuple[Marked, Marked] | None:
    """Both unions by the field that tells the members of either apart; None if there is no such field."""
    for key in _keys(catalogue, frontend):
        mine, theirs = _by_mark(catalogue, backend, key), _by_mark(catalogue, frontend, key)
        if mine is not None and theirs is not None and mine.members.keys() & theirs.members.keys():
            return mine, theirs
    return None


def marks(catalogue: Catalogue, union: Marked, side: Side) -> EnumType:
    """The constants of a union as a set: `Ship | Barge | ….kind`, at the first of them."""
    shapes = [shape for shape, _ in union.members.values()]
    names = [name for shape in shapes[:_NAMED] if (name := catalogue.name(shape))]
    title = " | ".join([*names, *(["…"] if len(shapes) > len(names) else [])])
    values = tuple(Value(text, "", field.location) for text, (_, field) in union.members.items())
    place = values[0].location
    key = f"{place.file}:{place.line}:{union.key} of {len(values)}"
    return EnumType(key, f"{title}.{union.key}", side, place, values, union.open, "union")


def _keys(catalogue: Catalogue, union: OneOf) -> Iterator[str]:
    for option in union.options:
        for field in catalogue.fields(option) or ():
            if catalogue.constant(field.shape) is not None:
                yield field.wire
        return


def _by_mark(catalogue: Catalogue, union: OneOf, key: str) -> Marked | None:
    members: dict[str, tuple[Shape, FieldType]] = {}
    open = False
    for option in union.options:
        fields = catalogue.fields(option)
        field = next((one for one in fields or () if one.wire == key), None)
        text = catalogue.constant(field.shape) if field is not None else None
        if field is None or text is None:
            open = True
        elif text in members:
            return None
        else:
            members[text] = (option, field)
    return Marked(key, members, open) if members else None
