"""Other names that a function goes by: imports, variables, entries of objects.

`import http from "./request"`, `const send = fetch`, `const { get: load } = useApi()`, `{ read: get }`.
Names only: two things of one name are taken for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from auditor.model import form

Locate: TypeAlias = Callable[[str, str], "str | None"]
"""The file that a module specifier means: (importing file, specifier)."""

Alias: TypeAlias = tuple[str, frozenset[str]]
"""A name, and the names it may stand for; a member's name has a dot in front."""


def aliases_of(node: form.Node, file: str, locate: Locate) -> Iterator[Alias]:
    """The further names that a node introduces by itself, without those of the nodes below it."""
    reader = _READERS.get(type(node))
    if reader is not None:
        yield from reader(node, file, locate)


def names_in_call(node: form.Call) -> set[str]:
    """What a call calls or hands on: `run(fetch)` gives run and &fetch, `a.b(c.d)` gives b, .b and &d.

    What is handed on counts only if it is a function.
    """
    found = names_of(node.callee)
    for argument in node.arguments:
        match argument.value:
            case form.Name(name) | form.Member(name=name):
                found.add(handed(name))
            case _:
                pass
    return found


def handed(name: str) -> str:
    """A function's name as an argument; data of a name that some function has too does not count."""
    return f"&{name}"


ANY = "[]"
"""The name of a call by a computed name."""


def names_of(node: form.Expression) -> set[str]:
    """The last name of what is referred to; a member's also with a dot."""
    if isinstance(node, form.Apply):
        return names_of(node.target)
    if isinstance(node, form.Name):
        return {node.id}
    if isinstance(node, form.Member):
        return {node.name, f".{node.name}"}
    if isinstance(node, form.Index):
        name = node.index.value if isinstance(node.index, form.Literal) else None
        if isinstance(name, str):
            return {name, f".{name}"}
        # By a computed name it may be any method, of anything but the one object known to be harmless.
        return set() if names_of(node.object) == {"console"} else {ANY}
    return set()


def _of_import(node: form.Import, file: str, locate: Locate) -> Iterator[Alias]:
    if not node.type_only:
        yield from _of_names(node.names, node.module, file, locate)


def _of_export(node: form.Export, file: str, locate: Locate) -> Iterator[Alias]:
    if node.type_only:
        return
    if node.module is not None:
        yield from _of_names(node.names, node.module, file, locate)
        return
    for item in node.names:
        if item.local == "default":
            if item.name != "default":
                yield default_of(file), frozenset((item.name,))
            yield "default", frozenset((default_of(file),))
        elif item.local != item.name:
            yield item.local, frozenset((item.name,))


def data_name(node: form.Node) -> str:
    """The name that a node gives to something that is not written as a function; "" if it gives none."""
    match node:
        case form.Parameter(target=form.Name(id)) | form.ObjectPatternItem(target=form.Name(id)):
            return id
        case form.Bind(target=form.Name(id), value=value) if type(value) not in (form.Function, form.Name, form.Member):
            return id
        case _:
            return ""


def _of_names(names: tuple[form.ImportName, ...], module: str, file: str, locate: Locate) -> Iterator[Alias]:
    for item in names:
        if item.name == "default":
            found = locate(file, module)
            local = default_of(file) if item.local == "default" else item.local
            if found is not None:
                yield local, frozenset((default_of(found),))
            elif local != module:
                yield local, frozenset((module,))  # a package goes by any name: `import Http from "axios"`
        elif item.name not in ("", "*") and item.local != item.name:
            yield item.local, frozenset((item.name,))
            yield handed(item.local), frozenset((handed(item.name),))


def default_of(file: str) -> str:
    """The name that the default export of a file goes by."""
    return f"default {file}"


def _of_bind(node: form.Bind, file: str, locate: Locate) -> Iterator[Alias]:
    if node.value is None:
        return
    if isinstance(node.target, form.Name):
        name = default_of(file) if node.target.id == "default" else node.target.id
        yield from _of_value(name, node.value)
    elif isinstance(node.target, form.ObjectPattern):
        for item in node.target.items:
            key = item.key.value if isinstance(item.key, form.Literal) else None
            if isinstance(item.target, form.Name) and isinstance(key, str) and key != item.target.id:
                yield item.target.id, frozenset((key, f".{key}"))


def _of_value(name: str, value: form.Expression) -> Iterator[Alias]:
    """The names that a value may be: what it refers to, or what makes it (a factory, `bind`)."""
    names: set[str] = set()
    waiting: list[form.Expression] = [value]
    while waiting:
        current = waiting.pop()
        match current:
            case form.Conditional(_, then, other):
                waiting += [then, other]
            case form.Binary(_, left, right):
                waiting += [left, right]
            case form.Cast(value=inner):
                waiting.append(inner)
            case form.Call(callee=callee):
                made = _makers(callee)
                names |= made
            case form.Name() | form.Member() | form.Index():
                names |= names_of(current) - {ANY}
            case _:
                pass
    names -= {name, f".{name}"}
    if names:
        yield name, frozenset(names)
    if names and type(value) is not form.Call:
        yield handed(name), frozenset(handed(known.lstrip(".")) for known in names)


_DERIVING = ("bind", "create", "extend", "instance")


def _makers(callee: form.Expression) -> set[str]:
    """`make` of `make()`, axios of `axios.create()`, fetch of `window.fetch.bind()`."""
    if isinstance(callee, form.Member):
        # Any other method gives data: `response.json()` sends nothing more.
        return names_of(callee.object) if callee.name in _DERIVING else set()
    return names_of(callee) - {ANY}


def _of_entry(node: form.Entry, file: str, locate: Locate) -> Iterator[Alias]:
    key = node.key.value if isinstance(node.key, form.Literal) else None
    if isinstance(key, str) and type(node.value) in (form.Name, form.Member, form.Call):
        yield from _of_value(key, node.value)


def _of_field(node: form.Field, file: str, locate: Locate) -> Iterator[Alias]:
    if node.value is not None:
        yield from _of_value(node.name, node.value)


_READERS: dict[type, Callable[[Any, str, Locate], Iterator[Alias]]] = {
    form.Import: _of_import,
    form.Export: _of_export,
    form.Bind: _of_bind,
    form.Entry: _of_entry,
    form.Field: _of_field,
}
