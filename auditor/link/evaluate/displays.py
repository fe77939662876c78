"""Objects, arrays and comprehensions: how collections are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.classes import bound
from auditor.link.evaluate.control import iterate
from auditor.link.evaluate.operators import truth
from auditor.link.evaluate.patterns import bind, item_at
from auditor.model import form
from auditor.model.text import choice, dependencies_of
from auditor.model.value import (
    UNDEFINED,
    Choice,
    Closure,
    Constant,
    Dependencies,
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


def evaluate_object(machine: Machine, node: form.Object, scope: Scope) -> Value:
    record = Record({}, kind="" if machine.language.blocks else "dict")
    methods: list[int] = []
    for entry in node.entries:
        if entry.key is None:
            spread(machine, record, _spread_value(machine, entry.value, scope))
            continue
        key = machine.evaluate(entry.key, scope)
        name = _key(machine, key)
        value = machine.evaluate(entry.value, scope)
        if machine.created and machine.created[-1] is value and not machine.created[-1].node.arrow:
            methods.append(len(machine.created) - 1)
        if name is None:
            record.open = True
        elif entry.kind == "get":
            if isinstance(value, Closure):
                record.getters = {**(record.getters or {}), name: value}
        elif entry.kind != "set":
            record.entries[name] = value
    if machine.created and methods:  # looked at by themselves, they see what the object says about itself
        this = Record(record.entries, True, record.getters)
        for number in methods:
            machine.created[number] = bound(machine.created[number], this)
    return record


def _spread_value(machine: Machine, node: form.Expression, scope: Scope) -> Value:
    """What is spread; `...(test && {…})` adds nothing where the test fails."""
    if not isinstance(node, form.Binary) or node.operator != "and":
        return machine.evaluate(node, scope)
    test = machine.evaluate(node.left, scope)
    if truth(test) is not None:
        return machine.evaluate(node.right, scope) if truth(test) else UNDEFINED
    return Choice((machine.evaluate(node.right, scope), UNDEFINED))


def _key(machine: Machine, key: Value) -> str | None:
    if isinstance(key, Instance) and "value" in key.fields:
        key = machine.force(key.fields["value"])
    if isinstance(key, Text):
        return key.literal
    return str(key.value) if isinstance(key, Constant) else None


def spread(machine: Machine, record: Record, value: Value) -> None:
    match value:
        case Record():
            record.entries.update(value.entries)
            if value.getters:
                record.getters = {**(record.getters or {}), **value.getters}
            record.open = record.open or value.open
        case Choice(options):
            for option in options:
                if isinstance(option, Record):
                    for key, entry in option.entries.items():
                        before = record.entries.get(key)
                        known = before is not None and not isinstance(before, Lazy) and not isinstance(entry, Lazy)
                        record.entries[key] = choice([before, entry]) if known and before is not None else entry
                    record.open = record.open or option.open
                elif isinstance(option, Unknown):
                    _replaceable(machine, record, option.dependencies)
        case Instance():
            own = machine.methods.get(value.kind, {}) if value.cls is None else {}
            record.entries.update({name: Native(f"{value.kind}.{name}", own[name], value) for name in own})
            record.entries.update(value.fields)
            record.open = True
        case Undefined() | Constant():
            pass
        case _:
            _replaceable(machine, record, dependencies_of(value))


def _replaceable(machine: Machine, record: Record, dependencies: Dependencies) -> None:
    """After spreading something unknown, every entry so far may have been replaced.

    Frontends spread options that somebody may have configured behind what they say themselves: what no caller
    decides replaces nothing there.
    """
    record.open = True
    if machine.language.blocks and not dependencies:
        return
    for name, entry in record.entries.items():
        if not isinstance(entry, Lazy | Closure):
            replaced = Unknown(f"an entry {name} that may be replaced", dependencies)
            record.entries[name] = choice([entry, replaced])


def evaluate_array(machine: Machine, node: form.Array, scope: Scope) -> Value:
    result = List([], kind=node.kind)
    for item in node.items:
        if type(item) is form.Spread:
            value = machine.evaluate(item.value, scope)
            if isinstance(value, List):
                result.items.extend(value.items)
                result.open = result.open or value.open
            elif isinstance(value, Instance):
                items, uncertain = iterate(machine, value)
                result.items.extend(item for item in items if not uncertain or not isinstance(item, Unknown))
                result.open = result.open or uncertain
            else:
                result.open = True
        else:
            result.items.append(machine.evaluate(item, scope))
    return result


def evaluate_comprehension(machine: Machine, node: form.Comprehension, scope: Scope) -> Value:
    items, uncertain = iterate(machine, machine.evaluate(node.iterable, scope))
    results: list[Value] = []
    for item in items:
        inner = Scope({}, scope, scope.file)
        bind(machine, node.target, item, inner)
        tests = [truth(machine.evaluate(condition, inner)) for condition in node.conditions]
        if False in tests:
            continue
        uncertain = uncertain or None in tests
        value = machine.evaluate(node.body, inner)
        if type(node.body) is form.Comprehension and isinstance(value, List):
            results.extend(value.items)
            uncertain = uncertain or value.open
        else:
            results.append(value)
    if node.kind != "dict":
        return List(results, uncertain, node.kind)
    record = Record({}, uncertain, kind="dict")
    for pair in results:
        key = _key(machine, item_at(machine, pair, 0))
        if key is None:
            record.open = True
        else:
            record.entries[key] = item_at(machine, pair, 1)
    return record
