"""Looking through the neutral form without evaluating it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import form


def walk(node: form.Node) -> Iterator[form.Node]:
    """A node and everything below it, in source order."""
    stack: list[form.Node] = [node]
    while stack:
        current = stack.pop()
        yield current
        below: list[form.Node] = []
        for name in current.__struct_fields__:
            value = getattr(current, name)
            if isinstance(value, form.Node):
                below.append(value)
            elif type(value) is tuple:
                below.extend(item for item in value if isinstance(item, form.Node))
        stack.extend(reversed(below))


def called_name(node: form.Call) -> str:
    """The last name of what a call calls: `get` for `api.get(…)`."""
    callee: form.Node = node.callee
    if isinstance(callee, form.Apply):
        callee = callee.target
    if isinstance(callee, form.Member):
        return callee.name
    return callee.id if isinstance(callee, form.Name) else ""


def called_names(node: form.Node) -> frozenset[str]:
    """The names of everything called at or below a node."""
    return frozenset(called_name(child) for child in walk(node) if isinstance(child, form.Call))
