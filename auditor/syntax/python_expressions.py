"""Which expression of the neutral form stands for a Python expression?

`ast` nodes come in, nodes of `auditor.model.form` go out. Shapes that the form does not spell out:
`a < b < c` is an `and` of two `Binary`, a slice `Opaque("slice")`, `a @ b` `Opaque("matmul")`, an
unpacked comprehension body (`[*x for x in y]`) a `Spread`, a t-string `Opaque("template-string")`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from auditor.model import form
from auditor.model.span import Span
from auditor.syntax.python_reading import OPERATORS, Notes, TemplateStr, clean, refuse_long_chain, span_between, span_of


def lower(node: ast.expr, notes: Notes) -> form.Expression:
    """The expression in the neutral form. Syntax unknown to this version is `form.Opaque`."""
    out: form.Expression = _LOWER[type(node)](node, notes)
    return out


def lower_optional(node: ast.expr | None, notes: Notes) -> form.Expression | None:
    """The expression in the neutral form, if there is one."""
    return None if node is None else lower(node, notes)


def lower_target(node: ast.expr, notes: Notes) -> form.Pattern:
    """The target of an assignment, a loop or a `with`."""
    return _TARGETS[type(node)](node, notes)


def lower_parameters(node: ast.arguments, notes: Notes) -> tuple[form.Parameter, ...]:
    """All parameters in source order."""
    plain = [*node.posonlyargs, *node.args] if node.posonlyargs else node.args
    required = len(plain) - len(node.defaults)
    out = [
        _parameter(item, node.defaults[at - required] if at >= required else None, "", notes)
        for at, item in enumerate(plain)
    ]
    if node.vararg:
        out.append(_parameter(node.vararg, None, "rest", notes))
    for item, default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
        out.append(_parameter(item, default, "keyword-only", notes))
    if node.kwarg:
        out.append(_parameter(node.kwarg, None, "keywords", notes))
    return tuple(out)


def lower_keyword(node: ast.keyword, notes: Notes) -> form.Argument:
    """A keyword argument of a call or a class."""
    value = node.value
    return form.Argument(_LOWER[type(value)](value, notes), node.arg, "" if node.arg else "**")


_LARGEST_INTEGER = 2**63


def _name(node: Any, notes: Notes) -> form.Name:
    line = node.lineno
    return form.Name(node.id, Span(line, node.col_offset + 1, line, node.end_col_offset + 1))


def _member(node: Any, notes: Notes) -> form.Member:
    value, name = node.value, node.attr
    line, end = node.end_lineno, node.end_col_offset + 1
    size = len(name) if name.isascii() else len(name.encode())
    return form.Member(_LOWER[type(value)](value, notes), name, Span(line, end - size, line, end))


def _constant(node: Any, notes: Notes) -> form.Expression:
    value = node.value
    kind = type(value)
    span = Span(node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1)
    if kind is str:
        return form.Literal(value if value.isascii() else clean(value), span)
    if kind is bytes:
        return form.Literal(value.decode("latin-1"), span)
    if kind is complex or value is ...:
        return form.Opaque("constant", (), span)
    # The encoder has 64 bits and no infinity (`1e999`).
    if (kind is int or kind is float) and not -_LARGEST_INTEGER <= value < _LARGEST_INTEGER:
        return form.Opaque("constant", (), span)
    return form.Literal(value, span)


def _template(node: ast.JoinedStr, notes: Notes) -> form.Expression:
    parts: list[str | form.Expression] = []
    text = ""
    for item in node.values:
        if isinstance(item, ast.Constant):
            text += clean(str(item.value))
            continue
        if text:
            parts.append(text)
        parts.append(lower(getattr(item, "value", item), notes))
        text = ""
    if not parts:
        return form.Literal(text, span_of(node))
    return form.Template((*parts, text) if text else tuple(parts), span_of(node))


def _template_string(node: Any, notes: Notes) -> form.Opaque:
    parts = [lower(item.value, notes) for item in node.values if not isinstance(item, ast.Constant)]
    return form.Opaque("template-string", tuple(parts), span_of(node))


def _call(node: Any, notes: Notes) -> form.Call:
    func = node.func
    callee = _LOWER[type(func)](func, notes)
    kind = type(callee)
    line, column = node.lineno, node.col_offset + 1
    if kind is form.Member:
        notes.called.add(callee.name)
        line, column = callee.span.start_line, callee.span.start_column
    elif kind is form.Name:
        notes.called.add(callee.id)
    arguments = [
        form.Argument(_LOWER[type(item)](item, notes))
        if type(item) is not ast.Starred
        else form.Argument(lower(item.value, notes), None, "*")
        for item in node.args
    ]
    if node.keywords:
        arguments += [lower_keyword(item, notes) for item in node.keywords]
    return form.Call(callee, tuple(arguments), Span(line, column, node.end_lineno, node.end_col_offset + 1))


def _index(node: ast.Subscript, notes: Notes) -> form.Index:
    value, index = node.value, node.slice
    return form.Index(_LOWER[type(value)](value, notes), _LOWER[type(index)](index, notes))


def _slice(node: ast.Slice, notes: Notes) -> form.Opaque:
    """Start, stop and step; what is not written is `None`."""
    span = span_of(node)
    parts = [lower(part, notes) if part else form.Literal(None, span) for part in (node.lower, node.upper, node.step)]
    return form.Opaque("slice", tuple(parts), span)


def _object(node: ast.Dict, notes: Notes) -> form.Object:
    pairs = zip(node.keys, node.values, strict=True)
    entries = [form.Entry(lower(key, notes) if key else None, lower(value, notes)) for key, value in pairs]
    return form.Object(tuple(entries), span_of(node))


def _array(kind: str) -> Callable[[Any, Notes], form.Array]:
    def lower_array(node: ast.List | ast.Tuple | ast.Set, notes: Notes) -> form.Array:
        return form.Array(tuple([_LOWER[type(item)](item, notes) for item in node.elts]), kind, span_of(node))

    return lower_array


def _comprehension(kind: str) -> Callable[[Any, Notes], form.Expression]:
    def lower_comprehension(node: Any, notes: Notes) -> form.Expression:
        if not isinstance(node, ast.DictComp):
            body = lower(node.elt, notes)
        elif node.key and node.value:
            pair = (lower(node.key, notes), lower(node.value, notes))
            body = form.Array(pair, "tuple", span_between(node.key, node.value))
        else:
            body = form.Spread(lower(node.key or node.value, notes))
        for clause in reversed(node.generators):
            target, iterable = lower_target(clause.target, notes), lower(clause.iter, notes)
            conditions = tuple([lower(test, notes) for test in clause.ifs])
            body = form.Comprehension(kind, target, iterable, conditions, body)
        return body

    return lower_comprehension


def _lambda(node: ast.Lambda, notes: Notes) -> form.Function:
    parameters = lower_parameters(node.args, notes)
    outside, notes.yields = notes.yields, False
    body = form.Return(lower(node.body, notes), span_of(node.body))
    generator, notes.yields = notes.yields, outside
    return form.Function("", parameters, (body,), span_of(node), arrow=True, generator=generator)


def _conditional(node: ast.IfExp, notes: Notes) -> form.Conditional:
    return form.Conditional(lower(node.test, notes), lower(node.body, notes), lower(node.orelse, notes))


def _logical(node: ast.BoolOp, notes: Notes) -> form.Expression:
    refuse_long_chain(len(node.values))
    operator = OPERATORS[type(node.op)]
    out = lower(node.values[0], notes)
    for value in node.values[1:]:
        out = form.Binary(operator, out, lower(value, notes))
    return out


def _binary(node: ast.BinOp, notes: Notes) -> form.Expression:
    left, right = node.left, node.right
    operands = (_LOWER[type(left)](left, notes), _LOWER[type(right)](right, notes))
    if type(node.op) is ast.MatMult:
        return form.Opaque("matmul", operands, span_of(node))
    return form.Binary(OPERATORS[type(node.op)], *operands)


def _compare(node: ast.Compare, notes: Notes) -> form.Expression:
    refuse_long_chain(len(node.ops))
    left, out = node.left, None
    # An operand in the middle is lowered twice: no node of the form may stand in two places.
    for operator, right in zip(node.ops, node.comparators, strict=True):
        test = form.Binary(OPERATORS[type(operator)], lower(left, notes), lower(right, notes))
        out = form.Binary("and", out, test) if out else test
        left = right
    return out or lower(left, notes)


def _unary(node: ast.UnaryOp, notes: Notes) -> form.Unary:
    return form.Unary(OPERATORS[type(node.op)], lower(node.operand, notes))


def _walrus(node: ast.NamedExpr, notes: Notes) -> form.Assign:
    return form.Assign(lower_target(node.target, notes), lower(node.value, notes))


def _yield(reason: str) -> Callable[[Any, Notes], form.Opaque]:
    def lower_yield(node: ast.Yield | ast.YieldFrom, notes: Notes) -> form.Opaque:
        notes.yields = True
        return form.Opaque(reason, (lower(node.value, notes),) if node.value else (), span_of(node))

    return lower_yield


def _unknown(node: ast.expr, notes: Notes) -> form.Opaque:
    return form.Opaque(type(node).__name__, (), span_of(node))


def _array_target(node: ast.Tuple | ast.List, notes: Notes) -> form.ArrayPattern:
    items = [form.ArrayPatternItem(lower_target(item, notes), None, type(item) is ast.Starred) for item in node.elts]
    return form.ArrayPattern(tuple(items))


def _starred_target(node: ast.Starred, notes: Notes) -> form.Pattern:
    return lower_target(node.value, notes)


def _parameter(node: Any, default: ast.expr | None, kind: str, notes: Notes) -> form.Parameter:
    name = node.arg
    line, column = node.lineno, node.col_offset + 1
    size = len(name) if name.isascii() else len(name.encode())
    annotation = node.annotation
    return form.Parameter(
        form.Name(name, Span(line, column, line, column + size)),
        lower_optional(default, notes),
        lower_optional(annotation, notes),
        kind,
    )


class _Table(dict[type, Callable[[Any, Notes], Any]]):
    def __missing__(self, kind: type) -> Callable[[Any, Notes], form.Expression]:
        return _unknown


_LOWER = _Table(
    {
        ast.Name: _name,
        ast.Attribute: _member,
        ast.Constant: _constant,
        ast.JoinedStr: _template,
        TemplateStr: _template_string,
        ast.Call: _call,
        ast.Subscript: _index,
        ast.Slice: _slice,
        ast.Dict: _object,
        ast.List: _array("list"),
        ast.Tuple: _array("tuple"),
        ast.Set: _array("set"),
        ast.ListComp: _comprehension("list"),
        ast.SetComp: _comprehension("set"),
        ast.DictComp: _comprehension("dict"),
        ast.GeneratorExp: _comprehension("generator"),
        ast.Lambda: _lambda,
        ast.IfExp: _conditional,
        ast.BoolOp: _logical,
        ast.BinOp: _binary,
        ast.Compare: _compare,
        ast.UnaryOp: _unary,
        ast.Starred: lambda node, notes: form.Spread(lower(node.value, notes)),
        ast.Await: lambda node, notes: lower(node.value, notes),
        ast.NamedExpr: _walrus,
        ast.Yield: _yield("yield"),
        ast.YieldFrom: _yield("yield-from"),
    }
)
_TARGETS: dict[type, Callable[[Any, Notes], form.Pattern]] = {
    ast.Name: _name,
    ast.Attribute: _member,
    ast.Subscript: _index,
    ast.Tuple: _array_target,
    ast.List: _array_target,
    ast.Starred: _starred_target,
}
