"""Names that a handler reads and nothing defines: every request that reaches one fails with a NameError.

Scoping follows https://docs.python.org/3/reference/executionmodel.html#naming-and-binding (3.13). Annotations
are left out, files with `import *` or that change their own namespace too.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping, Sequence

from auditor.link.evaluate.walk import children, walk
from auditor.link.modules.python import PythonModules
from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.graph import Route, UndefinedName
from auditor.model.span import Location

_KNOWN = frozenset(
    {*dir(builtins), "__file__", "__name__", "__doc__", "__package__", "__spec__", "__path__", "__class__"}
)
_WILD = frozenset({"globals", "exec", "vars"})


def undefined_names(
    facts: Mapping[str, FileFacts], modules: PythonModules, routes: Sequence[Route]
) -> tuple[UndefinedName, ...]:
    """The undefined names in the handlers of these routes, and in functions inside them, by place."""
    found: dict[tuple[str, str, int], UndefinedName] = {}
    handlers: dict[str, dict[str, list[Route]]] = {}
    for route in routes:
        module, _, name = route.handler.partition(":")
        if name:
            handlers.setdefault(module, {}).setdefault(name, []).append(route)
    for file in sorted(facts):
        if file not in modules.files:
            continue
        wanted = handlers.get(modules.dotted(file), {})
        if not wanted or _is_wild(facts[file]):
            continue
        top = _bound(facts[file].body, set())
        for name, function, around in _functions(facts[file].body, top):
            for route in wanted.get(name, ()):
                for used in _unbound(function, around):
                    key = (file, used.id, used.span.start_line)
                    found.setdefault(key, UndefinedName(used.id, Location(file, used.span), route))
    return tuple(found[key] for key in sorted(found))


def _is_wild(facts: FileFacts) -> bool:
    if _WILD & set(facts.called) or facts.problems:
        return True
    return any(
        isinstance(node, form.Import) and any(item.name == "*" for item in node.names)
        for statement in facts.body
        for node in walk(statement)
    )


def _functions(
    body: Sequence[form.Node], known: set[str], owner: str = ""
) -> Iterator[tuple[str, form.Function, set[str]]]:
    """Every named function, with the names that are known where it stands."""
    for statement in body:
        match statement:
            case form.Def(function=function):
                yield f"{owner}{function.name}", function, known
                inside = known.union(*(_targets(parameter.target) for parameter in function.parameters))
                yield from _functions(function.body, _bound(function.body, inside))
            case form.Class(name=name, body=inner):
                yield from _functions(inner, known, f"{name}.")
            case form.If(_, then, otherwise):
                yield from _functions((*then, *otherwise), known, owner)
            case form.Block(inner) | form.For(body=inner):
                yield from _functions(inner, known, owner)
            case _:
                pass


def _unbound(function: form.Function, outer: set[str]) -> Iterator[form.Name]:
    """The names a function reads that neither it nor anything around it binds."""
    inner = set(outer)
    for parameter in function.parameters:
        inner |= _targets(parameter.target)
        if parameter.default is not None:
            yield from _read(parameter.default, outer)
    inner = _bound(function.body, inner)
    for statement in function.body:
        yield from _read(statement, inner)


def _read(node: form.Node, known: set[str]) -> Iterator[form.Name]:
    match node:
        case form.Function():
            yield from _unbound(node, known)
        case form.Name(id):
            if id not in known and id not in _KNOWN:
                yield node
        case form.Bind(target=target, value=value):
            if value is not None:
                yield from _read(value, known)
            if not isinstance(target, form.Name):
                yield from _read(target, known)
        case form.Class(body=body, decorators=decorators, bases=bases):
            for part in (*decorators, *bases):
                yield from _read(part, known)
            inner = _bound(body, set(known))
            for statement in body:
                yield from _read(statement, inner)
        case form.Field(value=value):
            if value is not None:
                yield from _read(value, known)
        case form.Comprehension(target=target):
            inner = known | _targets(target)
            for child in children(node):
                yield from _read(child, inner)
        case form.Opaque() | form.Cast() | form.Import():
            for child in children(node) if isinstance(node, form.Opaque) and node.reason.startswith("yield") else ():
                yield from _read(child, known)
        case _:
            for child in children(node):
                yield from _read(child, known)


def _bound(body: Sequence[form.Node], known: set[str]) -> set[str]:
    """These names and those that statements bind, functions and classes not looked into."""
    names = set(known)
    stack: list[form.Node] = list(body)
    while stack:
        node = stack.pop()
        match node:
            case form.Def(function=function):
                names.add(function.name)
                stack.extend(node.decorators)
                continue
            case form.Class(name=name):
                names.add(name)
                continue
            case form.Function():
                continue
            case form.Bind(target=target) | form.Assign(target=target) | form.For(target=target):
                names |= _targets(target)
            case form.Import(names=imported):
                names |= {item.local for item in imported}
            case form.Field(name=name) | form.TypeDefinition(name=name):
                names.add(name)
            case _:
                pass
        stack.extend(children(node))
    return names


def _targets(target: form.Node) -> set[str]:
    match target:
        case form.Name(id):
            return {id}
        case form.ObjectPattern(items):
            return {name for item in items for name in _targets(item.target)}
        case form.ArrayPattern(items):
            return {name for item in items if item.target is not None for name in _targets(item.target)}
        case _:
            return set()
