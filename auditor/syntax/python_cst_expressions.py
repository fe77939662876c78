"""Which `ast` expression stands for a LibCST expression?"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import libcst as cst

from auditor.syntax.python_cst_places import Places
from auditor.syntax.python_cst_strings import constant, string

OPERATORS: dict[str, type[Any]] = {
    "Add": ast.Add, "Subtract": ast.Sub, "Multiply": ast.Mult, "Divide": ast.Div, "FloorDivide": ast.FloorDiv,
    "Modulo": ast.Mod, "Power": ast.Pow, "MatrixMultiply": ast.MatMult, "BitOr": ast.BitOr, "BitAnd": ast.BitAnd,
    "BitXor": ast.BitXor, "LeftShift": ast.LShift, "RightShift": ast.RShift, "Equal": ast.Eq, "NotEqual": ast.NotEq,
    "LessThan": ast.Lt, "LessThanEqual": ast.LtE, "GreaterThan": ast.Gt, "GreaterThanEqual": ast.GtE, "In": ast.In,
    "NotIn": ast.NotIn, "Is": ast.Is, "IsNot": ast.IsNot, "And": ast.And, "Or": ast.Or, "Not": ast.Not,
    "Minus": ast.USub, "Plus": ast.UAdd, "BitInvert": ast.Invert,
}  # fmt: skip
"""By the name of the LibCST node; an augmented assignment adds "Assign" to it."""

_LOAD = ast.Load()


def expression(node: Any, places: Places) -> ast.expr:
    """The expression for `ast`, with places. Syntax unknown to this version is `...`."""
    convert = _CONVERT.get(type(node))
    return convert(node, places) if convert else places.at(ast.Constant(...), node)


def optional(node: Any, places: Places) -> ast.expr | None:
    """The expression, if there is one."""
    return None if node is None else expression(node, places)


def annotation(node: cst.Annotation | None, places: Places) -> ast.expr | None:
    """What stands behind `:` or `->`."""
    return None if node is None else expression(node.annotation, places)


def identifier(name: str) -> str:
    """A name as Python knows it: `ast` normalises, LibCST does not."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def arguments(nodes: Sequence[cst.Arg], places: Places) -> tuple[list[ast.expr], list[ast.keyword]]:
    """The positional arguments and the keywords of a call or a class."""
    positional: list[ast.expr] = []
    keywords: list[ast.keyword] = []
    for node in nodes:
        value = expression(node.value, places)
        if node.keyword:
            keywords.append(ast.keyword(identifier(node.keyword.value), value))
        elif node.star == "**":
            keywords.append(ast.keyword(None, value))
        else:
            positional.append(places.at(ast.Starred(value, _LOAD), node) if node.star else value)
    return positional, keywords


def parameters(node: cst.Parameters, places: Places) -> ast.arguments:
    """The parameters of a function or a lambda."""
    plain = (*node.posonly_params, *node.params)
    return ast.arguments(
        posonlyargs=[_parameter(item, places) for item in node.posonly_params],
        args=[_parameter(item, places) for item in node.params],
        vararg=_parameter(node.star_arg, places) if isinstance(node.star_arg, cst.Param) else None,
        kwonlyargs=[_parameter(item, places) for item in node.kwonly_params],
        kw_defaults=[optional(item.default, places) for item in node.kwonly_params],
        kwarg=_parameter(node.star_kwarg, places) if node.star_kwarg else None,
        defaults=[expression(item.default, places) for item in plain if item.default],
    )


def _parameter(node: cst.Param, places: Places) -> ast.arg:
    return places.at(ast.arg(identifier(node.name.value), annotation(node.annotation, places)), node.name)


def _name(node: cst.Name, places: Places) -> ast.expr:
    if node.value in ("None", "True", "False"):
        return places.at(constant(node.value), node)
    return places.at(ast.Name(identifier(node.value), _LOAD), node)


def _number(node: Any, places: Places) -> ast.expr:
    return places.at(constant(node.value), node)


def _ellipsis(node: cst.Ellipsis, places: Places) -> ast.expr:
    return places.at(ast.Constant(...), node)


def _string(node: Any, places: Places) -> ast.expr:
    return string(node, places, lambda part: expression(part, places))


def _attribute(node: cst.Attribute, places: Places) -> ast.expr:
    return places.at(ast.Attribute(expression(node.value, places), identifier(node.attr.value), _LOAD), node)


def _call(node: cst.Call, places: Places) -> ast.expr:
    positional, keywords = arguments(node.args, places)
    return places.at(ast.Call(expression(node.func, places), positional, keywords), node)


def _subscript(node: cst.Subscript, places: Places) -> ast.expr:
    items = [_subscript_item(element.slice, places) for element in node.slice]
    first, last = node.slice[0], node.slice[-1]
    if len(items) == 1 and not isinstance(last.comma, cst.Comma) and not isinstance(items[0], ast.Starred):
        index = items[0]
    else:
        end = last.comma if isinstance(last.comma, cst.Comma) else last
        index = places.between(ast.Tuple(items, _LOAD), first, end)
    return places.at(ast.Subscript(expression(node.value, places), index, _LOAD), node)


def _subscript_item(node: cst.BaseSlice, places: Places) -> ast.expr:
    if isinstance(node, cst.Index):
        value = expression(node.value, places)
        return places.at(ast.Starred(value, _LOAD), node) if node.star else value
    if isinstance(node, cst.Slice):
        lower, upper, step = (optional(part, places) for part in (node.lower, node.upper, node.step))
        return places.at(ast.Slice(lower, upper, step), node)
    return places.at(ast.Constant(...), node)


def _tuple(node: cst.Tuple, places: Places) -> ast.expr:
    return places.enclosed(ast.Tuple(_elements(node, places), _LOAD), node)


def _list(node: cst.List, places: Places) -> ast.expr:
    return places.at(ast.List(_elements(node, places), _LOAD), node)


def _set(node: cst.Set, places: Places) -> ast.expr:
    return places.at(ast.Set(_elements(node, places)), node)


def _elements(node: cst.Tuple | cst.List | cst.Set, places: Places) -> list[ast.expr]:
    return [expression(item if isinstance(item, cst.StarredElement) else item.value, places) for item in node.elements]


def _starred(node: cst.StarredElement, places: Places) -> ast.expr:
    return places.at(ast.Starred(expression(node.value, places), _LOAD), node)


def _dict(node: cst.Dict, places: Places) -> ast.expr:
    keys = [optional(getattr(item, "key", None), places) for item in node.elements]
    return places.at(ast.Dict(keys, [expression(item.value, places) for item in node.elements]), node)


def _comprehension(kind: type[Any]) -> Callable[[Any, Places], ast.expr]:
    def convert(node: Any, places: Places) -> ast.expr:
        new: ast.expr = kind(expression(node.elt, places), list(_clauses(node.for_in, places)))
        return places.enclosed(new, node) if kind is ast.GeneratorExp else places.at(new, node)

    return convert


def _dict_comprehension(node: Any, places: Places) -> ast.expr:
    key: Any = optional(getattr(node, "key", None), places)  # `{**x for x in y}` has none
    return places.at(ast.DictComp(key, expression(node.value, places), list(_clauses(node.for_in, places))), node)


def _clauses(node: cst.CompFor | None, places: Places) -> Iterator[ast.comprehension]:
    while node:
        target, iterable = expression(node.target, places), expression(node.iter, places)
        yield ast.comprehension(target, iterable, [expression(test.test, places) for test in node.ifs], 0)
        node = node.inner_for_in


def _lambda(node: cst.Lambda, places: Places) -> ast.expr:
    return places.at(ast.Lambda(parameters(node.params, places), expression(node.body, places)), node)


def _conditional(node: cst.IfExp, places: Places) -> ast.expr:
    test, body, other = (expression(part, places) for part in (node.test, node.body, node.orelse))
    return places.at(ast.IfExp(test, body, other), node)


def _logical(node: cst.BooleanOperation, places: Places) -> ast.expr:
    values = [expression(node.left, places), expression(node.right, places)]
    return places.at(ast.BoolOp(_operator(node), values), node)


def _binary(node: cst.BinaryOperation, places: Places) -> ast.expr:
    left, right = expression(node.left, places), expression(node.right, places)
    return places.at(ast.BinOp(left, _operator(node), right), node)


def _unary(node: cst.UnaryOperation, places: Places) -> ast.expr:
    return places.at(ast.UnaryOp(_operator(node), expression(node.expression, places)), node)


def _compare(node: cst.Comparison, places: Places) -> ast.expr:
    operators = [_operator(item) for item in node.comparisons]
    comparators = [expression(item.comparator, places) for item in node.comparisons]
    return places.at(ast.Compare(expression(node.left, places), operators, comparators), node)


def _operator(node: Any) -> Any:
    return OPERATORS[type(node.operator).__name__]()


def _await(node: cst.Await, places: Places) -> ast.expr:
    return places.at(ast.Await(expression(node.expression, places)), node)


def _walrus(node: cst.NamedExpr, places: Places) -> ast.expr:
    target: Any = expression(node.target, places)
    return places.at(ast.NamedExpr(target, expression(node.value, places)), node)


def _yield(node: cst.Yield, places: Places) -> ast.expr:
    if isinstance(node.value, cst.From):
        return places.at(ast.YieldFrom(expression(node.value.item, places)), node)
    return places.at(ast.Yield(optional(node.value, places)), node)


_CONVERT: dict[type, Callable[[Any, Places], ast.expr]] = {
    cst.Name: _name,
    cst.Integer: _number,
    cst.Float: _number,
    cst.Imaginary: _number,
    cst.Ellipsis: _ellipsis,
    cst.SimpleString: _string,
    cst.FormattedString: _string,
    cst.TemplatedString: _string,
    cst.ConcatenatedString: _string,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Subscript: _subscript,
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.StarredElement: _starred,
    cst.Dict: _dict,
    cst.ListComp: _comprehension(ast.ListComp),
    cst.SetComp: _comprehension(ast.SetComp),
    cst.GeneratorExp: _comprehension(ast.GeneratorExp),
    cst.DictComp: _dict_comprehension,
    cst.Lambda: _lambda,
    cst.IfExp: _conditional,
    cst.BooleanOperation: _logical,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.Comparison: _compare,
    cst.Await: _await,
    cst.NamedExpr: _walrus,
    cst.Yield: _yield,
}
if hasattr(cst, "StarredDictComp"):  # LibCST 1.9
    _CONVERT[cst.StarredDictComp] = _dict_comprehension
