"""What do the type expressions of TypeScript mean?"""

from __future__ import annotations

from itertools import pairwise

from tree_sitter import Node

from auditor.model.form import (
    Apply,
    Array,
    Binary,
    Expression,
    Index,
    Literal,
    Member,
    Name,
    Opaque,
    Shape,
    ShapeMember,
    Spread,
    Unary,
)
from auditor.model.span import Span
from auditor.syntax.typescript_expressions import chained, flattened, read_template, read_type_arguments
from auditor.syntax.typescript_functions import modifiers_of, read_parameters
from auditor.syntax.typescript_reading import ExpressionReader, Reading, ends, inner, named, span_of
from auditor.syntax.typescript_text import string_value


def read_shape(reading: Reading, node: Node) -> Expression:
    """The members of an object type or interface body; a mapped type is `Opaque`."""
    members: list[ShapeMember] = []
    for child in named(node):
        clause = inner(child) if child.type == "index_signature" else None
        if clause is not None and clause.type == "mapped_type_clause":
            return _mapped(reading, child, clause)
        member = _member_of_shape(reading, child)
        if member is not None:
            members.append(member)
    return Shape(tuple(members), span_of(node))


def property_name(reading: Reading, node: Node) -> str:
    """The name of a property or method; a computed one that is no text keeps its brackets (`[Symbol.iterator]`)."""
    content = inner(node) if node.type == "computed_property_name" else node
    if content is not None and content.type == "string":
        return string_value(reading.source, content)
    return reading.text(node)


def read_signature(reading: Reading, node: Node) -> Expression:
    """A function type: the types of its parameters, then the one it returns."""
    return _signature(reading, node, "function-type", "return_type")


def _member_of_shape(reading: Reading, node: Node) -> ShapeMember | None:
    match node.type:
        case "property_signature":
            annotation = node.child_by_field_name("type")
            return _named_member(reading, node, reading.type(annotation) if annotation else _any(node))
        case "method_signature":
            flags = modifiers_of(node)
            if "get" in flags:
                return _named_member(reading, node, _returned(reading, node, "return_type"))
            # A setter repeats what its getter says.
            return None if "set" in flags else _named_member(reading, node, read_signature(reading, node))
        case "index_signature":
            key = reading.type(node.child_by_field_name("index_type"))
            return ShapeMember("[]", reading.type(node.child_by_field_name("type")), False, span_of(node), key)
        case "call_signature":
            return ShapeMember("()", read_signature(reading, node), False, span_of(node))
        case "construct_signature":
            return ShapeMember("new()", _constructor_type(reading, node), False, span_of(node))
        case _:
            return None


def _named_member(reading: Reading, node: Node, type_: Expression) -> ShapeMember | None:
    name = node.child_by_field_name("name")
    if name is None:
        return None
    return ShapeMember(property_name(reading, name), type_, _is_optional(reading, node, name), span_of(name))


def _is_optional(reading: Reading, node: Node, name: Node) -> bool:
    # Looking for the byte first spares most members the list of their tokens.
    after = reading.source[name.end_byte : node.end_byte]
    return b"?" in after and any(child.type == "?" for child in node.children)


def _mapped(reading: Reading, node: Node, clause: Node) -> Expression:
    keys, value = clause.child_by_field_name("type"), node.child_by_field_name("type")
    return Opaque("mapped-type", (reading.type(keys), reading.type(value)), span_of(node))


def _signature(reading: Reading, node: Node, reason: str, returned: str) -> Expression:
    types = (parameter.annotation or _any(node) for parameter in read_parameters(reading, node))
    return Opaque(reason, (*types, _returned(reading, node, returned)), span_of(node))


def _returned(reading: Reading, node: Node, field: str) -> Expression:
    returned = node.child_by_field_name(field)
    return _any(node) if returned is None else reading.type(returned)


def _any(node: Node) -> Name:
    row, column = node.end_point
    return Name("any", Span(row + 1, column + 1, row + 1, column + 1))


def _constructor_type(reading: Reading, node: Node) -> Expression:
    return _signature(reading, node, "constructor-type", "type")


def _inner_type(reading: Reading, node: Node) -> Expression:
    return reading.type(inner(node))


def _name(reading: Reading, node: Node) -> Expression:
    return Name(*reading.token(node))


def _boolean(reading: Reading, node: Node) -> Expression:
    return Name("boolean", span_of(node))


def _void(reading: Reading, node: Node) -> Expression:
    return Name("void", span_of(node))


def _literal(reading: Reading, node: Node) -> Expression:
    value = reading.expression(inner(node))
    match value:
        case Unary("-", Literal(int() | float() as number)):
            return Literal(-number, span_of(node))
        case _:
            return value


def _union(reading: Reading, node: Node) -> Expression:
    operands = flattened(node, "union_type")
    groups = [[operand] for operand in operands[:1]]
    for before, operand in pairwise(operands):
        if reading.barred and b"&" in reading.source[before.end_byte : operand.start_byte]:
            groups[-1].append(operand)
        else:
            groups.append([operand])
    return chained("|", [chained("&", [reading.type(operand) for operand in group]) for group in groups])


def _intersection(reading: Reading, node: Node) -> Expression:
    return chained("&", [reading.type(operand) for operand in flattened(node, "intersection_type")])


def _array(reading: Reading, node: Node) -> Expression:
    return Apply(Name("Array", span_of(node)), (_inner_type(reading, node),))


def _generic(reading: Reading, node: Node) -> Expression:
    target, arguments = ends(node)
    return Apply(reading.type(target), read_type_arguments(reading, arguments))


def _tuple(reading: Reading, node: Node) -> Expression:
    return Array(tuple(_element(reading, child) for child in named(node)), "tuple", span_of(node))


def _element(reading: Reading, node: Node) -> Expression:
    match node.type:
        case "required_parameter" | "optional_parameter":
            name = node.child_by_field_name("name") or inner(node)
            element = reading.type(node.child_by_field_name("type"))
            if name is not None and name.type == "rest_pattern":
                return Spread(element)
        case "optional_type":
            element = _inner_type(reading, node)
        case "rest_type":
            return Spread(_inner_type(reading, node))
        case _:
            return reading.type(node)
    if node.type == "required_parameter":
        return element
    return Binary("|", element, Name("undefined", span_of(node)))


def _qualified(reading: Reading, node: Node) -> Expression:
    module, name = node.named_children[0], node.named_children[-1]
    return Member(reading.type(module), reading.text(name), span_of(name))


def _lookup(reading: Reading, node: Node) -> Expression:
    target, key = ends(node)
    return Index(reading.type(target), reading.type(key))


def _keyof(reading: Reading, node: Node) -> Expression:
    return Unary("keyof", _inner_type(reading, node))


def _typeof(reading: Reading, node: Node) -> Expression:
    return Unary("typeof", reading.expression(inner(node)))


def _opaque(reading: Reading, node: Node) -> Expression:
    parts = tuple(reading.type(child) for child in named(node))
    return Opaque(
        node.type.removesuffix("_type") if node.type == "infer_type" else "conditional-type", parts, span_of(node)
    )


TYPES: dict[str, ExpressionReader] = {
    **dict.fromkeys(("type_identifier", "predefined_type", "this_type"), _name),
    **dict.fromkeys(
        ("type_annotation", "opting_type_annotation", "omitting_type_annotation", "adding_type_annotation"), _inner_type
    ),
    **dict.fromkeys(("parenthesized_type", "readonly_type", "type_predicate_annotation", "constraint"), _inner_type),
    "asserts_annotation": _void,
    "asserts": _void,
    "type_predicate": _boolean,
    "literal_type": _literal,
    "template_literal_type": read_template,
    "union_type": _union,
    "intersection_type": _intersection,
    "array_type": _array,
    "generic_type": _generic,
    "tuple_type": _tuple,
    "object_type": read_shape,
    "function_type": read_signature,
    "constructor_type": _constructor_type,
    "nested_type_identifier": _qualified,
    "lookup_type": _lookup,
    "index_type_query": _keyof,
    "type_query": _typeof,
    "conditional_type": _opaque,
    "infer_type": _opaque,
}
