"""Requests that a document shows outside of diagrams: in tables of endpoints and in HTTP examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.link.guides.paths import template
from auditor.model.document import Document, Fence, Section, Table
from auditor.model.guide import PromisedCall, Sample
from auditor.model.span import Location, Span
from auditor.syntax.sample import read_sample

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_LINE = re.compile(rf"^\s*({'|'.join(METHODS)})\s+(?:https?://[^/\s]+)?(/\S*)(?:\s+HTTP/[\d.]+)?\s*$")
_CELL = re.compile(rf"^[`*\s]*(?:({'|'.join(METHODS)})\s+)?[`*]*(/[\w{{}}<>:$.~@\-/]*)(?:\?\S*)?[`*\s]*$")
_PATH_HEAD = re.compile(r"\b(?:endpoints?|paths?|routes?|urls?|uri)\b", re.IGNORECASE)
_VERB_HEAD = re.compile(r"\b(?:methods?|verbs?|http)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:missing|status|coverage|frontend|current|expected|gap|planned|proposed|old|legacy|deprecated|before|after|"
    r"todo|future|removed|mismatch|issue|implemented|recommended)\b",
    re.IGNORECASE,
)


def example_calls(document: Document) -> Iterator[PromisedCall]:
    """The requests of HTTP examples and of tables that list endpoints as they are.

    A table or section about what is missing, planned, old or compared promises nothing.
    """
    for section in document.sections:
        if any(_DOUBT.search(title) for title in (section.title, *section.above)):
            continue
        for block in section.blocks:
            match block:
                case Fence(language="http" | "rest" | "httpie"):
                    yield from _fence(document.file, section, block)
                case Table():
                    yield from _table(document.file, section, block)
                case _:
                    pass


def _fence(file: str, section: Section, fence: Fence) -> Iterator[PromisedCall]:
    starts = [(place, found) for place, line in enumerate(fence.lines) if (found := _LINE.match(line))]
    for at, (place, found) in enumerate(starts):
        end = starts[at + 1][0] if at + 1 < len(starts) else len(fence.lines)
        path = found[2].partition("?")[0]
        body = _body(fence.lines[place + 1 : end])
        location = _at(file, fence.line + 1 + place)
        yield PromisedCall(found[1], path, template(path), location, "example", section.title, request=body)


def _body(lines: Sequence[str]) -> Sample:
    """The JSON behind the empty line that ends the headers, up to a status line."""
    text: list[str] = []
    for line in lines:
        if re.match(r"\s*HTTP/", line):
            break
        text.append(line)
    whole = "\n".join(text)
    return read_sample(whole) if "{" in whole else None


def _table(file: str, section: Section, table: Table) -> Iterator[PromisedCall]:
    paths = [place for place, cell in enumerate(table.head) if _PATH_HEAD.search(cell)]
    verbs = [place for place, cell in enumerate(table.head) if _VERB_HEAD.search(cell) and place not in paths[:1]]
    if len(paths) != 1 or any(_DOUBT.search(cell) for cell in table.head):
        return
    for row in table.rows:
        if len(row.cells) != len(table.head) or any(mark in "".join(row.cells) for mark in "❌⚠🚧~"):
            continue
        found = _CELL.match(row.cells[paths[0]])
        method = (found[1] if found else "") or (row.cells[verbs[0]].strip("`* ").upper() if verbs else "")
        if found and method in METHODS:
            yield PromisedCall(method, found[2], template(found[2]), _at(file, row.line), "table", section.title)


def _at(file: str, line: int) -> Location:
    return Location(file, Span(line, 1, line, 1))
