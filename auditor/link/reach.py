"""Which functions may send a request: the name-level closure of "calls something called fetch".

A function outside it is not looked at by itself, which saves more than half of the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.link.evaluate.walk import called_name, called_names
from auditor.model import form
from auditor.model.facts import FileFacts


class Reach:
    """Function nodes that may reach a request, by the names that they and what they call use."""

    def __init__(self, facts: Mapping[str, FileFacts], triggers: Iterable[str]) -> None:
        self._called: dict[form.Function, frozenset[str]] = {}
        named: list[tuple[str, frozenset[str]]] = []
        for file in facts:
            for statement in facts[file].body:
                self._collect(statement, "", named)
        levels = dict.fromkeys(triggers, 0)
        level, grown = 0, True
        while grown:
            level += 1
            new = {name for name, called in named if name and name not in levels and not levels.keys().isdisjoint(called)}
            levels.update(dict.fromkeys(new, level))
            grown = bool(new)
        self._levels = levels
        self.hot = frozenset(levels)

    def reaches(self, node: form.Function) -> bool:
        """Whether a function may send a request, itself or through what it calls or contains."""
        return not self.hot.isdisjoint(self._called.get(node, frozenset()))

    def level(self, node: form.Function) -> int:
        """How many calls lie between a function and a request, at most: callees come before callers."""
        return max((self._levels.get(name, 0) for name in self._called.get(node, ())), default=0)

    def quiet(self, node: form.Expression) -> bool:
        """Whether evaluating an expression can send nothing."""
        return self.hot.isdisjoint(called_names(node))

    def _collect(self, node: form.Node, name: str, named: list[tuple[str, frozenset[str]]]) -> frozenset[str]:
        """The names called at or below a node; functions and classes are entered into the tables."""
        inner_name = name
        match node:
            case form.Call():
                found = {called_name(node)}
            case form.Opaque(reason=reason) if reason.startswith("jsx:"):
                found = {reason[4:].rpartition(".")[2]}
            case _:
                found = set()
        match node:
            case form.Bind(target=form.Name(id)) | form.Field(name=id):
                inner_name = id
            case form.Entry(key=form.Literal(value=str(id))):
                inner_name = id
            case form.Function(name=id) if id:
                inner_name = id
            case form.Class(name=id):
                inner_name = id
            case form.Call() | form.Object():
                inner_name = name
            case _:
                pass
        for field in node.__struct_fields__:
            value = getattr(node, field)
            if isinstance(value, form.Node):
                found |= self._collect(value, inner_name, named)
            elif type(value) is tuple:
                for item in value:
                    if isinstance(item, form.Node):
                        found |= self._collect(item, inner_name, named)
        result = frozenset(found)
        if isinstance(node, form.Function):
            self._called[node] = result
            named.append((inner_name, result))
        elif isinstance(node, form.Class):
            named.append((node.name, result))
        return result
