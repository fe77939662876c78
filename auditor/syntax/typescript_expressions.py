"""What do the expressions of TypeScript mean?"""

from __future__ import annotations

from tree_sitter import Node

from auditor.model.form import (
    Apply,
    Assign,
    Binary,
    Cast,
    Conditional,
    Expression,
    Index,
    Literal,
    Member,
    Name,
    Opaque,
    Regex,
    Template,
    Unary,
)
from auditor.syntax.typescript_functions import FUNCTIONS
from auditor.syntax.typescript_objects import OBJECTS
from auditor.syntax.typescript_reading import (
    ExpressionReader,
    Reading,
    ends,
    inner,
    named,
    span_of,
)
from auditor.syntax.typescript_text import joined, number_value, piece_value, string_value

_OPERATORS = {"===": "==", "!==": "!=", "&&": "and", "||": "or", "!": "not"}
_LOOSELY = {"==": "is", "!=": "is not"}
"""Comparisons with `null` that hold for `undefined` too."""
_LONGEST_CHAIN = 60


def chained(operator: str, operands: list[Expression]) -> Expression:
    """Operands joined by one operator: nested to the left, in balanced halves where there are very many.

    An enumeration of thousands of icon names would otherwise be thousands of levels deep.
    """
    if len(operands) > _LONGEST_CHAIN:
        middle = len(operands) // 2
        return Binary(operator, chained(operator, operands[:middle]), chained(operator, operands[middle:]))
    result = operands[0]
    for operand in operands[1:]:
        result = Binary(operator, result, operand)
    return result


def flattened(node: Node, kind: str) -> list[Node]:
    """The operands of nested nodes of one kind, in source order, found without recursion."""
    operands: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current.type == kind:
            waiting.extend(named(current))
        else:
            operands.append(current)
    return operands[::-1]


def assigned_operator(reading: Reading, node: Node) -> str:
    """The operator of `target operator= value`, spelled as in the neutral form."""
    operator = operator_of(reading, node).removesuffix("=")
    return _OPERATORS.get(operator, operator)


def operator_of(reading: Reading, node: Node) -> str:
    """The operator of a node, spelled as in the neutral form."""
    token = node.child_by_field_name("operator")
    if token is None:
        return ""
    operator = reading.text(token) if reading.barred else token.type
    return _OPERATORS.get(operator, operator)


def read_template(reading: Reading, node: Node, tag: Expression | None = None) -> Expression:
    """A template literal, of values or of types; without expressions and tag it is a plain text."""
    parts: list[str | Expression] = []
    pieces: list[str] = []
    for child in node.named_children:
        if child.type in ("template_substitution", "template_type"):
            if pieces:
                parts.append(joined(pieces))
                pieces = []
            content = inner(child)
            parts.append(
                reading.expression(content) if child.type == "template_substitution" else reading.type(content)
            )
        else:
            pieces.append(piece_value(reading.source, child))
    if pieces:
        parts.append(joined(pieces))
    if tag is None and all(isinstance(part, str) for part in parts):
        return Literal("".join(part for part in parts if isinstance(part, str)), span_of(node))
    return Template(tuple(parts), span_of(node), tag)


def read_type_arguments(reading: Reading, node: Node | None) -> tuple[Expression, ...]:
    """The types in `<…>`."""
    return () if node is None else tuple(reading.type(child) for child in named(node))


def _name(reading: Reading, node: Node) -> Expression:
    return Name(*reading.token(node))


def _string(reading: Reading, node: Node) -> Expression:
    text, span = reading.token(node)
    if "\\" not in text and "\n" not in text:
        return Literal(text[1:-1], span)
    return Literal(string_value(reading.source, node), span_of(node))


def _number(reading: Reading, node: Node) -> Expression:
    value = number_value(reading.text(node))
    return Opaque("number", (), span_of(node)) if value is None else Literal(value, span_of(node))


def _constant(reading: Reading, node: Node) -> Expression:
    return Literal({"true": True, "false": False}.get(node.type), span_of(node))


def _regex(reading: Reading, node: Node) -> Expression:
    pattern, flags = node.child_by_field_name("pattern"), node.child_by_field_name("flags")
    return Regex(reading.text(pattern) if pattern else "", reading.text(flags) if flags else "", span_of(node))


def _member(reading: Reading, node: Node) -> Expression:
    children = node.named_children
    return Member(reading.expression(children[0]), *reading.token(children[-1]))


def _index(reading: Reading, node: Node) -> Expression:
    return Index(reading.expression(node.named_children[0]), reading.expression(node.child_by_field_name("index")))


def _meta_property(reading: Reading, node: Node) -> Expression:
    left, _, right = reading.text(node).partition(".")
    span = span_of(node)
    return Member(Name(left.strip(), span), right.strip(), span)


def _binary(reading: Reading, node: Node) -> Expression:
    operator = operator_of(reading, node)
    children = node.named_children
    left = children[0]
    operands = [children[-1]]
    while left.type == "binary_expression" and operator_of(reading, left) == operator:
        children = left.named_children
        operands.append(children[-1])
        left = children[0]
    operands.append(left)
    if len(operands) == 2 and "null" in (operands[0].type, left.type):
        token = node.child_by_field_name("operator")
        operator = _LOOSELY.get(reading.text(token), operator) if token is not None else operator
    return chained(operator, [reading.expression(operand) for operand in reversed(operands)])


def _unary(reading: Reading, node: Node) -> Expression:
    return Unary(operator_of(reading, node), reading.expression(node.child_by_field_name("argument")))


def _update(reading: Reading, node: Node) -> Expression:
    return Opaque("update", (reading.expression(node.child_by_field_name("argument")),), span_of(node))


def _ternary(reading: Reading, node: Node) -> Expression:
    test, then, other = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
    return Conditional(reading.expression(test), reading.expression(then), reading.expression(other))


def _assign(reading: Reading, node: Node) -> Expression:
    return Assign(
        reading.pattern(node.child_by_field_name("left")),
        reading.expression(node.child_by_field_name("right")),
        assigned_operator(reading, node),
    )


def _sequence(reading: Reading, node: Node) -> Expression:
    operands = flattened(node, "sequence_expression")
    return Opaque("sequence", tuple(reading.expressions(operands)), span_of(node))


def _yield(reading: Reading, node: Node) -> Expression:
    value = inner(node)
    return Opaque("yield", () if value is None else (reading.expression(value),), span_of(node))


def _cast(reading: Reading, node: Node) -> Expression:
    value, type_ = ends(node)
    if type_ is not None:
        return Cast(reading.expression(value), reading.type(type_))
    return Cast(reading.expression(value), Name("const", span_of(node.children[-1])))


def _angle_cast(reading: Reading, node: Node) -> Expression:
    types, value = ends(node)
    return Cast(reading.expression(value), reading.type(types and inner(types)))


def _instantiation(reading: Reading, node: Node) -> Expression:
    target, types = ends(node)
    return Apply(reading.expression(target), read_type_arguments(reading, types))


EXPRESSIONS: dict[str, ExpressionReader] = {
    **OBJECTS,
    **FUNCTIONS,
    **dict.fromkeys(("identifier", "property_identifier", "shorthand_property_identifier", "undefined"), _name),
    **dict.fromkeys(("this", "super", "import", "type_identifier"), _name),
    "string": _string,
    "number": _number,
    **dict.fromkeys(("true", "false", "null"), _constant),
    "regex": _regex,
    "template_string": read_template,
    "member_expression": _member,
    "nested_identifier": _member,
    "subscript_expression": _index,
    "meta_property": _meta_property,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "update_expression": _update,
    "ternary_expression": _ternary,
    "assignment_expression": _assign,
    "augmented_assignment_expression": _assign,
    "sequence_expression": _sequence,
    "yield_expression": _yield,
    "as_expression": _cast,
    "satisfies_expression": _cast,
    "type_assertion": _angle_cast,
    "instantiation_expression": _instantiation,
}
