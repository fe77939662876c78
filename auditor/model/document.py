"""A Markdown document, as far as an audit reads it: sections of prose, code blocks and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or a list item, its lines joined by blanks. `line` is its first, `last` its last one, from 1."""

    text: str
    line: int
    last: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block. `line` is that of the opening fence; the code begins on the next. `closed` is
    False where the document ends before the closing fence."""

    language: str
    lines: tuple[str, ...]
    line: int
    closed: bool = True

    @property
    def text(self) -> str:
        """The code."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row of a table, without surrounding blanks."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int


Block: TypeAlias = Prose | Fence | Table


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading, up to the next of any level. The part above the first heading has
    level 0 and no title. `above` are the titles of the headings that enclose it, outermost first."""

    title: str
    level: int
    line: int
    blocks: tuple[Block, ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file."""

    file: str
    sections: tuple[Section, ...]
