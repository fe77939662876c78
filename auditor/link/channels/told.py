"""Which classes does the code behind a handler tell apart by `isinstance`?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Index, Scope
from auditor.link.channels.values import Type
from auditor.link.evaluate.walk import called_name
from auditor.model import form
from auditor.model.channel import Told
from auditor.model.span import Location

_FUNCTIONS = 300


def told_apart(origins: Origins, handler: form.Function) -> tuple[Told, ...]:
    """The classes tested in the functions that a handler reaches, each at its first place, by file and line.

    A call reaches every function of its name: where there are several the class is told apart only perhaps.
    """
    index = origins.index
    classes: dict[str, list[form.Class]] = {}
    for cls in index.classes:
        classes.setdefault(cls.name, []).append(cls)
    sure: dict[form.Function, bool] = {handler: True}
    queue = [handler]
    found: dict[str, Told] = {}
    while queue and len(sure) < _FUNCTIONS:
        function = queue.pop(0)
        scope = index.scopes.get(function)
        for node in index.inside.get(scope, []) if scope is not None else ():
            if isinstance(node, form.Function):
                reached = [(node, sure[function])]
            elif isinstance(node, form.Call) and scope is not None:
                for model in _tested(origins, node, scope):
                    known = found.get(model)
                    if known is None or (sure[function] and not known.certain):
                        found[model] = Told(model, Location(scope.file, node.span), sure[function])
                reached = [
                    (one, certain and sure[function]) for one, certain in _reached(index, classes, called_name(node))
                ]
            else:
                continue
            for one, certain in reached:
                if one not in sure or (certain and not sure[one]):
                    sure[one] = certain
                    queue.append(one)
    return tuple(sorted(found.values(), key=lambda one: (one.location, one.model)))


def _tested(origins: Origins, node: form.Call, scope: Scope) -> Iterator[str]:
    if called_name(node) != "isinstance" or len(node.arguments) != 2:
        return
    kinds = node.arguments[1].value
    for kind in kinds.items if isinstance(kinds, form.Array) else (kinds,):
        for one in origins.of(kind, scope):
            if isinstance(one, Type):
                yield f"{one.file}:{one.node.name}"


def _reached(
    index: Index, classes: Mapping[str, Sequence[form.Class]], name: str
) -> Iterator[tuple[form.Function, bool]]:
    """By name, which is enough where one thing has it: to follow every call of a server takes a minute."""
    named = index.methods.get(name, ())
    for function, _ in named:
        yield function, len(named) == 1
    for cls in classes.get(name, ()) if not named else ():
        yield from ((inner.function, True) for inner in cls.body if isinstance(inner, form.Def))
