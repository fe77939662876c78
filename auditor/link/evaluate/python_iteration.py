"""Built-in functions of Python that walk over collections, as models.

Library reference: https://docs.python.org/3/library/functions.html (3.13).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.link.evaluate.control import iterate
from auditor.link.evaluate.operators import truth
from auditor.model.text import choice, dependencies_of
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Constant,
    List,
    Model,
    Record,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_LONGEST = 200  # items of a range


def _all_items(machine: Machine, value: Value | None) -> tuple[list[Value], bool]:
    return iterate(machine, value if value is not None else UNDEFINED)


def _collection(kind: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        items, uncertain = _all_items(machine, machine.argument(arguments, 0))
        return List(items, uncertain, kind)

    return model


def _sorted(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """In order where every key is known, else in the order given."""
    items, uncertain = _all_items(machine, machine.argument(arguments, 0))
    key = machine.argument(arguments, -1, "key")
    keys = [machine.call(key, (item,), arguments) if key not in (None, NONE) and key else item for item in items]
    texts = [one.literal for one in keys if isinstance(one, Text) and one.literal is not None]
    numbers = [one.value for one in keys if isinstance(one, Constant) and isinstance(one.value, int | float)]
    backwards = machine.argument(arguments, -1, "reverse") == Constant(True)
    if len(texts) == len(items):
        items = [items[place] for place in sorted(range(len(items)), key=lambda n: texts[n], reverse=backwards)]
    elif len(numbers) == len(items):
        items = [items[place] for place in sorted(range(len(items)), key=lambda n: numbers[n], reverse=backwards)]
    return List(items, uncertain)


def _reversed(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    items, uncertain = _all_items(machine, machine.argument(arguments, 0))
    return List(items[::-1], uncertain)


def _enumerate(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    items, uncertain = _all_items(machine, machine.argument(arguments, 0))
    start = machine.argument(arguments, 1, "start")
    first = start.value if isinstance(start, Constant) and isinstance(start.value, int) else 0
    return List([List([Constant(n), item], kind="tuple") for n, item in enumerate(items, first)], uncertain)


def _zip(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    columns = [_all_items(machine, machine.force(value)) for value in arguments.positional]
    rows = zip(*(items for items, _ in columns), strict=False)
    return List([List(list(row), kind="tuple") for row in rows], any(uncertain for _, uncertain in columns))


def _chain(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    columns = [_all_items(machine, machine.force(value)) for value in arguments.positional]
    return List([item for items, _ in columns for item in items], any(uncertain for _, uncertain in columns))


def _range(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    given = [machine.force(value) for value in arguments.positional]
    bounds = [one.value for one in given if isinstance(one, Constant) and isinstance(one.value, int)]
    if not given or len(bounds) != len(given) or len(bounds) > 3 or bounds[2:] == [0]:
        return List([], True)
    numbers = range(*bounds)
    return List([Constant(number) for number in numbers[:_LONGEST]], len(numbers[: _LONGEST + 1]) > _LONGEST)


def _length(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    match machine.argument(arguments, 0):
        case Text() as text if text.literal is not None:
            return Constant(len(text.literal))
        case List(items, open=False):
            return Constant(len(items))
        case Record(entries, open=False):
            return Constant(len(entries))
        case value:
            return Unknown("a length", dependencies_of(value))


def _map(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function = machine.argument(arguments, 0) or UNDEFINED
    items, uncertain = _all_items(machine, machine.argument(arguments, 1))
    return List([machine.call(function, (item,), arguments) for item in items], uncertain)


def _filter(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    test = machine.argument(arguments, 0) or UNDEFINED
    items, uncertain = _all_items(machine, machine.argument(arguments, 1))
    results = [truth(item if test == NONE else machine.call(test, (item,), arguments)) for item in items]
    kept = [item for item, result in zip(items, results, strict=True) if result is not False]
    return List(kept, uncertain or None in results)


def _next(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    items, uncertain = _all_items(machine, machine.argument(arguments, 0))
    default = machine.argument(arguments, 1)
    if uncertain:
        return choice([*items, *([default] if default is not None else [])])
    return items[0] if items else default or Unknown("the next item of nothing")


def _quantified(wanted: bool) -> Model:
    """`any` (decided by a true item) and `all` (by a false one)."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        items, uncertain = _all_items(machine, machine.argument(arguments, 0))
        results = [truth(item) for item in items]
        if wanted in results and not uncertain:
            return Constant(wanted)
        return Unknown("a test of many items") if uncertain or None in results else Constant(not wanted)

    return model


def _extreme(select: Callable[[list[int | float]], int | float]) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = [machine.force(value) for value in arguments.positional]
        items, uncertain = _all_items(machine, given[0]) if len(given) == 1 else (given, False)
        numbers = [one.value for one in items if isinstance(one, Constant) and isinstance(one.value, int | float)]
        if uncertain or not numbers or len(numbers) != len(items) or arguments.named:
            return Unknown("the smallest or largest of something unknown")
        return Constant(select(numbers))

    return model


ITERATION: dict[str, Model] = {
    "list": _collection("list"),
    "tuple": _collection("tuple"),
    "set": _collection("set"),
    "frozenset": _collection("set"),
    "iter": _collection("list"),
    "sorted": _sorted,
    "reversed": _reversed,
    "enumerate": _enumerate,
    "zip": _zip,
    "range": _range,
    "len": _length,
    "map": _map,
    "filter": _filter,
    "next": _next,
    "any": _quantified(True),
    "all": _quantified(False),
    "min": _extreme(min),
    "max": _extreme(max),
}

ITERATION_SYMBOLS: dict[str, Model] = {"itertools.chain": _chain}
