"""Functions as values: how they come to be, and what decorators make of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.adapter import Effect, Requested, RouteAdded
from auditor.link.evaluate.walk import children
from auditor.model import form
from auditor.model.span import NOWHERE, Location, Span
from auditor.model.value import Arguments, Class, Closure, Instance, Scope, Site, Text, Unknown, Value
from auditor.model.wrapping import unwrapped

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def hoist(machine: Machine, body: tuple[form.Statement, ...], scope: Scope) -> None:
    """Declares the functions of a JavaScript block before it runs."""
    if not machine.language.blocks:
        return
    for statement in body:
        if type(statement) is form.Def and not statement.decorators:
            machine.write(scope.names, statement.function.name, make_closure(machine, statement.function, scope))


def make_closure(machine: Machine, node: form.Function, scope: Scope) -> Closure:
    """A function value, remembered so that it can be looked at when nothing calls it."""
    closure = Closure(node, scope, chain=tuple(machine.sites))
    if machine.created is not None:
        machine.created.append(closure)
    return closure


def decorate(machine: Machine, value: Value, decorators: tuple[form.Expression, ...], scope: Scope) -> Value:
    """Applies decorators from the inside out. One that gives nothing known keeps the value."""
    for expression in reversed(decorators):
        function = machine.evaluate(expression, scope)
        location = Location(scope.file, span_of(_callee(expression)))
        machine.decorating.append((value, location))
        try:
            result = machine.call_value(function, Arguments((value,), {}, None, location))
        finally:
            machine.decorating.pop()
        if isinstance(result, Closure | Class):
            value = value if isinstance(value, Class) and isinstance(result, Closure) else result
    return value


def placed(machine: Machine, effect: Effect) -> Effect:
    """A route that a decorator of the project registers stands where the handler is decorated, not in the decorator."""
    if not isinstance(effect, RouteAdded) or not machine.decorating:
        return effect
    value, location = machine.decorating[-1]
    if unwrapped(effect.handler) is not unwrapped(value) or not isinstance(value, Closure):
        return effect
    lines = range(location.line, value.node.span.start_line + 1)
    written_there = effect.location.file == location.file and effect.location.line in lines
    return effect if written_there else replace(effect, location=location)


def wrapped(machine: Machine, arguments: Arguments) -> Value | None:
    """The function behind the result of an unknown Python call: its only argument, if that is one."""
    if machine.language.blocks or len(arguments.positional) != 1 or arguments.named:
        return None
    given = machine.force(arguments.positional[0])
    if isinstance(given, Unknown):
        return given.wraps
    return given if isinstance(given, Closure) or (isinstance(given, Instance) and given.cls is None) else None


def of_another(machine: Machine, closure: Closure) -> bool:
    """Whether a running method is called for an object that was made elsewhere: a Python object tells its children to
    do what it does. Objects that one place makes may be without end."""
    this = closure.this
    if not machine.language.receiver or not isinstance(this, Instance) or this.location is None:
        return False
    running = [frame.scope.names.get("this") for frame in machine.frames if frame.node is closure.node and frame.scope]
    return all(isinstance(one, Instance) and one.location != this.location for one in running)


def rewrapped(machine: Machine, call: form.Expression, name: str, value: Value, scope: Scope) -> Value:
    """What `app = cors(app, …)` binds: of an object that a library hands back under its old name, the object."""
    if type(value) is not Unknown or type(call) is not form.Call or not call.arguments:
        return value
    first = call.arguments[0]
    if first.name is not None or type(first.value) is not form.Name or first.value.id != name:
        return value
    old = machine.evaluate(first.value, scope)
    return old if isinstance(old, Instance) and old.kind and old.cls is None else value


def amend(effects: list[Effect], site: Site, method: Text) -> None:
    """Gives another method to the last request that a call sent."""
    for number in range(len(effects) - 1, -1, -1):
        effect = effects[number]
        if isinstance(effect, Requested) and effect.chain and effect.chain[-1] == site:
            effects[number] = replace(effect, method=(method,))
            return


def _callee(expression: form.Expression) -> form.Expression:
    while type(expression) is form.Call and type(expression.callee) not in (form.Name, form.Member):
        expression = expression.callee
    return expression.callee if type(expression) is form.Call else expression


def span_of(node: form.Expression) -> Span:
    """The span of an expression, or of the first part of it that has one."""
    span = getattr(node, "span", None)
    if isinstance(span, Span):
        return span
    return next((span_of(part) for part in children(node) if isinstance(part, _SPANNED)), NOWHERE)


_SPANNED = (form.Name, form.Member, form.Call, form.Literal, form.Template, form.Index, form.Binary)
