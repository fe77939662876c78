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
    Closure,
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


_WIDTH = 200  # of a text that is repeated or padded


def _mapped(function: Callable[[str], str]) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        changed = tuple(function(p) if isinstance(p, str) else p for p in this.parts if p != "")
        return Text(changed, this.trail, this.soft, when=this.when)

    return model


def _replace(everywhere: bool) -> Model:
    """`.replace(old, new)`: plain text, or a regular expression that Python reads the same way."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        assert isinstance(this, Text)
        old, new = machine.argument(arguments, 0), machine.argument(arguments, 1)
        if isinstance(new, Closure):
            matched = Unknown("what was matched", dependencies_of(this))
            new = machine.call(new, (old if isinstance(old, Text) else matched, matched), arguments)
        options = new.options if isinstance(new, Choice) else (new,)
        return choice([_replaced(machine, this, old, option, everywhere) for option in options])

    return model


def _replaced(machine: Machine, this: Text, old: Value | None, new: Value | None, everywhere: bool) -> Value:
    replacement = new if isinstance(new, Text) else None
    if isinstance(old, Text) and old.literal:
        if replacement is None:
            replacement = Text((Hole("a replacement", dependencies_of(new)),))
        return _substituted(this, old.literal, replacement, everywhere)
    if isinstance(old, Instance) and old.kind == "RegExp" and replacement is not None:
        source, flags = machine.force(old.fields["source"]), machine.force(old.fields.get("flags"))
        pattern = source.literal if isinstance(source, Text) else None
        if pattern is not None and replacement.literal is not None and this.parts:
            written = flags.literal if isinstance(flags, Text) else None
            return _substituted_pattern(this, pattern, replacement.literal, written or "")
        if pattern is not None and this.literal is not None:
            return _with_holes(this.literal, pattern, replacement)
    return Unknown("a replacement", dependencies_of(this) | dependencies_of(new))


def _substituted(this: Text, old: str, new: Text, everywhere: bool) -> Value:
    pieces: list[Value] = []
    left = -1 if everywhere else 1
    for part in this.parts:
        if not isinstance(part, str):
            pieces.append(Text((part,)))
            continue
        first, *others = part.split(old, left) if left else [part]
        left -= len(others) if left > 0 else 0
        pieces.append(Text((first,)))
        for other in others:
            pieces += [new, Text((other,))]
    joined = concatenate(pieces)
    return Text(joined.parts, this.trail, this.soft, when=this.when) if isinstance(joined, Text) else joined


def _with_holes(text: str, pattern: str, new: Text) -> Value:
    """Every match of a pattern in a text, replaced by something with holes."""
    compiled = _compiled(pattern, "g")
    if compiled is None or compiled.groups > 1:
        return Unknown("a replacement", dependencies_of(new))
    pieces = compiled.split(text)[:: compiled.groups + 1]
    joined: list[Value] = [Text((pieces[0],))]
    for piece in pieces[1:]:
        joined += [new, Text((piece,))]
    return concatenate(joined)


def _compiled(pattern: str, flags: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern.replace("\\/", "/"), re.IGNORECASE if "i" in flags else 0)
    except re.error:
        return None


def _substituted_pattern(this: Text, pattern: str, new: str, flags: str) -> Value:
    compiled = _compiled(pattern, flags)
    if compiled is None:
        return Unknown("a regular expression that could not be read", dependencies_of(this))
    left = 0 if "g" in flags else 1
    template = re.sub(r"\$(\d)", r"\\\1", new)
    anchored_start, anchored_end = pattern.startswith("^"), pattern.endswith("$")
    parts: list[str | Hole] = []
    for position, part in enumerate(this.parts):
        first, last = position == 0, position == len(this.parts) - 1
        if isinstance(part, str) and left >= 0 and (first or not anchored_start) and (last or not anchored_end):
            part, times = compiled.subn(template, part, left)
            left = -1 if left and times else left
        if part != "":
            parts.append(part)
    return Text(tuple(parts), this.trail, this.soft, when=this.when)


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
        return Text((this.literal[first:last],), this.trail, this.soft, when=this.when)
    if (
        first is not None
        and end is None
        and this.parts
        and isinstance(this.parts[0], str)
        and 0 <= first <= len(this.parts[0])
    ):
        head = this.parts[0][first:]
        return Text(((head,) if head else ()) + this.parts[1:], this.trail, this.soft, when=this.when)
    if first == 0 and last is not None and last < 0 and this.parts and isinstance(this.parts[-1], str):
        tail = this.parts[-1][:last]
        return Text(this.parts[:-1] + ((tail,) if tail else ()), this.trail, this.soft, when=this.when)
    return Unknown("a slice of unknown text", dependencies_of(this))


def _substr(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`.substr(start, length)`."""
    assert isinstance(this, Text)
    start, length = machine.argument(arguments, 0), machine.argument(arguments, 1)
    first = start.value if isinstance(start, Constant) and isinstance(start.value, int) else None
    count = length.value if isinstance(length, Constant) and isinstance(length.value, int) else None
    if length is None or this.literal is None or first is None or count is None:
        return sliced(machine, arguments, this) if length is None else Unknown("a piece", dependencies_of(this))
    return Text((this.literal[first:][:count],), this.trail, this.soft, when=this.when)


def _char_at(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    place = machine.argument(arguments, 0) or Constant(0)
    if isinstance(this, Text) and this.literal and isinstance(place, Constant) and isinstance(place.value, int):
        return Text((this.literal[place.value : place.value + 1],)) if place.value >= 0 else Text(())
    return Unknown("a character", dependencies_of(this))


def _padded(function: Callable[[str, int, str], str]) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        width, fill = machine.argument(arguments, 0), machine.argument(arguments, 1) or Text((" ",))
        known = isinstance(this, Text) and this.literal is not None and isinstance(fill, Text)
        if known and isinstance(width, Constant) and isinstance(width.value, int) and width.value < _WIDTH:
            assert isinstance(this, Text)
            assert isinstance(fill, Text)
            if fill.literal and len(fill.literal) == 1:
                return Text(
                    (function(this.literal or "", width.value, fill.literal),), this.trail, this.soft, when=this.when
                )
        return Unknown("a padded text", dependencies_of(this))

    return model


def _repeat(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    count = machine.argument(arguments, 0)
    times = count.value if isinstance(count, Constant) and isinstance(count.value, int) else -1
    if isinstance(this, Text) and 0 <= times < _WIDTH:
        return concatenate([this] * times)
    return Unknown("a repeated text", dependencies_of(this))


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


_HOST = Hole("location.host", environment="location.host")
ADDRESSES = {"location.origin": Text(("http://", _HOST)), "location.protocol": Text(("http:",))}
"""Parts of a page's address whose text is known well enough to replace pieces of it."""
REPLACING = frozenset({"replace", "replaceAll"})

TEXT: dict[str, Model] = {
    "replace": _replace(False),
    "replaceAll": _replace(True),
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
    "substr": _substr,
    "charAt": _char_at,
    "padStart": _padded(str.rjust),
    "padEnd": _padded(str.ljust),
    "repeat": _repeat,
    "concat": concatenated,
    "toString": itself,
    "valueOf": itself,
}
