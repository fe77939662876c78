"""What do the scripts of a Vue or Svelte component say?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from auditor.model.facts import Dialect, FileFacts
from auditor.syntax.typescript import read_typescript

_OPENING = re.compile(
    rb"""<!-- | <script
    (?P<attributes> (?: \s++ [^\s=<>/]++ (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s>"']++ ) )?+ )*+ )
    \s*+ (?P<empty> /? ) >""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = re.compile(rb"</script\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\s(lang|type)\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)
_SCRIPT_TYPES = frozenset({b"", b"module", b"text/javascript", b"application/javascript", b"text/typescript"})
_TYPESCRIPT = frozenset({b"ts", b"typescript"})
_BLANKS = bytes(byte if byte in b"\r\n" else ord(" ") for byte in range(256))


def read_component(source: bytes, dialect: Dialect) -> FileFacts:
    """The facts of all scripts of one component, as of one module; lines and columns are those of the file."""
    source = source.removeprefix(b"\xef\xbb\xbf")
    languages: set[bytes] = set()
    pieces: list[bytes] = []
    position = 0
    for start, end, attributes in _scripts(source):
        gap = source[position:start].translate(_BLANKS)
        # Scripts on one line need something between their statements.
        pieces += (b";" + gap[1:] if languages and b"\n" not in gap else gap, source[start:end])
        languages.add(attributes.get(b"lang", b""))
        position = end
    pieces.append(source[position:].translate(_BLANKS))
    language = Dialect.TYPESCRIPT if languages & _TYPESCRIPT else Dialect.TSX
    return msgspec.structs.replace(read_typescript(b"".join(pieces), language), dialect=dialect)


def _scripts(source: bytes) -> Iterator[tuple[int, int, dict[bytes, bytes]]]:
    """Start, end and attributes of the content of each script; what is never closed runs to the end of the file."""
    position = 0
    while (opening := _OPENING.search(source, position)) is not None:
        if opening["attributes"] is None:
            end = source.find(b"-->", opening.end())
            position = len(source) if end < 0 else end
            continue
        position = opening.end()
        if opening["empty"]:
            continue
        closing = _CLOSING.search(source, position)
        start, position = position, len(source) if closing is None else closing.start()
        attributes = {name.lower(): value.lower() for name, value in _ATTRIBUTE.findall(opening["attributes"])}
        if attributes.get(b"type", b"") in _SCRIPT_TYPES:
            yield start, position, attributes
