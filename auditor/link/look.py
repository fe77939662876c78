"""Looks at one function by itself, with unknown parameters, and at the functions it makes and does not call.

What happens in it is taken back at the end: no look sees another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from auditor.adapter import Requested
from auditor.link.evaluate.calls import execute
from auditor.link.evaluate.frame import Frame, OutOfFuel
from auditor.link.evaluate.machine import Machine
from auditor.link.evaluate.symbolic import symbolic_arguments
from auditor.link.urls import is_glued, is_settled
from auditor.model import form
from auditor.model.span import Location
from auditor.model.value import Choice, Closure, Constant, Instance, List, Record, Site, Undefined, Unknown, Value

_WAITING = 2_000


@dataclass(slots=True)
class Look:
    """What was seen: the requests, the functions looked at, those that left a URL open, the closures that
    other functions made on the way, the instances made on the way. `decided`: it sends requests, and all
    their URLs are decided whatever the parameters are; `closed`: and what it returns is of no use for more."""

    requests: list[Requested] = field(default_factory=list)
    done: set[form.Function] = field(default_factory=set)
    open: set[form.Function] = field(default_factory=set)
    later: list[Closure] = field(default_factory=list)
    met: list[Instance] = field(default_factory=list)
    decided: bool = False
    closed: bool = False


def look(
    machine: Machine, closure: Closure, reaches: Callable[[form.Function], bool], made: tuple[Site, ...] = ()
) -> Look:
    """Looks at one function; `made` is the construction of the object it is a method of, if that was seen."""
    seen = Look()
    machine.begin_session()
    machine.files.append(closure.scope.file)
    machine.made, machine.met = made, seen.met
    queue, known = [closure], set[tuple[form.Function, int]]()
    whole, plain, before = True, False, len(machine.effects)
    try:
        while queue:
            current = queue.pop(0)
            identity = (current.node, current.scope.serial)
            if identity in known or (current is not closure and identity in machine.invoked):
                continue
            known.add(identity)
            machine.created = []
            result = _execute(machine, current, seen)
            whole = whole and result is not None
            plain = _is_plain(result) if current is closure else plain
            for one in (one for one in machine.created if reaches(one.node)):
                # The closures of other functions wait until they are needed.
                if one.chain == current.chain:
                    queue.append(one)
                elif len(seen.later) < _WAITING:
                    seen.later.append(one)
    finally:
        machine.files.pop()
        machine.end_session()
        machine.created, machine.made, machine.met = [], (), None
    sent = [message(effect) for effect in machine.effects[before:] if isinstance(effect, Requested)]
    seen.requests = [replace(effect, receiver=_receiver(closure)) for effect in sent]
    del machine.effects[before:]
    generated = machine.facts[closure.scope.file].generated
    seen.decided = bool(seen.requests) and whole and not (seen.open or seen.later or generated)
    seen.closed = seen.decided and plain
    return seen


def message(effect: Requested) -> Requested:
    """A request as it travels between processes: without the values and scopes it was met with, which end
    with the look."""
    return replace(effect, body=None, types=(), scope=None)


def _receiver(closure: Closure) -> str:
    """The class of the object that a method is bound to; "" where it has none, or is no method."""
    cls = closure.this.cls if isinstance(closure.this, Instance) else None
    return f"{cls.scope.file}:{cls.node.name}" if cls is not None and cls.node.name else ""


def _execute(machine: Machine, closure: Closure, seen: Look) -> Value | None:
    """Runs one function with unknown arguments; None when it takes too many steps."""
    node = closure.node
    seen.done.add(node)
    location = Location(closure.scope.file, node.span)
    root = f"{location.file}:{node.span.start_line}:{node.span.start_column}"
    before = len(machine.effects)
    machine.invoked.add((node, closure.scope.serial))
    machine.frames, machine.active, machine.condition_stack = [Frame(None)], [], []
    result: Value | None = None
    try:
        arguments = symbolic_arguments(machine, closure, root, location)
        result = execute(machine, closure, arguments, list(closure.chain), frozenset())
    except OutOfFuel:
        pass
    finally:
        machine.frames, machine.active, machine.condition_stack, machine.sites = [Frame(None)], [], [], []
    if not all(_is_decided(effect) for effect in machine.effects[before:]):
        seen.open.add(node)
    return result


def _is_decided(effect: object) -> bool:
    return not isinstance(effect, Requested) or (
        all(is_settled(url) and not is_glued(url) for url in effect.url) and all(map(is_settled, effect.method))
    )


def _is_plain(value: Value | None) -> bool:
    """Whether a result is of no use for building URLs or sending requests."""
    options: Sequence[Value]
    match value:
        case Unknown() | Undefined() | Constant():
            return True
        case Choice(options):
            return all(map(_is_plain, options))
        case List(items=items):
            return all(map(_is_plain, items))
        case Record(entries=entries):
            return all(map(_is_plain, entries.values()))
        case _:
            return False
