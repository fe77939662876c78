"""Items and slices of Python's sequences.

Reference: https://docs.python.org/3/library/stdtypes.html#common-sequence-operations (3.13)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.classes import is_enum
from auditor.model.text import dependencies_of
from auditor.model.value import (
    NONE,
    Arguments,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Record,
    Symbol,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_REPEATED = 1_000  # letters or items of a repetition


def item_of(machine: Machine, container: Value, key: Value) -> Value | None:
    """`container[key]` where Python has its own way; None where the general one applies."""
    if isinstance(key, List) and key.kind == "slice":
        return _slice(container, key)
    if isinstance(container, Text) and isinstance(key, Constant) and isinstance(key.value, int):
        whole = container.literal
        if whole is None or not -len(whole) <= key.value < len(whole):
            return Unknown("a letter of unknown text", dependencies_of(container))
        return Text((whole[key.value],), container.trail, container.soft)
    if isinstance(container, Instance) and container.cls is not None:
        method = machine.member(container, "__getitem__")
        if isinstance(method, Closure) and container.location is not None:
            return machine.call_value(method, Arguments((key,), {}, None, container.location))
    if isinstance(container, Class):
        return None if is_enum(container) else container  # a generic class with its parameters
    if isinstance(container, Symbol) and container.name.rpartition(".")[2][:1].isupper():
        return container if container.name in machine.symbols else None
    return None


def repeated(left: Value, right: Value) -> Value | None:
    """`text * count` and `[item] * count`, as far as it stays small."""
    sequence, count = (right, left) if isinstance(left, Constant) else (left, right)
    if not isinstance(sequence, Text | List) or not isinstance(count, Constant) or not isinstance(count.value, int):
        return None
    times = max(count.value, 0)
    if isinstance(sequence, List):
        known = List(sequence.items * min(times, max(1, _REPEATED // max(len(sequence.items), 1))), sequence.open)
        known.open = known.open or len(known.items) < len(sequence.items) * times
        return known
    if sequence.literal is None or len(sequence.literal) * times > _REPEATED:
        return Unknown("a long repetition", dependencies_of(sequence))
    return Text((sequence.literal * times,) if sequence.literal and times else (), sequence.trail, sequence.soft)


def of_sets(name: str, left: Value, right: Value) -> Value | None:
    """`a | b`, `a & b` and `a - b` of sets, `a | b` of dicts."""
    match name, left, right:
        case "|", Record(), Record():
            return Record({**left.entries, **right.entries}, left.open or right.open, kind="dict")
        case "|", List(), List():
            more = [one for one in right.items if one not in left.items]
            return List([*left.items, *more], left.open or right.open, kind="set")
        case "&", List(), List():
            return List([one for one in left.items if one in right.items], left.open or right.open, kind="set")
        case "-", List(), List() if not right.open:
            return List([one for one in left.items if one not in right.items], left.open, kind="set")
        case _:
            return None


def _slice(container: Value, key: List) -> Value:
    bounds = [part.value if isinstance(part, Constant) else 0.5 for part in key.items]
    start, stop, step = (bound if isinstance(bound, int) else None for bound in bounds)
    known = all(part == NONE or isinstance(bound, int) for part, bound in zip(key.items, bounds, strict=True))
    if not known or step == 0:
        return Unknown("a slice with unknown ends", dependencies_of(container))
    if isinstance(container, List):
        if container.open and any(bound is not None and bound < 0 for bound in (start, stop, step)):
            return List([], True)
        return List(container.items[start:stop:step], container.open, container.kind)
    if isinstance(container, Text) and container.literal is not None:
        piece = container.literal[start:stop:step]
        return Text((piece,) if piece else (), container.trail, container.soft)
    first = container.parts[0] if isinstance(container, Text) and container.parts else None
    ends = stop is None and step is None
    if (
        isinstance(container, Text)
        and isinstance(first, str)
        and ends
        and start is not None
        and 0 <= start < len(first)
    ):
        return Text((first[start:], *container.parts[1:]), container.trail, container.soft)
    return Unknown("a slice of something unknown", dependencies_of(container))
