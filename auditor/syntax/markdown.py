"""Reads Markdown into sections, as far as reports and guides need it.

Follows CommonMark 0.31 for ATX and setext headings, fenced code blocks and paragraphs, and GitHub's tables. Emphasis,
links and code spans stay in the text; indented code is prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.model.document import Block, Document, Fence, Prose, Row, Section, Table

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_FENCE = re.compile(r"(\s*(?:(?:[-*+]|\d+[.)])\s+)?)(`{3,}|~{3,})\s*([^`\s]*)[^`]*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?=\S)")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_QUOTED = re.compile(r"(?:\s{0,3}>\s?)+")


def read_markdown(text: str, file: str = "") -> Document:
    """The sections of a document in source order. Any text can be read."""
    sheet = _Sheet(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    place = _front_matter(sheet.lines)
    while place < len(sheet.lines):
        place = _step(sheet, place)
    sheet.end_section()
    return Document(file, tuple(sheet.sections))


@dataclass(slots=True)
class _Sheet:
    lines: list[str]
    sections: list[Section] = field(default_factory=list)
    titles: list[tuple[int, str]] = field(default_factory=list)  # the open headings, outermost first
    blocks: list[Block] = field(default_factory=list)
    line: int = 1

    def end_section(self) -> None:
        """Closes the section that is open."""
        if not self.blocks and not self.titles and self.line == 1 and not self.sections and len(self.lines) > 1:
            return
        level, title = self.titles[-1] if self.titles else (0, "")
        above = tuple(name for _, name in self.titles[:-1])
        self.sections.append(Section(title, level, self.line, tuple(self.blocks), above))
        self.blocks = []

    def begin(self, level: int, title: str, line: int) -> None:
        """Opens a section."""
        self.end_section()
        while self.titles and self.titles[-1][0] >= level:
            self.titles.pop()
        self.titles.append((level, title))
        self.line = line


def _step(sheet: _Sheet, place: int) -> int:
    """Reads one block and gives the index of the line behind it."""
    line = sheet.lines[place]
    if not line.strip():
        return place + 1
    fence = _FENCE.match(line)
    if fence:
        return _fence(sheet, place, fence)
    heading = _HEADING.match(line)
    if heading:
        sheet.begin(len(heading[1]), (heading[2] or "").strip(), place + 1)
        return place + 1
    if _RULE.match(line):
        return place + 1
    if "|" in line and place + 1 < len(sheet.lines) and _DIVIDER.match(sheet.lines[place + 1]):
        return _table(sheet, place)
    return _prose(sheet, place)


def _fence(sheet: _Sheet, place: int, opening: re.Match[str]) -> int:
    indent, mark = len(opening[1]), opening[2]
    closing = re.compile(rf"\s*{re.escape(mark[0])}{{{len(mark)},}}\s*$")
    end = place + 1
    while end < len(sheet.lines) and not closing.match(sheet.lines[end]):
        end += 1
    code = tuple(_dedented(line, indent) for line in sheet.lines[place + 1 : end])
    sheet.blocks.append(Fence(opening[3].lower(), code, place + 1, end < len(sheet.lines)))
    return end + 1


def _table(sheet: _Sheet, place: int) -> int:
    end = place + 2
    while end < len(sheet.lines) and "|" in sheet.lines[end]:
        end += 1
    rows = tuple(Row(_cells(sheet.lines[at]), at + 1) for at in range(place + 2, end))
    sheet.blocks.append(Table(_cells(sheet.lines[place]), rows, place + 1))
    return end


def _prose(sheet: _Sheet, place: int) -> int:
    end = place + 1
    while end < len(sheet.lines) and _continues(sheet.lines, end):
        end += 1
    if end < len(sheet.lines) and _UNDERLINE.match(sheet.lines[end]) and not _ITEM.match(sheet.lines[place]):
        level = 1 if "=" in sheet.lines[end] else 2
        sheet.begin(level, _joined(sheet.lines[place:end]), place + 1)
        return end + 1
    sheet.blocks.append(Prose(_joined(sheet.lines[place:end]), place + 1, end))
    return end


def _continues(lines: Sequence[str], place: int) -> bool:
    line = lines[place]
    starts = (_HEADING, _FENCE, _ITEM, _RULE, _UNDERLINE)
    return bool(line.strip()) and not any(start.match(line) for start in starts) and not line.lstrip().startswith("|")


def _joined(lines: Sequence[str]) -> str:
    return " ".join(_QUOTED.sub("", line, count=1).strip() for line in lines)


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells = re.split(r"(?<!\\)\|", inner)
    return tuple(cell.replace("\\|", "|").strip() for cell in cells)


def _dedented(line: str, indent: int) -> str:
    blanks = len(line) - len(line.lstrip())
    return line[min(indent, blanks) :]


def _front_matter(lines: Sequence[str]) -> int:
    """The index of the first line behind YAML front matter, 0 without any."""
    if lines[0].strip() != "---":
        return 0
    for place, line in enumerate(lines[1:200], 1):
        if line.strip() == "---":
            return place + 1
    return 0
