"""What do both halves of the Python reader, expressions and statements, share?"""

from __future__ import annotations

import ast
import re
import sys
from typing import Any

from auditor.model.form import Statement
from auditor.model.span import Span

Statements = tuple[Statement, ...]

# Stand-ins for nodes that the `ast` of an older Python does not have; the fallback reader makes them.
if sys.version_info >= (3, 12):
    from ast import TypeAlias
else:

    class TypeAlias(ast.stmt):
        """`type X = …`."""


if sys.version_info >= (3, 14):
    from ast import TemplateStr
else:

    class TemplateStr(ast.expr):
        """A t-string."""

        values: list[ast.expr]


OPERATORS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitOr: "|", ast.BitAnd: "&", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not", ast.And: "and", ast.Or: "or",
    ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~",
}  # fmt: skip


class Notes:
    """What lowering a file learns on the side: the names it calls, and whether a `yield` was met."""

    __slots__ = ("called", "yields")

    def __init__(self) -> None:
        self.called: set[str] = set()
        self.yields = False


def call_name(callee: ast.expr) -> str:
    """The last name of what is called: `get` for `api.get`; "" where it has none."""
    if isinstance(callee, ast.Attribute):
        return callee.attr
    return callee.id if isinstance(callee, ast.Name) else ""


def refuse_long_chain(links: int) -> None:
    """Raise `RecursionError` where a flat chain in the source would nest too deeply in the form to be encoded."""
    if links > _MOST_LINKS:
        raise RecursionError


def type_parameters(node: Any) -> tuple[str, ...]:
    """The names of the type parameters of a function, class or type (PEP 695)."""
    return tuple([parameter.name for parameter in getattr(node, "type_params", ())])


def span_of(node: Any) -> Span:
    """The place of an `ast` node."""
    return Span(node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1)


def span_between(first: Any, last: Any) -> Span:
    """From the start of one `ast` node to the end of another."""
    return Span(first.lineno, first.col_offset + 1, last.end_lineno, last.end_col_offset + 1)


def clean(text: str) -> str:
    """Text that can be encoded: a lone surrogate ("\\ud800") becomes U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


_MOST_LINKS = 300
_SURROGATE = re.compile("[\ud800-\udfff]")
