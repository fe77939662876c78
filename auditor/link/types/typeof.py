"""What is `typeof value` for a constant, a literal object, a schema?"""

from __future__ import annotations

from auditor.link.types.constants import constant, entry_of, key_of, object_behind
from auditor.link.types.enums import constant_members
from auditor.link.types.objects import constant_shape
from auditor.link.types.scope import Scope
from auditor.link.types.unions import one_of
from auditor.link.types.zod import named_schema
from auditor.model import form
from auditor.model.shape import ListOf, Shape, UnknownShape, Value, Values


def value_type(scope: Scope, value: form.Expression) -> Shape:
    """`typeof value`."""
    found = scope.project.member(scope.file, value, values=True)
    if found is None or not isinstance(found.statement, form.Bind):
        return _entry_type(scope, value)
    bind, inner = found.statement, scope.at(found.file, {})
    if bind.annotation is not None:
        return inner.shape(bind.annotation)
    schema = named_schema(inner, found)
    if schema is not None:
        return schema
    if isinstance(bind.value, form.Cast) and isinstance(bind.value.value, form.Array):
        return ListOf(constants_in(scope, value))
    known = constant(inner, bind.value) if bind.value is not None else None
    if known is not None and known.value is not None:
        return Values((Value(known.value, "", found.location),))
    return UnknownShape(f"the type of the value `{found.name}`")


def access_type(scope: Scope, value: form.Expression, index: form.Expression) -> Shape:
    """`(typeof value)[index]`."""
    match index:
        case form.Name("number") | form.Unary("keyof"):
            return constants_in(scope, value)
        case form.Literal(str(name), span):
            return value_type(scope, form.Member(value, name, span))
        case _:
            return UnknownShape("an indexed access into a value")


def constants_in(scope: Scope, value: form.Expression) -> Shape:
    """The constants in an array or in the values of an object."""
    known = constant_members(scope, value)
    if known is None:
        return UnknownShape("the members of a value that are no constants")
    constants = one_of(Values((member,)) for member in known[0])
    return one_of((constants, UnknownShape("a member that is no constant"))) if known[1] else constants


def keys_in(scope: Scope, value: form.Expression) -> Shape:
    """`keyof typeof value`."""
    behind = object_behind(scope, value)
    if behind is None or not isinstance(behind[1], form.Object):
        return UnknownShape("the keys of a value that is no literal object")
    place = behind[0].place(behind[1].span)
    keys = [key_of(entry) for entry in behind[1].entries]
    shapes: list[Shape] = [constant_shape(key, place) for key in keys if key is not None]
    return one_of([*shapes, UnknownShape("a computed key")] if None in keys else shapes)


def _entry_type(scope: Scope, value: form.Expression) -> Shape:
    if isinstance(value, form.Member):
        behind = object_behind(scope, value.object)
        entry = entry_of(behind[1], value.name) if behind and isinstance(behind[1], form.Object) else None
        known = constant(behind[0], entry) if behind and entry is not None else None
        if behind and known is not None and known.value is not None:
            return Values((Value(known.value, "", behind[0].place(value.span)),))
    return UnknownShape("the type of a value that is no constant")
