"""Which code of a Python file stands in comments?"""

from __future__ import annotations

import io
import re
import textwrap
import tokenize
from collections.abc import Callable, Iterator

from auditor.model.facts import Commented
from auditor.model.form import Statement
from auditor.model.span import Span
from auditor.syntax.commented_lines import code_in

_CANDIDATE = re.compile(
    r"^[ \t]*#[^\n]{,200}?\w\([^\n\"']{,200}[\"'][^\n\"'/]{,200}/|^[ \t]*#[ \t]*@\w[\w.]*\(", re.MULTILINE
)
_DECORATOR = re.compile(r"\s*@\w[\w.]*\(")


def commented_code(text: str, read: Callable[[str], tuple[Statement, ...] | None]) -> tuple[Commented, ...]:
    """Comments that are code with a call in it, in source order; lines are those of the file.

    `read` gives the statements of a source, None where it is not code. Comments behind code on their line and
    examples in prose are left out. A decorator alone is read with an empty function below it.
    """
    if _CANDIDATE.search(text) is None:
        return ()
    return tuple(_commented(text, read))


def _commented(text: str, read: Callable[[str], tuple[Statement, ...] | None]) -> Iterator[Commented]:
    for lines, first, column in _blocks(text):
        done = 0
        bare = [line[1:] for line in lines]
        for candidate, line in enumerate(lines):
            if candidate < done or _CANDIDATE.match(line) is None:
                continue

            def attempt(
                start: int, end: int, bare: list[str] = bare, first: int = first
            ) -> tuple[tuple[Statement, ...], int] | None:
                code = textwrap.dedent("\n".join(bare[start : end + 1]))
                above = "\n" * (first + start - 1)
                found = read(above + code)
                if not found and _DECORATOR.match(code):
                    found = read(f"{above}{code}\ndef _(): ...")
                return (found, end) if found else None

            found = code_in([line.strip() for line in bare], candidate, attempt)
            if found is not None:
                body, last = found
                done = last + 1
                end = len(lines[last].encode()) + column
                yield Commented(body, Span(first + candidate, column, first + last, end))


def _blocks(text: str) -> Iterator[tuple[list[str], int, int]]:
    """Comments on lines of their own that follow one another in one column: their lines, the number of the first and
    the column, both counted from 1."""
    lines: list[str] = []
    first = column = 0
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    while True:
        try:
            token = next(tokens)
        except (StopIteration, tokenize.TokenError, SyntaxError):  # what stands before an error still counts
            break
        if token.type != tokenize.COMMENT or token.line[: token.start[1]].strip():
            continue
        row, place = token.start[0], len(token.line[: token.start[1]].encode(errors="replace")) + 1
        if lines and row == first + len(lines) and place == column:
            lines.append(token.string)
            continue
        if lines:
            yield lines, first, column
        lines, first, column = [token.string], row, place
    if lines:
        yield lines, first, column
