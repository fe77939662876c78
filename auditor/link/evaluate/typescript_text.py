"""Methods of JavaScript's text, as models.

Reference: https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/String
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.link.evaluate.operators import binary
from auditor.model.text import choice, concatenate, dependencies_of
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Constant,
    Hole,
    Instance,
    List,
    Model,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def _mapped(function: Callable[[str], str]) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        return Text(
            tuple(function(p) if isinstance(p, str) else p for p in this.parts if p != ""), this.trail, this.soft
        )

    return model


def _replace(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`.replace(old, new)`: plain text, or a regular expression that Python reads the same way."""
    assert isinstance(this, Text)
    old, new = machine.argument(arguments, 0), machine.argument(arguments, 1)
    if isinstance(new, Choice):
        return choice([_replaced(machine, this, old, option) for option in new.options])
    return _replaced(machine, this, old, new)


def _replaced(machine: Machine, this: Text, old: Value | None, new: Value | None) -> Value:
    replacement = new if isinstance(new, Text) else None
    if isinstance(old, Text) and old.literal:
        if replacement is None:
            replacement = Text((Hole("a replacement", dependencies_of(new)),))
        return _substituted(this, old.literal, replacement)
    if isinstance(old, Instance) and old.kind == "RegExp" and replacement is not None:
        source = machine.force(old.fields["source"])
        pattern = source.literal if isinstance(source, Text) else None
        if pattern is not None and replacement.literal is not None and this.parts:
            return _substituted_pattern(this, pattern, replacement.literal)
    return Unknown("a replacement", dependencies_of(this) | dependencies_of(new))


def _substituted(this: Text, old: str, new: Text) -> Value:
    pieces: list[Value] = []
    done = False
    for part in this.parts:
        if isinstance(part, str) and old in part and not done:
            before, _, after = part.partition(old)
            pieces += [Text((before,) if before else ()), new, Text((after,) if after else ())]
            done = True
        else:
            pieces.append(Text((part,)))
    joined = concatenate(pieces)
    return Text(joined.parts, this.trail, this.soft) if isinstance(joined, Text) else joined


def _substituted_pattern(this: Text, pattern: str, new: str) -> Value:
    try:
        compiled = re.compile(pattern.replace("\\/", "/"))
    except re.error:
        return Unknown("a regular expression that could not be read", dependencies_of(this))
    template = re.sub(r"\$(\d)", r"\\\1", new)
    anchored_start, anchored_end = pattern.startswith("^"), pattern.endswith("$")
    parts: list[str | Hole] = []
    for position, part in enumerate(this.parts):
        first, last = position == 0, position == len(this.parts) - 1
        if isinstance(part, str) and (first or not anchored_start) and (last or not anchored_end):
            part = compiled.sub(template, part)
        if part != "":
            parts.append(part)
    return Text(tuple(parts), this.trail, this.soft)


def _split(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Text)
    separator = machine.argument(arguments, 0)
    if isinstance(separator, Text) and separator.literal and this.literal is not None:
        return List([Text((piece,) if piece else (), this.trail) for piece in this.literal.split(separator.literal)])
    return List([], True)


def _test(function: Callable[[str, str], bool], end: bool = False) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        given = machine.argument(arguments, 0)
        wanted = given.literal if isinstance(given, Text) else None
        if wanted is not None and this.literal is not None:
            return Constant(function(this.literal, wanted), this.soft)
        if wanted and this.parts:
            piece = this.parts[-1 if end else 0]
            if isinstance(piece, str) and (len(piece) >= len(wanted) or function(piece, wanted)):
                return Constant(function(piece, wanted), this.soft)
        return Unknown("a test of unknown text", dependencies_of(this))

    return model


def contains(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return binary("in", machine.argument(arguments, 0) or UNDEFINED, this or UNDEFINED)


def _index_of(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Text)
    given = machine.argument(arguments, 0)
    if isinstance(given, Text) and given.literal is not None and this.literal is not None:
        return Constant(this.literal.find(given.literal))
    return Unknown("a position in unknown text", dependencies_of(this))


def sliced(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    start, end = machine.argument(arguments, 0), machine.argument(arguments, 1)
    first = start.value if isinstance(start, Constant) and isinstance(start.value, int) else None
    last = end.value if isinstance(end, Constant) and isinstance(end.value, int) else None
    if isinstance(this, List):
        known = first is not None and (end is None or last is not None) and not this.open
        return List(this.items[first:last], False) if known else List(list(this.items), True)
    assert isinstance(this, Text)
    if this.literal is not None and first is not None and (end is None or last is not None):
        return Text((this.literal[first:last],), this.trail, this.soft)
    if (
        first is not None
        and end is None
        and this.parts
        and isinstance(this.parts[0], str)
        and 0 <= first <= len(this.parts[0])
    ):
        head = this.parts[0][first:]
        return Text(((head,) if head else ()) + this.parts[1:], this.trail, this.soft)
    if first == 0 and last is not None and last < 0 and this.parts and isinstance(this.parts[-1], str):
        tail = this.parts[-1][:last]
        return Text(this.parts[:-1] + ((tail,) if tail else ()), this.trail, this.soft)
    return Unknown("a slice of unknown text", dependencies_of(this))


def concatenated(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    values = [machine.force(value) for value in arguments.positional]
    if isinstance(this, List):
        result = List(list(this.items), this.open)
        for value in values:
            if isinstance(value, List):
                result.items.extend(value.items)
                result.open = result.open or value.open
            else:
                result.items.append(value)
        return result
    return concatenate([this or UNDEFINED, *values])


def itself(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this if this is not None else UNDEFINED


TEXT: dict[str, Model] = {
    "replace": _replace,
    "replaceAll": _replace,
    "trim": _mapped(str.strip),
    "trimEnd": _mapped(str.rstrip),
    "trimStart": _mapped(str.lstrip),
    "toLowerCase": _mapped(str.lower),
    "toUpperCase": _mapped(str.upper),
    "split": _split,
    "startsWith": _test(str.startswith),
    "endsWith": _test(str.endswith, end=True),
    "includes": contains,
    "indexOf": _index_of,
    "slice": sliced,
    "substring": sliced,
    "substr": sliced,
    "concat": concatenated,
    "toString": itself,
    "valueOf": itself,
}
