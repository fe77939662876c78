"""Methods of JavaScript's text, arrays, objects, functions and promises, as models.

A promise is its value here, because `await` is transparent: `.then(f)` calls `f` with it.
Reference: https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from auditor.link.evaluate.classes import bound
from auditor.link.evaluate.operators import truth
from auditor.link.evaluate.patterns import item_at
from auditor.link.evaluate.statements import iterate
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
    Native,
    Record,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def attribute(machine: Machine, value: Value, name: str) -> Value | None:
    """A method or property of a built-in type, bound to its receiver."""
    tables: tuple[Mapping[str, Model], ...]
    match value:
        case Text():
            if name == "length":
                return Constant(len(value.literal)) if value.literal is not None else None
            tables = (_TEXT, _PROMISE)
        case List():
            if name == "length":
                uncertain = value.open or machine.may_grow(value)
                return Unknown("the length of an open list") if uncertain else Constant(len(value.items))
            tables = (_ARRAY, _PROMISE)
        case Record():
            tables = (_OBJECT, _PROMISE)
        case Closure() | Native():
            tables = (_FUNCTION,)
        case Unknown():
            tables = (_UNKNOWN, _PROMISE)
        case Instance():
            tables = (_OBJECT, _PROMISE)
        case _:
            return None
    for table in tables:
        if name in table:
            return Native(name, table[name], value)
    return None


# -- text ------------------------------------------------------------------------------------------


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


def _includes(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    from auditor.link.evaluate.operators import binary

    return binary("in", machine.argument(arguments, 0) or UNDEFINED, this or UNDEFINED)


def _index_of(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Text)
    given = machine.argument(arguments, 0)
    if isinstance(given, Text) and given.literal is not None and this.literal is not None:
        return Constant(this.literal.find(given.literal))
    return Unknown("a position in unknown text", dependencies_of(this))


def _slice(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
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


def _concat(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
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


def _itself(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this if this is not None else UNDEFINED


_TEXT: dict[str, Model] = {
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
    "includes": _includes,
    "indexOf": _index_of,
    "slice": _slice,
    "substring": _slice,
    "substr": _slice,
    "concat": _concat,
    "toString": _itself,
    "valueOf": _itself,
}

# -- arrays ----------------------------------------------------------------------------------------


def _each(result: str) -> Model:
    """`map`, `forEach`, `filter`…: calls the function with every item."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        function = machine.argument(arguments, 0)
        items, uncertain = iterate(machine, this or UNDEFINED)
        if function is None:
            return List(list(items), uncertain)
        results = [
            (item, machine.call(function, (item, Constant(position)), arguments)) for position, item in enumerate(items)
        ]
        match result:
            case "map":
                return List([value for _, value in results], uncertain)
            case "filter":
                kept = [(item, truth(value)) for item, value in results]
                return List(
                    [i for i, known in kept if known is not False], uncertain or any(k is None for _, k in kept)
                )
            case "find":
                candidates = [item for item, value in results if truth(value) is not False]
                certain = next((item for item, value in results if truth(value) is True), None)
                if certain is not None and candidates[0] is certain:
                    return certain
                return choice([*candidates, UNDEFINED]) if candidates else UNDEFINED
            case "flatMap":
                flat = List([], uncertain)
                for _, value in results:
                    if isinstance(value, List):
                        flat.items.extend(value.items)
                    else:
                        flat.open = True
                return flat
            case "test":
                return Unknown("a test of items")
            case _:
                return UNDEFINED

    return model


def _reduce(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function, value = machine.argument(arguments, 0), machine.argument(arguments, 1)
    items, uncertain = iterate(machine, this or UNDEFINED)
    if function is None:
        return UNDEFINED
    if value is None:
        value, items = (items[0], items[1:]) if items else (UNDEFINED, [])
    for item in items:
        value = machine.call(function, (value, item), arguments)
    return Unknown("a reduction of an open list", dependencies_of(value)) if uncertain else value


def _join(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    separator = machine.argument(arguments, 0) or Text((",",))
    if this.open or not isinstance(separator, Text):
        return Unknown("a join of unknown parts", dependencies_of(this))
    pieces: list[Value] = []
    for item in this.items:
        pieces += [separator, machine.force(item)] if pieces else [machine.force(item)]
    return concatenate(pieces) if pieces else Text(())


def _push(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    for value in arguments.positional:
        machine.append(this, machine.force(value))
    return Unknown("the length of a list")


def _at(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    position = machine.argument(arguments, 0)
    if isinstance(position, Constant) and isinstance(position.value, int):
        return item_at(machine, this or UNDEFINED, position.value)
    return Unknown("an item of a list")


def _pop(first: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        return item_at(machine, this or UNDEFINED, 0 if first else -1)

    return model


def _filtered(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`.filter(Boolean)` drops what is false; any other function decides by its result."""
    function = machine.argument(arguments, 0)
    if isinstance(this, List) and not isinstance(function, Closure):
        kept = [item for item in this.items if truth(machine.force(item)) is not False]
        unsure = any(truth(machine.force(item)) is None for item in kept)
        return List(kept, this.open or unsure)
    return _each("filter")(machine, arguments, this)


_ARRAY: dict[str, Model] = {
    "map": _each("map"),
    "forEach": _each("none"),
    "filter": _filtered,
    "find": _each("find"),
    "flatMap": _each("flatMap"),
    "some": _each("test"),
    "every": _each("test"),
    "findIndex": _each("test"),
    "reduce": _reduce,
    "join": _join,
    "push": _push,
    "unshift": _push,
    "concat": _concat,
    "slice": _slice,
    "includes": _includes,
    "at": _at,
    "pop": _pop(False),
    "shift": _pop(True),
    "values": _itself,
    "flat": _itself,
    "reverse": _itself,
    "sort": _itself,
}


# -- objects, functions, promises --------------------------------------------------------------------


def _object_text(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if isinstance(this, Instance) and "href" in this.fields:
        return machine.force(this.fields["href"])
    if isinstance(this, Instance) and "value" in this.fields:
        return machine.force(this.fields["value"])
    return Unknown("an object as text", dependencies_of(this))


def _bind(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    receiver = machine.argument(arguments, 0)
    rest = arguments.positional[1:]
    function = bound(this, receiver) if isinstance(this, Closure) and receiver is not None else this
    if not rest or function is None:
        return function or UNDEFINED

    def model(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        return machine.call(function, (*rest, *inner.positional), inner)

    return Native("bound", model)


def _call(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    receiver = machine.argument(arguments, 0)
    function = bound(this, receiver) if isinstance(this, Closure) and receiver is not None else this
    return machine.call_value(
        function or UNDEFINED, Arguments(arguments.positional[1:], {}, arguments.site, arguments.location)
    )


def _apply(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    given = machine.argument(arguments, 1)
    positional = tuple(given.items) if isinstance(given, List) else ()
    is_open = not isinstance(given, List) or given.open
    receiver = machine.argument(arguments, 0)
    function = bound(this, receiver) if isinstance(this, Closure) and receiver is not None else this
    return machine.call_value(
        function or UNDEFINED, Arguments(positional, {}, arguments.site, arguments.location, open=is_open)
    )


def _then(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function = machine.argument(arguments, 0)
    failed = machine.argument(arguments, 1)
    if isinstance(failed, Closure):
        machine.call(failed, (Unknown("an error"),), arguments)
    if function is None or isinstance(function, Undefined):
        return this or UNDEFINED
    return machine.call(function, (this or UNDEFINED,), arguments)


def _catch(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function = machine.argument(arguments, 0)
    if function is not None:
        machine.call(function, (Unknown("an error"),), arguments)
    return this or UNDEFINED


_OBJECT: dict[str, Model] = {"toString": _object_text, "toJSON": _object_text}
_FUNCTION: dict[str, Model] = {"bind": _bind, "call": _call, "apply": _apply}
_PROMISE: dict[str, Model] = {"then": _then, "catch": _catch, "finally": _catch}
_UNKNOWN: dict[str, Model] = {
    name: _each("map" if name in ("map", "filter", "flatMap") else "none")
    for name in ("map", "forEach", "filter", "flatMap", "some", "every")
}
