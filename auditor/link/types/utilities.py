"""What do TypeScript's utility types make of a type?

Source: https://www.typescriptlang.org/docs/handbook/utility-types.html
"""

from __future__ import annotations

from dataclasses import replace

from auditor.link.types.objects import literal_keys, span_of
from auditor.link.types.scope import Scope, words
from auditor.link.types.unions import constants_of, fields_of, one_of, without_null
from auditor.model import form
from auditor.model.shape import AnyShape, FieldType, Inline, MapOf, OneOf, Ref, Shape, UnknownShape, Values

DERIVED = "derived"
"""The framework of a model that such a type makes of another one."""
UTILITIES = words("Partial Required Pick Omit Record NonNullable Exclude Extract")


def utility(scope: Scope, name: str, arguments: tuple[form.Expression, ...]) -> Shape:
    """The shape of `name<arguments>`."""
    first = scope.shape(arguments[0])
    if name == "NonNullable":
        return without_null(first)[0]
    return _derived(scope, name, first, _made(scope, name, first, arguments))


def _made(scope: Scope, name: str, first: Shape, arguments: tuple[form.Expression, ...]) -> Shape:
    if name in ("Partial", "Required"):
        return _demanded(scope, first, name == "Required")
    if len(arguments) < 2:
        return UnknownShape(f"{name} with one argument")
    if name == "Record":
        return _record(scope, first, arguments)
    second = scope.shape(arguments[1])
    if name in ("Exclude", "Extract"):
        return _filtered(scope, first, second, name == "Extract")
    return _selected(scope, first, literal_keys(scope, second), name == "Pick")


def _derived(scope: Scope, name: str, base: Shape, made: Shape) -> Shape:
    """`Omit<User, "id">` is still a user: a model of its own that stands where `User` is declared."""
    if not isinstance(base, Ref) or not isinstance(made, Inline) or not made.fields:
        return made
    declared = scope.project.model(base.key)
    if declared is None:
        return made
    chosen = ",".join(f"{field.name}{'' if field.required else '?'}" for field in made.fields)
    key = f"{base.key}<{name} {chosen}>"
    model = replace(declared, key=key, name=f"{name}<{declared.name}>", fields=made.fields, open=made.open)
    scope.project.models[key] = replace(model, framework=DERIVED, bases=(base.key,))
    return Ref(key)


def _demanded(scope: Scope, shape: Shape, required: bool) -> Shape:
    if isinstance(shape, OneOf):
        return one_of(_demanded(scope, option, required) for option in shape.options)
    known = fields_of(scope.project, shape)
    if known is None or isinstance(shape, MapOf):
        return shape
    return Inline(tuple(replace(field, required=required) for field in known.fields), known.open)


def _selected(scope: Scope, shape: Shape, names: tuple[str, ...] | None, keep: bool) -> Shape:
    if isinstance(shape, (AnyShape, UnknownShape)):
        return shape
    if isinstance(shape, OneOf):
        return one_of(_selected(scope, option, names, keep) for option in shape.options)
    known = fields_of(scope.project, shape)
    if known is None or names is None:
        return UnknownShape("a selection of fields that cannot be told")
    chosen = tuple(field for field in known.fields if (field.name in names) is keep)
    lost = keep and set(names) > {field.name for field in known.fields}
    return Inline(chosen, lost or (known.open and not keep))


def _record(scope: Scope, keys: Shape, arguments: tuple[form.Expression, ...]) -> Shape:
    names = literal_keys(scope, keys)
    value = scope.shape(arguments[1])
    if names is None:
        return MapOf(value)
    shape, nullable = without_null(value)
    place = scope.place(span_of(arguments[0]))
    return Inline(tuple(FieldType(name, name, shape, True, nullable, place) for name in names))


def _filtered(scope: Scope, shape: Shape, other: Shape, keep: bool) -> Shape:
    mine, theirs = constants_of(scope.project, shape), constants_of(scope.project, other)
    if mine is None or theirs is None or mine[1] or theirs[1]:
        return UnknownShape("a filtered union that cannot be told")
    known = {value.value for value in theirs[0]}
    return Values(tuple(value for value in mine[0] if (value.value in known) is keep))
