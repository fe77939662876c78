"""What do several possible answers have in common?"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.link.types.unions import NULL, one_of
from auditor.model import form
from auditor.model.shape import FieldType, Inline, ListOf, MapOf, OneOf, Ref, Shape, UnknownShape

UNTOLD = UnknownShape("a value that no type describes")


def joined(shapes: Sequence[Shape]) -> Shape:
    """One shape for all: objects as one with the keys of each, null as an option; unknown if one of them is."""
    solid = [shape for shape in shapes if shape != NULL]
    if not solid:
        return NULL if shapes else UNTOLD
    merged = _joined(solid)
    return one_of((merged, NULL)) if len(solid) < len(shapes) and merged is not UNTOLD else merged


def without_nothing(shape: Shape) -> tuple[Shape, bool]:
    """The shape without null, and whether that was an option."""
    if isinstance(shape, OneOf) and NULL in shape.options:
        return one_of(option for option in shape.options if option != NULL), True
    return shape, shape == NULL


def item_of(shape: Shape, index: form.Expression) -> Shape:
    """What stands in a list, in a map, or under a key of an object."""
    plain, _ = without_nothing(shape)
    match plain:
        case ListOf(item) | MapOf(item):
            return item
        case Inline(fields, _) if isinstance(index, form.Literal):
            found = [one for one in fields if one.wire == index.value]
            return found[0].shape if found and not found[0].nullable else UNTOLD
        case _:
            return UNTOLD


def is_told(shape: Shape) -> bool:
    """Whether a shape says which keys travel."""
    match shape:
        case Inline(fields, _):
            return bool(fields)
        case Ref():
            return True
        case ListOf(item):
            return is_told(item)
        case MapOf(value):
            return is_told(value)
        case OneOf(options):
            return all(is_told(option) or option == NULL for option in options)
        case _:
            return False


def _joined(shapes: Sequence[Shape]) -> Shape:
    first, *others = shapes
    if all(other == first for other in others):
        return first
    if all(isinstance(shape, Inline) for shape in shapes):
        return _objects([shape for shape in shapes if isinstance(shape, Inline)])
    # `{}` beside a map is a map without entries.
    maps = [shape for shape in shapes if not (isinstance(shape, Inline) and not shape.fields and not shape.open)]
    if maps and all(isinstance(shape, MapOf) for shape in maps):
        return MapOf(joined([shape.value for shape in maps if isinstance(shape, MapOf)]))
    if all(isinstance(shape, ListOf) for shape in shapes):
        items = [shape.item for shape in shapes if isinstance(shape, ListOf) and shape.item is not UNTOLD]
        return ListOf(joined(items) if items else UNTOLD)
    return UNTOLD


def _objects(objects: Sequence[Inline]) -> Inline:
    names = list(dict.fromkeys(one.wire for each in objects for one in each.fields))
    fields: list[FieldType] = []
    for name in names:
        found = [one for each in objects for one in each.fields if one.wire == name]
        shape = joined([one.shape for one in found])
        nullable = any(one.nullable for one in found)
        required = len(found) == len(objects) and all(one.required for one in found)
        fields.append(FieldType(name, name, shape, required, nullable, found[0].location))
    return Inline(tuple(fields), any(each.open for each in objects))
