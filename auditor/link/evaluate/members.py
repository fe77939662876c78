"""Members: what `value.name` is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.calls import invoke
from auditor.link.evaluate.classes import (
    bound,
    enum_member,
    find_attribute,
    is_closed,
    is_enum,
    library_kind,
    linearised,
    super_member,
)
from auditor.link.evaluate.conditions import each
from auditor.model.span import NOWHERE, Location
from auditor.model.text import choice, dependencies_of, softened
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Class,
    Closure,
    Instance,
    Module,
    Native,
    Record,
    Super,
    Symbol,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


UNSET = ", which nothing sets"
"""How the reason of a field ends that an instance should have and nothing gives to it."""


def member(machine: Machine, value: Value, name: str) -> Value:
    """`value.name`; `Unknown` with a reason where it cannot be known."""
    match value:
        case Instance():
            found = _of_instance(machine, value, name)
        case Class():
            found = _of_class(machine, value, name)
        case Module(file, folder):
            found = machine.language.module_member(machine, file, folder, name)
            if found is None:
                return Unknown(f"{file or folder} does not define {name}")
        case Record():
            found = _of_record(machine, value, name)
        case Symbol(symbol):
            return symbol_member(machine, symbol, name)
        case Choice():
            parts = each(value, lambda option: member(machine, option, name))
            return choice([part for part in parts if part is not UNDEFINED] or [UNDEFINED])
        case Closure(attributes=attributes) if attributes and name in attributes:
            return machine.force(attributes[name])
        case Super():
            return super_member(machine, value, name)
        case _:
            found = None
    if found is None:
        found = machine.language.attribute(machine, value, name)
    if found is None:
        return _absent(machine, value, name)
    return machine.force(found)


def symbol_member(machine: Machine, symbol: str, name: str) -> Value:
    """A member of something outside the project."""
    model = machine.values.get(symbol)
    if model is not None:
        return model(machine, name, Location(machine.file, NOWHERE))
    return machine.symbol(f"{symbol}.{name}")


def _absent(machine: Machine, value: Value, name: str) -> Value:
    match value:
        case Unknown(reason, dependencies, environment, label):
            return Unknown(reason, dependencies, environment, f"{label}.{name}" if label else "")
        case Undefined() if machine.language.blocks:
            return UNDEFINED  # `nothing?.name`; without the question mark it throws
        case Record(open=is_open):
            return Unknown(f"the entry {name} of an open object") if is_open else UNDEFINED
        case Instance(cls=cls) if cls is not None and machine.language.blocks and is_closed(cls):
            return Unknown(f"the field {name}{UNSET}")
        case _:
            return Unknown(f"the member {name}", dependencies_of(value))


def _of_record(machine: Machine, record: Record, name: str) -> Value | None:
    if record.getters and name in record.getters:
        getter = bound(record.getters[name], record)
        return invoke(machine, getter, Arguments((), {}, None, Location(getter.scope.file, getter.node.span)))
    value = record.entries.get(name)
    if value is None:
        return None
    value = machine.force(value)
    if isinstance(value, Closure) and value.this is None and not value.node.arrow:
        return bound(value, record)
    return value


def _of_instance(machine: Machine, instance: Instance, name: str) -> Value | None:
    value = instance.fields.get(name)
    if value is not None:
        return machine.force(value)
    if instance.cls is not None:
        if name == "__class__":
            return instance.cls
        found = find_attribute(instance.cls, name)
        if found is not None:
            value = _received(machine, machine.force(found), instance, instance.cls)
            return softened(value) if library_kind(machine, instance.cls) in machine.settings else value
        for symbol in linearised(instance.cls)[1]:
            if name in machine.methods.get(symbol.name, {}):
                return Native(f"{symbol.name}.{name}", machine.methods[symbol.name][name], instance)
    methods = machine.methods.get(instance.kind)
    if methods is not None and name in methods:
        return Native(f"{instance.kind}.{name}", methods[name], instance)
    return None


def _received(machine: Machine, value: Value, this: Instance, cls: Class) -> Value:
    if not isinstance(value, Closure):
        return value
    if value.kind == "get":
        location = Location(value.scope.file, value.node.span)
        return invoke(machine, bound(value, this), Arguments((), {}, None, location))
    if value.kind == "static" or value.this is not None:
        return value
    return bound(value, cls if value.kind == "class" else this)


def _of_class(machine: Machine, cls: Class, name: str) -> Value | None:
    found = find_attribute(cls, name)
    if found is None:
        if name == "__name__":
            return None
        methods = machine.methods.get(library_kind(machine, cls), {})
        return Native(name, methods[name], cls) if name in methods else None
    value = machine.force(found)
    if isinstance(value, Closure):
        if value.kind == "get" and machine.language.blocks:
            return _received(machine, value, Instance(cls), cls)
        return bound(value, cls) if value.kind in ("class", "static") and value.this is None else value
    if not machine.language.blocks and is_enum(cls):
        return enum_member(cls, name, value)
    return value
