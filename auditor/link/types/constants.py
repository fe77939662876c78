"""Which constant is an expression?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from auditor.link.types.scope import Found, Scope
from auditor.model import form
from auditor.model.shape import Ref

Plain: TypeAlias = str | int | float | bool | None
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Constant:
    """A known constant; `value=None` is null."""

    value: Plain


def constant(scope: Scope, expression: form.Expression) -> Constant | None:
    """The constant an expression stands for, through names, enum members and `+`; None if it cannot be told."""
    if scope.depth > _DEPTH:
        return None
    deeper = replace(scope, depth=scope.depth + 1)
    match expression:
        case form.Literal(value):
            return Constant(value)
        case form.Cast(value, _):
            return constant(deeper, value)
        case form.Unary("-", operand):
            inner = constant(deeper, operand)
            return Constant(-inner.value) if inner is not None and isinstance(inner.value, (int, float)) else None
        case form.Binary("+", left, right):
            return _sum(constant(deeper, left), constant(deeper, right))
        case form.Template(parts, _, None):
            return _joined(deeper, parts)
        case form.Name():
            return _bound(deeper, expression)
        case form.Member(object, name):
            return _member(deeper, expression, object, name)
        case form.Index(object, form.Literal(str(name))):
            return _entry(deeper, object, name)
        case form.Call(form.Name("str" | "int" | "String"), (form.Argument(value, None, ""),)):
            return constant(deeper, value)
        case _:
            return None


def object_behind(scope: Scope, expression: form.Expression) -> tuple[Scope, form.Object | form.Array] | None:
    """The object or array literal that a value expression leads to, and the scope it stands in."""
    if scope.depth > _DEPTH:
        return None
    match expression:
        case form.Object() | form.Array():
            return scope, expression
        case form.Cast(value, _):
            return object_behind(replace(scope, depth=scope.depth + 1), value)
        case form.Call(form.Member(form.Name("Object"), "freeze"), (form.Argument(value),)):
            return object_behind(replace(scope, depth=scope.depth + 1), value)
        case form.Name() | form.Member():
            found = scope.project.member(scope.file, expression, values=True)
            if found is None or not isinstance(found.statement, form.Bind) or not _bound_once(scope, found):
                return None
            bound = found.statement.value
            return None if bound is None else object_behind(scope.at(found.file, {}), bound)
        case _:
            return None


def entry_of(object: form.Object, name: str) -> form.Expression | None:
    """The value under a constant key; None if the object has spreads, which may set the key again."""
    if any(entry.key is None for entry in object.entries):
        return None
    found = [entry.value for entry in object.entries if key_of(entry) == name]
    return found[-1] if found else None


def key_of(entry: form.Entry) -> str | None:
    """The constant key of an entry."""
    match entry.key:
        case form.Literal(value) if value is not None:
            return str(value)
        case _:
            return None


def _bound(scope: Scope, name: form.Name) -> Constant | None:
    found = scope.project.lookup(scope.file, name.id, values=True)
    if found is None or not isinstance(found.statement, form.Bind) or found.statement.value is None:
        return None
    if not _bound_once(scope, found):
        return None
    return constant(scope.at(found.file, {}), found.statement.value)


def _bound_once(scope: Scope, found: Found) -> bool:
    binds = [d for d in scope.project.declarations(found.file) if d.name == found.name]
    return len([d for d in binds if isinstance(d.statement, form.Bind)]) == 1


def _member(scope: Scope, whole: form.Expression, object: form.Expression, name: str) -> Constant | None:
    if name == "value":
        inner = constant(scope, object)
        if inner is not None:
            return inner
    bound = scope.project.member(scope.file, whole, values=True)
    if bound is not None and isinstance(bound.statement, form.Bind) and bound.statement.value is not None:
        return constant(scope.at(bound.file, {}), bound.statement.value)
    owner = scope.project.member(scope.file, object, values=True)
    if owner is None:
        return None
    match owner.statement:
        case form.Class(body=body):
            declared = scope.shape(object)
            known = _of_enum(scope, declared.key, name) if isinstance(declared, Ref) else None
            return known or _attribute(scope.at(owner.file, {}), body, name)
        case form.Enum():
            declared = scope.shape(object)
            return _of_enum(scope, declared.key, name) if isinstance(declared, Ref) else None
        case _:
            return _entry(scope, object, name)


def _of_enum(scope: Scope, key: str, name: str) -> Constant | None:
    enum = scope.project.enums.get(key)
    if enum is None:
        return None
    return next((Constant(value.value) for value in enum.values if value.name == name), None)


def _attribute(scope: Scope, body: tuple[form.Statement, ...], name: str) -> Constant | None:
    found = [s.value for s in body if isinstance(s, form.Field) and s.name == name and s.static]
    return constant(scope, found[0]) if len(found) == 1 and found[0] is not None else None


def _entry(scope: Scope, object: form.Expression, name: str) -> Constant | None:
    behind = object_behind(scope, object)
    if behind is None or not isinstance(behind[1], form.Object):
        return None
    value = entry_of(behind[1], name)
    return None if value is None else constant(behind[0], value)


def _sum(left: Constant | None, right: Constant | None) -> Constant | None:
    if left is None or right is None:
        return None
    if isinstance(left.value, str) and isinstance(right.value, str):
        return Constant(left.value + right.value)
    if isinstance(left.value, (int, float)) and isinstance(right.value, (int, float)):
        return Constant(left.value + right.value)
    return None


def _joined(scope: Scope, parts: tuple[str | form.Expression, ...]) -> Constant | None:
    text = ""
    for part in parts:
        known = Constant(part) if isinstance(part, str) else constant(scope, part)
        if known is None or known.value is None or isinstance(known.value, (bool, float)):
            return None
        text += str(known.value)
    return Constant(text)
