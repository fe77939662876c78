"""Which fields does a TypeScript object type have?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.link.types.constants import constant
from auditor.link.types.scope import Scope
from auditor.link.types.unions import (
    NULL,
    STRING,
    Fields,
    constants_of,
    describe,
    fields_of,
    merged,
    name_constants,
    name_objects,
    one_of,
    without_null,
)
from auditor.model import form
from auditor.model.shape import (
    AnyShape,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Shape,
    UnknownShape,
    Value,
    Values,
)
from auditor.model.span import NOWHERE, Location, Span


def travels(member: form.ShapeMember) -> bool:
    """Whether a member can be data: no method, no index or call signature, no symbol, no `never`."""
    match member.type:
        case form.Opaque("function-type" | "constructor-type") | form.Name("never"):
            return False
        case _:
            return not member.name.endswith((")", "]"))


def field_of(scope: Scope, member: form.ShapeMember) -> FieldType:
    """A member of an object type as a field. Optional or `| undefined`: the key may be missing."""
    absent = member.optional or any(_is_undefined(option) for option in options_of(member.type))
    shape, nullable = without_null(scope.shape(member.type))
    # A union drops `undefined`; alone it is read as null, which then is no value at all.
    return FieldType(member.name, member.name, shape, not absent, nullable, scope.place(member.span))


def object_shape(scope: Scope, members: tuple[form.ShapeMember, ...]) -> Shape:
    """An object type written in place; one with nothing but an index signature is a map."""
    indexed = [member for member in members if member.name == "[]"]
    named = [member for member in members if travels(member)]
    if indexed and not named:
        return MapOf(scope.shape(indexed[0].type))
    return Inline(tuple(field_of(scope, member) for member in named), bool(indexed))


def mapped_shape(scope: Scope, keys: form.Expression, value: form.Expression) -> Shape:
    """`{[K in keys]: value}`. The form does not keep the `?`, so no key is demanded."""
    given = scope.shape(keys)
    if given == STRING:
        return MapOf(scope.shape(value))
    names = literal_keys(scope, given)
    if names is None:
        return UnknownShape("a mapped type")
    shape, nullable = without_null(scope.shape(value))
    place = scope.place(span_of(keys))
    return Inline(tuple(FieldType(name, name, shape, False, nullable, place) for name in names))


def interface_fields(scope: Scope, extends: Iterable[form.Expression], body: form.Expression) -> Fields:
    """The fields of an interface, inherited ones first."""
    own = scope.shape(body)
    return merged([*(fields_of(scope.project, scope.shape(base)) for base in extends), fields_of(scope.project, own)])


def class_fields(scope: Scope, statement: form.Class) -> Fields:
    """The instance fields of a class, with parameter properties, inherited ones first."""
    inherited = [fields_of(scope.project, scope.shape(base)) for base in statement.bases]
    return merged([*inherited, Fields(tuple(_class_fields(scope, statement)), False)])


def named_fields(scope: Scope, key: str, name: str, fields: Iterable[FieldType]) -> tuple[FieldType, ...]:
    """The fields with their own literal unions declared as enums (`Provider.type`), and their own object types as
    models."""
    made: list[FieldType] = []
    for field in fields:
        shape, title, below = field.shape, f"{name}.{field.name}", f"{key}.{field.name}"
        if field.location.file == scope.file:
            shape = name_constants(scope.project, shape, below, title, field.location, "union")
            shape = name_objects(scope.project, _named_within(scope, shape, below, title), below, title, field.location)
        made.append(replace(field, shape=shape))
    return tuple(made)


def _named_within(scope: Scope, shape: Shape, key: str, name: str) -> Shape:
    match shape:
        case Inline(fields, open):
            return Inline(named_fields(scope, key, name, fields), open)
        case ListOf(item):
            return ListOf(_named_within(scope, item, key, name))
        case OneOf(options) if sum(isinstance(option, Inline) for option in options) == 1:
            return OneOf(tuple(_named_within(scope, option, key, name) for option in options))
        case _:
            return shape


def model_of(
    scope: Scope,
    key: str,
    name: str,
    place: Location,
    fields: Fields,
    framework: str,
    bases: Iterable[form.Expression] = (),
) -> Model:
    """A frontend model."""
    return Model(
        key=key,
        name=name,
        side=scope.project.side(place.file),
        location=place,
        fields=named_fields(scope, key, name, fields.fields),
        open=fields.open,
        framework=framework,
        bases=tuple(title for base in bases if (title := scope.project.library(scope.file, _target(base)))),
    )


def keys_of(scope: Scope, operand: form.Expression) -> Shape:
    """`keyof operand`."""
    if isinstance(operand, form.Unary) and operand.operator == "typeof":
        return STRING
    shape = scope.shape(operand)
    fields = fields_of(scope.project, shape)
    if fields is None or fields.open or not fields.fields:
        return STRING if isinstance(shape, MapOf) else UnknownShape("the keys of a type that is not known completely")
    return one_of(constant_shape(field.name, field.location) for field in fields.fields)


def literal_keys(scope: Scope, shape: Shape) -> tuple[str, ...] | None:
    """The texts a shape allows, if it allows nothing else."""
    known = constants_of(scope.project, shape)
    if known is None or known[1]:
        return None
    return tuple(str(value.value) for value in known[0])


def property_of(scope: Scope, owner: Shape, name: str) -> Shape:
    """The shape of one property of a shape; an optional one with null."""
    owner, _ = without_null(owner)
    if isinstance(owner, MapOf):
        return owner.value
    if isinstance(owner, OneOf):
        return one_of(property_of(scope, option, name) for option in owner.options)
    if isinstance(owner, AnyShape):
        return owner
    fields = fields_of(scope.project, owner)
    for field in fields.fields if fields else ():
        if field.name == name:
            return one_of((field.shape, NULL)) if field.nullable else field.shape
    return UnknownShape(f"the property {name!r} of {describe(owner, short=True)}")


def options_of(expression: form.Expression) -> Iterator[form.Expression]:
    """The alternatives of a union as written."""
    match expression:
        case form.Binary("|", left, right):
            yield from options_of(left)
            yield from options_of(right)
        case _:
            yield expression


def defined(expression: form.Expression) -> list[form.Expression]:
    """The alternatives of a union but `undefined`."""
    options = list(options_of(expression))
    return [option for option in options if not _is_undefined(option)] or options


def span_of(expression: form.Expression) -> Span:
    """Where an expression stands, as far as the form keeps it."""
    match expression:
        case form.Name(_, span) | form.Literal(_, span) | form.Template(_, span) | form.Member(_, _, span):
            return span
        case form.Unary(_, inner) | form.Index(inner, _) | form.Binary(_, inner, _) | form.Apply(inner, _):
            return span_of(inner)
        case form.Shape(_, span) | form.Opaque(_, _, span) | form.Array(_, _, span) | form.Call(_, _, span):
            return span
        case _:
            return NOWHERE


def constant_shape(value: str, place: Location) -> Shape:
    """One text constant."""
    return Values((Value(value, "", place),))


def _class_fields(scope: Scope, statement: form.Class) -> Iterator[FieldType]:
    for part in statement.body:
        match part:
            case form.Field(name, annotation, value, False, span, optional) if not name.startswith("#"):
                if annotation is not None:
                    yield field_of(scope, form.ShapeMember(name, annotation, optional, span))
                elif value is not None and not isinstance(value, form.Function):
                    known = constant(scope, value)
                    yield FieldType(
                        name,
                        name,
                        UnknownShape("no type is written"),
                        True,
                        False,
                        scope.place(span),
                        known.value if known else None,
                    )
            case form.Def(function, kind="constructor"):
                for parameter in function.parameters:
                    if parameter.field and parameter.annotation and isinstance(parameter.target, form.Name):
                        target = parameter.target
                        member = form.ShapeMember(target.id, parameter.annotation, parameter.optional, target.span)
                        yield field_of(scope, member)
            case _:
                pass


def _target(base: form.Expression) -> form.Expression:
    return base.target if isinstance(base, form.Apply) else base


def _is_undefined(expression: form.Expression) -> bool:
    return isinstance(expression, form.Name) and expression.id == "undefined"
