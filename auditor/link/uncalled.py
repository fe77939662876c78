"""Factories that nobody in the project calls: a process manager may name them, so they are called here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

from auditor.adapter import ApplicationMade
from auditor.link.applications import is_sideline
from auditor.link.evaluate.calls import call_value
from auditor.link.evaluate.classes import bound, instantiate
from auditor.link.evaluate.frame import OutOfFuel
from auditor.link.evaluate.machine import Machine
from auditor.link.evaluate.walk import called_name, called_names, walk
from auditor.model import form
from auditor.model.span import Location
from auditor.model.value import Arguments, Class, Closure, Lazy, Module, Scope, Unknown, Value
from auditor.model.wrapping import unwrapped

_LAYERS = 4


def call_uncalled(
    machine: Machine, names: frozenset[str], constructors: Collection[str], applications: Mapping[int, Class]
) -> None:
    """Calls the functions and methods that make applications or register something (they call one of `names`).

    Factories that return what another factory makes come first: they say with which arguments. Classes come behind all
    functions, those of applications last: another may make the instance, with the arguments that are meant.
    """
    for function in _around(machine, frozenset(name.rpartition(".")[2] for name in constructors)):
        machine.files.append(function.scope.file)
        _call_it(machine, function)
        machine.files.pop()
    for turn in range(3):
        for file in sorted(machine.modules):
            if not names.intersection(machine.facts[file].called):
                continue
            machine.files.append(file)
            for value in list(machine.modules[file].scope.names.values()):
                known = unwrapped(_known(value))
                if not isinstance(known, Closure | Class) or known.scope.file != file:
                    continue
                if isinstance(known, Closure) and turn == 0:
                    _call(machine, known, names)
                elif isinstance(known, Class) and turn == (2 if id(known) in applications else 1):
                    _call_methods(machine, known, names)
            machine.files.pop()


def _call(machine: Machine, function: Closure, names: frozenset[str]) -> None:
    if makes(called_names(function.node), names):
        _call_it(machine, function)


def _call_it(machine: Machine, function: Closure) -> None:
    if (function.node, function.scope.serial) in machine.invoked and not _only_aside(machine, function):
        return
    machine.steps = 0
    location = Location(function.scope.file, function.node.span)
    with suppress(OutOfFuel):
        call_value(machine, function, _arguments(function, location))


def _only_aside(machine: Machine, function: Closure) -> bool:
    """Whether a factory made applications for tests, examples and scripts only: they tell nothing of the one served."""
    file, span = function.scope.file, function.node.span
    made = [
        effect.module
        for effect in machine.effects
        if isinstance(effect, ApplicationMade)
        and effect.location.file == file
        and span.start_line <= effect.location.span.start_line <= span.end_line
    ]
    return bool(made) and not is_sideline(file) and all(map(is_sideline, made))


def _arguments(function: Closure, location: Location) -> Arguments:
    """What a process manager passes: nothing, so that defaults hold; what has none is unknown."""
    own = function.node.parameters[1:] if function.this is not None else function.node.parameters
    named: dict[str, Lazy | Value] = {
        parameter.target.id: Unknown(f"the parameter {parameter.target.id}")
        for parameter in own
        if isinstance(parameter.target, form.Name) and parameter.default is None and parameter.kind != "rest"
        if parameter.kind != "keywords"
    }
    return Arguments((), named, None, location)


def makes(called: frozenset[str], names: frozenset[str]) -> bool:
    """Whether calling these may make an application or register something."""
    return bool(called & names) or any("include_router" in name for name in called)


def _call_methods(machine: Machine, cls: Class, names: frozenset[str]) -> None:
    methods = [value for value in cls.attributes.values() if isinstance(value, Closure)]
    if cls.instances or not any(makes(called_names(method.node), names) for method in methods):
        return
    machine.steps = 0
    location = Location(cls.scope.file, cls.node.span)
    with suppress(OutOfFuel):
        instance = instantiate(machine, cls, Arguments((), {}, None, location, open=True))
        for method in methods:
            _call(machine, bound(method, instance), names)


def _around(machine: Machine, constructors: frozenset[str]) -> list[Closure]:
    """Functions of modules that return what an uncalled factory makes, the outermost first."""
    functions = [
        value
        for file in sorted(machine.modules)
        if not is_sideline(file)
        for value in map(_known, list(machine.modules[file].scope.names.values()))
        if isinstance(value, Closure) and value.scope.file == file
        if (value.node, value.scope.serial) not in machine.invoked
    ]
    layers = [[one for one in functions if called_names(one.node) & constructors]]
    while layers[-1] and len(layers) < _LAYERS:
        inner = {one.node for one in layers[-1]}
        seen = {one.node for layer in layers for one in layer}
        layers.append([one for one in functions if one.node not in seen and _returns_one(machine, one, inner)])
    return [one for layer in reversed(layers[1:]) for one in layer]


def _returns_one(machine: Machine, function: Closure, factories: Collection[form.Function]) -> bool:
    names = {one.name for one in factories}
    body = [node for statement in function.node.body for node in walk(statement)]
    if not any(isinstance(node, form.Return) and node.value is not None for node in body):
        return False
    return any(
        isinstance(called, Closure) and called.node in factories
        for node in body
        if isinstance(node, form.Call) and called_name(node) in names
        for called in [_named(machine, node.callee, function.scope)]
    )


def _named(machine: Machine, callee: form.Expression, scope: Scope) -> Value | None:
    """What a name or `module.name` stands for in a module."""
    if isinstance(callee, form.Member) and isinstance(callee.object, form.Name):
        found = scope.lookup(callee.object.id)
        return machine.member(found, callee.name) if isinstance(found, Module | Lazy) else None
    found = scope.lookup(callee.id) if isinstance(callee, form.Name) else None
    return machine.force(found) if found is not None else None


def _known(value: Value) -> Value | None:
    return value.value if isinstance(value, Lazy) else value
