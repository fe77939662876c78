"""What is a parameter given? The arguments of all callers, wherever the function is called from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.link.channels.declared import declared
from auditor.link.channels.members import constructing, items_of
from auditor.link.channels.results import argument_of
from auditor.link.channels.tables import Scope, aliases
from auditor.link.channels.values import Code, Found, Made, Origin, Setter, Unknown
from auditor.model import form

if TYPE_CHECKING:
    from auditor.link.channels.origins import Origins


def given(origins: Origins, function: form.Function, position: int) -> Iterator[Origin]:
    """Everything that callers give to a parameter."""
    over = origins.index.iterated.get(function)
    if over is not None:
        if position == 0:
            yield from (inner for one in origins.of(*over) for inner in items_of(origins, one))
        return
    found = list(_passed(origins, function, position))
    if all(isinstance(one, Unknown) for one in found):
        context = None if position else origins.index.contexts.get(function)
        file = origins.index.scopes[function].file
        kinds = (function.parameters[position].annotation, context)
        found = [one for kind in kinds for one in declared(origins, kind, file)] or found
    yield from found


def _passed(origins: Origins, function: form.Function, position: int) -> Iterator[Origin]:
    called = False
    for call, scope in callers(origins, function):
        called = True
        if scope.function is function:
            continue  # what calls itself goes down into the parts of what it was given, or gives it on as it is
        argument = argument_of(call, function, position)
        if argument is not None:
            yield from origins.of(argument, scope)
        elif any(one.spread for one in call.arguments):
            yield Unknown("arguments that are spread")
    if position == 0:
        for one in _by_library(origins, function):
            called = True
            yield one
    if not called:
        yield Unknown("a function whose callers are not known")


def sets(origins: Origins, call: form.Call, scope: Scope, declared: Scope) -> bool:
    """Whether a call in another file sets a state that is declared here: setters are handed on."""
    return any(isinstance(one, Setter) and one.scope is declared for one in origins.of(call.callee, scope))


def callers(origins: Origins, function: form.Function) -> Iterator[tuple[form.Call, Scope]]:
    """The calls of a function, as far as its names lead to them."""
    names = origins.index.names.get(function, set())
    if origins.aliases is None:
        origins.aliases = aliases(origins.index)
    for name in sorted(names.union(*(origins.aliases.get(one, ()) for one in names))):
        for call, scope in origins.index.calls.get(name, ()):
            found = origins.of(call.callee, scope)
            if _is(function, found) or _by_name(origins, name, call, found):
                yield call, scope
    owner = origins.index.scopes[function].owner if names & {"__init__", "constructor"} else None
    if owner is not None:
        yield from constructing(origins, owner)


def _by_library(origins: Origins, function: form.Function) -> Iterator[Origin]:
    """What a framework calls a function with: the properties of a component's elements (`<Log lines={x} />`), the items
    of a list that is gone through with it (`lines.filter(isLong)`)."""
    for name in sorted(origins.index.names.get(function, ())):
        for element, properties, scope in origins.index.shown.get(name, ()):
            if _is(function, origins.of(element, scope)):
                yield Made(properties, scope)
        for handed, over, scope in origins.index.handed.get(name, ()):
            if _is(function, origins.of(handed, scope)):
                yield from (inner for one in origins.of(over, scope) for inner in items_of(origins, one))


def _is(function: form.Function, found: Found) -> bool:
    return any(isinstance(one, Code) and one.node is function for one in found)


def _by_name(origins: Origins, name: str, call: form.Call, found: Found) -> bool:
    """A method that only one class has, called on something that could not be told."""
    if any(isinstance(one, Code) for one in found) or not isinstance(call.callee, form.Member):
        return False
    return len(name) > 4 and len(origins.index.methods.get(name, ())) == 1
