"""What does the declared type of a value say about it, where the value itself could not be followed?

A class of the project stands for its instances. A TypeScript type that what came in is said to be (`line as Packet`,
`const packet: Packet = JSON.parse(line)`) stands for what came in, wherever else a value is declared to be one: pages
keep messages in stores and read them elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Built, Declared, Found, Origin, Received
from auditor.link.evaluate.walk import walk
from auditor.model import form

if TYPE_CHECKING:
    from auditor.link.channels.origins import Origins

_DEPTH = 6
_ROUNDS = 1


def declared(origins: Origins, kind: form.Node | None, file: str, depth: int = 0) -> Iterator[Origin]:
    """What a value of a declared type is: an instance, what came in, or something whose members have types."""
    if depth > _DEPTH:
        return
    match kind:
        case form.Name(id):
            found = origins.symbols.definition(file, id, types=True)
            if found is None:
                return
            match found.statement:
                case form.Class() as node if node in origins.index.classes:
                    yield Built(node, found.file)
                case form.TypeDefinition() as definition if definition in origins.typed:
                    yield from origins.typed[definition]
                case form.TypeDefinition(value=value, extends=extends):
                    for one in (value, *extends):
                        yield from declared(origins, one, found.file, depth + 1)
                case _:
                    pass
        case form.Literal(value=str(name)) if origins.index.python and name.isidentifier():
            yield from declared(origins, form.Name(name, kind.span), file, depth + 1)
        case form.Shape():
            yield Declared(kind, file)
        case form.Binary("|" | "&", left, right):
            yield from declared(origins, left, file, depth + 1)
            yield from declared(origins, right, file, depth + 1)
        case form.Apply(target, arguments):
            for one in (target, *arguments):
                yield from declared(origins, one, file, depth + 1)
        case form.Index(form.Name("Optional" | "Union" | "Annotated"), index):
            for one in index.items if isinstance(index, form.Array) else (index,):
                yield from declared(origins, one, file, depth + 1)
        case form.Opaque("function-type", parts):
            for one in parts[:-1]:
                yield from declared(origins, one, file, depth + 1)
        case _:
            return


def members_declared(origins: Origins, owner: Declared, name: str) -> Iterator[Origin]:
    """What a member of such a value is; going through a list gives its items."""
    if name.startswith("["):
        yield owner
        return
    for member in owner.shape.members:
        if member.name == name:
            yield from declared(origins, member.type, owner.file)


def declarations(origins: Origins, functions: Iterable[form.Function]) -> dict[form.TypeDefinition, Found]:
    """The types that what came in is said to be, in functions that it reaches."""
    found: dict[form.TypeDefinition, dict[Origin, None]] = {}
    for function in functions:
        scope = origins.index.scopes[function]
        for value, kind in _said(origins, function, scope):
            came = [one for one in origins.of(value, scope) if isinstance(one, Received) and not one.path]
            for definition in _definitions(origins, kind, function, scope) if came else ():
                found.setdefault(definition, {}).update({Received(one.key, one.path, sure=False): None for one in came})
    return {definition: tuple(came) for definition, came in found.items() if came}


def bearing(origins: Origins) -> Iterator[form.Function]:
    """The functions that are given something of such a type, alone, in a list or as a member."""
    names = {definition.name for definition in origins.typed}
    definitions = [
        (statement.name, _names(statement))
        for facts in origins.index.facts.values()
        for statement in facts.body
        if isinstance(statement, form.TypeDefinition)
    ]
    for _ in range(_ROUNDS):
        names |= {name for name, used in definitions if used & names}
    for function in origins.index.scopes:
        kinds = [one.annotation for one in function.parameters]
        if any(kind is not None and _names(kind) & names for kind in (*kinds, origins.index.contexts.get(function))):
            yield function


def _said(origins: Origins, function: form.Function, scope: Scope) -> Iterator[tuple[form.Expression, form.Expression]]:
    for parameter in function.parameters:
        if parameter.annotation is not None and isinstance(parameter.target, form.Name):
            yield parameter.target, parameter.annotation
    for node in origins.index.inside.get(scope, ()):
        match node:
            case form.Cast(value, kind):
                yield value, kind
            case form.Bind(value=value, annotation=kind) if value is not None and kind is not None:
                yield value, kind
            case _:
                pass


def _definitions(
    origins: Origins, kind: form.Expression, function: form.Function, scope: Scope
) -> Iterator[form.TypeDefinition]:
    match kind:
        case form.Name(id) if id not in function.type_parameters:
            found = origins.symbols.definition(scope.file, id, types=True)
            if found is not None and isinstance(found.statement, form.TypeDefinition):
                yield found.statement
        case form.Apply(form.Name("Array" | "ReadonlyArray"), (item,)):
            yield from _definitions(origins, item, function, scope)
        case form.Binary("|", left, right):
            yield from _definitions(origins, left, function, scope)
            yield from _definitions(origins, right, function, scope)
        case _:
            return


def _names(kind: form.Node) -> frozenset[str]:
    return frozenset(one.id for one in walk(kind) if isinstance(one, form.Name))
