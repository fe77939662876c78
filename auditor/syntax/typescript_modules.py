"""What does a TypeScript module import, export and declare?"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs
from tree_sitter import Node

from auditor.model.form import (
    Bind,
    Block,
    Class,
    ClassExpression,
    Def,
    Enum,
    Export,
    Import,
    ImportName,
    Name,
    Statement,
    TypeDefinition,
)
from auditor.model.span import Span
from auditor.syntax.typescript_classes import read_class
from auditor.syntax.typescript_functions import decorators_of
from auditor.syntax.typescript_patterns import bound_names
from auditor.syntax.typescript_reading import Reading, StatementReader, ends, inner, named, span_of
from auditor.syntax.typescript_text import string_value

_CLASSES = ("class_declaration", "abstract_class_declaration")


def _import(reading: Reading, node: Node) -> Iterable[Statement]:
    span = span_of(node)
    module = _module(reading, node)
    type_only = any(child.type == "type" for child in node.children)
    for child in named(node):
        if child.type == "import_require_clause":
            names = [_default(reading, name) for name in named(child) if name.type == "identifier"]
            return (Import(_module(reading, child) or "", tuple(names), span),)
        if child.type == "import_clause":
            values, types = _imported(reading, child)
            return _split(module or "", values, types, span, type_only)
    return (Import(module or "", (), span, type_only=type_only),)


def _imported(reading: Reading, clause: Node) -> tuple[list[ImportName], list[ImportName]]:
    """The names of an import clause, those marked `type` apart."""
    values: list[ImportName] = []
    types: list[ImportName] = []
    for child in named(clause):
        match child.type:
            case "identifier":
                values.append(_default(reading, child))
            case "namespace_import":
                local = inner(child)
                values.append(ImportName("", "" if local is None else reading.text(local), span_of(child)))
            case "named_imports":
                more_values, more_types = _specifiers(reading, child)
                values += more_values
                types += more_types
    return values, types


def _split(
    module: str, values: list[ImportName], types: list[ImportName], span: Span, type_only: bool
) -> Iterable[Statement]:
    if types:
        yield Import(module, tuple(types), span, type_only=True)
    if values or not types:
        yield Import(module, tuple(values), span, type_only=type_only)


def _default(reading: Reading, node: Node) -> ImportName:
    return ImportName("default", reading.text(node), span_of(node))


def _specifiers(reading: Reading, node: Node) -> tuple[list[ImportName], list[ImportName]]:
    """The names in braces, those marked `type` apart."""
    values: list[ImportName] = []
    types: list[ImportName] = []
    for child in named(node):
        name = child.child_by_field_name("name")
        if name is None:
            continue
        alias = child.child_by_field_name("alias") or name
        found = ImportName(_label(reading, name), _label(reading, alias), span_of(child))
        marked = any(token.type in ("type", "typeof") for token in child.children)
        (types if marked else values).append(found)
    return values, types


def _label(reading: Reading, node: Node) -> str:
    return string_value(reading.source, node) if node.type == "string" else reading.text(node)


def _module(reading: Reading, node: Node) -> str | None:
    source = node.child_by_field_name("source")
    return None if source is None else string_value(reading.source, source)


def _import_alias(reading: Reading, node: Node) -> Iterable[Statement]:
    target, value = ends(node)
    return (Bind(reading.pattern(target), reading.expression(value), span_of(node), kind="const"),)


def _export(reading: Reading, node: Node) -> Iterable[Statement]:
    span = span_of(node)
    children = named(node)
    declaration = node.child_by_field_name("declaration")
    tokens = {child.type for child in node.children}
    if declaration is not None:
        return _export_declaration(reading, declaration, children, "default" in tokens)
    for child in children:
        if child.type == "export_clause":
            return _export_names(reading, node, child, span, "type" in tokens)
        if child.type == "namespace_export":
            name = ImportName("", _label(reading, named(child)[-1]), span_of(child))
            return (Export((name,), span, _module(reading, node), "type" in tokens),)
    if "*" in tokens:
        return (Export((ImportName("*", "", span),), span, _module(reading, node), "type" in tokens),)
    if "namespace" in tokens or not children:
        return ()
    return _export_default(reading, node.child_by_field_name("value") or children[-1], children)


def _export_names(reading: Reading, node: Node, clause: Node, span: Span, type_only: bool) -> Iterable[Statement]:
    module = _module(reading, node)
    values, types = _specifiers(reading, clause)
    if types:
        yield Export(tuple(types), span, module, True)
    if values or not types:
        yield Export(tuple(values), span, module, type_only)


def _export_declaration(
    reading: Reading, declaration: Node, siblings: list[Node], default: bool
) -> Iterable[Statement]:
    statements: tuple[Statement, ...]
    if declaration.type in _CLASSES:
        statements = (read_class(reading, declaration, decorators_of(reading, siblings)),)
    else:
        statements = reading.declaration(declaration)
    names = [name for statement in statements for name in _declared(statement)]
    exported = tuple(ImportName(name.id, "default" if default else name.id, name.span) for name in names)
    return (*statements, Export(exported, span_of(declaration))) if exported else statements


def _declared(statement: Statement) -> tuple[Name, ...]:
    match statement:
        case Bind():
            return bound_names(statement.target)
        case Def():
            return (Name(statement.function.name, statement.span),)
        case Class() | Enum() | TypeDefinition():
            return (Name(statement.name, statement.span),)
        case _:
            return ()


def _export_default(reading: Reading, node: Node, siblings: list[Node]) -> Iterable[Statement]:
    span = span_of(node)
    if node.type == "class":
        value = ClassExpression(read_class(reading, node, decorators_of(reading, siblings)))
        bind = Bind(Name("default", span), value, span, kind="const")
    else:
        bind = Bind(Name("default", span), reading.expression(node), span, kind="const")
    return (bind, Export((ImportName("default", "default", span),), span))


def _ambient(reading: Reading, node: Node) -> Iterable[Statement]:
    return tuple(statement for child in named(node) for statement in reading.declaration(child))


def _namespace(reading: Reading, node: Node) -> Iterable[Statement]:
    # What a namespace exports is not an export of the module; its types have its name before theirs.
    body = reading.body(node.child_by_field_name("body"))
    name = node.child_by_field_name("name")
    inner = tuple(statement for statement in body if not isinstance(statement, Export))
    named = name is not None and name.type in ("identifier", "nested_identifier")
    return (Block(_inside(reading.text(name), inner) if named and name is not None else inner),)


def _inside(namespace: str, body: tuple[Statement, ...]) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for statement in body:
        match statement:
            case TypeDefinition(name=name):
                found.append(structs.replace(statement, name=f"{namespace}.{name}"))
            case Block(inner):
                found.append(structs.replace(statement, body=_inside(namespace, inner)))
            case _:
                found.append(statement)
    return tuple(found)


def _error(reading: Reading, node: Node) -> Iterable[Statement]:
    """The whole statements inside a stretch that could not be parsed."""
    return reading.statements(node.named_children)


MODULES: dict[str, StatementReader] = {
    "import_statement": _import,
    "import_alias": _import_alias,
    "export_statement": _export,
    "ambient_declaration": _ambient,
    "internal_module": _namespace,
    "module": _namespace,
    "ERROR": _error,
}
