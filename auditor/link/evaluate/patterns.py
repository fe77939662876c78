"""Patterns: how a value is taken apart into names, fields and entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.typescript_globals import WINDOW
from auditor.link.evaluate.typescript_urls import reassigned
from auditor.model import form
from auditor.model.text import choice, dependencies_of
from auditor.model.value import (
    UNDEFINED,
    Choice,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Module,
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


def bind(machine: Machine, target: form.Pattern, value: Value, scope: Scope) -> None:
    """Declares the names of a pattern in `scope`."""
    match target:
        case form.Name(id):
            machine.write(scope.names, id, value)
        case form.ObjectPattern(items):
            _take_object(machine, items, value, scope, declare=True)
        case form.ArrayPattern(items):
            _take_array(machine, items, value, scope, declare=True)
        case _:
            assign(machine, target, value, scope)


def assign(machine: Machine, target: form.Pattern, value: Value, scope: Scope) -> None:
    """Assigns to what a pattern names: a variable where it was declared, a field, an entry."""
    match target:
        case form.Name(id):
            home = _home(machine, id, scope)
            machine.write(home.names, id, value, home.born)
        case form.Member(object, name):
            _set(machine, machine.evaluate(object, scope), name, value)
        case form.Index(object, index):
            container = machine.evaluate(object, scope)
            key = machine.evaluate(index, scope)
            if machine.language.set_index(machine, container, key, value):
                return
            if isinstance(key, Text) and key.literal is not None:
                _set(machine, container, key.literal, value)
            elif isinstance(container, List) and _has_item(container, key):
                container.items[key.value] = value  # type: ignore[index,union-attr]  # checked by _has_item
            elif isinstance(container, Record | List):
                container.open = True
        case form.ObjectPattern(items):
            _take_object(machine, items, value, scope, declare=False)
        case form.ArrayPattern(items):
            _take_array(machine, items, value, scope, declare=False)


def _has_item(container: List, key: Value) -> bool:
    place = key.value if isinstance(key, Constant) else None
    return isinstance(place, int) and 0 <= place < len(container.items)


def old_value(machine: Machine, target: form.Pattern, scope: Scope) -> Value:
    """What the target of `target += value` holds before."""
    if isinstance(target, form.ObjectPattern | form.ArrayPattern):
        return Unknown("a pattern")
    return machine.evaluate(target, scope)


def item_at(machine: Machine, value: Value, position: int) -> Value:
    """`value[position]` of a sequence."""
    match value:
        case List(items=items):
            if -len(items) <= position < len(items):
                return machine.force(items[position])
            return Unknown("an item of an open list") if value.open else UNDEFINED
        case Choice(options):
            return choice([item_at(machine, option, position) for option in options])
        case Instance(cls=cls, fields=fields) if cls is not None and 0 <= position < len(fields):
            ordered = any(isinstance(base, Symbol) and base.name == "typing.NamedTuple" for base in cls.bases)
            return machine.force(list(fields.values())[position]) if ordered else Unknown("an item of an object")
        case Text() | Unknown():
            return Unknown("an item of something unknown", dependencies_of(value))
        case _:
            return Unknown("an item of something unknown")


def _home(machine: Machine, name: str, scope: Scope) -> Scope:
    """The scope an assignment goes to: in JavaScript where the name was declared, in Python here."""
    if not machine.language.blocks:
        return scope.outer.get(name, scope) if scope.outer else scope
    current: Scope | None = scope
    while current is not None:
        if name in current.names or current.parent is None:
            return current
        current = current.parent
    return scope


def _set(machine: Machine, container: Value, name: str, value: Value) -> None:
    match container:
        case Instance(kind="URL") if container.cls is None and "whole" in container.fields:
            for part, changed in reassigned(container, name, value).items():
                machine.write(container.fields, part, changed, container.born)
        case Instance():
            machine.write(container.fields, name, value, container.born)
        case Record():
            machine.write(container.entries, name, value, container.born)
        case Class():
            machine.write(container.attributes, name, value, container.born)
        case Module(file) if file and not machine.language.blocks:
            state = machine.modules.get(file) or machine.module(file)
            state.filled |= name not in state.scope.names
            machine.write(state.scope.names, name, value)
        case Closure():
            if container.attributes is None:
                container.attributes = {}
            machine.write(container.attributes, name, value, container.scope.born)
        case Symbol(name=page) if page in WINDOW and machine.loading:
            machine.write(machine.shared, name, value)
        case Choice(options):
            for option in options:
                _set(machine, option, name, value)
        case _:
            pass


def _take_object(
    machine: Machine, items: tuple[form.ObjectPatternItem, ...], value: Value, scope: Scope, declare: bool
) -> None:
    taken: set[str] = set()
    for item in items:
        if item.key is None:
            rest = {k: v for k, v in value.entries.items() if k not in taken} if isinstance(value, Record) else {}
            is_open = value.open if isinstance(value, Record) else True
            part: Value = Record(rest, is_open)
        else:
            key = machine.evaluate(item.key, scope)
            name = key.literal if isinstance(key, Text) else None
            if name is None:
                part = Unknown("a computed key", dependencies_of(value))
            else:
                taken.add(name)
                part = machine.member(value, name)
        _place(machine, item.target, part, item.default, scope, declare)


def _take_array(
    machine: Machine, items: tuple[form.ArrayPatternItem, ...], value: Value, scope: Scope, declare: bool
) -> None:
    for position, item in enumerate(items):
        if item.target is None:
            continue
        behind = len(items) - position - 1
        rested = any(earlier.rest for earlier in items[:position])
        part: Value
        if item.rest:
            known = value.items[position : len(value.items) - behind] if isinstance(value, List) else []
            part = List(known, not isinstance(value, List) or value.open)
        elif rested and isinstance(value, List) and value.open:
            part = Unknown("an item of an open list")
        else:
            part = item_at(machine, value, -behind - 1 if rested else position)
        _place(machine, item.target, part, item.default, scope, declare)


def _place(
    machine: Machine, target: form.Pattern, value: Value, default: form.Expression | None, scope: Scope, declare: bool
) -> None:
    if default is not None and isinstance(value, Undefined):
        value = machine.evaluate(default, scope)
    elif default is not None and isinstance(value, Unknown):
        value = choice([value, machine.evaluate(default, scope)])
    if declare:
        bind(machine, target, value, scope)
    else:
        assign(machine, target, value, scope)
