"""What holds in each branch of a test nobody can decide, so that branches of the same test are not mixed.

`a ? "x" : "y"` gives two texts; each keeps under which outcome of the test it was made (`Text.when`). Texts made
under outcomes that exclude each other are never joined, and never go into one request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from auditor.adapter import Requested
from auditor.model import form
from auditor.model.text import agree, choice
from auditor.model.value import NOTHING_ASSUMED, Assumed, Choice, Lazy, Scope, Text, Unknown, Value

_Key: TypeAlias = tuple[object, ...]

_EQUAL = {"==": True, "is": True, "!=": False, "is not": False}


def assumed(test: form.Expression | None, outcome: bool, scope: Scope) -> Assumed:
    """What holds where a test has an outcome: pairs of a thing and what it is, both as numbers."""
    if test is None:
        return NOTHING_ASSUMED
    return frozenset((hash(thing), hash(what)) for thing, what in _facts(test, outcome, scope))


def under(value: Value, held: Assumed) -> Value:
    """A value that was made while something held."""
    match value:
        case Text() if held:
            return replace(value, when=value.when | held)
        case Choice(options) if held and any(type(option) is Text for option in options):
            return choice([under(option, held) for option in options])
        case _:
            return value


def each(chosen: Choice, part: Callable[[Value], Value]) -> list[Value]:
    """A part of every alternative; parts of one and the same alternative go together."""
    thing = hash(chosen)
    return [under(part(option), frozenset({(thing, number)})) for number, option in enumerate(chosen.options)]


def possible(effect: Requested, held: Assumed) -> Requested:
    """A request without the URLs that contradict what holds where it is sent."""
    url = tuple(one for one in effect.url if agree(one.when, held))
    return replace(effect, url=url) if url and len(url) < len(effect.url) else effect


def _facts(test: form.Expression, outcome: bool, scope: Scope) -> list[tuple[object, object]]:
    match test:
        case form.Unary("not", operand):
            return _facts(operand, not outcome, scope)
        case form.Binary("and" | "or" as operator, left, right):
            own = [(_key(test, scope), outcome)]
            if outcome is (operator == "and"):  # both sides are known
                return [*own, *_facts(left, outcome, scope), *_facts(right, outcome, scope)]
            return [*own]
        case form.Binary(operator, left, right) if operator in _EQUAL:
            equal = outcome is _EQUAL[operator]
            subject, other = _key(left, scope), _key(right, scope)
            found: list[tuple[object, object]] = [(("equal", subject, other), equal)]
            if equal and isinstance(right, form.Literal):
                found.append((("value", subject), other))
            return found
        case _:
            return [(_key(test, scope), outcome)]


def _key(node: form.Expression, scope: Scope) -> _Key:
    """What tells an expression at this moment apart from others: its writing and the values of its names."""
    match node:
        case form.Name(id):
            return _name(id, scope)
        case form.Literal(value):
            return ("literal", type(value), value)
        case form.Member(object, name):
            return ("member", _key(object, scope), name)
        case form.Index(object, index):
            return ("index", _key(object, scope), _key(index, scope))
        case form.Unary(operator, operand):
            return (operator, _key(operand, scope))
        case form.Binary(operator, left, right):
            return (operator, _key(left, scope), _key(right, scope))
        case form.Cast(value):
            return _key(value, scope)
        case form.Call(callee, arguments, new=False):
            return ("call", _key(callee, scope), *(_key(one.value, scope) for one in arguments))
        case _:
            return ("node", node, scope.serial)


def _name(name: str, scope: Scope) -> _Key:
    home: Scope | None = scope
    while home is not None and name not in home.names:
        home = home.parent
    if home is None:
        return ("name", name)
    value = home.names[name]
    if isinstance(value, Lazy) and value.value is not None:
        value = value.value
    if isinstance(value, Unknown) and value.reason == f"the parameter {name}" and value.dependencies:
        return ("parameter", value)  # the same one wherever it was passed on
    return ("name", name, home.serial, value)
