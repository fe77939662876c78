"""What stands in object and array literals and in JSX elements?"""

from __future__ import annotations

import html

from tree_sitter import Node

from auditor.model.form import Argument, Array, Call, Entry, Expression, Literal, Name, Object, Opaque, Spread, Template
from auditor.syntax.typescript_functions import modifiers_of, read_function
from auditor.syntax.typescript_reading import SKIPPED, ExpressionReader, Reading, inner, span_of
from auditor.syntax.typescript_text import number_value, string_value

_CHILDREN = frozenset({"jsx_element", "jsx_self_closing_element", "jsx_expression"})


def key_of(reading: Reading, node: Node | None) -> Expression:
    """The key of a property: a literal, or the expression in brackets."""
    if node is None:
        return reading.expression(None)
    match node.type:
        case "computed_property_name":
            return reading.expression(inner(node))
        case "string":
            return Literal(string_value(reading.source, node), span_of(node))
        case "number":
            return Literal(number_value(reading.text(node)), span_of(node))
        case _:
            return Literal(*reading.token(node))


def _object(reading: Reading, node: Node) -> Expression:
    children = ((child, child.type) for child in node.named_children)
    return Object(tuple(_entry(reading, child, kind) for child, kind in children if kind not in SKIPPED), span_of(node))


def _entry(reading: Reading, node: Node, kind: str) -> Entry:
    match kind:
        case "pair":
            children = node.named_children
            return Entry(key_of(reading, children[0]), reading.expression(children[-1]))
        case "shorthand_property_identifier":
            text, span = reading.token(node)
            return Entry(Literal(text, span), Name(text, span))
        case "spread_element":
            return Entry(None, reading.expression(inner(node)))
        case "method_definition":
            name = node.child_by_field_name("name")
            key = key_of(reading, name)
            label = key.value if isinstance(key, Literal) and isinstance(key.value, str) else ""
            accessor = next(iter(modifiers_of(node) & {"get", "set"}), "")
            return Entry(key, read_function(reading, node, label), accessor)
        case _:
            # `{a = 1}` is only a pattern; in a value it is left over from recovered errors.
            return Entry(None, reading.expression(node))


def _array(reading: Reading, node: Node) -> Expression:
    return Array(tuple(reading.expressions(node.named_children)), "list", span_of(node))


def _spread(reading: Reading, node: Node) -> Expression:
    return Spread(reading.expression(inner(node)))


def _element(reading: Reading, node: Node) -> Expression:
    opening = node.child_by_field_name("open_tag") or node
    parts: list[Expression] = [_properties(reading, opening)]
    for child in node.named_children:
        kind = child.type
        if kind in _CHILDREN and (kind != "jsx_expression" or inner(child) is not None):
            parts.append(reading.expression(child, kind))
    return _shown(_tag(reading, opening), parts, opening, node)


def _empty_element(reading: Reading, node: Node) -> Expression:
    return _shown(_tag(reading, node), [_properties(reading, node)], node, node)


def _shown(tag: str, parts: list[Expression], opening: Node, node: Node) -> Opaque:
    """An element; one that asks the server when it is used (`<a download>`, `<form action>`) calls its name, too."""
    properties = parts[0]
    if tag in ("a", "form") and isinstance(properties, Object) and _asks(tag, properties):
        parts.append(Call(Name(f"<{tag}>", span_of(opening)), (Argument(properties),), span_of(opening)))
    return Opaque(f"jsx:{tag}", tuple(parts), span_of(node))


def _asks(tag: str, properties: Object) -> bool:
    given = {one.key.value: one.value for one in properties.entries if isinstance(one.key, Literal)}
    if tag == "form":
        return "action" in given
    match given.get("href"):
        case Literal(str(path)):
            return path.startswith("/") or "download" in given
        case None:
            return False
        case target:
            return isinstance(target, Template) or "download" in given


def _tag(reading: Reading, node: Node) -> str:
    name = node.child_by_field_name("name")
    return "" if name is None else "".join(reading.text(name).split())


def _properties(reading: Reading, node: Node) -> Object:
    entries: list[Entry] = []
    for child in node.named_children:
        kind = child.type
        if kind == "jsx_attribute":
            entries.append(_attribute(reading, child))
        elif kind == "jsx_expression":
            content = inner(child)
            spread = content is not None and content.type == "spread_element"
            entries.append(Entry(None, reading.expression(inner(content) if content and spread else content)))
    return Object(tuple(entries), span_of(node))


def _attribute(reading: Reading, node: Node) -> Entry:
    children = node.named_children
    key = Literal(*reading.token(children[0]))
    if len(children) == 1:
        return Entry(key, Literal(True, key.span))
    value = children[-1]
    if value.type != "string":
        return Entry(key, reading.expression(value))
    # A backslash is an ordinary character here, and the grammar stumbles over a bare `&`.
    return Entry(key, Literal(html.unescape(reading.text(value)[1:-1]), span_of(value)))


def _jsx_expression(reading: Reading, node: Node) -> Expression:
    return reading.expression(inner(node))


OBJECTS: dict[str, ExpressionReader] = {
    "object": _object,
    "array": _array,
    "spread_element": _spread,
    "jsx_element": _element,
    "jsx_fragment": _element,
    "jsx_self_closing_element": _empty_element,
    "jsx_expression": _jsx_expression,
}
