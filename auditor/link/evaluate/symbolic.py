"""What a function gets when it is looked at by itself: unknown parameters, and what frameworks hand over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.model import form
from auditor.model.span import Location
from auditor.model.text import choice, dependencies_of
from auditor.model.value import (
    Arguments,
    Class,
    Closure,
    Instance,
    Lazy,
    Record,
    Scope,
    Symbol,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_INJECTIONS = 6  # frames


def injected(machine: Machine, parameter: form.Parameter, scope: Scope) -> Value | None:
    """What a container would hand over for a parameter typed as a class, None for other types."""
    annotation = parameter.annotation
    if not machine.language.blocks or type(annotation) is not form.Name or len(machine.frames) > _INJECTIONS:
        return None
    wanted = machine.force(scope.lookup(annotation.id)) if scope.lookup(annotation.id) is not None else None
    if isinstance(wanted, Symbol) and wanted.name in machine.methods:
        return Instance(None, wanted.name)
    if isinstance(wanted, Class) and not wanted.node.abstract:
        known = machine.instance_of(wanted)
        if known is not None:
            return known
        if wanted.node not in machine.injecting:
            machine.injecting.append(wanted.node)
            try:
                return injected_instance(machine, wanted)
            finally:
                machine.injecting.pop()
    return None


def injected_instance(machine: Machine, cls: Class) -> Value:
    """An instance of a class whose constructor gets what a container would hand over."""
    constructor = cls.attributes.get("constructor")
    location = Location(cls.scope.file, cls.node.span)
    arguments = Arguments((), {}, None, location)
    if isinstance(constructor, Closure):
        arguments = symbolic_arguments(machine, constructor, f"{location.file}:{cls.node.name}", location)
    return machine.instantiate(cls, arguments)


def symbolic_arguments(machine: Machine, closure: Closure, root: str, location: Location) -> Arguments:
    """Arguments for a function looked at by itself: every parameter is a hole that depends on itself.

    In TypeScript, a text that is a parameter's default is an alternative to the hole.
    """
    positional: list[Lazy | Value] = []
    named: dict[str, Lazy | Value] = {}
    for number, parameter in enumerate(closure.node.parameters):
        name = parameter.target.id if isinstance(parameter.target, form.Name) else f"argument {number + 1}"
        value: Value = _given(machine, parameter, closure.scope) or Unknown(
            f"the parameter {name}", frozenset((f"{root}:{name}",))
        )
        if parameter.default is not None and machine.language.blocks:
            default = machine.evaluate(parameter.default, closure.scope)
            if isinstance(default, Text) and default.parts:
                value = choice([replace(default, defaults=dependencies_of(value)), value])
        if parameter.kind == "keyword-only":
            named[name] = value
        elif parameter.kind != "keywords":
            positional.append(value)
    return Arguments(tuple(positional), named, None, location)


def _given(machine: Machine, parameter: form.Parameter, scope: Scope) -> Value | None:
    for handed in machine.handed:
        entries = handed(scope.file, parameter)
        if entries:
            return Record({name: Symbol(symbol) for name, symbol in entries.items()}, open=True)
    return injected(machine, parameter, scope) or machine.typed(scope.file, parameter.annotation)
