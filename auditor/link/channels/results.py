"""What calls give back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.link.channels.names import ATOM_VALUES, KEEPING, PARSING, PASSING
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import (
    Built,
    Code,
    Const,
    Each,
    Made,
    Origin,
    Raw,
    Received,
    Store,
    Type,
    Unknown,
    once,
)
from auditor.link.channels.written import last_name
from auditor.link.evaluate.walk import called_name
from auditor.model import form
from auditor.model.span import Location

if TYPE_CHECKING:
    from auditor.link.channels.origins import Origins


_QUEUES = ("Queue", "SimpleQueue", "LifoQueue", "PriorityQueue", "JoinableQueue")


def result_of(origins: Origins, node: form.Call, scope: Scope) -> Iterator[Origin]:
    """What a call gives back."""
    known = origins.model(origins, node, scope)
    if known is not None:
        yield from known
        return
    name = called_name(node)
    found, _ = origins.callees(node, scope)
    for one in found:
        match one:
            case Code(function) if function in origins.index.yields:
                for given in returned(origins, function):
                    yield Each(given) if isinstance(given, Made) else given
            case Code(function) if function is not scope.function:  # a call of itself gives what it gives otherwise
                yield from _given_back(origins, function, node, scope)
            case Type(form.Class() as built, file):
                yield Built(built, file, node, scope)
            case _:
                pass
    if found:
        return
    factory = next((one.value for one in node.arguments if one.name == "default_factory"), None)
    if name in _QUEUES or (factory is not None and last_name(factory) in _QUEUES):
        yield Store(Location(scope.file, node.span))
    elif name in ("get", "get_nowait") and (stored := list(_stored(origins, node, scope))):
        yield from stored
    elif name == "get" and isinstance(node.callee, form.Member) and node.arguments:
        yield from origins.item(origins.of(node.callee.object, scope), node.arguments[0].value, scope)
        for default in node.arguments[1:2]:
            yield from origins.of(default.value, scope)
    elif name == "getattr" and len(node.arguments) > 1:
        for one in origins.of(node.arguments[1].value, scope):
            if isinstance(one, Const):
                yield from origins.below(origins.of(node.arguments[0].value, scope), (one.value,))
    elif name in ("dict", "Object") and node.arguments and all(one.name for one in node.arguments):
        entries = tuple(form.Entry(form.Literal(one.name, node.span), one.value) for one in node.arguments if one.name)
        yield Made(origins.keep(form.Object(entries, node.span), node), scope)
    elif name in ("map", "flatMap") and (mapped := list(_mapped(origins, node, scope))):
        yield from mapped
    elif name in ("find", "findLast") and isinstance(node.callee, form.Member):
        yield from origins.items(origins.of(node.callee.object, scope))
    elif name in ("items", "entries", "keys") and isinstance(node.callee, form.Member):
        yield from _listed(origins, node, node.callee, scope)
    elif name in ATOM_VALUES and node.arguments:
        yield from kept_in(origins, node.arguments[0].value)
    elif name in ("useContext", "use") and node.arguments and (values := _provided(origins, node)):
        for value, inside in values:
            yield from origins.of(value, inside)
    elif name in PARSING:
        for argument in node.arguments[:1]:
            for one in origins.of(argument.value, scope):
                yield Received(one.key) if isinstance(one, Raw) else one
    elif isinstance(node.callee, form.Member) and (
        raw := [one for one in origins.of(node.callee.object, scope) if isinstance(one, Raw)]
    ):
        yield from (Received(one.key) for one in raw) if name == "json" else raw
    elif name in PASSING:
        first = [one.value for one in node.arguments[:1]]
        owner = node.callee.object if isinstance(node.callee, form.Member) else None
        passed = once(inner for value in first for inner in origins.of(value, scope) if not isinstance(inner, Const))
        own = origins.of(owner, scope) if owner is not None else ()
        own = once(one for one in own if not isinstance(one, Unknown))
        yield from own or passed or [Unknown(f"the result of {name}")]
    elif node.new and name in ("Map", "Set"):
        for argument in node.arguments:
            yield from origins.of(argument.value, scope)
    elif name in KEEPING:
        for argument in node.arguments[:1]:
            yield from origins.of(argument.value, scope)
    else:
        called = origins.of(node.callee, scope)
        foreign = bool(called) and all(isinstance(one, Unknown) and one.foreign for one in called)
        yield Unknown(f"the result of {name or 'a call'}", foreign)


def _listed(origins: Origins, node: form.Call, callee: form.Member, scope: Scope) -> Iterator[Origin]:
    """`x.items()`, `Object.entries(x)`: pairs of key and value; `x.keys()`, `Object.keys(x)`: keys."""
    whole = isinstance(callee.object, form.Name) and callee.object.id == "Object" and bool(node.arguments)
    for one in origins.of(node.arguments[0].value if whole else callee.object, scope):
        if isinstance(one, Made) and isinstance(one.node, form.Object):
            yield Made(origins.listed(one.node, callee.name == "keys"), one.scope)
        else:
            yield one


def _mapped(origins: Origins, node: form.Call, scope: Scope) -> Iterator[Origin]:
    """What the function that a list is mapped with returns."""
    for argument in node.arguments[:1] if isinstance(node.callee, form.Member) else ():
        for one in origins.of(argument.value, scope):
            if isinstance(one, Code):
                for given in returned(origins, one.node):
                    yield Each(given) if isinstance(given, Made) else given


def _stored(origins: Origins, node: form.Call, scope: Scope) -> Iterator[Origin]:
    """What was put into the queue that is read here."""
    if not isinstance(node.callee, form.Member):
        return
    stores = {one for one in origins.of(node.callee.object, scope) if isinstance(one, Store)}
    for name in ("put", "put_nowait") if stores else ():
        for call, inside in origins.index.calls.get(name, ()):
            if isinstance(call.callee, form.Member) and stores & set(origins.of(call.callee.object, inside)):
                for argument in call.arguments[:1]:
                    yield from origins.of(argument.value, inside)


def _provided(origins: Origins, node: form.Call) -> list[tuple[form.Expression, Scope]]:
    """What the providers of a context give: https://react.dev/reference/react/useContext."""
    context = node.arguments[0].value
    return origins.index.provided.get(context.id, []) if isinstance(context, form.Name) else []


def returned(origins: Origins, function: form.Function) -> Iterator[Origin]:
    """What a function returns or yields."""
    scope = origins.index.scopes.get(function)
    if scope is None:
        return
    given = origins.index.yields.get(function) or origins.index.returns.get(function, [])
    for value in given:
        yield from origins.of(value, scope)


def _given_back(origins: Origins, function: form.Function, call: form.Call, scope: Scope) -> Iterator[Origin]:
    """What one call of a function gives back: a parameter that it returns is the argument of this very call."""
    inside = origins.index.scopes.get(function)
    if inside is None:
        return
    for value in origins.index.returns.get(function, []):
        position = _handed_back(function, inside, value)
        argument = argument_of(call, function, position) if position is not None else None
        if argument is not None and (function, position) not in origins.roots:
            yield from origins.of(argument, scope)
        else:
            yield from origins.of(value, inside)


def _handed_back(function: form.Function, inside: Scope, value: form.Expression) -> int | None:
    """The place of the parameter that a function returns as it is, or with its values made anew; None for anything
    else, and for one that may be given something else before."""
    match value:
        case form.Comprehension(kind="dict", iterable=form.Call(callee=form.Member(owner, "items" | "entries"))):
            value = owner
        case _:
            pass
    bindings = inside.bindings.get(value.id, ()) if isinstance(value, form.Name) else ()
    if len(bindings) != 1 or bindings[0].kind != "parameter" or bindings[0].value is not function:
        return None
    return bindings[0].position if not bindings[0].path else None


def kept_in(origins: Origins, atom: form.Expression) -> Iterator[Origin]:
    """What an atom is set to, wherever its setter is called."""
    for setter, scope in origins.index.setting.get(last_name(atom), ()):
        for call, inside in origins.index.calls.get(setter, ()):
            if inside.file == scope.file:
                for argument in call.arguments[:1]:
                    yield from set_by(origins, argument.value, inside)


def set_by(origins: Origins, value: form.Expression, scope: Scope) -> Iterator[Origin]:
    """What the setter of a state is told: a value, or a function that makes it of the one before."""
    for one in origins.of(value, scope):
        if isinstance(one, Code):
            yield from returned(origins, one.node)
        else:
            yield one


def argument_of(call: form.Call, function: form.Function, position: int) -> form.Expression | None:
    """The argument for a parameter: by keyword, else by position (`self` is not passed)."""
    parameter = function.parameters[position]
    name = parameter.target.id if isinstance(parameter.target, form.Name) else ""
    for argument in call.arguments:
        if argument.name is not None and argument.name == name:
            return argument.value
    first = function.parameters[0].target if function.parameters else None
    bound = isinstance(first, form.Name) and first.id in ("self", "cls")
    place = position - (1 if bound else 0)
    positional = [argument for argument in call.arguments if argument.name is None]
    if any(argument.spread for argument in positional[: place + 1]):
        return None
    if 0 <= place < len(positional):
        return positional[place].value
    return None
