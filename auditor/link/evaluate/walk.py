"""Looking through the neutral form without evaluating it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args, get_origin, get_type_hints

from auditor.model import form


def walk(node: form.Node) -> Iterator[form.Node]:
    """A node and everything below it, in source order."""
    stack: list[form.Node] = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))


def children(node: form.Node) -> list[form.Node]:
    """The nodes directly below a node, in source order."""
    below: list[form.Node] = []
    for name, several in _held(type(node)):
        value = getattr(node, name)
        if several:
            below += value
        elif several is None:
            below += [item for item in value if isinstance(item, form.Node)]
        elif value is not None:
            below.append(value)
    return below


@cache
def _held(kind: type[form.Node]) -> tuple[tuple[str, bool | None], ...]:
    """The fields that hold nodes, and whether each holds several: None if other things are among them."""
    hints = get_type_hints(kind, vars(form))
    return tuple((name, _holds_several(hints[name])) for name in fields_of(kind))


def _holds_several(hint: object) -> bool | None:
    if get_origin(hint) is not tuple:
        return False
    return True if all(map(_is_node, _alternatives(get_args(hint)[0]))) else None


def _alternatives(hint: object) -> tuple[object, ...]:
    return get_args(hint) or (hint,)


def _is_node(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, form.Node)


@cache
def fields_of(kind: type[form.Node]) -> tuple[str, ...]:
    """The fields of a kind of node that may hold nodes, as they are declared."""
    hints = get_type_hints(kind, vars(form))
    return tuple(name for name in kind.__struct_fields__ if _may_hold_nodes(hints[name]))


def _may_hold_nodes(hint: object) -> bool:
    if isinstance(hint, type):
        return issubclass(hint, form.Node)
    return any(map(_may_hold_nodes, get_args(hint)))


def called_name(node: form.Call) -> str:
    """The last name of what a call calls: `get` for `api.get(…)`."""
    callee: form.Node = node.callee
    if isinstance(callee, form.Apply):
        callee = callee.target
    if isinstance(callee, form.Member):
        return callee.name
    return callee.id if isinstance(callee, form.Name) else ""


def is_main(test: form.Expression | None) -> bool:
    """Whether a test asks if its file is started as a script: `__name__ == "__main__"`."""
    return isinstance(test, form.Binary) and isinstance(test.left, form.Name) and test.left.id == "__name__"


def called_names(node: form.Node) -> frozenset[str]:
    """The names of everything called at or below a node."""
    return frozenset(called_name(child) for child in walk(node) if isinstance(child, form.Call))
