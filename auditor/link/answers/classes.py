"""Of which class of the project is a value, as far as annotations and constructions say, and what do its methods do?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.link.answers.frame import Frame, local_of
from auditor.link.contents.names import Callee, Names, Written
from auditor.model import form

_WRAPPING = frozenset({"Optional", "Annotated", "Type", "ClassVar", "Final"})
_DEPTH = 6


class Classes:
    """Follows values to classes, and classes to those that derive from them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._derived: dict[str, list[Callee]] | None = None

    def of_value(self, node: form.Expression, frame: Frame, depth: int = 0) -> Callee | None:
        """The class of what an expression gives; None where nothing says so."""
        if depth > _DEPTH:
            return None
        match node:
            case form.Name("self" | "cls") if frame.owner is not None:
                return frame.owner
            case form.Name(id):
                return self._of_name(node, id, frame, depth)
            case form.Call(callee):
                found = self._names.callee(frame.written(callee))
                return self._of_call(found)
            case form.Member(object, name):
                owner = self.of_value(object, frame, depth + 1)
                if owner is not None:
                    return self._of_attribute(owner, name)
                return self._of_constant(frame.written(node))
            case _:
                return None

    def methods(self, owner: Callee, name: str) -> tuple[Frame, ...]:
        """The method of a class and those that override it in classes of the project."""
        found: list[Frame] = []
        for base in self._names.bases(owner):
            method = _method(base, name)
            if method is not None:
                found.append(Frame(base.file, method, owner))
                break
        for below in self._below(owner):
            method = _method(below, name)
            if method is not None:
                found.append(Frame(below.file, method, below))
        return tuple(found)

    def above(self, frame: Frame, name: str) -> tuple[Frame, ...]:
        """The method that `super().name` means in a method of a class."""
        below = True
        for base in self._names.bases(frame.owner) if frame.owner is not None else ():
            method = None if below else _method(base, name)
            if method is not None:
                return (Frame(base.file, method, frame.owner),)
            below = below and not any(_is(part, frame.function) for part in _parts(base))
        return ()

    def _of_name(self, node: form.Name, id: str, frame: Frame, depth: int) -> Callee | None:
        if id in frame.given:
            value, where = frame.given[id]
            return self.of_value(value, where, depth + 1)
        for parameter in frame.function.parameters:
            if isinstance(parameter.target, form.Name) and parameter.target.id == id:
                return self._of_type(Written(frame.file, parameter.annotation)) if parameter.annotation else None
        local = local_of(frame.function, id)
        if local is not None:
            if local.annotation is not None:
                return self._of_type(Written(frame.file, local.annotation))
            return self.of_value(local.values[0], frame, depth + 1) if len(local.values) == 1 else None
        if frame.outer is not None:
            return self.of_value(node, frame.outer, depth + 1)
        return self._of_constant(frame.written(node))

    def _of_constant(self, written: Written) -> Callee | None:
        """A name at the top of a file: by its annotation, or what was made for it."""
        found = self._names.symbols.member(written.file, written.node)
        if found is None or not isinstance(found.statement, form.Bind):
            return None
        if found.statement.annotation is not None:
            return self._of_type(Written(found.file, found.statement.annotation))
        value = found.statement.value
        if isinstance(value, form.Call):
            return self._of_call(self._names.callee(Written(found.file, value.callee)))
        return None

    def _of_call(self, found: Callee | None) -> Callee | None:
        if found is None or isinstance(found.node, form.Class):
            return found
        return self._of_type(Written(found.file, found.node.returns)) if found.node.returns is not None else None

    def _of_attribute(self, owner: Callee, name: str) -> Callee | None:
        for base in self._names.bases(owner):
            for part in base.node.body if isinstance(base.node, form.Class) else ():
                match part:
                    case form.Field(field, annotation) if field == name and annotation is not None:
                        return self._of_type(Written(base.file, annotation))
                    case form.Def(function, kind="get") if function.name == name and function.returns is not None:
                        return self._of_type(Written(base.file, function.returns))
                    case form.Def(function) if function.name == "__init__":
                        made = _assigned(function, name)
                        if made is not None:
                            return self.of_value(made, Frame(base.file, function, base), 1)
        return None

    def _of_type(self, written: Written) -> Callee | None:
        match written.node:
            case form.Index(target, index) if _last(target) in _WRAPPING:
                inner = index.items[0] if isinstance(index, form.Array) and index.items else index
                return self._of_type(written.other(inner))
            case form.Binary("|", left, form.Literal(None)) | form.Binary("|", form.Literal(None), left):
                return self._of_type(written.other(left))
            case form.Name() | form.Member():
                found = self._names.callee(written)
                return found if found is not None and isinstance(found.node, form.Class) else None
            case _:
                return None

    def _below(self, owner: Callee) -> Iterator[Callee]:
        if self._derived is None:
            self._derived = {}
            for file, facts in self._names.symbols.facts.items():
                for statement in facts.body:
                    if isinstance(statement, form.Class):
                        for base in statement.bases:
                            plain = base.object if isinstance(base, form.Index) else base
                            self._derived.setdefault(_last(plain), []).append(Callee(file, statement, statement.name))
        seen: set[form.Class] = set()
        waiting: Sequence[Callee] = self._derived.get(owner.name.rpartition(".")[2], ())
        while waiting:
            following: list[Callee] = []
            for below in waiting:
                if not isinstance(below.node, form.Class) or below.node in seen:
                    continue
                seen.add(below.node)
                if any(base.node is owner.node for base in self._names.bases(below)):
                    yield replace(below)
                    following += self._derived.get(below.name, ())
            waiting = following


def _parts(owner: Callee) -> tuple[form.Node, ...]:
    return owner.node.body if isinstance(owner.node, form.Class) else ()


def _is(part: form.Node, function: form.Function) -> bool:
    return isinstance(part, form.Def) and part.function is function


def _method(owner: Callee, name: str) -> form.Function | None:
    for part in owner.node.body if isinstance(owner.node, form.Class) else ():
        if isinstance(part, form.Def) and part.function.name == name:
            return part.function
    return None


def _assigned(function: form.Function, name: str) -> form.Expression | None:
    """What `self.name` is set to in a constructor, if that happens once."""
    found: list[form.Expression] = []
    for statement in function.body:
        match statement:
            case form.Bind(form.Member(form.Name("self"), attribute), value) if attribute == name and value is not None:
                found.append(value)
            case _:
                pass
    return found[0] if len(found) == 1 else None


def _last(node: form.Expression) -> str:
    match node:
        case form.Name(id):
            return id
        case form.Member(_, name):
            return name
        case _:
            return ""
