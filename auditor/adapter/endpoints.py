"""What frameworks share about endpoints: the methods a registration names, and those a class answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.adapter import Machine
from auditor.model.value import NONE, UNDEFINED, Choice, Class, Closure, Instance, List, Symbol, Unknown, Value
from auditor.model.wrapping import unwrapped

ANY = "*"
"""The route takes every method."""

UNREAD = "{}"
"""The methods are written in a way that cannot be read: the route may take any, and covers no other route."""

VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_PLAIN_BASES = ("object", "abc.ABC", "typing.Generic", "typing.Protocol")


@dataclass(frozen=True, slots=True)
class Answer:
    """The methods one function answers; `handler` is None where it could not be resolved."""

    methods: tuple[str, ...]
    handler: Value | None


def methods_named(machine: Machine, value: Value | None) -> tuple[str, ...]:
    """`methods=…` in upper case, nothing if not given; `UNREAD` alone as soon as one of them cannot be read."""
    if value is None or value in (NONE, UNDEFINED):
        return ()
    if not isinstance(value, List) or value.open:
        return (UNREAD,)
    names = [text.literal for item in value.items for text in machine.texts(machine.force(item))]
    if not all(names):
        return (UNREAD,)
    return tuple(dict.fromkeys(name.upper() for name in names if name))


def method_named(machine: Machine, value: Value | None) -> tuple[str, ...]:
    """One method given as text, in upper case; one per alternative."""
    names = [text.literal for text in machine.texts(value)] if value is not None else []
    return tuple(name.upper() for name in names if name) if names and all(names) else (UNREAD,)


def class_answers(
    cls: Class, bases: Sequence[str], verbs: Sequence[str] = VERBS, named: Callable[[str], str] = str
) -> list[Answer]:
    """One entry per method for which a class has a function, in the order of `verbs`.

    `bases` are the names of library classes that answer nothing by themselves; below any other the class
    may answer more. `named` gives the name of the function of a verb, where it is not the verb itself.
    """
    answers = [Answer((verb.upper(),), found) for verb in verbs if (found := attribute(cls, named(verb))) is not None]
    if any(_is_foreign(base, bases) for base in lineage(cls)):
        answers.append(Answer((UNREAD,), cls))
    return answers


def attribute(cls: Class, name: str) -> Value | None:
    """An attribute of a class or of the nearest base of the project that has it."""
    for base in lineage(cls):
        if isinstance(base, Class) and name in base.attributes:
            value = unwrapped(base.attributes[name])
            return value if value not in (None, NONE, UNDEFINED) else None
    return None


_OBJECT = Symbol("object")


def lineage(cls: Class) -> list[Value]:
    """A class and everything it inherits from, nearest first, without `object`, which a class may name or not."""
    found: list[Value] = []
    queue: list[Value] = [cls]
    while queue and len(found) < 50:
        current = queue.pop(0)
        if isinstance(current, Choice):
            queue = [*current.options, *queue]
        elif current not in found and current != _OBJECT:
            found.append(current)
            queue = [*current.bases, *queue] if isinstance(current, Class) else queue
    return found


def derives_from(cls: Class, bases: Sequence[str]) -> bool:
    """Whether a class inherits from one of some library classes."""
    return any(isinstance(base, Symbol) and base.name in bases for base in lineage(cls))


def options(value: Value | None) -> tuple[Value, ...]:
    """The alternatives of a value, none for None."""
    if value is None or value in (NONE, UNDEFINED):
        return ()
    return value.options if isinstance(value, Choice) else (value,)


def why_not(value: Value | None, wanted: str) -> str:
    """Why something is not what was wanted, for a gap."""
    match value:
        case Unknown(reason):
            return reason
        case Symbol(name):
            return f"{name} comes from a library"
        case Instance(kind=kind) if kind:
            return f"{kind} serves it"
        case _:
            return f"it is not {wanted}"


def is_function(value: Value | None) -> bool:
    """Whether a handler is a function of the project, also behind decorators."""
    return isinstance(unwrapped(value), Closure)


def _is_foreign(base: Value, known: Sequence[str]) -> bool:
    match base:
        case Symbol(name):
            return name not in known and name not in _PLAIN_BASES
        case Unknown():
            return True
        case _:
            return False
