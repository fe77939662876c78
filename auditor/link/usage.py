"""Which functions of a frontend somebody uses: a call site in a function nobody uses breaks no feature.

By name, generously: a function counts as used as soon as its name is read anywhere, whoever it means.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.link.evaluate.walk import children
from auditor.model import form
from auditor.model.facts import FileFacts


class Usage:
    """The names that are read, and the function that each call stands in."""

    def __init__(self, facts: Mapping[str, FileFacts]) -> None:
        self._facts = facts
        self._owners: dict[str, dict[form.Call, str]] = {}
        self._read: set[str] = set()
        for file in facts:
            self._owners[file] = {}
            for statement in facts[file].body:
                self._visit(statement, "", self._owners[file])

    def owner(self, file: str, call: form.Call) -> str:
        """The name of the outermost named function or member a call stands in; "" outside of any."""
        return self._owners.get(file, {}).get(call, "")

    def is_used(self, name: str) -> bool:
        """Whether a function of this name may have a caller. What has no name may always."""
        return not name or name in self._read

    def _visit(self, node: form.Node, owner: str, owners: dict[form.Call, str], handed: bool = False) -> None:
        """`handed`: the node is handed to a call, which may use every function in it (`useQuery({queryFn})`)."""
        kind = type(node)
        if kind is form.Name:
            self._read.add(node.id)  # type: ignore[attr-defined]  # by kind
            return
        if kind is form.Literal:
            return
        inner = owner
        match node:
            case form.Member(name=name):
                self._read.add(name)
            case form.Index(index=form.Literal(value=str(name))):
                self._read.add(name)
            case form.Call():
                owners[node] = owner
            case form.Opaque(reason=reason) if reason.startswith("jsx:"):
                self._read.update(reason[4:].split("."))
            case form.ObjectPattern(items):
                self._read.update(
                    item.key.value
                    for item in items
                    if isinstance(item.key, form.Literal) and isinstance(item.key.value, str)
                )
            case form.Bind(target=form.Name(id), value=form.Function() | form.Call()) if not owner:
                # The name that is bound is no use of it; the value is looked at in its name.
                inner = "" if id == "default" else id
                if node.value is not None:
                    self._visit(node.value, inner, owners)
                return
            case form.Entry(key=form.Literal(value=str(name)), value=form.Function()) if not handed:
                self._visit(node.value, name, owners)
                return
            case form.Def(function=function) if not owner or node.kind:
                inner = function.name
            case form.Def(function=function) if owner and not node.kind:
                inner = owner
            case form.Field(name=name, value=form.Function()):
                inner = name
            case form.Class():
                inner = ""
            case form.Export(names=names):
                # Exporting by default hands the function to whoever renders the module.
                self._read.update(item.name for item in names if item.local == "default")
                return
            case form.Import():
                return
            case _:
                pass
        within = type(node) is form.Call or (handed and type(node) is not form.Function)
        for child in children(node):
            self._visit(child, inner, owners, within)
