"""Does a value come from what came in, or carry it in a list or an object?"""

from __future__ import annotations

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Event, Made, Raw, Received
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form

_METHODS = frozenset({"get", "pop", "items", "keys", "values", "hasOwnProperty"})


def received(origins: Origins, node: form.Node, scope: Scope, wanted: set[str]) -> list[Received | Raw | Event]:
    """What an expression has of what came in on these channels."""
    return [one for one in origins.of(node, scope) if isinstance(one, Received | Raw | Event) and one.key in wanted]


def carried(origins: Origins, node: form.Node, scope: Scope, wanted: set[str]) -> list[Received | Raw | Event]:
    """What came in, or stands in a list."""
    found = origins.of(node, scope)
    lists = [one for one in found if isinstance(one, Made) and isinstance(one.node, form.Array)]
    inside = (*found, *origins.items(lists))
    return [one for one in inside if isinstance(one, Received | Raw | Event) and one.key in wanted]


def within(origins: Origins, argument: form.Argument, scope: Scope, wanted: set[str]) -> list[Received | Raw | Event]:
    """A frame inside an object or list that is handed over."""
    match argument.value:
        case form.Object(entries=entries):
            values = [entry.value for entry in entries]
        case form.Array(items=items):
            values = list(items)
        case form.Function() as function:
            given = origins.index.returns.get(function, [])
            inner = origins.index.scopes.get(function, scope)
            return [
                one
                for value in given
                for node in (value.items if isinstance(value, form.Array) else (value,))
                for one in received(origins, node, inner, wanted)
                if isinstance(one, Received) and not one.path
            ]
        case _:
            return []
    return [
        one
        for value in values
        for one in received(origins, value, scope, wanted)
        if isinstance(one, Raw) or (isinstance(one, Received) and not one.path)
    ]


def fields_read(origins: Origins, key: str, then: tuple[form.Statement, ...], scope: Scope) -> tuple[str, ...]:
    """The keys of a message that are read in these statements, sorted."""
    names: set[str] = set()
    for statement in then:
        for node in walk(statement):
            if isinstance(node, form.Member | form.Index) or (
                isinstance(node, form.Call) and called_name(node) == "get"
            ):
                inner = scope
                for one in origins.of(node, inner):
                    if (
                        isinstance(one, Received)
                        and one.key == key
                        and len(one.path) == 1
                        and one.path[0] not in _METHODS
                    ):
                        names.add(one.path[0])
    return tuple(sorted(names))
