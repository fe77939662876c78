"""Which paths a tree of CherryPy objects serves.

CherryPy 17 to 18 (https://docs.cherrypy.dev/en/latest/advanced.html#urls-and-routing and
https://docs.cherrypy.dev/en/latest/pkg/cherrypy._cpdispatch.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.adapter import Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import ANY, attribute, lineage, methods_named
from auditor.adapter.pathtext import EMPTY, parameter
from auditor.model import form
from auditor.model.span import Location
from auditor.model.text import join
from auditor.model.value import TRUE, Arguments, Class, Closure, Instance, List, Text, Value
from auditor.model.wrapping import unwrapped

EXPOSED, ALIASES, ALLOWED, POPPED = "exposed", "__aliases__", "__allowed__", "__popped__"
"""Attributes of functions and classes: whether they are served, by which further names, for which methods, and the
segments that a class takes before it looks at its attributes."""

_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Tree:
    """Where routes of a tree of objects are added, and the paths below which the method decides, each with a slash
    at its end."""

    owner: Instance
    arguments: Arguments
    by_method: tuple[str, ...]
    condition: str

    def dispatches(self, path: Text) -> bool:
        """Whether the configuration has what is below a path dispatched by method."""
        return any(f"{path.literal or ''}/".startswith(one) for one in self.by_method)


def served(machine: Machine, tree: Tree, root: Instance | Class) -> Iterator[RouteAdded | Mounted]:
    """The routes of a root object, and where it cannot be told what is served."""
    yield from _routes_of(machine, tree, root, EMPTY, ())


def _routes_of(
    machine: Machine, tree: Tree, node: Instance | Class, path: Text, above: tuple[Value, ...]
) -> Iterator[RouteAdded | Mounted]:
    """What an object and everything that its attributes lead to serve below a path."""
    if len(above) >= _DEPTH or node in above:
        return
    cls = node.cls if isinstance(node, Instance) else node
    popped = attribute(cls, POPPED) if cls is not None else None
    for name in [text.literal for one in (popped.items if isinstance(popped, List) else ()) for text in _texts(one)]:
        path = _below(path, parameter(name or "segment"))
    if cls is not None and popped is None and attribute(cls, "_cp_dispatch") is not None:
        reason = "an object that decides about its segments itself"
        yield Mounted(tree.owner, None, (path,), tree.arguments.location, tree.condition, reason)
    if cls is not None and attribute(cls, EXPOSED) == TRUE:
        yield from _exposed_object(tree, cls, path)
    for name, value in _members(machine, node):
        function = unwrapped(value)
        if isinstance(function, Closure) and (function.attributes or {}).get(EXPOSED) == TRUE:
            if not tree.dispatches(path):
                yield from _exposed_function(machine, tree, path, name, function)
        elif isinstance(value, Instance) and value.cls is not None:
            for spelled in _spellings(name):
                yield from _routes_of(machine, tree, value, _below(path, spelled), (*above, node))


def _exposed_object(tree: Tree, cls: Class, path: Text) -> Iterator[RouteAdded]:
    verbs = [(verb, found) for verb in _VERBS if isinstance(found := unwrapped(attribute(cls, verb)), Closure)]
    called = attribute(cls, "__call__")
    if not verbs and isinstance(called, Closure):
        verbs = [(ANY, called)]
    for verb, function in verbs:
        yield from _added(tree, (verb,), function, _forms(path, function))


def _exposed_function(machine: Machine, tree: Tree, path: Text, name: str, function: Closure) -> Iterator[RouteAdded]:
    given = (function.attributes or {}).get(ALLOWED)
    methods = methods_named(machine, machine.force(given)) if given is not None else ()
    if name == "index":
        yield from _added(tree, methods or (ANY,), function, [_below(path, "")])
    elif name == "default":
        yield from _added(tree, methods or (ANY,), function, _forms(path, function))
    else:
        found = [one for spelled in _spellings(name) for one in _forms(_below(path, spelled), function)]
        yield from _added(tree, methods or (ANY,), function, found)


def _added(tree: Tree, methods: tuple[str, ...], handler: Closure, where: Sequence[Text]) -> Iterator[RouteAdded]:
    """The first of the paths is the function's own; the others are served as well."""
    for index, path in enumerate(where):
        yield RouteAdded(
            router=tree.owner,
            kind="http",
            methods=methods,
            path=(path,),
            handler=handler,
            location=Location(handler.scope.file, handler.node.span),
            framework="cherrypy",
            condition=tree.condition,
            scope=tree.arguments.scope,
            in_schema=index == 0,
            strict_slashes=False,
        )


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value


def _members(machine: Machine, node: Instance | Class) -> Iterator[tuple[str, Value]]:
    """The attributes of an object by name: its own, then those of its class and bases; aliases too."""
    cls = node.cls if isinstance(node, Instance) else node
    found: dict[str, Value] = dict(node.fields) if isinstance(node, Instance) else {}
    for base in lineage(cls) if cls is not None else ():
        for name, value in base.attributes.items() if isinstance(base, Class) else ():
            found.setdefault(name, value)
    for name, given in found.items():
        value = machine.force(given)
        yield name, value
        function = unwrapped(value)
        aliases = (function.attributes or {}).get(ALIASES) if isinstance(function, Closure) else None
        for one in aliases.items if isinstance(aliases, List) else (aliases,) if aliases is not None else ():
            alias = machine.force(one)
            if isinstance(alias, Text) and alias.literal:
                yield alias.literal.replace(".", "_"), value


def _spellings(name: str) -> tuple[str, ...]:
    """The segments that lead to an attribute: a dash stands for its underscores too."""
    return tuple(dict.fromkeys((name, name.replace("_", "-"))))


def _forms(path: Text, function: Closure) -> list[Text]:
    """The paths of a function: with its required parameters as segments first, then with more and with fewer."""
    own = [one for one in function.node.parameters if isinstance(one.target, form.Name)]
    plain = [one for one in own if one.kind == ""][1 if function.owner is not None else 0 :]
    names = [one.target.id for one in plain if isinstance(one.target, form.Name)]
    found = [path]
    for name in names:
        found.append(_below(found[-1], parameter(name)))
    rest = next((one.target.id for one in own if one.kind == "rest" and isinstance(one.target, form.Name)), "")
    if rest:
        found.append(_below(found[-1], parameter(rest, "path")))
    needed = sum(one.default is None for one in plain)
    usual = len(found) - 1 if rest and not names else needed
    return [found[usual], *found[usual + 1 :], *found[:usual]]


def _below(path: Text, segment: str) -> Text:
    return join((path, Text((f"/{segment}",))))
