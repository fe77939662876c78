"""Statements: what running each does to names, flow and effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from auditor.link.evaluate import classes
from auditor.link.evaluate.conditions import under
from auditor.link.evaluate.control import BREAK, ENDED, LEAVE, NEXT, run_block, run_for, run_if
from auditor.link.evaluate.functions import decorate, make_closure, rewrapped
from auditor.link.evaluate.operators import augmented
from auditor.link.evaluate.patterns import assign, bind, old_value
from auditor.model import form
from auditor.model.value import (
    UNDEFINED,
    Closure,
    Constant,
    Record,
    Scope,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def run(machine: Machine, body: tuple[form.Statement, ...], scope: Scope) -> int:
    """Runs statements in order; stops behind one that ends the flow."""
    for statement in body:
        flow = STATEMENTS[type(statement)](machine, statement, scope)
        if flow:
            return flow
    return NEXT


def _bind(machine: Machine, node: form.Bind, scope: Scope) -> int:
    if node.value is None:
        if node.kind in ("let", "var") and type(node.target) is form.Name:
            shared = scope.parent is None
            machine.write(scope.names, node.target.id, classes.settled_later(UNDEFINED) if shared else UNDEFINED)
        elif node.kind in ("global", "nonlocal") and type(node.target) is form.Name:
            _declare_outer(node.target.id, scope, node.kind == "global")
        return NEXT
    if node.operator:
        value = augmented(machine, node.operator, old_value(machine, node.target, scope), node.value, scope)
        assign(machine, node.target, value, scope)
        return NEXT
    value = machine.evaluate(node.value, scope)
    if node.kind in ("let", "var") and scope.parent is None:
        value = classes.settled_later(value)
    if node.kind == "assign":
        if type(value) is Unknown and type(node.target) is form.Name and not machine.language.blocks:
            value = rewrapped(machine, node.value, node.target.id, value, scope)
        assign(machine, node.target, value, scope)
    else:
        bind(machine, node.target, value, _function_scope(scope) if node.kind == "var" else scope)
    return NEXT


def _declare_outer(name: str, scope: Scope, shared: bool) -> None:
    home = scope
    while home.parent is not None and (shared or home is scope or name not in home.names):
        home = home.parent
    scope.outer = {**(scope.outer or {}), name: home}


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
    if home is None or home.parent is not None or not machine.quiet(node):
        return False
    for argument in node.arguments:  # it may add entries to what it is given
        if type(argument.value) is form.Name:
            machine.expose(scope.lookup(argument.value.id))
    return True


def _return(machine: Machine, node: form.Return, scope: Scope) -> int:
    value = machine.evaluate(node.value, scope) if node.value is not None else UNDEFINED
    machine.frame.returns.append(under(value, machine.held))
    return ENDED


def _def(machine: Machine, node: form.Def, scope: Scope) -> int:
    name = node.function.name
    if machine.language.blocks and not node.decorators and isinstance(scope.names.get(name), Closure):
        return NEXT
    closure = make_closure(machine, node.function, scope)
    closure.decorated = node.decorators
    machine.write(scope.names, name, decorate(machine, closure, node.decorators, scope))
    return NEXT


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
    if node.kind == "break" and not machine.language.blocks:
        return LEAVE
    return BREAK if node.kind in ("break", "continue") else ENDED


STATEMENTS: dict[type, Callable[[Machine, Any, Scope], int]] = {
    form.Bind: _bind,
    form.Do: _do,
    form.Return: _return,
    form.For: run_for,
    form.If: run_if,
    form.Block: run_block,
    form.Def: _def,
    form.Field: _field,
    form.Class: _class,
    form.Import: _import,
    form.Export: _export,
    form.Enum: _enum,
    form.TypeDefinition: _nothing,
    form.Stop: _stop,
}
