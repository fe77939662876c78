"""How does a model travel where its route has a say in it?

A route that says nothing sends the model as it is declared. Otherwise the model gets a second entry, which names the
first (`Model.declared`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.link.types.resolve import Types
from auditor.model.shape import FieldType, Inline, ListOf, MapOf, Model, OneOf, Ref, Shape
from auditor.model.writing import Writing


def as_written(types: Types, shape: Shape, writing: Writing) -> Shape:
    """The shape as the route writes it; the very shape where that makes no difference."""
    if not any(_changes(one, writing) for one in _models(types, shape, set())):
        return shape
    return _written(types, shape, writing)


def _written(types: Types, shape: Shape, writing: Writing) -> Shape:
    match shape:
        case Ref(key) if key in types.models:
            return _entered(types, types.models[key], writing)
        case ListOf(item):
            return ListOf(_written(types, item, writing))
        case MapOf(value):
            return MapOf(_written(types, value, writing))
        case OneOf(options):
            return OneOf(tuple(_written(types, option, writing) for option in options))
        case Inline(fields, open):
            return Inline(_fields(types, fields, writing), open)
        case _:
            return shape


def _entered(types: Types, model: Model, writing: Writing) -> Ref:
    key = f"{model.key} ({writing.title})"
    if key not in types.models:
        other = replace(model, key=key, declared=model.key)
        types.enter(other)  # it may refer to itself
        types.enter(replace(other, fields=_fields(types, model.fields, writing)))
    return Ref(key)


def _fields(types: Types, fields: tuple[FieldType, ...], writing: Writing) -> tuple[FieldType, ...]:
    inner = replace(writing, only=None, without=frozenset())
    return tuple(
        replace(
            one,
            wire=one.name if writing.by_name else one.wire,
            shape=_written(types, one.shape, inner),
            nullable=one.nullable and not writing.without_null,
            absent=one.absent or _may_stay_behind(one, writing),
        )
        for one in fields
        if writing.sends(one.name)
    )


def _may_stay_behind(one: FieldType, writing: Writing) -> bool:
    unset = writing.without_unset and not one.required and not one.computed
    return unset or (writing.without_null and one.nullable)


def _changes(model: Model, writing: Writing) -> bool:
    return any(
        (writing.by_name and one.wire != one.name) or _may_stay_behind(one, writing) or not writing.sends(one.name)
        for one in model.fields
    )


def _models(types: Types, shape: Shape, seen: set[str]) -> Iterator[Model]:
    """The models that a shape leads to, at any depth."""
    match shape:
        case Ref(key) if key in types.models and key not in seen:
            seen.add(key)
            yield types.models[key]
            for one in types.models[key].fields:
                yield from _models(types, one.shape, seen)
        case ListOf(inner) | MapOf(inner):
            yield from _models(types, inner, seen)
        case OneOf(options):
            for option in options:
                yield from _models(types, option, seen)
        case Inline(fields):
            for one in fields:
                yield from _models(types, one.shape, seen)
        case _:
            pass
