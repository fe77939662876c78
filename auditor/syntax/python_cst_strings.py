"""Which `ast` constant or f-string stands for a LibCST literal?"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

import libcst as cst

from auditor.syntax.python_cst_places import Places
from auditor.syntax.python_reading import TemplateStr

_Convert = Callable[[Any], ast.expr]
_Texts = (cst.FormattedStringText, cst.TemplatedStringText)
_QUOTE_OR_ESCAPE = re.compile(r'\\.|"', re.DOTALL)
_LINE_END = re.compile(r"\r\n?")


def constant(source: str) -> ast.Constant:
    """The value of a literal; one that cannot be had (a number too long to convert) is `...`."""
    try:
        return ast.Constant(ast.literal_eval(source))
    except (SyntaxError, ValueError):
        return ast.Constant(...)


def string(node: Any, places: Places, convert: _Convert) -> ast.expr:
    """A literal of one or several pieces, some of which may hold expressions."""
    pieces = _pieces(node)
    values = [value for piece in pieces for value in _values(piece, places, convert)]
    if any(isinstance(piece, cst.TemplatedString) for piece in pieces):
        template = TemplateStr()
        template.values = values
        return places.at(template, node)
    if any(isinstance(piece, cst.FormattedString) for piece in pieces):
        return places.at(ast.JoinedStr(values), node)
    first, *others = [value.value for value in values if isinstance(value, ast.Constant)]
    for other in others:
        first = first + other  # type: ignore[operator]  # all text or all bytes, or it would not be Python
    return places.at(ast.Constant(first), node)


def _pieces(node: Any) -> list[Any]:
    return [*_pieces(node.left), *_pieces(node.right)] if isinstance(node, cst.ConcatenatedString) else [node]


def _values(piece: Any, places: Places, convert: _Convert) -> list[ast.expr]:
    if isinstance(piece, cst.SimpleString):
        return [constant(piece.value)]
    raw = "r" in piece.prefix
    values: list[ast.expr] = []
    for part in piece.parts:
        if isinstance(part, _Texts):
            values.append(ast.Constant(_text(part.value, raw)))
            continue
        if part.equal:  # f"{x=}" spells the expression out, blanks included
            blank, equal = part.whitespace_before_expression, part.equal
            values.append(ast.Constant("".join(map(cst.Module(()).code_for_node, (blank, part.expression, equal)))))
        values.append(ast.FormattedValue(convert(part.expression), -1))
    return values


def _text(source: str, raw: bool) -> str:
    source = _LINE_END.sub("\n", source.replace("{{", "{").replace("}}", "}"))
    if raw or "\\" not in source:
        return source
    if (len(source) - len(source.rstrip("\\"))) % 2:
        source += "\\"  # `\{x}` is a backslash and an expression
    quoted = _QUOTE_OR_ESCAPE.sub(lambda found: '\\"' if found[0] == '"' else found[0], source)
    return str(constant(f'"""{quoted}"""').value)
