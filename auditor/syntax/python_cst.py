"""What does a Python file say whose syntax is newer than the running Python?

LibCST parses it, and its tree is rewritten as the tree that `ast` would have given, so that both readers
share every rule of lowering. Nodes that lowering does not look at (`del`, the inside of patterns) stay out.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst

from auditor.syntax.python_cst_expressions import (
    OPERATORS,
    annotation,
    arguments,
    expression,
    identifier,
    optional,
    parameters,
)
from auditor.syntax.python_cst_places import Places
from auditor.syntax.python_reading import TypeAlias


def read_with_libcst(text: str) -> ast.Module | None:
    """The tree of a file; `None` where LibCST cannot read it either."""
    if _is_risky(text):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes are none of our business
        try:
            tree = cst.parse_module(text)
            if _BLANK_BEFORE_COLON.search(text) and tree.code != text:
                text = _BLANK_BEFORE_COLON.sub(r"\1:\2", text)
                tree = cst.parse_module(text)
            return ast.Module(_statements(tree.body, Places(text, tree)), [])
        except (cst.ParserSyntaxError, RecursionError, ValueError):
            return None


# LibCST 1.9 loses the blank in `except (A, B) :`, which would move every place behind it.
_BLANK_BEFORE_COLON = re.compile(r"^(\s*except\b.*\))([ \t]+):", re.MULTILINE)

# LibCST's parser overflows the stack of the process, which nothing can catch, between 1,000 and 3,000 levels of
# brackets, a few thousand of other things. Python itself allows 200 levels of brackets.
_MOST_LEVELS = 200
_MOST_LINKS = 2000
_PREFIXES = re.compile(r"(?:[-+~*]\s*|\bnot\s+|\blambda\b[^:\n]*:\s*){500}")
_LINKS = ("elif ", "**", " else ", "lambda")


def _is_risky(text: str) -> bool:
    level = deepest = 0
    for bracket in re.findall(r"[(\[{}\])]", text):
        level = level + 1 if bracket in "([{" else max(level - 1, 0)
        deepest = max(level, deepest)
    chained = any(text.count(link) > _MOST_LINKS for link in _LINKS)
    return deepest > _MOST_LEVELS or chained or _PREFIXES.search(text) is not None


# -- blocks ---------------------------------------------------------------------------------------


def _statements(nodes: Iterable[Any], places: Places) -> list[ast.stmt]:
    out: list[ast.stmt] = []
    for node in nodes:
        for statement in node.body if isinstance(node, cst.SimpleStatementLine) else (node,):
            convert = _CONVERT.get(type(statement))
            out.append(places.at(convert(statement, places) if convert else ast.Pass(), statement))
    return out


def _suite(node: Any, places: Places) -> list[ast.stmt]:
    """The statements of an indented block, of the rest of a line, of an `else`; none where there is no such part."""
    if node is None:
        return []
    if isinstance(node, cst.If):  # an `elif`
        return _statements((node,), places)
    if isinstance(node, (cst.Else, cst.Finally)):
        return _suite(node.body, places)
    return _statements(node.body, places)


# -- functions and classes ------------------------------------------------------------------------


def _function(node: cst.FunctionDef, places: Places) -> ast.stmt:
    new: Any = ast.AsyncFunctionDef if node.asynchronous else ast.FunctionDef
    out: ast.stmt = new(
        name=identifier(node.name.value),
        args=parameters(node.params, places),
        body=_suite(node.body, places),
        decorator_list=_decorators(node, places),
        returns=annotation(node.returns, places),
        type_params=_type_parameters(node),
    )
    return out


def _class(node: cst.ClassDef, places: Places) -> ast.stmt:
    bases, keywords = arguments((*node.bases, *node.keywords), places)
    new: Any = ast.ClassDef
    out: ast.stmt = new(
        name=identifier(node.name.value),
        bases=bases,
        keywords=keywords,
        body=_suite(node.body, places),
        decorator_list=_decorators(node, places),
        type_params=_type_parameters(node),
    )
    return out


def _decorators(node: Any, places: Places) -> list[ast.expr]:
    return [expression(item.decorator, places) for item in node.decorators]


def _type_parameters(node: Any) -> list[ast.alias]:
    """Anything with a name will do: lowering looks at nothing else, and older `ast`s have no such node."""
    return [ast.alias(identifier(item.param.name.value)) for item in getattr(node.type_parameters, "params", ())]


def _type_alias(node: cst.TypeAlias, places: Places) -> ast.stmt:
    new: Any = TypeAlias()
    new.name, new.value = expression(node.name, places), expression(node.value, places)
    new.type_params = _type_parameters(node)
    out: ast.stmt = new
    return out


# -- flow -----------------------------------------------------------------------------------------


def _if(node: cst.If, places: Places) -> ast.stmt:
    return ast.If(expression(node.test, places), _suite(node.body, places), _suite(node.orelse, places))


def _while(node: cst.While, places: Places) -> ast.stmt:
    return ast.While(expression(node.test, places), _suite(node.body, places), _suite(node.orelse, places))


def _for(node: cst.For, places: Places) -> ast.stmt:
    target, iterable = expression(node.target, places), expression(node.iter, places)
    return ast.For(target, iterable, _suite(node.body, places), _suite(node.orelse, places))


def _with(node: cst.With, places: Places) -> ast.stmt:
    items = [ast.withitem(expression(item.item, places), _as_name(item.asname, places)) for item in node.items]
    return ast.With(items, _suite(node.body, places))


def _as_name(node: cst.AsName | None, places: Places) -> ast.expr | None:
    return expression(node.name, places) if node else None


def _try(node: cst.Try | cst.TryStar, places: Places) -> ast.stmt:
    handlers = [_handler(handler, places) for handler in node.handlers]
    body, other, final = (_suite(part, places) for part in (node.body, node.orelse, node.finalbody))
    return ast.Try(body, handlers, other, final)


def _handler(node: cst.ExceptHandler | cst.ExceptStarHandler, places: Places) -> ast.ExceptHandler:
    name = _as_name(node.name, places)
    caught = name.id if isinstance(name, ast.Name) else None
    return ast.ExceptHandler(optional(node.type, places), caught, _suite(node.body, places))


def _match(node: cst.Match, places: Places) -> ast.stmt:
    cases = [
        ast.match_case(_pattern(case.pattern, places), optional(case.guard, places), _suite(case.body, places))
        for case in node.cases
    ]
    return ast.Match(expression(node.subject, places), cases)


def _pattern(node: Any, places: Places) -> ast.pattern:
    new: ast.pattern = ast.MatchStar()  # any pattern whose inside is of no interest
    if isinstance(node, cst.MatchValue):
        new = ast.MatchValue(expression(node.value, places))
    elif isinstance(node, cst.MatchSingleton):
        new = ast.MatchSingleton({"None": None, "True": True, "False": False}[node.value.value])
    elif isinstance(node, cst.MatchOr):
        new = ast.MatchOr([_pattern(item.pattern, places) for item in node.patterns])
    elif isinstance(node, cst.MatchAs):
        inner = _pattern(node.pattern, places) if node.pattern else None
        new = ast.MatchAs(inner, identifier(node.name.value) if node.name else None)
    return places.at(new, node)


# -- simple statements ----------------------------------------------------------------------------


def _assign(node: cst.Assign, places: Places) -> ast.stmt:
    return ast.Assign([expression(item.target, places) for item in node.targets], expression(node.value, places))


def _annotated(node: cst.AnnAssign, places: Places) -> ast.stmt:
    target: Any = expression(node.target, places)
    declared = expression(node.annotation.annotation, places)
    return ast.AnnAssign(target, declared, optional(node.value, places), 1)


def _augmented(node: cst.AugAssign, places: Places) -> ast.stmt:
    target: Any = expression(node.target, places)
    operator = OPERATORS[type(node.operator).__name__.removesuffix("Assign")]()
    return ast.AugAssign(target, operator, expression(node.value, places))


def _effect(node: cst.Expr, places: Places) -> ast.stmt:
    return ast.Expr(expression(node.value, places))


def _assert(node: cst.Assert, places: Places) -> ast.stmt:
    return ast.Assert(expression(node.test, places))


def _return(node: cst.Return, places: Places) -> ast.stmt:
    return ast.Return(optional(node.value, places))


def _raise(node: cst.Raise, places: Places) -> ast.stmt:
    return ast.Raise(optional(node.exc, places))


def _import(node: Any, places: Places) -> ast.stmt:
    return ast.Import(_aliases(node.names, places))


def _import_from(node: Any, places: Places) -> ast.stmt:
    module = _dotted(node.module) if node.module else None
    if isinstance(node.names, cst.ImportStar):
        return ast.ImportFrom(module, [places.at(ast.alias("*"), node.names)], len(node.relative))
    return ast.ImportFrom(module, _aliases(node.names, places), len(node.relative))


def _aliases(nodes: Iterable[cst.ImportAlias], places: Places) -> list[ast.alias]:
    return [
        places.at(ast.alias(_dotted(node.name), _dotted(node.asname.name) if node.asname else None), node)
        for node in nodes
    ]


def _dotted(node: Any) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{identifier(node.attr.value)}"
    return identifier(node.value)


_CONVERT: dict[type, Callable[[Any, Places], ast.stmt]] = {
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.TypeAlias: _type_alias,
    cst.If: _if,
    cst.While: _while,
    cst.For: _for,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Match: _match,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Expr: _effect,
    cst.Assert: _assert,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Break: lambda node, places: ast.Break(),
    cst.Continue: lambda node, places: ast.Continue(),
    cst.Global: lambda node, places: ast.Global([item.name.value for item in node.names]),
    cst.Nonlocal: lambda node, places: ast.Nonlocal([item.name.value for item in node.names]),
    cst.Import: _import,
    cst.ImportFrom: _import_from,
}
for _name, _convert in (("LazyImport", _import), ("LazyImportFrom", _import_from)):  # LibCST 1.9, PEP 810
    if hasattr(cst, _name):
        _CONVERT[getattr(cst, _name)] = _convert
