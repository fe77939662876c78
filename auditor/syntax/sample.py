"""Reads JSON as examples in documents write it: with comments, dots for what is left out, and names for values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.model.guide import Sample

_TOKEN = re.compile(r"""\s*(?:("(?:[^"\\]|\\.)*")|('(?:[^'\\]|\\.)*')|(\.{3}|…)|([{}\[\]:,])|([^\s{}\[\]:,"']+))""")
_DEEPEST = 60


def read_sample(text: str) -> Sample:
    """The first object or list in a text; None if there is none."""
    plain = re.sub(r"<br\s*/?>", "\n", text)
    plain = re.sub(r"(?m)(^|\s)//.*$", " ", plain)
    start = min((place for place in (plain.find("{"), plain.find("[")) if place >= 0), default=-1)
    if start < 0:
        return None
    cursor = _Cursor([(_kind(match), _content(match)) for match in _TOKEN.finditer(plain, start)])
    return cursor.value(0)


def field_names(sample: Sample, above: str = "") -> Iterator[str]:
    """The keys of an example, nested ones with dots: `data`, `data.user`. Items of lists count as their list's."""
    if isinstance(sample, Mapping):
        for key, value in sample.items():
            yield above + key
            yield from field_names(value, f"{above}{key}.")
    elif isinstance(sample, tuple):
        for item in sample[:1]:
            yield from field_names(item, above)


@dataclass(slots=True)
class _Cursor:
    tokens: list[tuple[str, str]]
    place: int = 0

    def value(self, depth: int) -> Sample:
        """The value that begins here; what is no JSON is None."""
        kind, content = self.next()
        if depth > _DEEPEST:
            return None
        if content == "{" and kind == "mark":
            return self.object(depth)
        if content == "[" and kind == "mark":
            return self.list(depth)
        if kind == "text":
            return content
        return _scalar(content) if kind == "word" else None

    def object(self, depth: int) -> Sample:
        found: dict[str, Sample] = {}
        while self.place < len(self.tokens):
            kind, content = self.next()
            if content == "}" and kind == "mark":
                break
            if kind in ("text", "word") and self.peek() == ":":
                self.next()
                found[content] = self.value(depth + 1)
        return found

    def list(self, depth: int) -> Sample:
        found: list[Sample] = []
        while self.place < len(self.tokens) and self.peek() != "]":
            if self.peek() == ",":
                self.next()
                continue
            found.append(self.value(depth + 1))
        self.next()
        return tuple(found)

    def next(self) -> tuple[str, str]:
        self.place += 1
        return self.tokens[self.place - 1] if self.place <= len(self.tokens) else ("end", "")

    def peek(self) -> str:
        """The mark that comes next, "" if it is none."""
        kind, content = self.tokens[self.place] if self.place < len(self.tokens) else ("end", "]")
        return content if kind in ("mark", "end") else ""


def _kind(match: re.Match[str]) -> str:
    return ("text", "text", "dots", "mark", "word")[(match.lastindex or 1) - 1]


def _content(match: re.Match[str]) -> str:
    content = match[match.lastindex or 1]
    return re.sub(r"\\(.)", r"\1", content[1:-1]) if match.lastindex in (1, 2) else content


def _scalar(word: str) -> Sample:
    if word in ("true", "false"):
        return word == "true"
    try:
        return float(word)
    except ValueError:
        return None
