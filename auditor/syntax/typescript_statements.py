"""What do the statements of TypeScript do?"""

from __future__ import annotations

from collections.abc import Iterable

from tree_sitter import Node

from auditor.model.form import (
    Binary,
    Bind,
    Block,
    Def,
    Do,
    Enum,
    EnumMember,
    Expression,
    For,
    If,
    Opaque,
    Return,
    Shape,
    Statement,
    Stop,
    TypeDefinition,
)
from auditor.syntax.typescript_expressions import assigned_operator, chained, flattened
from auditor.syntax.typescript_functions import read_function, type_parameters_of
from auditor.syntax.typescript_reading import Reading, StatementReader, inner, named, span_of, unwrapped
from auditor.syntax.typescript_types import property_name, read_shape

_ASSIGNMENTS = ("assignment_expression", "augmented_assignment_expression")
_DECLARATIONS = ("lexical_declaration", "variable_declaration", "expression_statement")
_LEAVING = ("break_statement", "return_statement", "throw_statement", "continue_statement")
_CASES = 60  # cases nested in one another, above which they stand side by side
_FUNCTIONS = ("function_expression", "generator_function")


def _expression(reading: Reading, node: Node) -> Iterable[Statement]:
    content = inner(node)
    if content is None:
        return ()
    # No statement begins with a function expression: this is a declaration that lost its end to an error.
    return _function(reading, content) if content.type in _FUNCTIONS else _effects(reading, content)


def _effects(reading: Reading, node: Node) -> tuple[Statement, ...]:
    """An expression in the place of a statement, parts of a sequence one by one."""
    if node.type == "internal_module":
        return reading.statements((node,))
    parts = flattened(unwrapped(node), "sequence_expression")
    return tuple(_effect(reading, part) for part in parts)


def _effect(reading: Reading, node: Node) -> Statement:
    content = unwrapped(node)
    if content.type not in _ASSIGNMENTS:
        return Do(reading.expression(content))
    return Bind(
        reading.pattern(content.child_by_field_name("left")),
        reading.expression(content.child_by_field_name("right")),
        span_of(content),
        operator=assigned_operator(reading, content),
    )


def _declaration(reading: Reading, node: Node) -> Iterable[Statement]:
    kind = node.children[0].type
    return [_bind(reading, child, kind) for child in named(node) if child.type == "variable_declarator"]


def _bind(reading: Reading, node: Node, kind: str) -> Statement:
    value = node.child_by_field_name("value")
    return Bind(
        reading.pattern(node.child_by_field_name("name")),
        None if value is None else reading.expression(value),
        span_of(node),
        reading.annotation(node.child_by_field_name("type")),
        kind,
    )


def _function(reading: Reading, node: Node) -> Iterable[Statement]:
    name = node.child_by_field_name("name")
    doc = reading.take_doc()
    function = read_function(reading, node, "" if name is None else reading.text(name), doc)
    return (Def(function, (), function.span),)


def _return(reading: Reading, node: Node) -> Iterable[Statement]:
    value = inner(node)
    return (Return(None if value is None else reading.expression(value), span_of(node)),)


def _stop(reading: Reading, node: Node) -> Iterable[Statement]:
    kind = node.type.removesuffix("_statement")
    value = inner(node) if kind == "throw" else None
    return (Stop(kind, None if value is None else reading.expression(value), span_of(node)),)


def _block(reading: Reading, node: Node) -> Iterable[Statement]:
    return (Block(reading.statements(node.named_children)),)


def _if(reading: Reading, node: Node) -> Iterable[Statement]:
    test = reading.expression(node.child_by_field_name("condition"))
    then = reading.body(node.child_by_field_name("consequence"))
    otherwise = node.child_by_field_name("alternative")
    return (If(test, then, () if otherwise is None else reading.body(inner(otherwise))),)


def _for_each(reading: Reading, node: Node) -> Iterable[Statement]:
    operator = node.child_by_field_name("operator")
    return (
        For(
            reading.pattern(node.child_by_field_name("left")),
            reading.expression(node.child_by_field_name("right")),
            reading.body(node.child_by_field_name("body")),
            keys=operator is not None and operator.type == "in",
        ),
    )


def _for(reading: Reading, node: Node) -> Iterable[Statement]:
    start = node.child_by_field_name("initializer")
    test = node.child_by_field_name("condition")
    step = node.child_by_field_name("increment")
    before = () if start is None else _loop_part(reading, start)
    body = reading.body(node.child_by_field_name("body"))
    after = () if step is None else _effects(reading, step)
    return (*before, If(_test(reading, test), body + after))


def _loop_part(reading: Reading, node: Node) -> tuple[Statement, ...]:
    if node.type in _DECLARATIONS:
        return reading.statements((node,))
    return () if node.type == "empty_statement" else _effects(reading, node)


def _test(reading: Reading, node: Node | None) -> Expression | None:
    """The test of a classic `for`; without one the branch is left open."""
    if node is None or node.type == "empty_statement" or not node.is_named:
        return None
    return reading.expression(inner(node) if node.type == "expression_statement" else node)


def _while(reading: Reading, node: Node) -> Iterable[Statement]:
    test = reading.expression(node.child_by_field_name("condition"))
    return (If(test, reading.body(node.child_by_field_name("body"))),)


def _do(reading: Reading, node: Node) -> Iterable[Statement]:
    # The test comes after the body, so it does not decide whether the body runs.
    body = reading.body(node.child_by_field_name("body"))
    test = node.child_by_field_name("condition")
    return (If(None, body if test is None else (*body, Do(reading.expression(test)))),)


def _switch(reading: Reading, node: Node) -> Iterable[Statement]:
    subject = reading.expression(node.child_by_field_name("value"))
    body = node.child_by_field_name("body")
    found: list[tuple[Expression | None, tuple[Statement, ...], bool]] = []
    tests: list[Expression] = []
    default = False
    for case in () if body is None else named(body):
        value = case.child_by_field_name("value") if case.type == "switch_case" else None
        if value is None:
            default = True
        else:
            tests.append(Binary("==", subject, reading.expression(value)))
        statements = _case_body(reading, case)
        if not statements:
            continue
        found.append((None if default else chained("or", tests), statements, _leaves(reading, case)))
        tests, default = [], False
    return _alternatives(found)


def _alternatives(cases: list[tuple[Expression | None, tuple[Statement, ...], bool]]) -> Iterable[Statement]:
    """Cases that do not fall through exclude each other: `If` with `otherwise`; else each is an `If` of its own."""
    exclusive = len(cases) <= _CASES and all(test is not None and leaves for test, _, leaves in cases[:-1])
    if not exclusive:
        return [If(test, statements) for test, statements, _ in cases]
    rest: tuple[Statement, ...] = ()
    for test, statements, _ in reversed(cases):
        rest = (If(test, statements, rest),) if test is not None else statements
    return rest


def _leaves(reading: Reading, case: Node) -> bool:
    nodes = case.children_by_field_name("body")
    while len(nodes) == 1 and nodes[0].type == "statement_block":
        nodes = nodes[0].named_children
    return bool(nodes) and nodes[-1].type in _LEAVING


def _case_body(reading: Reading, case: Node) -> tuple[Statement, ...]:
    nodes = case.children_by_field_name("body")
    while len(nodes) == 1 and nodes[0].type == "statement_block":
        nodes = nodes[0].named_children
    statements = reading.statements(nodes)
    match statements:
        case (*_, Stop("break")):
            # `case 1: break;` ends the fall-through, so it must not count as an empty case.
            return statements[:-1] or (Block(()),)
        case _:
            return statements


def _try(reading: Reading, node: Node) -> Iterable[Statement]:
    found: list[Statement] = [Block(reading.body(node.child_by_field_name("body")), "try")]
    handler = node.child_by_field_name("handler")
    if handler is not None:
        found.append(If(None, _handler_body(reading, handler)))
    finalizer = node.child_by_field_name("finalizer")
    if finalizer is not None:
        found.append(Block(reading.body(finalizer.child_by_field_name("body")), "finally"))
    return found


def _handler_body(reading: Reading, node: Node) -> tuple[Statement, ...]:
    body = reading.body(node.child_by_field_name("body"))
    parameter = node.child_by_field_name("parameter")
    if parameter is None:
        return body
    span = span_of(parameter)
    annotation = reading.annotation(node.child_by_field_name("type"))
    return (Bind(reading.pattern(parameter), Opaque("caught", (), span), span, annotation, "let"), *body)


def _inner_statement(reading: Reading, node: Node) -> Iterable[Statement]:
    return reading.body(node.child_by_field_name("body"))


def _with(reading: Reading, node: Node) -> Iterable[Statement]:
    subject = reading.expression(node.child_by_field_name("object"))
    return (Do(subject), Block(reading.body(node.child_by_field_name("body")), "with"))


def _enum(reading: Reading, node: Node) -> Iterable[Statement]:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    members = () if body is None else tuple(_enum_member(reading, child) for child in named(body))
    return (Enum("" if name is None else reading.text(name), members, span_of(node)),)


def _enum_member(reading: Reading, node: Node) -> EnumMember:
    name = node.child_by_field_name("name") or node
    value = node.child_by_field_name("value")
    return EnumMember(property_name(reading, name), None if value is None else reading.expression(value), span_of(node))


def _type_alias(reading: Reading, node: Node) -> Iterable[Statement]:
    name = node.child_by_field_name("name")
    value = reading.type(node.child_by_field_name("value"))
    label = "" if name is None else reading.text(name)
    return (TypeDefinition(label, type_parameters_of(reading, node), value, span_of(node)),)


def _interface(reading: Reading, node: Node) -> Iterable[Statement]:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    clauses = (child for child in named(node) if child.type == "extends_type_clause")
    return (
        TypeDefinition(
            "" if name is None else reading.text(name),
            type_parameters_of(reading, node),
            Shape((), span_of(node)) if body is None else read_shape(reading, body),
            span_of(node),
            tuple(reading.type(base) for clause in clauses for base in named(clause)),
            interface=True,
        ),
    )


STATEMENTS: dict[str, StatementReader] = {
    "expression_statement": _expression,
    "lexical_declaration": _declaration,
    "variable_declaration": _declaration,
    "function_declaration": _function,
    "generator_function_declaration": _function,
    "return_statement": _return,
    **dict.fromkeys(("throw_statement", "break_statement", "continue_statement"), _stop),
    "statement_block": _block,
    "if_statement": _if,
    "for_in_statement": _for_each,
    "for_statement": _for,
    "while_statement": _while,
    "do_statement": _do,
    "switch_statement": _switch,
    "try_statement": _try,
    "labeled_statement": _inner_statement,
    "with_statement": _with,
    "enum_declaration": _enum,
    "type_alias_declaration": _type_alias,
    "interface_declaration": _interface,
}
