"""How do the TypeScript readers reach one another, the source text and the places in it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import msgspec
from tree_sitter import Node

from auditor.model.form import Cast, Expression, Index, Member, Name, ObjectPattern, Opaque, Pattern, Statement
from auditor.model.span import NOWHERE, Span
from auditor.syntax.typescript_text import decoded, doc_text, text_of

# Deeper source is given up locally. The bound keeps reading, and later encoding, far from Python's recursion limit.
DEEPEST = 120

ExpressionReader: TypeAlias = "Callable[[Reading, Node], Expression]"
PatternReader: TypeAlias = "Callable[[Reading, Node], Pattern]"
StatementReader: TypeAlias = "Callable[[Reading, Node], Iterable[Statement]]"

SKIPPED = frozenset({"comment", "html_comment", "ERROR"})
_TRANSPARENT = frozenset({"parenthesized_expression", "await_expression", "non_null_expression", "parenthesized_type"})


class Grammar(msgspec.Struct, frozen=True):
    """The readers of each kind of syntax, by the node type of the parser."""

    expressions: Mapping[str, ExpressionReader]
    types: Mapping[str, ExpressionReader]
    patterns: Mapping[str, PatternReader]
    statements: Mapping[str, StatementReader]


class Reading:
    """One file being read: its source, what it has called so far, and the way to every reader.

    `barred` says that the tree was parsed with `|` in the place of each single `&` of the source.
    `too_deep` is the first place that was given up for its nesting.
    """

    __slots__ = (
        "_depth",
        "_doc",
        "_expressions",
        "_patterns",
        "_statements",
        "_types",
        "barred",
        "called",
        "source",
        "too_deep",
    )

    def __init__(self, source: bytes, grammar: Grammar, *, barred: bool) -> None:
        self.source = source
        self.barred = barred
        self.called: set[str] = set()
        self.too_deep: Span | None = None
        self._expressions = grammar.expressions
        self._types = grammar.types
        self._patterns = grammar.patterns
        self._statements = grammar.statements
        self._depth = 0
        self._doc: Node | None = None

    def text(self, node: Node) -> str:
        """The source of a node; bytes that are not UTF-8 become U+FFFD."""
        return text_of(self.source, node)

    def token(self, node: Node) -> tuple[str, Span]:
        """The source and the place of a node that is known to stand on one line."""
        start, end = node.start_byte, node.end_byte
        row, column = node.start_point
        span = Span(row + 1, column + 1, row + 1, column + 1 + end - start)
        return decoded(self.source[start:end]), span

    def expression(self, node: Node | None, kind: str = "") -> Expression:
        """An expression; what is missing or unknown becomes `Opaque`. `kind` is the node type, if known already."""
        if node is None:
            return Opaque("missing", (), NOWHERE)
        reader = self._expressions.get(kind or node.type)
        if reader is None:
            node = unwrapped(node)
            reader = self._expressions.get(node.type, _unknown)
        if self._depth >= DEEPEST:
            return self._give_up(node)
        self._depth += 1
        value = reader(self, node)
        self._depth -= 1
        return value

    def expressions(self, nodes: Iterable[Node]) -> list[Expression]:
        """The expressions among nodes, without comments and errors."""
        found = []
        for node in nodes:
            kind = node.type
            if kind not in SKIPPED:
                found.append(self.expression(node, kind))
        return found

    def type(self, node: Node | None) -> Expression:
        """A type expression, of a type node or of the annotation around it."""
        if node is None:
            return Opaque("missing", (), NOWHERE)
        kind = node.type
        reader = self._types.get(kind)
        if reader is None:
            return self.expression(node, kind)
        if self._depth >= DEEPEST:
            return self._give_up(node)
        self._depth += 1
        value = reader(self, node)
        self._depth -= 1
        return value

    def annotation(self, node: Node | None) -> Expression | None:
        """The type of an optional annotation."""
        return None if node is None else self.type(node)

    def pattern(self, node: Node | None) -> Pattern:
        """The target of a binding; what cannot be one binds nothing."""
        if node is None:
            return ObjectPattern(())
        reader = self._patterns.get(node.type)
        if reader is not None:
            if self._depth >= DEEPEST:
                self._give_up(node)
                return ObjectPattern(())
            self._depth += 1
            pattern = reader(self, node)
            self._depth -= 1
            return pattern
        target = self.expression(node)
        while isinstance(target, Cast):
            target = target.value
        return target if isinstance(target, Name | Member | Index) else ObjectPattern(())

    def statements(self, nodes: Iterable[Node]) -> tuple[Statement, ...]:
        """Statements in source order; comments and what cannot be read are passed over."""
        found: list[Statement] = []
        doc: Node | None = None
        depth = self._depth
        readers = self._statements
        for node in nodes:
            kind = node.type
            reader = readers.get(kind)
            if reader is None:
                doc = node if kind == "comment" else doc
                continue
            if depth >= DEEPEST:
                self._give_up(node)
                break
            self._doc, doc = doc, None
            self._depth = depth + 1
            try:
                found.extend(reader(self, node))
            except RecursionError:
                self._give_up(node)
        self._depth = depth
        return tuple(found)

    def body(self, node: Node | None) -> tuple[Statement, ...]:
        """The statements of a block, or the single statement that stands for one."""
        if node is None:
            return ()
        return self.statements(node.named_children if node.type == "statement_block" else (node,))

    def declaration(self, node: Node) -> tuple[Statement, ...]:
        """What an `export` or `declare` stands before; it keeps the doc comment of the whole."""
        reader = self._statements.get(node.type)
        return () if reader is None else tuple(reader(self, node))

    def take_doc(self) -> str:
        """The doc comment before the statement being read; asked before anything inside it is read."""
        node, self._doc = self._doc, None
        return "" if node is None else doc_text(self.text(node))

    def _give_up(self, node: Node) -> Expression:
        span = span_of(node)
        self.too_deep = self.too_deep or span
        return Opaque("too-deep", (), span)


def span_of(node: Node) -> Span:
    """Where a node stands."""
    start_row, start_column = node.start_point
    end_row, end_column = node.end_point
    return Span(start_row + 1, start_column + 1, end_row + 1, end_column + 1)


def span_between(start: Node, end: Node) -> Span:
    """From the start of one node to the end of another."""
    start_row, start_column = start.start_point
    end_row, end_column = end.end_point
    return Span(start_row + 1, start_column + 1, end_row + 1, end_column + 1)


def named(node: Node) -> list[Node]:
    """The named children that are neither comments nor errors."""
    return [child for child in node.named_children if child.type not in SKIPPED]


def ends(node: Node) -> tuple[Node | None, Node | None]:
    """The first and the last of the named children, if there are two; recovered errors can leave fewer."""
    children = named(node)
    return (children[0] if children else None, children[-1] if len(children) > 1 else None)


def inner(node: Node) -> Node | None:
    """The first named child that is neither comment nor error."""
    for child in node.named_children:
        if child.type not in SKIPPED:
            return child
    return None


def unwrapped(node: Node) -> Node:
    """The node inside parentheses, `await` and `!`."""
    while node.type in _TRANSPARENT:
        content = inner(node)
        if content is None:
            break
        node = content
    return node


def _unknown(reading: Reading, node: Node) -> Expression:
    return Opaque(node.type, (), span_of(node))
