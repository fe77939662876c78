"""Regular expressions as paths: Django's `re_path()`, Tornado's rules.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/http/urls/#using-regular-expressions) and Tornado 6
(https://www.tornadoweb.org/en/stable/guide/structure.html#the-application-object).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.adapter.pathtext import converter_of, parameter
from auditor.model.text import join
from auditor.model.value import Hole, Text

_LIMIT = 12
_GROUP = re.compile(r"\(\?P<(\w+)>")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??")
_CLASSES = ("\\d", "\\w", "\\S", ".")
_CLASS_START, _IGNORED_GROUPS = "[", ("(?!", "(?<!")
_FIRST_HOLE = 0xE000  # letters of private use stand for the pieces that are not known


def text_paths(text: Text) -> tuple[tuple[Text, ...], bool] | None:
    """The route paths of an expression with holes, one per alternative, and whether nothing may follow."""
    holes = [part for part in text.parts if isinstance(part, Hole)]
    marks = iter(range(_FIRST_HOLE, _FIRST_HOLE + len(holes)))
    read = expression_paths("".join(part if isinstance(part, str) else chr(next(marks)) for part in text.parts))
    if read is None:
        return None
    return tuple(replace(text, parts=_with_holes(path, holes)) for path in read[0]), read[1]


def expression_paths(expression: str) -> tuple[tuple[str, ...], bool] | None:
    """The route paths of an expression, one per alternative, and whether nothing may follow; None if unread.

    A group is a parameter, a class of letters too; what a group of its own repeats is not read. A dot is a dot
    unless it is repeated; what must not follow (`(?!api)`) is left aside: more is listed then than is served.
    """
    rest = expression.removeprefix("^")
    closed = rest.endswith(("$", r"\Z")) and not rest.endswith(r"\$")
    rest = rest.removesuffix("$").removesuffix(r"\Z") if closed else rest
    found = _alternatives(rest, _Counter())
    if found is None:
        return None
    return tuple(dict.fromkeys(found)), closed or all(one.endswith(":path}") for one in found)


def stem(expression: str) -> str:
    """The whole segments in front of the first thing in an expression that is no plain text."""
    plain = re.match(r"[\w/-]*", expression.removeprefix("^"))
    return (plain[0] if plain else "").rpartition("/")[0]


def _with_holes(path: str, holes: Sequence[Hole]) -> tuple[str | Hole, ...]:
    pieces = re.split(f"([{chr(_FIRST_HOLE)}-{chr(_FIRST_HOLE + max(len(holes) - 1, 0))}])", path)
    known = {chr(_FIRST_HOLE + index): hole for index, hole in enumerate(holes)}
    return join([Text((known.get(piece, piece),)) for piece in pieces if piece]).parts


@dataclass(slots=True)
class _Counter:
    unnamed: int = 0

    def name(self) -> str:
        self.unnamed += 1
        return f"arg{self.unnamed}"


def _alternatives(text: str, counter: _Counter) -> Sequence[str] | None:
    """The paths of `a|b|c`."""
    found: list[str] = []
    for branch in _branches(text):
        read = _sequence(branch, counter)
        if read is None:
            return None
        found += read
    return found if len(found) <= _LIMIT else None


def _sequence(text: str, counter: _Counter) -> Sequence[str] | None:
    found, place = [""], 0
    while place < len(text):
        end = _atom_end(text, place)
        if end < 0:
            return None
        quantifier = _QUANTIFIER.match(text, end)
        repeated = quantifier[0] if quantifier else ""
        pieces = _pieces(text[place:end], repeated, counter)
        if pieces is None:
            return None
        found = [one + piece for one in found for piece in pieces]
        if len(found) > _LIMIT:
            return None
        place = end + len(repeated)
    # A greedy expression takes the optional piece where it can.
    return sorted(found, key=len, reverse=True) if len(found) > 1 else found


def _pieces(atom: str, repeated: str, counter: _Counter) -> Sequence[str] | None:
    """The ways to write one atom: `x`, `x?`, a class of letters, a group."""
    if atom.startswith(_IGNORED_GROUPS):
        return ("",)
    if atom[0] == "(":
        return _group(atom, repeated, counter)
    if atom[0] == _CLASS_START or (atom in _CLASSES and (repeated or atom != ".")):
        return (parameter(counter.name(), _converter(atom + repeated)),)
    letter = atom[1:] if atom[0] == "\\" else atom
    if (atom[0] == "\\" and letter.isalnum()) or atom in ("^", "$", ")", "]", "{", "}", "*", "+", "?"):
        return None
    return {"": (letter,), "?": (letter, "")}.get(repeated)


def _group(atom: str, repeated: str, counter: _Counter) -> Sequence[str] | None:
    named = _GROUP.match(atom)
    if repeated not in ("", "?", "??"):
        return None
    optional: tuple[str, ...] = ("",) if repeated else ()
    if atom.startswith("(?:"):
        inside = _alternatives(atom[3:-1], counter)
        return None if inside is None else (*inside, *optional)
    if atom.startswith("(?") and named is None:
        return None
    inner = atom[named.end() if named else 1 : -1]
    return (parameter(named[1] if named else counter.name(), _converter(inner)), *optional)


def _converter(inner: str) -> str:
    """The converter of an expression; one that takes a slash takes whole paths."""
    known = converter_of(inner)
    if known == "regex":
        try:
            pattern = re.compile(inner)
        except re.error:
            return known
        if any(pattern.fullmatch(text) for text in ("a/b", "1/2", "a/b/c")):
            return "path"
    return known


def _branches(text: str) -> Iterator[str]:
    start = place = 0
    while place < len(text):
        if text[place] == "|":
            yield text[start:place]
            start = place + 1
        end = _atom_end(text, place)
        place = end if end > 0 else len(text)
    yield text[start:]


def _atom_end(text: str, start: int) -> int:
    """Where the letter, escape, class or group that starts here ends; -1 if it does not."""
    letter = text[start]
    if letter == "\\":
        return start + 2 if start + 1 < len(text) else -1
    if letter == _CLASS_START:
        end = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]").match(text, start)
        return end.end() if end else -1
    if letter != "(":
        return start + 1
    depth, place = 0, start
    while place < len(text):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
        place = start + 1 if place == start else _atom_end(text, place) if text[place] in "\\[" else place + 1
        if place < 0:
            return -1
    return -1
