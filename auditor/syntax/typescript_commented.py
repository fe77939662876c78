"""Which code of a TypeScript file stands in comments?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node

from auditor.model.facts import Commented
from auditor.model.form import Statement
from auditor.model.span import Span
from auditor.syntax.commented_lines import code_in

_LONGEST_LINE = 400  # bytes
_LINE = re.compile(rb"^[ \t]*//(?!/)[^\n]{,400}$", re.MULTILINE)
_CALL = re.compile(rb"\w[ \t]*(?:<[^()]*>)?\([^\"'`]*[\"'`][^\"'`]*/")  # with a path for its argument
_OPENING = re.compile(rb"^[ \t]*/\*(?![*!])", re.MULTILINE)  # of a block that is no doc comment
_LARGEST_BLOCK = 8_000  # bytes
_AROUND = {"object": (b"({", b"})"), "class_body": (b"class _ {", b"}")}
_OF_STATEMENTS = frozenset({"program", "statement_block", "switch_case", "switch_default", "jsx_expression"})


def commented_code(
    source: bytes, root: Node, read: Callable[[bytes], tuple[Statement, ...] | None]
) -> tuple[Commented, ...]:
    """Comments that are code with a call in it, in source order; places are those of the file.

    `read` gives the statements of a source, None where it is not code without an error. Doc comments, comments behind
    code on their line, and examples in prose are left out.
    """
    if b"//" not in source and b"/*" not in source:
        return ()
    return tuple(_commented(source, root, read))


def _commented(source: bytes, root: Node, read: Callable[[bytes], tuple[Statement, ...] | None]) -> Iterator[Commented]:
    lines = source.split(b"\n")
    done = 0
    for first, last, candidate in sorted({*_line_comments(source, lines), *_block_comments(source, lines)}):
        if first < done:
            continue
        bare = [_bare(line) for line in lines[first : last + 1]]
        column = len(lines[first]) - len(lines[first].lstrip())
        place = root.descendant_for_point_range((first, column), (first, column + 2))
        if place is None or place.type != "comment" or place.parent is None:
            continue
        before, after = _AROUND.get(place.parent.type, (b"", b""))
        if not before and place.parent.type not in _OF_STATEMENTS:
            continue

        def attempt(
            start: int,
            end: int,
            bare: list[bytes] = bare,
            first: int = first,
            edges: tuple[bytes, bytes] = (before, after),
        ) -> tuple[Statement, ...] | None:
            above = b"\n" * (first + start - 1) + edges[0] + b"\n" if first + start else edges[0]
            return read(above + b"\n".join(bare[start : end + 1]) + b"\n" + edges[1])

        texts = [line.decode("utf-8", "replace").strip() for line in bare]
        body = code_in(texts, candidate - first, attempt)
        if body:
            yield Commented(body, Span(first + 1, column + 1, last + 1, len(lines[last]) + 1))
            done = last + 1


def _line_comments(source: bytes, lines: list[bytes]) -> Iterator[tuple[int, int, int]]:
    """The first and last line of the comments that may be code, and the line that says so; lines count from 0."""
    for match in _LINE.finditer(source):
        if _CALL.search(match[0]) is None:
            continue
        candidate = first = last = source.count(b"\n", 0, match.start())
        while first and _is_line_comment(lines[first - 1]):
            first -= 1
        while last + 1 < len(lines) and _is_line_comment(lines[last + 1]):
            last += 1
        yield first, last, candidate


def _block_comments(source: bytes, lines: list[bytes]) -> Iterator[tuple[int, int, int]]:
    """The same of blocks with lines of their own."""
    for match in _OPENING.finditer(source):
        end = source.find(b"*/", match.end())
        if end < 0 or end - match.start() > _LARGEST_BLOCK:
            continue
        first, last = source.count(b"\n", 0, match.start()), source.count(b"\n", 0, end)
        inside = [number for number in range(first, last + 1) if _may_call(lines[number])]
        if inside and lines[last].rstrip().endswith(b"*/"):
            yield first, last, inside[0]


def _may_call(line: bytes) -> bool:
    return len(line) <= _LONGEST_LINE and _CALL.search(line) is not None


def _is_line_comment(line: bytes) -> bool:
    return line.lstrip().startswith(b"//") and not line.lstrip().startswith(b"///")


def _bare(line: bytes) -> bytes:
    """A line with blanks in the place of the markers of its comment."""
    start = len(line) - len(line.lstrip())
    if line.startswith((b"//", b"/*"), start):
        line = line[:start] + b"  " + line[start + 2 :]
    end = len(line.rstrip())
    if line.endswith(b"*/", 0, end):
        line = line[: end - 2] + b"  "
    return line
