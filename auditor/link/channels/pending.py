"""Which promises are kept to be answered later, and only answered by code that never runs?

`asyncio.Future`: https://docs.python.org/3/library/asyncio-future.html; `Promise`:
https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope, attribute_key
from auditor.link.channels.written import place_of
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.channel import Pending
from auditor.model.conversation import Unanswered
from auditor.model.span import Location

_FUTURES = frozenset({"Future", "create_future"})
_ANSWERING = frozenset({"set_result", "resolve"})
_TAKING = frozenset({"get", "pop"})
_AROUND = frozenset({"wait_for", "shield", "wait", "len", "set", "setdefault", "get", "pop", "delete", "has", "append"})

_Registry: TypeAlias = tuple[str, str]
"""The class or scope that has the name, and the name."""


@dataclass(slots=True)
class _Kept:
    """A registry, where a promise is put into it, and the calls that answer one of those kept, with their scopes."""

    label: str
    location: Location
    answering: list[tuple[form.Call, Scope]] = field(default_factory=list)
    leaks: bool = False


def pending(origins: Origins, dead: Sequence[Unanswered]) -> tuple[Pending, ...]:
    """The registries of one side whose promises are answered in the branches of dead handlers alone, by place.

    `dead` are the handled messages that nobody sends. A function that is also called, or taken as a value, anywhere
    else may answer: nothing is said then, nor where a promise or the registry is handed on.
    """
    branches = _branches(origins, dead)
    found: list[Pending] = []
    for kept in _registries(origins).values() if branches else ():
        causes = [_dead(origins, *one, branches, frozenset()) for one in kept.answering] if not kept.leaks else []
        known = [one for one in causes if one is not None]
        if known and len(known) == len(causes):
            answer = min(Location(scope.file, call.span) for call, scope in kept.answering)
            found.append(Pending(kept.label, kept.location, answer, known[0].message, known[0].counterpart))
    return tuple(sorted(found, key=lambda one: one.location))


def _branches(origins: Origins, dead: Sequence[Unanswered]) -> dict[int, Unanswered]:
    """The message of each node in the branch of a dead handler."""
    places = {place.location: one for one in dead for place in (one.message, *one.others)}
    found: dict[int, Unanswered] = {}
    for test, (scope, then) in origins.index.comparisons.items() if places else ():
        for side in (test.left, test.right) if test.operator == "==" else ():
            one = places.get(Location(scope.file, side.span)) if isinstance(side, form.Literal) else None
            for statement in then if one is not None else ():
                for node in walk(statement):
                    if one is not None:
                        found[id(node)] = one
    return found


def _dead(
    origins: Origins, call: form.Call, scope: Scope, branches: dict[int, Unanswered], above: frozenset[form.Function]
) -> Unanswered | None:
    """The dead handler that a call stands in, or that alone leads to its function."""
    found = branches.get(id(call))
    if found is None and scope.function is not None:
        found = _cause(origins, scope.function, branches, above)
    return found


def _cause(
    origins: Origins, function: form.Function, branches: dict[int, Unanswered], above: frozenset[form.Function]
) -> Unanswered | None:
    """The dead handler that alone leads to a function; None where anything else may."""
    index = origins.index
    names = index.names.get(function, {function.name})
    if function in above or any(one is function for _, one, _ in index.decorated):
        return None
    cause: Unanswered | None = None
    called = set[int]()
    for name in sorted(names):
        for call, scope in index.calls.get(name, ()):
            called |= {id(call.callee)}
            dead = _dead(origins, call, scope, branches, above | {function})
            if dead is None:
                return None
            cause = cause or dead
    if cause is None or any(_taken(index.inside, names, called)):
        return None
    return cause


def _taken(inside: dict[Scope, list[form.Node]], names: set[str], called: set[int]) -> Iterator[bool]:
    """Whether a function is given to something by one of its names."""
    for nodes in inside.values():
        for node in nodes:
            values = [one.value for one in node.arguments] if isinstance(node, form.Call) else []
            values += [node.value] if isinstance(node, form.Bind) and node.value is not None else []
            for value in values:
                if isinstance(value, form.Member) and value.name in names and id(value) not in called:
                    yield True
                if isinstance(value, form.Name) and value.id in names:
                    yield True


def _registries(origins: Origins) -> dict[_Registry, _Kept]:
    """The tables that promises are put into, and who answers what they keep."""
    index = origins.index
    found: dict[_Registry, _Kept] = {}
    for entries in index.keyed.values():
        for _, value, scope in entries:
            promise = _promise(origins, value, scope)
            if promise is not None:
                owner = _owner_of(index.inside.get(scope, []), value)
                key = _registry(owner, scope) if owner is not None else None
                if key is not None:
                    kept = found.setdefault(key, _Kept(_label(key), place_of(value, scope)))
                    kept.leaks |= _used_elsewhere(scope, promise)
    for scope, nodes in index.inside.items() if found else ():
        items = {name: key for name, key in _items(nodes, scope) if key in found}
        for node in nodes:
            if not isinstance(node, form.Call):
                continue
            answered = _answered(node, scope, items)
            if answered in found:
                found[answered].answering.append((node, scope))
            for argument in node.arguments if called_name(node) not in _AROUND else ():
                handed = _registry(argument.value, scope)
                if handed in found:
                    found[handed].leaks = True
                if isinstance(argument.value, form.Name) and items.get(argument.value.id) in found:
                    found[items[argument.value.id]].leaks = True
    return found


def _promise(origins: Origins, value: form.Expression, scope: Scope) -> str | None:
    """The name under which the way to answer a promise is known where it is put away."""
    if origins.index.python:
        name = value.id if isinstance(value, form.Name) else ""
        bound = [one.value for one in scope.bindings.get(name, ())] if name else [value]
        made = [one for one in bound if isinstance(one, form.Call) and called_name(one) in _FUTURES]
        return name if made and len(made) == len(bound) else None
    names = {one.id for one in walk(value) if isinstance(one, form.Name)}
    around: Scope | None = scope
    while around is not None and around.function is not None:
        first = around.function.parameters[0].target if around.function.parameters else None
        if isinstance(first, form.Name) and first.id in names and _executes(origins, around.function):
            return first.id
        around = around.parent
    return None


def _executes(origins: Origins, function: form.Function) -> bool:
    """`new Promise(function)`."""
    return any(
        call.new and any(argument.value is function for argument in call.arguments)
        for call, _ in origins.index.calls.get("Promise", ())
    )


def _used_elsewhere(scope: Scope, name: str) -> bool:
    """Whether the promise is answered, or handed on, by the very function that puts it away."""
    function: form.Function | None = scope.function
    around: Scope | None = scope.parent
    while around is not None and around.function is not None:
        function = around.function
        around = around.parent
    for statement in function.body if function is not None and name else ():
        for node in walk(statement):
            if isinstance(node, form.Call):
                callee = node.callee
                if isinstance(callee, form.Name) and callee.id == name:
                    return True
                owner = callee.object if isinstance(callee, form.Member) else None
                if isinstance(owner, form.Name) and owner.id == name:
                    return True
                given = [one.value.id for one in node.arguments if isinstance(one.value, form.Name)]
                if name in given and called_name(node) not in _AROUND:
                    return True
    return False


def _owner_of(nodes: Sequence[form.Node], value: form.Expression) -> form.Expression | None:
    """The table that a value is put into."""
    for node in nodes:
        match node:
            case form.Bind(target=form.Index(object=owner), value=given) if given is value:
                return owner
            case form.Call(form.Member(owner, "set" | "setdefault"), (_, given)) if given.value is value:
                return owner
            case _:
                pass
    return None


def _registry(node: form.Node, scope: Scope) -> _Registry | None:
    match node:
        case form.Member(form.Name("self" | "this"), name) if scope.owner is not None:
            return attribute_key(scope), name
        case form.Name(name):
            around: Scope | None = scope
            while around is not None:
                if name in around.bindings and not (around.owner is not None and around.function is None):
                    place = around.function.span.start_line if around.function is not None else 0
                    return f"{around.file}:{place}", name
                around = around.parent
            return None
        case form.Cast(value):
            return _registry(value, scope)
        case _:
            return None


def _label(key: _Registry) -> str:
    owner = key[0].rpartition(":")[2]
    return key[1] if owner.isdigit() else f"{owner}.{key[1]}"


def _item(node: form.Node | None, scope: Scope) -> _Registry | None:
    """The registry that `table[key]`, `table.get(key)` or `table.pop(key)` takes a promise out of."""
    match node:
        case form.Index(object=owner):
            return _registry(owner, scope)
        case form.Call(callee=form.Member(owner, name)) if name in _TAKING:
            return _registry(owner, scope)
        case form.Cast(value):
            return _item(value, scope)
        case _:
            return None


def _items(nodes: Sequence[form.Node], scope: Scope) -> Iterator[tuple[str, _Registry]]:
    for node in nodes:
        key = _item(node.value, scope) if isinstance(node, form.Bind) else None
        if key is None or not isinstance(node, form.Bind):
            continue
        match node.target:
            case form.Name(name):
                yield name, key
            case form.ObjectPattern(items):
                yield from ((one.target.id, key) for one in items if isinstance(one.target, form.Name))
            case _:
                pass


def _answered(call: form.Call, scope: Scope, items: dict[str, _Registry]) -> _Registry | None:
    """The registry of the promise that a call answers."""
    callee = call.callee
    if isinstance(callee, form.Member) and callee.name in _ANSWERING:
        callee = callee.object
    elif isinstance(callee, form.Member):
        return None
    if isinstance(callee, form.Name):
        return items.get(callee.id)
    return _item(callee, scope)
