"""What does a TypeScript class hold?"""

from __future__ import annotations

from collections.abc import Iterable

from tree_sitter import Node

from auditor.model.form import (
    Apply,
    Block,
    Class,
    ClassExpression,
    Def,
    Expression,
    Field,
    Function,
    Statement,
)
from auditor.model.span import Span
from auditor.syntax.typescript_expressions import read_type_arguments
from auditor.syntax.typescript_functions import (
    decorators_of,
    modifiers_of,
    read_function,
    read_parameters,
    type_parameters_of,
)
from auditor.syntax.typescript_reading import ExpressionReader, Reading, named, span_between, span_of
from auditor.syntax.typescript_text import doc_text
from auditor.syntax.typescript_types import property_name


def read_class(reading: Reading, node: Node, decorators: tuple[Expression, ...] = ()) -> Class:
    """A class declaration or expression; decorators before `export` are handed in."""
    name = node.child_by_field_name("name")
    doc = reading.take_doc()
    children = named(node)
    heritage = next((child for child in children if child.type == "class_heritage"), None)
    return Class(
        "" if name is None else reading.text(name),
        () if heritage is None else _bases(reading, heritage),
        _body(reading, node.child_by_field_name("body")),
        _span_without_decorators(node),
        decorators + decorators_of(reading, children),
        type_parameters=type_parameters_of(reading, node),
        abstract=node.type == "abstract_class_declaration",
        doc=doc,
    )


def _bases(reading: Reading, heritage: Node) -> tuple[Expression, ...]:
    clause = next((child for child in named(heritage) if child.type == "extends_clause"), None)
    if clause is None:
        return ()
    base = reading.expression(clause.child_by_field_name("value"))
    arguments = read_type_arguments(reading, clause.child_by_field_name("type_arguments"))
    return (Apply(base, arguments) if arguments else base,)


def _body(reading: Reading, node: Node | None) -> tuple[Statement, ...]:
    if node is None:
        return ()
    found: list[Statement] = []
    decorators: list[Node] = []
    doc = ""
    for child in node.named_children:
        match child.type:
            case "decorator":
                decorators.append(child)
                continue
            case "comment":
                doc = doc_text(reading.text(child))
                continue
            case "method_definition":
                found.append(_method(reading, child, decorators, doc))
            case "abstract_method_signature":
                found.append(_abstract_method(reading, child, decorators, doc))
            case "public_field_definition":
                found.append(_field(reading, child, decorators))
            case "class_static_block":
                found.append(Block(reading.body(child.child_by_field_name("body"))))
        decorators, doc = [], ""
    return tuple(found)


def _method(reading: Reading, node: Node, decorators: list[Node], doc: str) -> Statement:
    label = _name(reading, node)
    flags = modifiers_of(node)
    if label == "constructor":
        kind = "constructor"
    else:
        kind = next((flag for flag in ("get", "set", "static") if flag in flags), "")
    function = read_function(reading, node, label, doc)
    return Def(function, decorators_of(reading, decorators), _span_without_decorators(node), kind)


def _abstract_method(reading: Reading, node: Node, decorators: list[Node], doc: str) -> Statement:
    span = span_of(node)
    function = Function(
        _name(reading, node),
        read_parameters(reading, node),
        (),
        span,
        reading.annotation(node.child_by_field_name("return_type")),
        type_parameters_of(reading, node),
        doc=doc,
    )
    return Def(function, decorators_of(reading, decorators), span, "abstract")


def _field(reading: Reading, node: Node, decorators: list[Node]) -> Statement:
    flags = modifiers_of(node)
    value = node.child_by_field_name("value")
    return Field(
        _name(reading, node),
        reading.annotation(node.child_by_field_name("type")),
        None if value is None else reading.expression(value),
        "static" in flags,
        _span_without_decorators(node),
        optional="?" in flags,
        decorators=decorators_of(reading, decorators + named(node)),
    )


def _name(reading: Reading, node: Node) -> str:
    name = node.child_by_field_name("name")
    return "" if name is None else property_name(reading, name)


def _span_without_decorators(node: Node) -> Span:
    start = next((child for child in node.children if child.type != "decorator" and not child.is_extra), node)
    return span_between(start, node)


def _class(reading: Reading, node: Node) -> Iterable[Statement]:
    return (read_class(reading, node),)


def _class_expression(reading: Reading, node: Node) -> Expression:
    return ClassExpression(read_class(reading, node))


CLASS_EXPRESSIONS: dict[str, ExpressionReader] = {"class": _class_expression}
CLASS_STATEMENTS = {"class_declaration": _class, "abstract_class_declaration": _class}
