"""What does a destructuring pattern bind?"""

from __future__ import annotations

from tree_sitter import Node

from auditor.model.form import (
    ArrayPattern,
    ArrayPatternItem,
    Expression,
    Name,
    ObjectPattern,
    ObjectPatternItem,
    Pattern,
)
from auditor.syntax.typescript_objects import key_of
from auditor.syntax.typescript_reading import PatternReader, Reading, inner, named


def bound_names(pattern: Pattern) -> tuple[Name, ...]:
    """The variables that a pattern binds, in source order."""
    match pattern:
        case Name():
            return (pattern,)
        case ObjectPattern(items):
            return tuple(name for item in items for name in bound_names(item.target))
        case ArrayPattern(elements):
            return tuple(name for element in elements if element.target for name in bound_names(element.target))
        case _:
            return ()


def _name(reading: Reading, node: Node) -> Pattern:
    return Name(*reading.token(node))


def _object(reading: Reading, node: Node) -> Pattern:
    return ObjectPattern(tuple(_property(reading, child) for child in named(node)))


def _property(reading: Reading, node: Node) -> ObjectPatternItem:
    match node.type:
        case "rest_pattern":
            return ObjectPatternItem(None, reading.pattern(inner(node)))
        case "pair_pattern":
            target, default = _with_default(reading, node.child_by_field_name("value"))
            return ObjectPatternItem(key_of(reading, node.child_by_field_name("key")), target, default)
        case _:
            target, default = _with_default(reading, node)
            left = node.child_by_field_name("left") or node
            return ObjectPatternItem(key_of(reading, left), target, default)


def _array(reading: Reading, node: Node) -> Pattern:
    items: list[ArrayPatternItem] = []
    filled = False
    for child in node.children:
        if child.type == ",":
            if not filled:
                items.append(ArrayPatternItem(None))
            filled = False
        elif child.type == "rest_pattern":
            items.append(ArrayPatternItem(reading.pattern(inner(child)), rest=True))
            filled = True
        elif child.is_named and not child.is_extra and not child.is_error:
            items.append(ArrayPatternItem(*_with_default(reading, child)))
            filled = True
    return ArrayPattern(tuple(items))


def _with_default(reading: Reading, node: Node | None) -> tuple[Pattern, Expression | None]:
    if node is not None and node.type in ("assignment_pattern", "object_assignment_pattern"):
        right = node.child_by_field_name("right")
        return reading.pattern(node.child_by_field_name("left")), reading.expression(right)
    return reading.pattern(node), None


PATTERNS: dict[str, PatternReader] = {
    "identifier": _name,
    "shorthand_property_identifier_pattern": _name,
    "undefined": _name,
    "object_pattern": _object,
    "array_pattern": _array,
}
