"""Which imports does a file contain, wherever they stand?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from auditor.model.form import (
    Argument,
    Bind,
    Block,
    Call,
    Class,
    Def,
    Do,
    Enum,
    Export,
    Field,
    For,
    If,
    Import,
    Literal,
    Name,
    Node,
    Return,
    Statement,
    Stop,
    TypeDefinition,
)
from auditor.model.span import Span

_LEAVES = frozenset({Bind, Do, Return, Stop, Field, Enum, TypeDefinition})


def imports_in(body: tuple[Statement, ...], functions: bool = True) -> Iterator[Import | Export]:
    """Imports and re-exports in source order, also those inside branches, classes and (`functions`) functions.

    Functions that are expressions (arrows, lambdas) are not searched.
    """
    waiting = list(reversed(body))
    while waiting:
        # This visits every statement of the project, and most are of the kinds that hold no other.
        statement = waiting.pop()
        if type(statement) in _LEAVES:
            continue
        match statement:
            case Import() | Export(module=str()):
                yield statement
            case Def(function=function) if functions:
                waiting.extend(reversed(function.body))
            case If(then=then, otherwise=otherwise):
                waiting.extend(reversed(then + otherwise))
            case Block(body=inner) | For(body=inner) | Class(body=inner):
                waiting.extend(reversed(inner))
            case _:
                pass


def required(expression: object) -> str | None:
    """The specifier of `require("…")` or `import("…")`; None for anything else."""
    match expression:
        case Call(callee=Name(id="require" | "import"), arguments=(Argument(value=Literal(value=str(specifier))), *_)):
            return specifier
        case _:
            return None


def calls_for_modules(body: tuple[Statement, ...]) -> Iterator[tuple[str, Span]]:
    """Specifiers of all `require("…")` and `import("…")` calls, wherever they stand, in no particular order.

    Visits every node: ask only for files that call one of the two.
    """
    waiting: list[object] = list(body)
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(item)
        elif isinstance(item, Node):
            specifier = required(item)
            if specifier is not None and isinstance(item, Call):
                yield specifier, item.span
            waiting.extend(getattr(item, name) for name in _fields(type(item)))


@cache
def _fields(kind: type[Node]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name != "span")
