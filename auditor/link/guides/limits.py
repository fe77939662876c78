"""The numbers that a document says are kept: timeouts and the most of something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.link.guides.reading import at
from auditor.model.document import Document, Fence, Prose
from auditor.model.guide import Limit

_UNITS = {"ms": 1, "millisecond": 1, "s": 1_000, "sec": 1_000, "second": 1_000, "min": 60_000, "minute": 60_000}
_TIME = re.compile(r"\b(\d+)\s*-?\s*(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?)\b", re.IGNORECASE)
_TIMEOUT = re.compile(r"\btime-?outs?\b", re.IGNORECASE)
_MOST = re.compile(
    r"\b(?:max(?:imum)?|at most|up to|limit(?:ed)? (?:of|to))\.?\s+(?:of\s+)?(\d[\d,_]*)\s*([a-z]*)", re.IGNORECASE
)


def limits_of(document: Document) -> tuple[Limit, ...]:
    """The limits in prose and diagrams, in source order; what code examples hold is none."""
    found: list[Limit] = []
    for line, text in _lines(document):
        found += _limits(document.file, line, text)
    return tuple(found)


def milliseconds(number: str, unit: str) -> int:
    """A duration in milliseconds."""
    return int(number) * _UNITS[unit.lower().rstrip("s") or "s"] if unit.lower() != "ms" else int(number)


def _limits(file: str, line: int, text: str) -> Iterator[Limit]:
    if _TIMEOUT.search(text):
        for number, unit in _TIME.findall(text):
            yield Limit(milliseconds(number, unit), "ms", f"{number} {unit}", at(file, line))
    for number, noun in _MOST.findall(text):
        if not _TIMEOUT.search(text):
            yield Limit(int(re.sub(r"[,_]", "", number)), noun.lower(), f"{number} {noun}".strip(), at(file, line))


def _lines(document: Document) -> Iterator[tuple[int, str]]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Prose):
                yield block.line, block.text
            elif isinstance(block, Fence) and block.language == "mermaid":
                for offset, line in enumerate(block.lines, 1):
                    yield block.line + offset, line
