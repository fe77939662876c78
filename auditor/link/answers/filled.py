"""What does a handler put into the fields of its response model that say nothing about their keys?

`user: dict` in a model, and `return LoginResponse(user={"id": …, "role": …})` in a handler: the keys that travel are
those that are written there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from auditor.link.answers.frame import Frame, returned
from auditor.link.answers.merge import is_told, joined, without_nothing
from auditor.link.answers.naming import entered
from auditor.link.contents.names import Names
from auditor.link.types.resolve import Types
from auditor.model import form
from auditor.model.shape import AnyShape, FieldType, Inline, MapOf, Model, Ref, Shape, UnknownShape

Value = Callable[[form.Expression, Frame], Shape]
"""What an expression gives in a function."""


def filled(names: Names, types: Types, shape: Shape, frame: Frame, value: Value) -> Shape:
    """The shape with such fields as they are written; the very shape where a return is not a construction of the model,
    or nothing is told."""
    model = types.models.get(shape.key) if isinstance(shape, Ref) else None
    if model is None or not any(_is_vague(field.shape) for field in model.fields):
        return shape
    made = [one for one in returned(frame.function) if one is not None]
    calls = [one for one in made if isinstance(one, form.Call) and _makes(names, frame, one, model)]
    if not calls or len(calls) < len(made):
        return shape
    fields = tuple(_field(types, field, calls, frame, value) for field in model.fields)
    if fields == model.fields:
        return shape
    key = f"{model.key} ({frame.function.name} of {frame.file})"
    return types.enter(replace(model, key=key, fields=fields, declared=model.declared or model.key))


def _field(types: Types, field: FieldType, calls: list[form.Call], frame: Frame, value: Value) -> FieldType:
    if not _is_vague(field.shape):
        return field
    given = [one.value for call in calls for one in call.arguments if one.name == field.name]
    if len(given) < len(calls):
        return field
    told, _ = without_nothing(joined([value(one, frame) for one in given]))
    if not isinstance(told, Inline) or told.open or not told.fields or not is_told(told):
        return field
    return replace(field, shape=entered(types, told, frame, f".{field.name}"))


def _makes(names: Names, frame: Frame, call: form.Call, model: Model) -> bool:
    found = names.callee(frame.written(call.callee))
    return found is not None and isinstance(found.node, form.Class) and f"{found.file}:{found.name}" == model.key


def _is_vague(shape: Shape) -> bool:
    match shape:
        case AnyShape():
            return True
        case MapOf(value):
            return isinstance(value, AnyShape | UnknownShape)
        case _:
            return False
