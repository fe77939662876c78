"""Which syntax tree fits a TypeScript or JavaScript source best?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from auditor.model.facts import Dialect

_TYPESCRIPT = Language(tree_sitter_typescript.language_typescript())
_TSX = Language(tree_sitter_typescript.language_tsx())
_SINGLE_AMPERSAND = re.compile(rb"(?<!&)&(?!&)")
_CHUNK = 1 << 16  # bytes

# The parser reports its progress 11 times per kilobyte of code and at most 25 times per kilobyte of anything else.
_FREE_REPORTS = 1000
_BYTES_PER_REPORT = 10


class Parse(NamedTuple):
    """A syntax tree with the outermost stretches that could not be parsed, in source order.

    `barred` says that it was made with `|` in the place of each single `&` of the source.
    """

    root: Node
    errors: tuple[Node, ...]
    barred: bool


def parsed(source: bytes, dialect: Dialect) -> Parse | None:
    """The best of up to three attempts, `None` where none comes to an end.

    The grammar of the dialect goes first; the others are tried only if it meets errors.
    """
    languages = (_TYPESCRIPT, _TSX) if dialect == Dialect.TYPESCRIPT else (_TSX, _TYPESCRIPT)
    first = _attempt(source, languages[0])
    if first is not None and not first.errors:
        return first
    attempts = [first, _attempt(source, languages[1])]
    # A bare `&` in JSX text, as in `<p>Terms & Conditions</p>`, can cost the grammar the whole file. `|` is an operator
    # wherever `&` is one, and ordinary text in JSX: the tree stays the same, and all texts are read from the source.
    barred = _SINGLE_AMPERSAND.sub(b"|", source)
    if barred != source:
        attempts.append(_attempt(barred, _TSX, barred=True))
    return min((attempt for attempt in attempts if attempt is not None), key=_damage, default=None)


def _attempt(source: bytes, language: Language, *, barred: bool = False) -> Parse | None:
    # Recovery from some errors in classes never ends, as in `class{U()/{}>[k:n({`. Reports are counted, not timed:
    # the same bytes must always give the same facts.
    reports = count()
    limit = _FREE_REPORTS + len(source) // _BYTES_PER_REPORT
    try:
        tree = Parser(language).parse(
            lambda offset, _: source[offset : offset + _CHUNK], progress_callback=lambda *_: next(reports) > limit
        )
    except ValueError:
        return None
    return Parse(tree.root_node, tuple(_errors(tree.root_node)), barred)


def _damage(attempt: Parse) -> int:
    """How many bytes, and how often, a tree does not explain."""
    return sum(node.end_byte - node.start_byte + 1 for node in attempt.errors)


def _errors(root: Node) -> Iterator[Node]:
    """The outermost stretches that could not be parsed, in source order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            waiting.extend(reversed(node.children))
