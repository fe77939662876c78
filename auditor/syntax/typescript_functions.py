"""What are the parameters, flags and body of a TypeScript function?"""

from __future__ import annotations

from tree_sitter import Node

from auditor.model.form import Expression, Function, Parameter, Return, Statement
from auditor.syntax.typescript_reading import ExpressionReader, Reading, inner, named, span_of

_GENERATORS = frozenset({"generator_function", "generator_function_declaration"})


def read_function(reading: Reading, node: Node, name: str, doc: str = "") -> Function:
    """Any function node with a body, under the name it is known by ("" where it has none)."""
    flags = modifiers_of(node)
    return Function(
        name,
        read_parameters(reading, node),
        _body(reading, node.child_by_field_name("body")),
        span_of(node),
        reading.annotation(node.child_by_field_name("return_type")),
        type_parameters_of(reading, node),
        arrow=node.type == "arrow_function",
        asynchronous="async" in flags,
        generator="*" in flags or node.type in _GENERATORS,
        doc=doc,
    )


def read_parameters(reading: Reading, node: Node) -> tuple[Parameter, ...]:
    """The parameters of a function or signature; `this` is none."""
    parameters = node.child_by_field_name("parameters")
    if parameters is None:
        single = node.child_by_field_name("parameter")
        return () if single is None else (Parameter(reading.pattern(single)),)
    found = (_parameter(reading, child) for child in named(parameters))
    return tuple(parameter for parameter in found if parameter is not None)


def type_parameters_of(reading: Reading, node: Node) -> tuple[str, ...]:
    """The names of the type parameters of a declaration."""
    parameters = node.child_by_field_name("type_parameters")
    if parameters is None:
        return ()
    names = (child.child_by_field_name("name") for child in named(parameters))
    return tuple(reading.text(name) for name in names if name is not None)


def decorators_of(reading: Reading, nodes: list[Node]) -> tuple[Expression, ...]:
    """The expressions of the decorators among nodes, in source order."""
    return tuple(reading.expression(inner(node)) for node in nodes if node.type == "decorator")


def modifiers_of(node: Node) -> frozenset[str]:
    """The keywords and marks directly in a declaration: "async", "static", "get", "*", "?", "readonly"…"""
    return frozenset(child.type for child in node.children if not child.is_named)


def _parameter(reading: Reading, node: Node) -> Parameter | None:
    if node.type not in ("required_parameter", "optional_parameter"):
        return Parameter(reading.pattern(node))
    pattern: Node | None = None
    annotation: Expression | None = None
    default: Expression | None = None
    property_marked = False
    children = named(node)
    for child in children:
        match child.type:
            case "decorator":
                continue
            case "accessibility_modifier" | "override_modifier":
                property_marked = True
            case "type_annotation":
                annotation = reading.type(child)
            case _ if pattern is None:
                pattern = child
            case _:
                default = reading.expression(child)
    if pattern is None or pattern.type == "this":
        return None
    rest = pattern.type == "rest_pattern"
    return Parameter(
        reading.pattern(inner(pattern) if rest else pattern),
        default,
        annotation,
        "rest" if rest else "",
        optional=node.type == "optional_parameter",
        field=property_marked or any(child.type == "readonly" for child in node.children),
        decorators=decorators_of(reading, children),
    )


def _body(reading: Reading, node: Node | None) -> tuple[Statement, ...]:
    if node is None or node.type == "statement_block":
        return reading.body(node)
    return (Return(reading.expression(node), span_of(node)),)


def _function(reading: Reading, node: Node) -> Expression:
    name = node.child_by_field_name("name")
    return read_function(reading, node, "" if name is None else reading.text(name))


FUNCTIONS: dict[str, ExpressionReader] = {
    "arrow_function": _function,
    "function_expression": _function,
    "generator_function": _function,
}
