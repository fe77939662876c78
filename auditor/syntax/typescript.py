"""What does one TypeScript or JavaScript file say?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from auditor.model.facts import Dialect, FileFacts, Problem
from auditor.model.form import Statement
from auditor.model.span import NOWHERE
from auditor.syntax.typescript_calls import CALLS
from auditor.syntax.typescript_classes import CLASS_EXPRESSIONS, CLASS_STATEMENTS
from auditor.syntax.typescript_comments import auditor_comments, deprecations, is_generated
from auditor.syntax.typescript_expressions import EXPRESSIONS
from auditor.syntax.typescript_modules import MODULES
from auditor.syntax.typescript_patterns import PATTERNS
from auditor.syntax.typescript_reading import Grammar, Reading, inner, span_of
from auditor.syntax.typescript_statements import STATEMENTS
from auditor.syntax.typescript_text import string_value
from auditor.syntax.typescript_types import TYPES

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GRAMMAR = Grammar(
    {**EXPRESSIONS, **CALLS, **CLASS_EXPRESSIONS}, TYPES, PATTERNS, {**STATEMENTS, **CLASS_STATEMENTS, **MODULES}
)
_TYPESCRIPT = Language(tree_sitter_typescript.language_typescript())
_TSX = Language(tree_sitter_typescript.language_tsx())
_SINGLE_AMPERSAND = re.compile(rb"(?<!&)&(?!&)")


class _Parse(NamedTuple):
    root: Node
    errors: tuple[Node, ...]  # the outermost ones, in source order
    barred: bool


def read_typescript(source: bytes, dialect: Dialect) -> FileFacts:
    """The facts of one file, read with the grammar of its dialect or, where that fails, with the other one.

    Problems: `syntax-error`, `partly-read`, `not-utf8`.
    """
    source = source.removeprefix(_BYTE_ORDER_MARK)
    parsable = _parsable(source)
    parse = _parse(parsable, dialect)
    root = parse.root
    reading = Reading(source, _GRAMMAR, barred=parse.barred)
    directives, nodes = _directives(source, root)
    body = reading.statements(nodes)
    return FileFacts(
        dialect,
        body,
        tuple(_problems(reading, body, parse.errors, replaced=parsable is not source)),
        tuple(sorted(reading.called)),
        directives,
        deprecations(source, root),
        auditor_comments(source, root),
        is_generated(source, root),
        source.count(b"\n") + (not source.endswith(b"\n") and source != b""),
    )


def _parsable(source: bytes) -> bytes:
    """The source itself if it is UTF-8, else with `?` for each wrong byte, so that all columns stay."""
    try:
        source.decode()
    except UnicodeDecodeError:
        text = source.decode("utf-8", "surrogateescape")
        return text.encode("utf-8", "replace")
    return source


def _parse(source: bytes, dialect: Dialect) -> _Parse:
    """The best of up to three attempts; the others are made only if the first one meets errors."""
    languages = (_TYPESCRIPT, _TSX) if dialect == Dialect.TYPESCRIPT else (_TSX, _TYPESCRIPT)
    first = _attempt(source, languages[0])
    if not first.errors:
        return first
    attempts = [first, _attempt(source, languages[1])]
    # A bare `&` in JSX text, as in `<p>Terms & Conditions</p>`, can cost the grammar the whole file. `|` is an operator
    # wherever `&` is one, and ordinary text in JSX: the tree stays the same, and all texts are read from the source.
    barred = _SINGLE_AMPERSAND.sub(b"|", source)
    if barred != source:
        attempts.append(_attempt(barred, _TSX, barred=True))
    return min(attempts, key=lambda attempt: sum(node.end_byte - node.start_byte + 1 for node in attempt.errors))


def _attempt(source: bytes, language: Language, *, barred: bool = False) -> _Parse:
    root = Parser(language).parse(source).root_node
    return _Parse(root, tuple(_errors(root)), barred)


def _errors(root: Node) -> Iterator[Node]:
    """The outermost stretches that could not be parsed, in source order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            waiting.extend(reversed(node.children))


def _directives(source: bytes, root: Node) -> tuple[tuple[str, ...], list[Node]]:
    """The string statements at the top, and the nodes that follow them."""
    nodes = root.named_children
    found: list[str] = []
    for position, node in enumerate(nodes):
        if node.is_extra:
            continue
        content = inner(node) if node.type == "expression_statement" else None
        if content is None or content.type != "string":
            return tuple(found), [child for child in nodes[:position] if child.is_extra] + nodes[position:]
        found.append(string_value(source, content))
    return tuple(found), []


def _problems(
    reading: Reading, body: tuple[Statement, ...], errors: tuple[Node, ...], *, replaced: bool
) -> Iterator[Problem]:
    if replaced:
        yield Problem("not-utf8", "the file is not UTF-8; unreadable bytes were replaced", NOWHERE)
    if errors:
        span = span_of(errors[0])
        if not body:
            yield Problem("syntax-error", f"line {span.start_line} could not be read, nor anything else", span)
        else:
            more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
            yield Problem("partly-read", f"line {span.start_line}{more} could not be read; the rest was", span)
    if reading.too_deep is not None:
        line = reading.too_deep.start_line
        yield Problem("partly-read", f"line {line} is nested too deeply; the rest was read", reading.too_deep)
