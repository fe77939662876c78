"""Under which field names do sets of constants travel?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.link.types.unions import without_null
from auditor.model.differences import plain_name
from auditor.model.shape import EnumType, FieldType, Inline, ListOf, Model, OneOf, Ref, Shape, Values

_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Carried:
    """A set of constants, and the names of the fields that hold it, without case and separators."""

    enum: EnumType
    fields: frozenset[str]


def carried(models: Iterable[Model], enums: Mapping[str, EnumType]) -> dict[str, Carried]:
    """Enums by key, with the fields that hold them; also the literal unions that stand inside object types."""
    names: dict[str, set[str]] = {}
    written: dict[str, EnumType] = {}
    for model in models:
        for title, field, shape in _fields(model.fields, model.name, _DEPTH):
            match shape:
                case Ref(key) if key in enums:
                    names.setdefault(key, set()).add(plain_name(field.wire))
                case Values(values) if len(values) > 1:
                    key = f"{model.location.file}:{title}"
                    written[key] = EnumType(key, title, model.side, field.location, values, False, "literal")
                    names.setdefault(key, set()).add(plain_name(field.wire))
                case _:
                    pass
    everything = {**enums, **written}
    return {key: Carried(enum, frozenset(names.get(key, ()))) for key, enum in everything.items()}


def _fields(fields: Iterable[FieldType], owner: str, depth: int) -> Iterator[tuple[str, FieldType, Shape]]:
    for field in fields:
        title = f"{owner}.{field.name}"
        for shape in _options(field.shape):
            yield title, field, shape
            if isinstance(shape, Inline) and depth:
                yield from _fields(shape.fields, title, depth - 1)


def _options(shape: Shape) -> Iterator[Shape]:
    shape, _ = without_null(shape)
    match shape:
        case ListOf(item):
            yield from _options(item)
        case OneOf(options):
            yield from options
        case _:
            yield shape
