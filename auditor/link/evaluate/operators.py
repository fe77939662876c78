"""Operators and truth, for both languages."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from auditor.model import form
from auditor.model.text import as_texts, choice, concatenate, dependencies_of
from auditor.model.value import (
    FALSE,
    NONE,
    Choice,
    Class,
    Closure,
    Constant,
    Hole,
    Instance,
    List,
    Module,
    Native,
    Record,
    Scope,
    Symbol,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "|": operator.or_,
    "&": operator.and_,
}

_TYPES = frozenset({"str", "dict", "list", "tuple", "set", "frozenset", "type"})  # of Python
_BITS = 64  # of a number that is followed
_ITEMS = 2_000  # of a list that is followed


def truth(value: Value) -> bool | None:
    """Whether a value is truthy; None when it cannot be told."""
    match value:
        case Text():
            if any(isinstance(part, str) for part in value.parts):
                return True
            queries = [part.query for part in value.parts if isinstance(part, Hole) and part.query is not None]
            if any(query.names for query in queries):
                return True  # a query string that may have names is looked at with them
            if value.parts and len(queries) == len(value.parts) and all(query.closed for query in queries):
                return False
            return None if value.parts else False
        case Constant(constant):
            return bool(constant)
        case Undefined():
            return False
        case List():
            return True if value.items and not value.unsure else None  # false in Python, true in JavaScript
        case Record(kind="dict", entries=entries) if not entries:
            return None  # something out of sight may have filled it
        case Record() | Closure() | Class() | Native() | Module() | Instance():
            return True
        case Choice(options):
            found = {truth(option) for option in options}
            return found.pop() if len(found) == 1 else None
        case _:
            return None


def is_soft(value: Value) -> bool:
    """Whether a value is a default that the environment may override."""
    match value:
        case Text() | Constant():
            return value.soft
        case Choice(options):
            return any(is_soft(option) for option in options)
        case _:
            return False


def binary(name: str, left: Value, right: Value) -> Value:
    """The result of an operator whose operands are both evaluated."""
    if name == "+":
        return _add(left, right)
    if name in ("==", "!=", "is", "is not"):
        equal = _equal(left, right, missing=name in ("is", "is not"))
        if equal is None:
            return _unknown(name, left, right)
        soft = is_soft(left) or is_soft(right)
        return Constant(equal is (name in ("==", "is")), soft)
    if name in ("in", "not in"):
        found = _contains(right, left)
        return _unknown(name, left, right) if found is None else Constant(found is (name == "in"))
    if name == "%" and isinstance(left, Text):
        return concatenate([left, Unknown("a % format", dependencies_of(right))])
    if isinstance(left, Constant) and isinstance(right, Constant) and name in _ARITHMETIC:
        try:
            result = _ARITHMETIC[name](left.value, right.value)
            if isinstance(result, int) and result.bit_length() > _BITS:
                return _unknown(name, left, right)
            return Constant(result, left.soft or right.soft)
        except (TypeError, ValueError, ArithmeticError):
            return Unknown(f"{left.value} {name} {right.value}")
    if name == "|" and isinstance(left, Record) and isinstance(right, Record):
        return Record({**left.entries, **right.entries}, left.open or right.open, kind=left.kind)
    if name == "/" and not (isinstance(left, Constant) or isinstance(right, Constant)):
        return _unknown(name, left, right)
    return _unknown(name, left, right)


def logical(name: str, left: Value, right: Callable[[], Value]) -> Value:
    """`and`, `or` and `??`, which evaluate their right side only when needed.

    An unknown left side leaves both open: `unknown and True` is unknown, not True.
    """
    if name == "??":
        if isinstance(left, Undefined) or left == Constant(None):
            return right()
        if isinstance(left, Unknown | Choice):
            return choice([left, right()])
        return left
    if isinstance(left, Choice) and truth(left) is None:
        return choice([logical(name, option, right) for option in left.options])
    known = truth(left)
    if known is not None:
        return right() if known is (name == "and") else left
    if name == "or":
        return choice([left, right()])
    result = right()
    if isinstance(result, Constant):
        return _unknown(name, left, result)
    return choice([FALSE, result]) if isinstance(result, Unknown) else choice([Undefined(), result])


def negated(value: Value) -> Value:
    """`not value`."""
    known = truth(value)
    if known is None:
        return Unknown("not an unknown value", dependencies_of(value))
    return Constant(not known, is_soft(value))


def _add(left: Value, right: Value) -> Value:
    if isinstance(left, Constant) and isinstance(right, Constant):
        try:
            return Constant(left.value + right.value, left.soft or right.soft)  # type: ignore[operator]  # guarded
        except TypeError:
            return Unknown("an addition")
    if isinstance(left, List) and isinstance(right, List):
        items = [*left.items, *right.items]
        return List(items[:_ITEMS], left.open or right.open or len(items) > _ITEMS, left.kind)
    if isinstance(left, List) or isinstance(right, List):
        known = left if isinstance(left, List) else right
        assert isinstance(known, List)
        return List(list(known.items), True, known.kind)
    if isinstance(left, Unknown) and isinstance(right, Unknown | Constant):
        return Unknown("an addition", left.dependencies | dependencies_of(right), left.environment)
    return concatenate([left, right])


def _equal(left: Value, right: Value, missing: bool = False) -> bool | None:
    """Whether two values are equal; with `missing`, what is not there equals null."""
    if isinstance(left, Choice) or isinstance(right, Choice):
        lefts = left.options if isinstance(left, Choice) else (left,)
        rights = right.options if isinstance(right, Choice) else (right,)
        answers = {_equal(a, b, missing) for a in lefts for b in rights}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(left, Text) and isinstance(right, Text):
        if left.literal is not None and right.literal is not None:
            return left.literal == right.literal
        return None
    if isinstance(left, Instance) and isinstance(right, Text):
        left = as_texts(left)[0]
        return _equal(left, right)
    if isinstance(left, Text) and isinstance(right, Instance):
        return _equal(right, left)
    if isinstance(left, Instance) and isinstance(right, Instance):
        if left is right:
            return True
        mine, other = left.fields.get("value"), right.fields.get("value")
        return _equal(mine, other) if isinstance(mine, Text) and isinstance(other, Text) else None
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Unknown) and one.given and _is_missing(other):
            return False
    simple = (Constant, Undefined, Text)
    if isinstance(left, simple) and isinstance(right, simple):
        return left == right or (missing and _is_missing(left) and _is_missing(right))
    absent = (Undefined, Constant)
    solid = (Record, List, Instance, Closure, Class, Module)
    if (isinstance(left, absent) and isinstance(right, solid)) or (
        isinstance(right, absent) and isinstance(left, solid)
    ):
        return False
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        return True if left == right else None
    if isinstance(left, Native) and isinstance(right, Native) and {left.name, right.name} <= _TYPES:
        return left.name == right.name
    return None


def _is_missing(value: Value) -> bool:
    return isinstance(value, Undefined) or value == NONE


def _contains(container: Value, item: Value) -> bool | None:
    wanted = item.literal if isinstance(item, Text) else None
    if wanted is None:
        return None
    match container:
        case Text():
            if container.literal is not None:
                return wanted in container.literal
            return True if any(isinstance(part, str) and wanted in part for part in container.parts) else None
        case List():
            answers = [_equal(element, item) for element in container.items]
            if True in answers:
                return True
            return None if container.open or None in answers else False
        case Record():
            return True if wanted in container.entries else (None if container.open else False)
        case _:
            return None


def _unknown(name: str, left: Value, right: Value) -> Unknown:
    return Unknown(f"the result of {name}", dependencies_of(left) | dependencies_of(right))


def augmented(machine: Machine, name: str, old: Value, right: form.Expression, scope: Scope) -> Value:
    """The result of `old operator= right`; a list is extended in place."""
    if name in ("and", "or", "??"):
        return logical(name, old, lambda: machine.evaluate(right, scope))
    value = machine.evaluate(right, scope)
    special = machine.language.operate(machine, name, old, value)
    if special is not None:
        return special
    if name == "+" and isinstance(old, List) and isinstance(value, List):
        for item in value.items:
            machine.append(old, item)
        old.open = old.open or value.open
        return old
    return binary(name, old, value)
