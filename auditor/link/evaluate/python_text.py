"""Methods of Python's text, as models.

Reference: https://docs.python.org/3/library/stdtypes.html#text-sequence-type-str (3.13)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.link.evaluate.python_format import formatted
from auditor.model.text import concatenate, dependencies_of
from auditor.model.value import (
    NONE,
    Arguments,
    Constant,
    List,
    Model,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def _text_method(function: Callable[[str], str]) -> Model:
    """A method that maps known text to text and keeps holes."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        return Text(
            tuple(function(p) if isinstance(p, str) else p for p in this.parts if p != ""), this.trail, this.soft
        )

    return model


def _edge_method(left: bool, right: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        given = machine.argument(arguments, 0)
        characters = given.literal if isinstance(given, Text) else None
        parts = list(this.parts)
        if left and parts and isinstance(parts[0], str):
            parts[0] = parts[0].lstrip(characters)
        if right and parts and isinstance(parts[-1], str):
            parts[-1] = parts[-1].rstrip(characters)
        return Text(tuple(part for part in parts if part != ""), this.trail, this.soft)

    return model


def _replace(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Text)
    old, new = machine.argument(arguments, 0), machine.argument(arguments, 1)
    if isinstance(old, Text) and isinstance(new, Text) and old.literal is not None and new.literal is not None:
        a, b = old.literal, new.literal
        return Text(tuple(p.replace(a, b) if isinstance(p, str) else p for p in this.parts), this.trail, this.soft)
    return Unknown("a replacement of unknown text", dependencies_of(this))


def _join(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    given = machine.argument(arguments, 0)
    if not isinstance(given, List) or given.open or this is None:
        return Unknown("a join of unknown parts", dependencies_of(given))
    pieces: list[Value] = []
    for item in given.items:
        pieces += [this, machine.force(item)] if pieces else [machine.force(item)]
    return concatenate(pieces) if pieces else Text(())


def _split(last: bool) -> Model:
    """`split` and `rsplit`; the second argument limits the cuts."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = machine.argument(arguments, 0, "sep")
        limit = machine.argument(arguments, 1, "maxsplit")
        separator = given.literal if isinstance(given, Text) else None
        cuts = limit.value if isinstance(limit, Constant) and isinstance(limit.value, int) else -1
        whole = this.literal if isinstance(this, Text) else None
        known = whole is not None and separator != "" and (given is None or separator is not None or given == NONE)
        if not known or whole is None or not (limit is None or isinstance(limit, Constant)):
            return List([], True)
        pieces = whole.rsplit(separator, cuts) if last else whole.split(separator, cuts)
        return List([_piece(this, piece) for piece in pieces])

    return model


def _partition(last: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = machine.argument(arguments, 0)
        separator = given.literal if isinstance(given, Text) else None
        whole = this.literal if isinstance(this, Text) else None
        if whole is None or not separator:
            return List([Unknown("a part of unknown text", dependencies_of(this))] * 3, kind="tuple")
        pieces = whole.rpartition(separator) if last else whole.partition(separator)
        return List([_piece(this, piece) for piece in pieces], kind="tuple")

    return model


def _piece(whole: Value | None, piece: str) -> Text:
    assert isinstance(whole, Text)
    return Text((piece,) if piece else (), whole.trail, whole.soft)


def _test(function: Callable[[str, str], bool], where: int) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        given = machine.argument(arguments, 0)
        wanted = given.literal if isinstance(given, Text) else None
        if wanted is not None and this.parts and isinstance(this.parts[where], str):
            piece = this.parts[where]
            assert isinstance(piece, str)
            if this.literal is not None or len(piece) >= len(wanted):
                return Constant(function(piece, wanted), this.soft)
        return Unknown("a test of unknown text", dependencies_of(this))

    return model


def _remove(prefix: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        given = machine.argument(arguments, 0)
        parts = list(this.parts)
        where = 0 if prefix else -1
        if isinstance(given, Text) and given.literal and parts and isinstance(parts[where], str):
            piece = parts[where]
            assert isinstance(piece, str)
            parts[where] = piece.removeprefix(given.literal) if prefix else piece.removesuffix(given.literal)
        return Text(tuple(part for part in parts if part != ""), this.trail, this.soft)

    return model


TEXT: dict[str, Model] = {
    "format": formatted,
    "join": _join,
    "lower": _text_method(str.lower),
    "upper": _text_method(str.upper),
    "title": _text_method(str.title),
    "capitalize": _text_method(str.capitalize),
    "strip": _edge_method(True, True),
    "lstrip": _edge_method(True, False),
    "rstrip": _edge_method(False, True),
    "removeprefix": _remove(True),
    "removesuffix": _remove(False),
    "replace": _replace,
    "split": _split(False),
    "rsplit": _split(True),
    "partition": _partition(False),
    "rpartition": _partition(True),
    "startswith": _test(str.startswith, 0),
    "endswith": _test(str.endswith, -1),
}
