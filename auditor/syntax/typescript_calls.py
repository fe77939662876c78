"""What does a TypeScript call call, and with what?"""

from __future__ import annotations

from tree_sitter import Node

from auditor.model.form import Apply, Argument, Binary, Call, Expression, Index, Literal, Member, Name, Spread, Unary
from auditor.model.span import Span
from auditor.syntax.typescript_expressions import operator_of, read_template, read_type_arguments
from auditor.syntax.typescript_reading import ExpressionReader, Reading, named, span_between, unwrapped


def _call(reading: Reading, node: Node) -> Expression:
    children = node.named_children
    function, arguments = unwrapped(children[0]), children[-1]
    types = next((child for child in children[1:-1] if child.type == "type_arguments"), None)
    if types is not None and function.type in ("unary_expression", "binary_expression"):
        return _call_of_last_operand(reading, node, children[0], types, arguments)
    return _call_of(reading, function, types, arguments)


def _call_of(reading: Reading, function: Node, types: Node | None, arguments: Node) -> Expression:
    callee = reading.expression(function)
    type_arguments = read_type_arguments(reading, types)
    if isinstance(callee, Member) and not callee.name:
        # The grammar reads `a<T>?.(x)` as a member without a name.
        callee = callee.object
        if isinstance(callee, Apply):
            type_arguments = callee.arguments
            callee = callee.target
    _note_call(reading, callee)
    if arguments.type == "template_string":
        return read_template(reading, arguments, callee)
    return Call(callee, _arguments(reading, arguments), _call_span(callee, function, arguments), type_arguments)


def _call_of_last_operand(reading: Reading, node: Node, function: Node, types: Node, arguments: Node) -> Expression:
    # The grammar reads `!f<T>(x)` as `(!f)<T>(x)` and `a + f<T>(x)` as `(a + f)<T>(x)`.
    if function.type == "parenthesized_expression":
        return _call_of(reading, function, types, arguments)
    operand = unwrapped(named(function)[-1])
    call = _call_of(reading, operand, types, arguments)
    if function.type == "unary_expression":
        return Unary(operator_of(reading, function), call)
    return Binary(operator_of(reading, function), reading.expression(named(function)[0]), call)


def _new(reading: Reading, node: Node) -> Expression:
    constructor = node.child_by_field_name("constructor")
    callee = reading.expression(constructor)
    _note_call(reading, callee)
    types = read_type_arguments(reading, node.child_by_field_name("type_arguments"))
    arguments = node.child_by_field_name("arguments")
    span = _call_span(callee, constructor or node, node)
    return Call(callee, _arguments(reading, arguments) if arguments else (), span, types, new=True)


def _arguments(reading: Reading, node: Node) -> tuple[Argument, ...]:
    if node.type != "arguments":
        return ()
    return tuple(
        Argument(value.value, spread="...") if isinstance(value, Spread) else Argument(value)
        for value in reading.expressions(node.named_children)
    )


def _call_span(callee: Expression, function: Node, end: Node) -> Span:
    span = span_between(function, end)
    if isinstance(callee, Member):
        start = callee.span
        return Span(start.start_line, start.start_column, span.end_line, span.end_column)
    return span


def _note_call(reading: Reading, callee: Expression) -> None:
    match callee:
        case Name(name) | Member(_, name) | Index(_, Literal(str(name))):
            reading.called.add(name)


CALLS: dict[str, ExpressionReader] = {"call_expression": _call, "new_expression": _new}
