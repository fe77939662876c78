"""Whether one segment of a requested path fits one segment of a served path, and how surely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from auditor.model.graph import Kind, Route
from auditor.model.segments import is_generic

_HOLE = re.compile(r"\{([^{}]*)\}")
_SLASHES = re.compile(r"/{2,}")
_ANYTHING = frozenset({"", "str", "string", "default", "path"})
_UNRESOLVED = "?"
# https://www.starlette.io/routing/ and https://flask.palletsprojects.com/en/stable/api/#url-route-registrations
_CONVERTERS = {
    "int": "[0-9]+",
    "float": r"[0-9]+(?:\.[0-9]+)?",
    "uuid": "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}",
    "slug": "[-a-zA-Z0-9_]+",
}
_LETTERS = {"int": "[0-9]*", "float": "[0-9.]*", "uuid": "[-0-9a-fA-F]*", "slug": "[-a-zA-Z0-9_]*"}


class Grade(IntEnum):
    """How surely a request reaches a pattern."""

    MAYBE = 1  # for one value of a hole: `{}` where "me" is served
    LIKELY = 2  # for the values that are meant: `{}` where digits are served
    SURE = 3  # for every value


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two slashes: static pieces with a hole between each two of them.

    `users` is ("users",), `{id}` is ("", ""), `{name}.csv` is ("", ".csv"); a trailing slash gives a
    last segment (""). `converters` has one name per hole, "" if any text will do. `tail`: stands for
    this segment and any number of further ones.
    """

    pieces: tuple[str, ...]
    converters: tuple[str, ...] = ()
    tail: bool = False

    @property
    def text(self) -> str:
        """As in a request template: `users`, `{}`, `{}.csv`."""
        return "{}".join(self.pieces)

    @property
    def literal(self) -> bool:
        """Whether nothing in it varies."""
        return len(self.pieces) == 1

    @property
    def hole(self) -> bool:
        """Whether everything in it varies."""
        return self.pieces == ("", "")

    @property
    def telling(self) -> bool:
        """Whether it says which resource is meant: a literal, and not `api` or `v1`."""
        return self.literal and self.pieces != ("",) and not is_generic(self.pieces[0])


Segments = tuple[Segment, ...]
HOLE = Segment(("", ""), ("",))


@lru_cache(maxsize=8192)
def parse_path(path: str) -> Segments:
    """The segments of a requested path; doubled slashes count as one."""
    return tuple(_segment(text, {}) for text in _texts(path))


def parse_route(route: Route) -> Segments:
    """The segments of a served path. A mount serves what is below it, so it ends in a tail."""
    converters = dict(route.converters)
    texts = _texts(route.path)
    if route.kind is Kind.MOUNT and not route.path.endswith("}"):
        texts = [*(text for text in texts if text), "{below:path}"]
        converters["below"] = "path"
    parsed = [_segment(text, converters) for text in texts]
    tails = [index for index, segment in enumerate(parsed) if "path" in segment.converters]
    if route.tail or route.kind is Kind.MOUNT:
        tails = tails or [index for index, segment in enumerate(parsed) if not segment.literal][-1:]
    for index in tails:
        parsed[index] = Segment(parsed[index].pieces, parsed[index].converters, tail=True)
    return tuple(parsed)


def fit(sent: Segment, served: Segment) -> Grade | None:
    """How surely a requested segment is answered by a served one; None if never."""
    if sent.literal:
        return _fit_text(sent.pieces[0], served)
    if served.literal:
        text = served.pieces[0]
        return Grade.MAYBE if text and (sent.hole or _pattern(sent.pieces, ()).fullmatch(text)) else None
    if sent.pieces == served.pieces and sent.converters == served.converters:
        return Grade.LIKELY if _UNRESOLVED in served.converters else Grade.SURE
    if served.hole:
        return _fit_parameter(sent, served.converters[0])
    if sent.hole:
        return Grade.MAYBE
    first, last = (sent.pieces[0], served.pieces[0]), (sent.pieces[-1], served.pieces[-1])
    begins = first[0].startswith(first[1]) or first[1].startswith(first[0])
    ends = last[0].endswith(last[1]) or last[1].endswith(last[0])
    return Grade.LIKELY if begins and ends else None


def _fit_text(text: str, served: Segment) -> Grade | None:
    if served.literal:
        return Grade.SURE if text == served.pieces[0] else None
    if not text or not _pattern(served.pieces, served.converters).fullmatch(text):
        return None
    known = all(converter in _ANYTHING or converter in _CONVERTERS for converter in served.converters)
    return Grade.SURE if known else Grade.LIKELY


def _fit_parameter(sent: Segment, converter: str) -> Grade | None:
    if converter in _ANYTHING:
        return Grade.SURE
    letters = re.compile(_LETTERS.get(converter, ".*"))
    return Grade.LIKELY if all(letters.fullmatch(piece) for piece in sent.pieces) else None


@lru_cache(maxsize=8192)
def _pattern(pieces: tuple[str, ...], converters: tuple[str, ...]) -> re.Pattern[str]:
    """A run-time value of a request may be empty, a parameter of a route may not."""
    parts = [re.escape(pieces[0])]
    for index, piece in enumerate(pieces[1:]):
        inner = _CONVERTERS.get(converters[index], "[^/]+") if converters else "[^/]*"
        parts += [inner, re.escape(piece)]
    return re.compile("".join(parts), re.DOTALL)


def _texts(path: str) -> list[str]:
    return _SLASHES.sub("/", "/" + path).removeprefix("/").split("/")


def _segment(text: str, converters: dict[str, str]) -> Segment:
    """`{name:int}` is understood as well; `{?}` is a piece of a route that could not be resolved."""
    pieces = tuple(_HOLE.split(text)[::2])
    names = _HOLE.findall(text)
    return Segment(pieces, tuple(_converter(name, converters) for name in names))


def _converter(name: str, converters: dict[str, str]) -> str:
    if name == _UNRESOLVED:
        return _UNRESOLVED
    plain, colon, written = name.partition(":")
    converter = written if colon else converters.get(plain, "")
    return "" if converter in _ANYTHING - {"path"} else converter
