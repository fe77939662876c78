"""Methods of Python's text, as models.

Reference: https://docs.python.org/3/library/stdtypes.html#text-sequence-type-str (3.13)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.model.text import concatenate, dependencies_of
from auditor.model.value import (
    Arguments,
    Constant,
    Hole,
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


def _format(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Text)
    if this.literal is None:
        return Unknown("a format of unknown text", dependencies_of(this))
    parts: list[Value] = []
    following = 0
    for piece in re.split(r"(\{[^{}]*\})", this.literal):
        if not (piece.startswith("{") and piece.endswith("}")):
            parts.append(Text((piece,) if piece else (), this.trail))
            continue
        key = re.split(r"[!:.\[]", piece[1:-1], maxsplit=1)[0]
        if key == "" or key.isdigit():
            position = following if key == "" else int(key)
            following += 1
            value = machine.argument(arguments, position)
        else:
            value = machine.argument(arguments, -1, key)
        parts.append(value if value is not None else Text((Hole(f"the format field {key}"),)))
    return concatenate(parts)


def _join(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    given = machine.argument(arguments, 0)
    if not isinstance(given, List) or given.open or this is None:
        return Unknown("a join of unknown parts", dependencies_of(given))
    pieces: list[Value] = []
    for item in given.items:
        pieces += [this, machine.force(item)] if pieces else [machine.force(item)]
    return concatenate(pieces) if pieces else Text(())


def _split(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    given = machine.argument(arguments, 0)
    separator = given.literal if isinstance(given, Text) else None
    if isinstance(this, Text) and this.literal is not None:
        return List([Text((piece,) if piece else (), this.trail) for piece in this.literal.split(separator)])
    return List([], True)


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
    "format": _format,
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
    "split": _split,
    "startswith": _test(str.startswith, 0),
    "endswith": _test(str.endswith, -1),
}
