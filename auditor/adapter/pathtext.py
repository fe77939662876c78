"""Route paths of frameworks with a syntax of their own, brought into `{name}` and `{name:converter}`.

Converters that the matcher knows: `int`, `float`, `uuid`, `slug`, `path` (the rest, slashes included); any other
says only that some texts are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from auditor.adapter import Machine
from auditor.model.text import join
from auditor.model.value import Choice, Text, Value

EMPTY = Text(())
_UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
_LONGEST = 200  # letters of an expression that is tried out
_REPEATED = re.compile(r"[*+}]\)[*+{]")  # what may take exponential time to try


def paths(machine: Machine, value: Value | None, rewrite: Callable[[str], str] = str) -> tuple[Text, ...]:
    """A path argument, one text per alternative, each static piece rewritten; nothing given is the empty path."""
    if value is None:
        return (EMPTY,)
    return tuple(
        replace(text, parts=tuple(rewrite(part) if isinstance(part, str) else part for part in text.parts))
        for text in machine.texts(value)
    )


def joined(first: Sequence[Text], second: Sequence[Text]) -> tuple[Text, ...]:
    """Every way to put one of the second behind one of the first."""
    return tuple(join((a, b)) for a in first for b in second)[: Choice.LIMIT]


def begun(text: Text) -> Text:
    """A path with exactly one slash in front, nothing if it is empty."""
    first = text.parts[0] if text.parts else ""
    if not isinstance(first, str) or not text.parts:
        return text
    return replace(text, parts=("/" + first.lstrip("/"), *text.parts[1:]))


def trimmed(text: Text) -> Text:
    """A path without the slashes at its end."""
    last = text.parts[-1] if text.parts else ""
    if not isinstance(last, str) or not last.endswith("/"):
        return text
    rest = last.rstrip("/")
    return replace(text, parts=(*text.parts[:-1], rest) if rest else text.parts[:-1])


def parameter(name: str, converter: str = "") -> str:
    """`{name}` or `{name:converter}`."""
    return f"{{{name}:{converter}}}" if converter else f"{{{name}}}"


def converter_of(expression: str) -> str:
    """The converter that takes what a regular expression takes, "" for any one segment, `regex` for none of them."""
    if len(expression) > _LONGEST or _REPEATED.search(expression):
        return "regex"
    try:
        pattern = re.compile(expression)
    except re.error:
        return "regex"

    def takes(*texts: str) -> bool:
        return all(pattern.fullmatch(text) for text in texts)

    if takes("a/b.c"):
        return "path"
    if takes("a", "12", "x y.z", "é@~"):
        return ""
    if takes("1", "12") and not takes("a"):
        return "int" if not takes("1.5") else "float"
    return "uuid" if takes(_UUID) and not takes("a") and not takes("abc-d") else "regex"
