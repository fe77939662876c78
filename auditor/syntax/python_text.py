"""Which text do the bytes of a Python file hold, and what does it say beside its code?"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

from auditor.model.facts import Comment, Problem
from auditor.model.span import Span

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_COOKIE = re.compile(rb"\A(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
_HEADER_SIZE = 2048  # characters
_GENERATED = ("do not edit", "@generated", "auto-generated", "automatically generated")


def decode(source: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text and, where it is neither UTF-8 nor what its coding cookie says, the problem `not-utf8`.

    https://peps.python.org/pep-0263/
    """
    if source.startswith(_BYTE_ORDER_MARK):
        source = source.removeprefix(_BYTE_ORDER_MARK)
    elif b"coding" in source[:_HEADER_SIZE] and (cookie := _COOKIE.match(source)):
        try:
            return source.decode(cookie[1].decode()), ()
        except (LookupError, ValueError):  # no such encoding, or not in it
            pass
    try:
        return source.decode(), ()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        column = error.start - source.rfind(b"\n", 0, error.start)
        message = f"line {line} is not UTF-8; unreadable bytes were replaced"
        return source.decode(errors="replace"), (Problem("not-utf8", message, Span(line, column, line, column + 1)),)


def line_count(text: str) -> int:
    """How many lines the text has; the last one need not be ended."""
    return text.count("\n") + (text != "" and not text.endswith("\n"))


def span_at(text: str, line: int, character: int) -> Span:
    """The empty span before a character of a line, both counted from 1."""
    lines = text.split("\n", line)
    start = lines[line - 1][: max(character - 1, 0)] if line <= len(lines) else ""
    column = len(start.encode(errors="replace")) + 1
    return Span(line, column, line, column)


def auditor_comments(source: bytes, text: str) -> tuple[Comment, ...]:
    """The comments that begin with `auditor:`, without their marker, in source order."""
    return tuple(_spoken_comments(text)) if b"auditor:" in source else ()


def is_generated(text: str, doc: str, first_line: int) -> bool:
    """Whether the docstring or a comment above all code, in the first 2 KB, says that a program wrote the file.

    `first_line` is that of the first statement behind the docstring.
    """
    header = text[:_HEADER_SIZE].lower()
    if not any(words in header for words in _GENERATED):
        return False
    comments = [line for line in header.split("\n")[: first_line - 1] if line.lstrip().startswith("#")]
    notice = "\n".join((doc[:_HEADER_SIZE].lower(), *comments))
    return any(words in notice for words in _GENERATED)


def _spoken_comments(text: str) -> Iterator[Comment]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    while True:
        try:
            token = next(tokens)
        except (StopIteration, tokenize.TokenError, SyntaxError):  # what stands before an error still counts
            return
        if token.type != tokenize.COMMENT:
            continue
        words = token.string.lstrip("#").strip()
        if words.startswith("auditor:"):
            line = token.start[0]
            column = len(token.line[: token.start[1]].encode(errors="replace")) + 1
            yield Comment(words, Span(line, column, line, column + len(token.string.encode(errors="replace"))))
