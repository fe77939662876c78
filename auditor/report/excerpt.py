"""What stands in the source at a place, in characters instead of bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from auditor.model.span import Location

Sources: TypeAlias = Callable[[str], Sequence[str]]
"""The lines of a file, without their line breaks; no lines for a file that cannot be read."""

WIDEST = 200
"""Characters of a line that are shown; a minified line is cut around the place."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines of a place.

    `line` is the number of the first one, `texts` the lines as they stand in the source, cut to
    the width. `start` is the first marked character in the first text, `end` the one behind the last
    marked character in the last text, both from 0. `more` counts the lines of the place left out.
    """

    line: int
    texts: tuple[str, ...]
    start: int
    end: int
    more: int = 0

    @property
    def single(self) -> bool:
        """The place lies on one line."""
        return len(self.texts) == 1 and not self.more


def excerpt(sources: Sources, location: Location, lines: int = 1, widest: int = WIDEST) -> Excerpt | None:
    """At most so many lines of a place; None where the source has no such line or nothing on it."""
    span, source = location.span, sources(location.file)
    last = min(span.end_line, len(source))
    if not 1 <= span.start_line <= len(source):
        return None
    shown = [_clean(text) for text in source[span.start_line - 1 : min(last, span.start_line + lines - 1)]]
    more = max(0, last - span.start_line + 1 - len(shown))
    if not any(text.strip() for text in shown):
        return None
    start = column(shown[0], span.start_column) - 1
    end = len(shown[-1]) if more or last < span.end_line else column(shown[-1], span.end_column) - 1
    if len(shown) == 1:
        text, start, end = _window(shown[0], start, end, widest)
        return Excerpt(span.start_line, (text,), start, end, more)
    texts = tuple(_window(text, 0, 0, widest)[0] for text in shown)
    return Excerpt(span.start_line, texts, min(start, len(texts[0])), min(end, len(texts[-1])), more)


def column(text: str, byte_column: int) -> int:
    """The column in characters, from 1, of a column in UTF-8 bytes, from 1."""
    if text.isascii():
        return max(1, min(byte_column, len(text) + 1))
    data = text.encode(errors="replace")
    return len(data[: max(0, byte_column - 1)].decode(errors="ignore")) + 1


def columns(sources: Sources, location: Location) -> tuple[int, int]:
    """First column and the column behind the last, in characters, from 1; as given if there is no such line."""
    span, source = location.span, sources(location.file)
    first, last = span.start_column, span.end_column
    if 1 <= span.start_line <= len(source):
        first = column(_clean(source[span.start_line - 1]), first)
    if 1 <= span.end_line <= len(source):
        last = column(_clean(source[span.end_line - 1]), last)
    return first, last


def _clean(text: str) -> str:
    return text.rstrip("\r\n")


def _window(text: str, start: int, end: int, widest: int) -> tuple[str, int, int]:
    """The stretch of a long line around the marked part, and where the mark is now."""
    if len(text) <= widest:
        return text, start, max(start, end)
    first = 0 if end < widest else max(0, min(start - widest // 4, len(text) - widest))
    head = "…" if first else ""
    body = text[first : first + widest - len(head)]
    tail = "…" if first + len(body) < len(text) else ""
    shown = head + (body[:-1] if tail else body) + tail
    shift = first - len(head)
    return shown, start - shift, max(start - shift, min(end - shift, len(shown)))
