"""Flags that functions change: what a module or a class begins with says nothing about the moment of a call.

`let loaded = false` at the top of a module, or `session.loaded`, or a field: where some function assigns it, or hands
the object on, both branches of a test of it may run.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.evaluate.walk import children, walk
from auditor.model import form
from auditor.model.value import Constant, Scope, Unknown, Value

CHANGES = "a flag that functions change"
"""Why something is unknown that begins as true or false."""


def is_flag(value: Value) -> bool:
    """Whether a value is just true or false."""
    return type(value) is Constant and type(value.value) is bool


def changed(names: frozenset[str], node: form.Name | form.Member, scope: Scope, value: Value) -> Value:
    """A flag as it is at any time: not known, if it stands among the names that functions change. So is an entry that
    an object does not have yet."""
    match node:
        case form.Member(form.Name("this"), name):
            return Unknown(CHANGES) if is_flag(value) and f"this.{name}" in names else value
        case form.Name(name) | form.Member(form.Name(name)):
            return Unknown(CHANGES) if name in names and _is_of_module(name, scope) else value
    return value


def changes(body: tuple[form.Statement, ...]) -> frozenset[str]:
    """What the functions of a file assign or hand on: names, objects by their name, and fields as `this.field`."""
    return frozenset(name for statement in body for function in _functions(statement) for name in _written(function))


def _functions(node: form.Node) -> Iterator[form.Function]:
    if isinstance(node, form.Function):
        yield node
        return
    for below in children(node):
        yield from _functions(below)


def _written(function: form.Function) -> Iterator[str]:
    building = function.name == "constructor"
    for node in walk(function):
        match node:
            case form.Bind(form.Name(name), kind="assign") | form.Assign(form.Name(name)):
                yield name
            case form.Bind(form.Member(form.Name(name), field), kind="assign") | form.Assign(
                form.Member(form.Name(name), field)
            ):
                if name != "this":
                    yield name
                elif not building:
                    yield f"this.{field}"
            case form.Call(arguments=arguments):
                yield from (one.value.id for one in arguments if isinstance(one.value, form.Name))


def _is_of_module(name: str, scope: Scope) -> bool:
    """Whether a name is one of the module's own, seen from inside it."""
    at: Scope | None = scope
    while at is not None and name not in at.names:
        at = at.parent
    return at is not None and at.parent is None and at is not scope
