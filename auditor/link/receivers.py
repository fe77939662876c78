"""What do the type parameters of a generic class stand for in the object whose method sends a request?

`class Tags extends Resource<Tag>`: where `Resource<T>` reads `get<T>(url)`, an object of `Tags` expects a `Tag`
(https://www.typescriptlang.org/docs/handbook/2/generics.html#generic-classes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.link.modules.symbols import Definition, Symbols
from auditor.link.types.resolve import Types
from auditor.model import form
from auditor.model.shape import Shape
from auditor.model.span import Span

_DEPTH = 20
_NOTHING: Mapping[str, Shape] = {}


class Receivers:
    """Follows a class up to each class above it, once."""

    def __init__(self, symbols: Symbols, types: Types) -> None:
        self._symbols = symbols
        self._types = types
        self._known: dict[str, tuple[tuple[Definition, Mapping[str, Shape]], ...]] = {}

    def stands_for(self, receiver: str, file: str, span: Span) -> Mapping[str, Shape]:
        """The type parameters that are in scope at a place inside the class of an object or inside one above it.

        `receiver` is `file:name` of the object's class, "" for none.
        """
        if not receiver:
            return _NOTHING
        if receiver not in self._known:
            self._known[receiver] = tuple(self._lineage(receiver))
        found = (bound for owner, bound in self._known[receiver] if owner.file == file and _holds(owner, span))
        return next(found, _NOTHING)

    def _lineage(self, receiver: str) -> Iterator[tuple[Definition, Mapping[str, Shape]]]:
        file, _, name = receiver.rpartition(":")
        current, bound = self._symbols.definition(file, name, types=True), _NOTHING
        for _ in range(_DEPTH):
            if current is None or not isinstance(current.statement, form.Class):
                return
            yield current, bound
            base = next(iter(current.statement.bases), None)
            if base is None:
                return
            target, arguments = (base.target, base.arguments) if isinstance(base, form.Apply) else (base, ())
            given = [self._types.shape(current.file, one, bound) for one in arguments]
            current = self._symbols.member(current.file, target, types=True)
            bound = dict(zip(_parameters(current), given, strict=False))


def _parameters(found: Definition | None) -> tuple[str, ...]:
    return found.statement.type_parameters if found and isinstance(found.statement, form.Class) else ()


def _holds(owner: Definition, span: Span) -> bool:
    outer = owner.statement.span if owner.statement is not None else span
    return outer.start_line <= span.start_line and span.end_line <= outer.end_line
