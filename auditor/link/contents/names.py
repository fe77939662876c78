"""Where the names of annotations, defaults and dependencies lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.link.modules.symbols import Symbols
from auditor.link.types.resolve import Types
from auditor.model import form
from auditor.model.span import Location, Span

_HOPS = 12


@dataclass(frozen=True, slots=True)
class Written:
    """An expression, and the file whose names it uses."""

    file: str
    node: form.Expression

    def other(self, node: form.Expression) -> Written:
        """Another expression of the same file."""
        return Written(self.file, node)


@dataclass(frozen=True, slots=True)
class Callee:
    """Something of the project that a framework calls: a function, or a class by its constructor. The first
    parameter of one that is `bound` is its object or class; `owner` is the class whose object it is, where known."""

    file: str
    node: form.Function | form.Class
    name: str
    bound: bool = False
    owner: Callee | None = None

    @property
    def location(self) -> Location:
        """Its place."""
        return Location(self.file, self.node.span)


@dataclass(frozen=True, slots=True)
class Names:
    """Follows names through imports and aliases, without evaluating anything."""

    symbols: Symbols
    types: Types

    def value(self, written: Written) -> Written:
        """What a name was bound to at the top of a file; the expression itself if it is no such name."""
        for _ in range(_HOPS):
            if not isinstance(written.node, form.Name | form.Member):
                break
            found = self.symbols.member(written.file, written.node)
            if found is None or not isinstance(found.statement, form.Bind) or found.statement.value is None:
                break
            written = Written(found.file, found.statement.value)
        return written

    def callee(self, written: Written) -> Callee | None:
        """The function or class of the project that an expression names."""
        if isinstance(written.node, form.Function):
            return Callee(written.file, written.node, written.node.name)
        if not isinstance(written.node, form.Name | form.Member):
            return None
        found = self.symbols.member(written.file, written.node)
        match found.statement if found is not None else None:
            case form.Def(function=function, decorators=decorators) if found is not None:
                bound = any(isinstance(one, form.Name) and one.id == "classmethod" for one in decorators)
                return Callee(found.file, function, found.name, bound)
            case form.Class() as cls if found is not None:
                return Callee(found.file, cls, found.name)
            case _:
                return None

    def library(self, written: Written) -> str:
        """The last name of what an expression calls or names outside the project: "Query" for `fastapi.Query(…)`."""
        node = written.node.callee if isinstance(written.node, form.Call) else written.node
        return self.types.library(written.file, node).rpartition(".")[2]

    def bases(self, callee: Callee) -> Iterator[Callee]:
        """A class of the project and those it derives from, itself first."""
        waiting, seen = [callee], set[form.Class]()
        while waiting:
            current = waiting.pop(0)
            if not isinstance(current.node, form.Class) or current.node in seen:
                continue
            seen.add(current.node)
            yield current
            for base in current.node.bases:
                plain = base.object if isinstance(base, form.Index) else base
                above = self.callee(Written(current.file, plain))
                waiting += [above] if above is not None else []


def place_of(written: Written) -> Location:
    """The place of an expression, or of what it is made of."""
    span = getattr(written.node, "span", None)
    return Location(written.file, span if isinstance(span, Span) else Span(1, 1, 1, 1))
