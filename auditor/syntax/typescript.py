"""What does one TypeScript or JavaScript file say?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tree_sitter import Node

from auditor.model.facts import Dialect, FileFacts, Problem
from auditor.model.form import Statement
from auditor.model.span import NOWHERE
from auditor.syntax.typescript_calls import CALLS
from auditor.syntax.typescript_classes import CLASS_EXPRESSIONS, CLASS_STATEMENTS
from auditor.syntax.typescript_commented import commented_code
from auditor.syntax.typescript_comments import auditor_comments, deprecations, is_generated
from auditor.syntax.typescript_expressions import EXPRESSIONS
from auditor.syntax.typescript_modules import MODULES
from auditor.syntax.typescript_parsing import parsed
from auditor.syntax.typescript_patterns import PATTERNS
from auditor.syntax.typescript_reading import Grammar, Reading, inner, span_of
from auditor.syntax.typescript_statements import STATEMENTS
from auditor.syntax.typescript_text import string_value
from auditor.syntax.typescript_types import TYPES

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GRAMMAR = Grammar(
    {**EXPRESSIONS, **CALLS, **CLASS_EXPRESSIONS}, TYPES, PATTERNS, {**STATEMENTS, **CLASS_STATEMENTS, **MODULES}
)


def read_typescript(source: bytes, dialect: Dialect) -> FileFacts:
    """The facts of one file, read with the grammar of its dialect or, where that fails, with the other one.

    Problems: `syntax-error`, `partly-read`, `not-utf8`.
    """
    source = source.removeprefix(_BYTE_ORDER_MARK)
    parsable = _parsable(source)
    parse = parsed(parsable, dialect)
    lines = source.count(b"\n") + (not source.endswith(b"\n") and source != b"")
    if parse is None:
        problem = Problem("syntax-error", "the parser finds no end in this file", NOWHERE)
        return FileFacts(dialect, problems=(problem,), lines=lines)
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
        lines,
        commented_code(source, root, partial(_code, dialect=dialect)),
    )


def _code(source: bytes, dialect: Dialect) -> tuple[Statement, ...] | None:
    """The statements of a source, None where it is no code or begins with a label ("Example: …")."""
    parse = parsed(source, dialect)
    if parse is None or parse.errors or any(node.type == "labeled_statement" for node in parse.root.named_children):
        return None
    return Reading(source, _GRAMMAR, barred=parse.barred).statements(parse.root.named_children)


def _parsable(source: bytes) -> bytes:
    """The source itself if it is UTF-8, else with `?` for each wrong byte, so that all columns stay."""
    try:
        source.decode()
    except UnicodeDecodeError:
        text = source.decode("utf-8", "surrogateescape")
        return text.encode("utf-8", "replace")
    return source


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
