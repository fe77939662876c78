"""Statements: what running each does to names, flow and effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from auditor.link.evaluate import classes
from auditor.link.evaluate.expressions import span_of
from auditor.link.evaluate.narrow import narrow
from auditor.link.evaluate.operators import binary, is_soft, logical, truth
from auditor.link.evaluate.patterns import assign, bind, old_value
from auditor.model import form
from auditor.model.span import Location
from auditor.model.text import choice
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Class,
    Closure,
    Constant,
    Lazy,
    List,
    Record,
    Scope,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

NEXT, BREAK, ENDED = 0, 1, 2
"""How a statement leaves: on to the next, out of the loop body, out of the function."""

_ITERATIONS = 200


def run(machine: Machine, body: tuple[form.Statement, ...], scope: Scope) -> int:
    """Runs statements in order; stops behind one that ends the flow."""
    for statement in body:
        flow = STATEMENTS[type(statement)](machine, statement, scope)
        if flow:
            return flow
    return NEXT


def hoist(machine: Machine, body: tuple[form.Statement, ...], scope: Scope) -> None:
    """Declares the functions of a JavaScript block before it runs."""
    if not machine.language.blocks:
        return
    for statement in body:
        if type(statement) is form.Def and not statement.decorators:
            machine.write(scope.names, statement.function.name, make_closure(machine, statement.function, scope))
        elif type(statement) is form.Block and not statement.kind:
            hoist(machine, statement.body, scope)


def make_closure(machine: Machine, node: form.Function, scope: Scope) -> Closure:
    """A function value, remembered so that it can be looked at when nothing calls it."""
    closure = Closure(node, scope, chain=tuple(machine.sites))
    if machine.created is not None:
        machine.created.append(closure)
    return closure


def iterate(machine: Machine, iterable: Value, keys: bool = False) -> tuple[list[Value], bool]:
    """The items a loop meets, and whether it may meet others or none at all."""
    match iterable:
        case List():
            items = [machine.force(item) for item in iterable.items[:_ITERATIONS]]
            uncertain = iterable.open or machine.may_grow(iterable)
            if uncertain:
                items.append(Unknown("an item of an open list"))
            return items, uncertain
        case Record():
            names: list[Value] = [Text((key,)) for key in iterable.entries]
            return names[:_ITERATIONS], iterable.open
        case Choice(options):
            parts = [iterate(machine, option, keys) for option in options]
            return [item for items, _ in parts for item in items][:_ITERATIONS], True
        case Class(attributes=attributes):
            return [machine.member(iterable, name) for name in list(attributes)][:_ITERATIONS], False
        case Unknown(_, dependencies):
            return [Unknown("an item of something unknown", dependencies)], True
        case Undefined() | Constant():
            return [], False
        case _:
            return [Unknown("an item of something unknown")], True


def branch(
    machine: Machine,
    reason: str,
    first: Callable[[], int],
    second: Callable[[], int],
) -> int:
    """Runs both sides of a branch nobody can decide and joins what they wrote."""
    mark = machine.mark()
    try:
        flow_first, after_first = _under(machine, reason, first), machine.changes(mark)
        machine.undo(mark)
        flow_second, after_second = _under(machine, reason, second), machine.changes(mark)
        if flow_first and flow_second:
            return min(flow_first, flow_second)
        if flow_first:
            return NEXT
        if flow_second:
            machine.undo(mark)
            for mapping, key, _, value in after_first.values():
                machine.write(mapping, key, value)
            return NEXT
        for identity, (mapping, key, before, value) in after_first.items():
            other = after_second[identity][3] if identity in after_second else before
            machine.write(mapping, key, value if other is None else _either(value, other))
        for identity, (mapping, key, before, value) in after_second.items():
            if identity not in after_first and before is not None:
                machine.write(mapping, key, _either(before, value))
        return NEXT
    finally:
        machine.release()


def _either(one: Value, other: Value) -> Value:
    if isinstance(one, Lazy) or isinstance(other, Lazy):
        return one
    return choice([one, other])


def _under(machine: Machine, reason: str, action: Callable[[], int]) -> int:
    if reason:
        machine.condition_stack.append(reason)
    try:
        return action()
    finally:
        if reason:
            machine.condition_stack.pop()


def _bind(machine: Machine, node: form.Bind, scope: Scope) -> int:
    if node.value is None:
        if node.kind in ("let", "var") and type(node.target) is form.Name:
            shared = scope.parent is None
            machine.write(scope.names, node.target.id, classes.settled_later(UNDEFINED) if shared else UNDEFINED)
        return NEXT
    if node.operator:
        value = augmented(machine, node.operator, old_value(machine, node.target, scope), node.value, scope)
        assign(machine, node.target, value, scope)
        return NEXT
    value = machine.evaluate(node.value, scope)
    if node.kind in ("let", "var") and scope.parent is None:
        value = classes.settled_later(value)
    if node.kind == "assign":
        assign(machine, node.target, value, scope)
    else:
        bind(machine, node.target, value, _function_scope(scope) if node.kind == "var" else scope)
    return NEXT


def augmented(machine: Machine, operator: str, old: Value, right: form.Expression, scope: Scope) -> Value:
    """The result of `old operator= right`; a list is extended in place."""
    if operator in ("and", "or", "??"):
        return logical(operator, old, lambda: machine.evaluate(right, scope))
    value = machine.evaluate(right, scope)
    if operator == "+" and isinstance(old, List) and isinstance(value, List):
        for item in value.items:
            machine.append(old, item)
        old.open = old.open or value.open
        return old
    return binary(operator, old, value)


def _is_pattern(target: form.Pattern) -> bool:
    return type(target) in (form.ObjectPattern, form.ArrayPattern)


def _function_scope(scope: Scope) -> Scope:
    while not scope.function and scope.parent is not None:
        scope = scope.parent
    return scope


def _do(machine: Machine, node: form.Do, scope: Scope) -> int:
    if not _is_idle(machine, node.value, scope):
        machine.evaluate(node.value, scope)
    return NEXT


def _is_idle(machine: Machine, node: form.Expression, scope: Scope) -> bool:
    """Whether a statement calls something of a module (a logger, a metric) that can send nothing.

    What it would write belongs to the module, and is taken back at the end of the session anyway.
    """
    if type(node) is not form.Call or node.new or not machine.in_session:
        return False
    root: form.Expression = node.callee
    while type(root) is form.Member:
        root = root.object
    if type(root) is not form.Name:
        return False
    home: Scope | None = scope
    while home is not None and root.id not in home.names:
        home = home.parent
    return home is not None and home.parent is None and machine.quiet(node)


def _return(machine: Machine, node: form.Return, scope: Scope) -> int:
    machine.frame.returns.append(machine.evaluate(node.value, scope) if node.value is not None else UNDEFINED)
    return ENDED


def _for(machine: Machine, node: form.For, scope: Scope) -> int:
    iterable = machine.evaluate(node.iterable, scope)
    items, uncertain = iterate(machine, iterable, node.keys)
    frame = machine.frame
    frame.loops += 1
    if uncertain:
        machine.condition_stack.append("a loop over something unknown")
    try:
        for item in items:
            inner = Scope({}, scope, scope.file, False) if machine.language.blocks else scope
            if type(node.target) is form.Name or _is_pattern(node.target):
                bind(machine, node.target, item, inner)
            else:
                assign(machine, node.target, item, inner)
            flow = run(machine, node.body, inner)
            if flow == ENDED:
                return NEXT if uncertain or len(items) > 1 else ENDED
    finally:
        frame.loops -= 1
        if uncertain:
            machine.condition_stack.pop()
    return NEXT


def _if(machine: Machine, node: form.If, scope: Scope) -> int:
    test = machine.evaluate(node.test, scope) if node.test is not None else Unknown("a branch")
    known = truth(test)

    def then() -> int:
        narrow(machine, node.test, True, scope)
        return _inner(machine, node.then, scope)

    def otherwise() -> int:
        narrow(machine, node.test, False, scope)
        return _inner(machine, node.otherwise, scope)

    if known is None:
        flow = branch(machine, _reason(test, node.test), then, otherwise)
    elif is_soft(test):
        _off(machine, "another setting", otherwise if known else then)
        flow = then() if known else otherwise()
    else:
        flow = then() if known else otherwise()
    return NEXT if flow == BREAK and not machine.frame.loops else flow


def _off(machine: Machine, reason: str, action: Callable[[], int]) -> None:
    """Runs the side of a branch that the defaults do not take, for its effects only."""
    mark = machine.mark()
    returns = len(machine.frame.returns)
    try:
        _under(machine, reason, action)
    finally:
        machine.undo(mark)
        machine.release()
        del machine.frame.returns[returns:]


def _reason(test: Value, node: form.Expression | None) -> str:
    if node is None:
        return "a branch"
    if isinstance(test, Unknown):
        return test.reason
    return "a condition"


def _inner(machine: Machine, body: tuple[form.Statement, ...], scope: Scope) -> int:
    if not machine.language.blocks:
        return run(machine, body, scope)
    inner = Scope({}, scope, scope.file, False)
    hoist(machine, body, inner)
    return run(machine, body, inner)


def _block(machine: Machine, node: form.Block, scope: Scope) -> int:
    if node.kind != "try":
        return _inner(machine, node.body, scope) if node.kind else run(machine, node.body, scope)
    _inner(machine, node.body, scope)
    return NEXT  # whatever ends inside may also fail before: the flow goes on behind it


def _def(machine: Machine, node: form.Def, scope: Scope) -> int:
    name = node.function.name
    if machine.language.blocks and not node.decorators and isinstance(scope.names.get(name), Closure):
        return NEXT
    closure = make_closure(machine, node.function, scope)
    closure.decorated = node.decorators
    machine.write(scope.names, name, decorate(machine, closure, node.decorators, scope))
    return NEXT


def decorate(machine: Machine, value: Value, decorators: tuple[form.Expression, ...], scope: Scope) -> Value:
    """Applies decorators from the inside out. One that gives nothing known keeps the value."""
    for expression in reversed(decorators):
        function = machine.evaluate(expression, scope)
        location = Location(scope.file, span_of(_callee(expression)))
        result = machine.call_value(function, Arguments((value,), {}, None, location))
        if isinstance(result, Closure | Class):
            value = value if isinstance(value, Class) and isinstance(result, Closure) else result
    return value


def _callee(expression: form.Expression) -> form.Expression:
    while type(expression) is form.Call and type(expression.callee) not in (form.Name, form.Member):
        expression = expression.callee
    return expression.callee if type(expression) is form.Call else expression


def _class(machine: Machine, node: form.Class, scope: Scope) -> int:
    machine.write(scope.names, node.name, classes.make_class(machine, node, scope))
    return NEXT


def _import(machine: Machine, node: form.Import, scope: Scope) -> int:
    machine.language.bind_import(machine, node, scope)
    return NEXT


def _export(machine: Machine, node: form.Export, scope: Scope) -> int:
    machine.language.bind_export(machine, node, scope)
    return NEXT


def _enum(machine: Machine, node: form.Enum, scope: Scope) -> int:
    entries: dict[str, Value] = {}
    following: int | None = 0
    for member in node.members:
        value: Value = Constant(following) if following is not None else Unknown("a computed enum member")
        if member.value is not None:
            value = machine.evaluate(member.value, Scope(dict(entries), scope, scope.file))
        following = value.value + 1 if isinstance(value, Constant) and isinstance(value.value, int) else None
        entries[member.name] = value
    machine.write(scope.names, node.name, Record(entries))
    return NEXT


def _field(machine: Machine, node: form.Field, scope: Scope) -> int:
    if node.value is not None:
        machine.write(scope.names, node.name, machine.evaluate(node.value, scope))
    return NEXT


def _nothing(machine: Machine, node: form.Statement, scope: Scope) -> int:
    return NEXT


def _stop(machine: Machine, node: form.Stop, scope: Scope) -> int:
    if node.value is not None and machine.language.eager and not machine.quiet(node.value):
        machine.evaluate(node.value, scope)
    return BREAK if node.kind in ("break", "continue") else ENDED


STATEMENTS: dict[type, Callable[[Machine, Any, Scope], int]] = {
    form.Bind: _bind,
    form.Do: _do,
    form.Return: _return,
    form.For: _for,
    form.If: _if,
    form.Block: _block,
    form.Def: _def,
    form.Field: _field,
    form.Class: _class,
    form.Import: _import,
    form.Export: _export,
    form.Enum: _enum,
    form.TypeDefinition: _nothing,
    form.Stop: _stop,
}
