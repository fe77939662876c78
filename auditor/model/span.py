"""Where something stands in the source."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A stretch of source text of one file.

    Lines and columns count from 1. Columns are UTF-8 bytes, as both parsers report them;
    renderers convert to characters. `end_column` is exclusive.
    """

    start_line: int
    start_column: int
    end_line: int
    end_column: int


NOWHERE = Span(1, 1, 1, 1)
"""The start of a file, for facts about the file as a whole."""


class Location(msgspec.Struct, frozen=True, gc=False, order=True):
    """A span in a file. `file` is relative to the audited path, with forward slashes."""

    file: str
    span: Span

    @property
    def line(self) -> int:
        """The first line, from 1."""
        return self.span.start_line
