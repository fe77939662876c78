"""Calls: arguments, functions of the project, and everything else that can be called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.link.evaluate.exposure import hand_out
from auditor.link.evaluate.frame import Frame, OutOfFuel
from auditor.link.evaluate.functions import hoist, of_another, wrapped
from auditor.link.evaluate.patterns import bind
from auditor.model import form
from auditor.model.span import Location
from auditor.model.text import choice, dependencies_of
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Choice,
    Class,
    Closure,
    Dependencies,
    Instance,
    Lazy,
    List,
    Native,
    Record,
    Scope,
    Site,
    Super,
    Symbol,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_BRIEF = 1_500  # steps
_LOOK = 2  # frames while a function is looked at by itself
_IMMEDIATE = (form.Literal, form.Function)


def make_arguments(machine: Machine, node: form.Call, scope: Scope) -> Arguments:
    """The arguments of a call as written, evaluated on demand; known spreads are spread."""
    positional: list[Lazy | Value] = []
    named: dict[str, Lazy | Value] = {}
    is_open = False
    for argument in node.arguments:
        if argument.spread:
            value = machine.evaluate(argument.value, scope)
            if argument.spread == "**":
                if isinstance(value, Record):
                    named.update(value.entries)
                is_open = is_open or not isinstance(value, Record) or value.open
            elif isinstance(value, List):
                positional.extend(value.items)
                is_open = is_open or value.open
            else:
                is_open = True
        elif argument.name is not None:
            named[argument.name] = _lazy(machine, argument.value, scope)
        else:
            positional.append(_lazy(machine, argument.value, scope))
    site = Site(scope.file, node)
    return Arguments(tuple(positional), named, site, Location(scope.file, node.span), node, scope, is_open)


def _lazy(machine: Machine, node: form.Expression, scope: Scope) -> Lazy | Value:
    if type(node) in _IMMEDIATE:
        return machine.evaluate(node, scope)
    return Lazy(lambda: machine.evaluate(node, scope))


def call_value(machine: Machine, function: Value, arguments: Arguments, callback: bool = False) -> Value:
    """Calls a value. Calling what cannot be known gives an unknown that depends on its arguments."""
    match function:
        case Closure():
            return invoke(machine, function, arguments, callback)
        case Native(model=model, this=this):
            result = model(machine, arguments, this)
            _force_rest(machine, arguments)
            return result
        case Class():
            return machine.instantiate(function, arguments)
        case Symbol(name):
            known = machine.symbols.get(name)
            if known is not None:
                result = known(machine, arguments, None)
                _force_rest(machine, arguments)
                return result
            special = machine.language.call_symbol(machine, function, arguments)
            if special is not None:
                return special
            dependencies = force_all(machine, arguments)
            hand_out(machine, arguments, name)
            return Unknown(f"what {name} returns", dependencies, label=f"{name}()", wraps=wrapped(machine, arguments))
        case Choice(options):
            force_all(machine, arguments)
            callables = [option for option in options if not isinstance(option, Undefined | Unknown)]
            results = [call_value(machine, option, arguments, callback) for option in callables or options[:1]]
            if any(isinstance(option, Native) and isinstance(option.this, Text) for option in callables):
                # `(given || "").trim()`: where what is given is not known, so is what the method makes of it.
                results += [option for option in options if isinstance(option, Unknown)][:1]
            result = choice(results)
            if len(callables) < len(options):
                machine.expose(result)  # where the unknown one is called, there may be more
            return result
        case Instance(cls=cls, kind=kind):
            special_method = machine.member(function, "__call__") if cls is not None or kind else UNDEFINED
            if isinstance(special_method, Closure | Native):
                return call_value(machine, special_method, arguments, callback)
        case Super():
            return machine.language.call_symbol(machine, Symbol("super"), arguments) or UNDEFINED
        case _:
            pass
    dependencies = force_all(machine, arguments) | dependencies_of(function)
    hand_out(machine, arguments)
    label = f"{function.label}()" if isinstance(function, Unknown) and function.label else ""
    reason = function.reason if isinstance(function, Unknown) else "a call of something unknown"
    return Unknown(reason, dependencies, label=label, wraps=wrapped(machine, arguments))


def force_all(machine: Machine, arguments: Arguments) -> Dependencies:
    """Evaluates all arguments for their effects; the parameters they depend on."""
    found: Dependencies = frozenset()
    for value in (*arguments.positional, *arguments.named.values()):
        found |= dependencies_of(machine.force(value))
    return found


def _force_rest(machine: Machine, arguments: Arguments) -> None:
    if machine.language.eager:
        for value in (*arguments.positional, *arguments.named.values()):
            if type(value) is Lazy and value.value is None:
                machine.force(value)


def invoke(machine: Machine, closure: Closure, arguments: Arguments, callback: bool = False) -> Value:
    """Runs a function of the project and joins what it returns.

    A callback that was created in a function still running counts as a part of that function: its
    calls start from there, not from the place that calls it back.
    """
    node = closure.node
    dependencies = force_all(machine, arguments)
    if node in machine.active and not of_another(machine, closure):
        return Unknown(f"{node.name or 'a function'} calls itself", dependencies)
    if (node, receiver_class(closure)) in machine.closed:
        hand_out(machine, arguments)
        return Unknown(f"what {node.name or 'a function'} returns", dependencies)
    if len(machine.frames) > machine.depth:
        hand_out(machine, arguments)
        return Unknown("the calls are nested too deeply to follow", dependencies)
    sites = _sites(machine, closure, arguments, callback)
    if machine.limit < machine.fuel or machine.reaches(node):
        return execute(machine, closure, arguments, sites, dependencies)
    return _briefly(machine, closure, arguments, sites, dependencies)


def receiver_class(closure: Closure) -> Class | None:
    """The class of the object a method is bound to: an inherited method differs from class to class."""
    return closure.this.cls if isinstance(closure.this, Instance) else None


def _briefly(
    machine: Machine, closure: Closure, arguments: Arguments, sites: list[Site], dependencies: Dependencies
) -> Value:
    """Runs a function that can send nothing, on a small budget: what builds a URL is short."""
    machine.limit = min(machine.fuel, machine.steps + _BRIEF)
    try:
        return execute(machine, closure, arguments, sites, dependencies)
    except OutOfFuel:
        if machine.steps > machine.fuel:
            raise
        hand_out(machine, arguments)
        return Unknown("it takes too many steps to follow", dependencies)
    finally:
        machine.limit = machine.fuel


def execute(
    machine: Machine, closure: Closure, arguments: Arguments, sites: list[Site], dependencies: Dependencies
) -> Value:
    """Runs a function's body in a new frame whose calls come behind `sites`."""
    node = closure.node
    scope = Scope({}, closure.scope, closure.scope.file)
    outer, held = machine.sites, machine.held
    frame = Frame(node, scope, tuple(sites), conditions=len(machine.condition_stack))
    machine.frames.append(frame)
    machine.active.append(node)
    machine.sites = sites
    try:
        _bind_receiver(machine, closure, arguments, scope)
        _bind_parameters(machine, closure, arguments, scope)
        hoist(machine, node.body, scope)
        machine.run(node.body, scope)
    finally:
        machine.sites, machine.held = outer, held
        machine.active.pop()
        machine.frames.pop()
    if node.generator:
        return List(frame.yields, frame.unsure or machine.language.blocks, kind="generator")
    if not frame.returns:
        return UNDEFINED if machine.language.eager else NONE
    return choice(frame.returns)


def _sites(machine: Machine, closure: Closure, arguments: Arguments, callback: bool) -> list[Site]:
    home = _home_frame(machine, closure)
    if home is not None:
        top = machine.frames[-1]
        if callback or not _sees(top.scope, home.scope):
            machine.invoked.add((closure.node, closure.scope.serial))
            return list(home.sites)
    if arguments.site is not None and machine.language.blocks:
        return [*machine.sites, arguments.site]
    machine.invoked.add((closure.node, closure.scope.serial))
    return list(machine.sites)


def _home_frame(machine: Machine, closure: Closure) -> Frame | None:
    """The running frame in which the closure was created."""
    for frame in reversed(machine.frames[1:]):
        if frame.scope is not None and _sees(closure.scope, frame.scope):
            return frame
    return None


def _sees(scope: Scope | None, wanted: Scope | None) -> bool:
    while scope is not None:
        if scope is wanted:
            return True
        scope = scope.parent
    return False


def _bind_receiver(machine: Machine, closure: Closure, arguments: Arguments, scope: Scope) -> None:
    if closure.this is None and closure.owner is not None and machine.language.receiver and arguments.positional:
        # `Base.method(self)`, which may go on to `super()`
        scope.names["this"], scope.names["__class__"] = machine.force(arguments.positional[0]), closure.owner
    if closure.node.arrow or closure.this is None:
        return
    if closure.kind != "static" or machine.language.blocks:
        scope.names["this"] = closure.this
    if closure.owner is not None:
        scope.names["__class__"] = closure.owner
        if machine.language.blocks:
            scope.names["super"] = Super(closure.owner, closure.this)


def _bind_parameters(machine: Machine, closure: Closure, arguments: Arguments, scope: Scope) -> None:
    positional = list(arguments.positional)
    receiver = closure.this
    if machine.language.receiver and receiver is not None and closure.kind != "static" and not closure.node.arrow:
        positional.insert(0, receiver)
    named: Mapping[str, Lazy | Value] = arguments.named
    used: set[str] = set()
    position = 0
    for parameter in closure.node.parameters:
        name = parameter.target.id if isinstance(parameter.target, form.Name) else ""
        value: Value | None = None
        if parameter.kind == "rest":
            value = List([machine.force(v) for v in positional[position:]], arguments.open)
            position = len(positional)
        elif parameter.kind == "keywords":
            rest = {key: machine.force(v) for key, v in named.items() if key not in used}
            value = Record(rest, arguments.open, kind="dict")
        elif name and name in named:
            value = machine.force(named[name])
            used.add(name)
        elif parameter.kind != "keyword-only" and position < len(positional):
            value = _passed(machine, parameter, machine.force(positional[position]))
            position += 1
        elif arguments.open:
            value = Unknown(f"the parameter {name}")
        if parameter.default is not None and (value is None or isinstance(value, Undefined)):
            value = machine.evaluate(parameter.default, scope if machine.language.blocks else closure.scope)
        elif value is None:
            value = UNDEFINED if machine.language.blocks else Unknown(f"the parameter {name} was not given")
        bind(machine, parameter.target, value, scope)
        if parameter.field and isinstance(closure.this, Instance) and name:
            machine.write(closure.this.fields, name, value)


def _passed(machine: Machine, parameter: form.Parameter, value: Value) -> Value:
    """What is passed for a parameter that may be left out (`id = null`) is something: why else pass it?"""
    may_miss = parameter.optional or (isinstance(parameter.default, form.Literal) and parameter.default.value is None)
    if may_miss and isinstance(value, Unknown) and machine.language.blocks and len(machine.frames) > _LOOK:
        return replace(value, given=True)
    return value
