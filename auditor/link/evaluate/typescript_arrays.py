"""Methods of JavaScript's arrays, as models.

Reference: https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Array
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.control import iterate
from auditor.link.evaluate.operators import truth
from auditor.link.evaluate.patterns import item_at
from auditor.link.evaluate.typescript_text import concatenated, contains, itself, sliced
from auditor.model.text import choice, concatenate, dependencies_of
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Closure,
    Constant,
    List,
    Model,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def each(result: str) -> Model:
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


def _unshift(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    before = list(this.items)
    for value in arguments.positional:
        machine.append(this, machine.force(value))
    if machine.owns(this):
        this.items[:] = this.items[len(before) :] + before
    return Unknown("the length of a list")


def _flat(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    result = List([], this.open)
    for item in map(machine.force, this.items):
        result.items.extend(item.items if isinstance(item, List) else [item])
        result.open = result.open or (item.open if isinstance(item, List) else isinstance(item, Unknown))
    return result


def _reverse(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    return List(this.items[::-1], this.open)


def _sort(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """In the order of texts; any other order is not followed."""
    assert isinstance(this, List)
    texts = [item.literal if isinstance(item, Text) else None for item in map(machine.force, this.items)]
    if arguments.positional or None in texts:
        return List(list(this.items), this.open)
    order = sorted(range(len(texts)), key=lambda position: texts[position] or "")
    return List([this.items[position] for position in order], this.open)


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
    return each("filter")(machine, arguments, this)


ARRAY: dict[str, Model] = {
    "map": each("map"),
    "forEach": each("none"),
    "filter": _filtered,
    "find": each("find"),
    "flatMap": each("flatMap"),
    "some": each("test"),
    "every": each("test"),
    "findIndex": each("test"),
    "reduce": _reduce,
    "join": _join,
    "push": _push,
    "unshift": _unshift,
    "concat": concatenated,
    "slice": sliced,
    "includes": contains,
    "at": _at,
    "pop": _pop(False),
    "shift": _pop(True),
    "values": itself,
    "flat": _flat,
    "reverse": _reverse,
    "sort": _sort,
}
