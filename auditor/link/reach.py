"""Which functions may send a request: the name-level closure of "calls something called fetch".

A trigger with a dot (".get") is the name of a method, one without is called by any way.

A function outside it is not looked at by itself, which saves more than half of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from auditor.link.aliases import ANY, Alias, Locate, aliases_of, data_name, default_of, handed, names_in_call
from auditor.link.evaluate.walk import children, walk
from auditor.model import form
from auditor.model.facts import FileFacts


class Reach:
    """Function nodes that may reach a request, by the names that they and what they call use."""

    def __init__(self, facts: Mapping[str, FileFacts], triggers: Iterable[str], locate: Locate) -> None:
        self._called: dict[form.Function, frozenset[str]] = {}
        self.nodes: list[form.Call | form.Function] = []
        self._locate = locate
        self._data: set[str] = set()
        named: list[Alias] = []
        for file in facts:
            for statement in facts[file].body:
                self._collect(statement, "", file, named)
        names = list(triggers)
        levels = dict.fromkeys((*names, *(handed(name.lstrip(".")) for name in names), ANY), 0)
        level, grown = 0, True
        while grown:
            level += 1
            new = {
                name
                for name, called in named
                if name and name not in levels and name not in self._data and not levels.keys().isdisjoint(called)
            }
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

    def names(self, node: form.Function) -> frozenset[str]:
        """The last names of what a function calls or shows, itself or in functions that it contains."""
        return self._called.get(node, frozenset())

    def quiet(self, node: form.Expression) -> bool:
        """Whether evaluating an expression can send nothing."""
        calls = (child for child in walk(node) if type(child) is form.Call)
        return all(self.hot.isdisjoint(names_in_call(call)) for call in calls)

    def _collect(
        self, node: form.Node, name: str, file: str, named: list[Alias], parent: form.Node | None = None
    ) -> set[str]:
        """The names called at or below a node; functions and classes are entered into the tables."""
        kind = type(node)
        found: set[str] = set()
        if kind is form.Call:
            found |= names_in_call(node)  # type: ignore[arg-type]  # by kind
            self.nodes.append(node)  # type: ignore[arg-type]  # by kind
        elif kind is form.Opaque and node.reason.startswith("jsx:"):  # type: ignore[attr-defined]  # by kind
            found.add(node.reason[4:].rpartition(".")[2])  # type: ignore[attr-defined]  # by kind
        if kind in _DATA and (data := data_name(node)):
            self._data.add(handed(data))
        named += aliases_of(node, file, self._locate)
        if kind is form.Bind and getattr(node.target, "id", "") == "default":  # type: ignore[attr-defined]  # by kind
            name = default_of(file)
        inner_name = _NAMERS[kind](node) or name if kind in _NAMERS else name
        for child in children(node):
            found |= self._collect(child, inner_name, file, named, node)
        if isinstance(node, form.Function):
            self.nodes.append(node)
            self._called[node] = frozenset(found)
            named.append((inner_name, self._called[node]))
            if _is_itself(node, parent):
                named.append((handed(inner_name), self._called[node]))
        elif isinstance(node, form.Class):
            named.append((node.name, frozenset(found)))
        return found


_DATA = (form.Parameter, form.ObjectPatternItem, form.Bind)


def _is_itself(node: form.Function, parent: form.Node | None) -> bool:
    """Whether a name stands for a function itself, not for something that a function helped to make."""
    return bool(node.name) or type(parent) in (form.Bind, form.Entry, form.Field, form.Def)


def _bound_name(node: Any) -> str:
    named = type(node.target) is form.Name and node.target.id != "default"
    return node.target.id if named else ""


def _entry_name(node: Any) -> str:
    key = node.key
    return key.value if type(key) is form.Literal and isinstance(key.value, str) else ""


_NAMERS: dict[type, Callable[[Any], str]] = {
    form.Bind: _bound_name,
    form.Field: lambda node: str(node.name),
    form.Entry: _entry_name,
    form.Function: lambda node: str(node.name),
    form.Class: lambda node: str(node.name),
}
