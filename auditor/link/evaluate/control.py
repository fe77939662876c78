"""Branches and loops: which statements run, and what is known behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.link.evaluate.conditions import assumed, under
from auditor.link.evaluate.functions import hoist
from auditor.link.evaluate.narrow import narrow
from auditor.link.evaluate.operators import is_soft, truth
from auditor.link.evaluate.patterns import assign, bind
from auditor.model import form
from auditor.model.span import NOWHERE, Location
from auditor.model.text import choice
from auditor.model.value import (
    NOTHING_ASSUMED,
    Arguments,
    Assumed,
    Choice,
    Class,
    Closure,
    Constant,
    Instance,
    Lazy,
    List,
    Native,
    Record,
    Scope,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


NEXT, BREAK, LEAVE, ENDED = 0, 1, 2, 3
"""How a statement leaves: on to the next, out of the loop body, out of a Python loop, out of the function."""


OFF = "another setting"
"""The reason of what the sides of branches do that the defaults do not take."""

_ITERATIONS = 200


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
        case Instance() if isinstance(own := machine.member(iterable, "__iter__"), Closure | Native):
            place = iterable.location or Location(machine.file, NOWHERE)
            given = machine.call_value(own, Arguments((), {}, None, place))
            if isinstance(given, Instance):  # an iterator: `__next__` says what comes, mostly `__iter__` gives itself
                return [Unknown("an item of an iterator of the project")], True
            return iterate(machine, given)
        case Undefined() | Constant():
            return [], False
        case _:
            return [Unknown("an item of something unknown")], True


def yielded(machine: Machine, values: list[Value], each: bool) -> None:
    """Remembers what a generator yields; whether it does may hang on a condition."""
    frame = machine.frame
    for value in values:
        items, uncertain = iterate(machine, value) if each else ([value], False)
        frame.yields += items
        frame.unsure = frame.unsure or uncertain or len(machine.condition_stack) > frame.conditions


def branch(
    machine: Machine,
    reason: str,
    first: Callable[[], int],
    second: Callable[[], int],
    held: tuple[Assumed, Assumed],
) -> int:
    """Runs both sides of a branch nobody can decide and joins what they wrote. `held` is what each side assumes;
    behind a side that leaves, the assumption of the other goes on."""
    mark, outer = machine.mark(), machine.held
    try:
        flow_first, after_first = _under(machine, reason, first, held[0]), machine.changes(mark)
        machine.undo(mark)
        flow_second, after_second = _under(machine, reason, second, held[1]), machine.changes(mark)
        if flow_first and flow_second:
            return min(flow_first, flow_second)
        if flow_first:
            machine.held = outer | held[1]
            return NEXT
        if flow_second:
            machine.undo(mark)
            for mapping, key, _, value in after_first.values():
                machine.write(mapping, key, value)
            machine.held = outer | held[0]
            return NEXT
        for identity, (mapping, key, before, value) in after_first.items():
            other = after_second[identity][3] if identity in after_second else before
            machine.write(mapping, key, value if other is None else _either(value, other, held))
        for identity, (mapping, key, before, value) in after_second.items():
            if identity not in after_first and before is not None:
                machine.write(mapping, key, _either(before, value, held))
        return NEXT
    finally:
        machine.release()


def _either(one: Value, other: Value, held: tuple[Assumed, Assumed]) -> Value:
    if isinstance(one, Lazy) or isinstance(other, Lazy):
        return one
    return choice([under(one, held[0]), under(other, held[1])])


def _under(machine: Machine, reason: str, action: Callable[[], int], held: Assumed = NOTHING_ASSUMED) -> int:
    outer = machine.held
    machine.held = outer | held
    if reason:
        machine.condition_stack.append(reason)
    try:
        return action()
    finally:
        machine.held = outer
        if reason:
            machine.condition_stack.pop()


def run_for(machine: Machine, node: form.For, scope: Scope) -> int:
    iterable = machine.evaluate(node.iterable, scope)
    items, uncertain = iterate(machine, iterable, node.keys)
    frame, held = machine.frame, machine.held
    frame.loops += 1
    if uncertain:
        machine.condition_stack.append("a loop over something unknown")
    try:
        for item in items:
            inner = Scope({}, scope, scope.file, False) if machine.language.blocks else scope
            if type(node.target) in (form.Name, form.ObjectPattern, form.ArrayPattern):
                bind(machine, node.target, item, inner)
            else:
                assign(machine, node.target, item, inner)
            flow = machine.run(node.body, inner)
            machine.held = held
            if flow == LEAVE and not uncertain:
                return NEXT
            if flow == ENDED:
                return NEXT if uncertain or len(items) > 1 else ENDED
    finally:
        frame.loops -= 1
        if uncertain:
            machine.condition_stack.pop()
    return NEXT


def run_if(machine: Machine, node: form.If, scope: Scope) -> int:
    test = machine.evaluate(node.test, scope) if node.test is not None else Unknown("a branch")
    known = truth(test)

    def then() -> int:
        narrow(machine, node.test, True, scope)
        return _inner(machine, node.then, scope)

    def otherwise() -> int:
        narrow(machine, node.test, False, scope)
        return _inner(machine, node.otherwise, scope)

    if known is None:
        held = assumed(node.test, True, scope), assumed(node.test, False, scope)
        flow = branch(machine, _reason(test, node.test), then, otherwise, held)
    elif is_soft(test):
        _off(machine, OFF, otherwise if known else then)
        flow = then() if known else otherwise()
    else:
        flow = then() if known else otherwise()
    return NEXT if flow in (BREAK, LEAVE) and not machine.frame.loops else flow


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
        return machine.run(body, scope)
    inner = Scope({}, scope, scope.file, False)
    hoist(machine, body, inner)
    return machine.run(body, inner)


def run_block(machine: Machine, node: form.Block, scope: Scope) -> int:
    if node.kind != "try":
        return _inner(machine, node.body, scope)
    _inner(machine, node.body, scope)
    return NEXT  # whatever ends inside may also fail before: the flow goes on behind it
