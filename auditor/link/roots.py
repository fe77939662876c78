"""Looks at every function that may send a request, by itself, with unknown parameters.

What a function calls is evaluated inside it, so a request is met once from every function above it;
`sites` then picks the place that decides the URL. Closures that nobody called are looked at in the
scope they were made in: first those of the function itself, and, where that leaves the URL open,
those made by the functions it calls (a hook's effect, a factory's methods).

The looks are shared out among processes. They meet after each level of calls; in between none of them
uses what was learnt since, so it makes no difference how many they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeAlias

from auditor.adapter import Adapter, Requested
from auditor.link.crew import Crew, CrewLost, together
from auditor.link.evaluate.calls import receiver_class
from auditor.link.evaluate.classes import bound, instantiate, linearised
from auditor.link.evaluate.frame import Frame, OutOfFuel
from auditor.link.evaluate.machine import EnvironmentLookup, Machine
from auditor.link.evaluate.members import UNSET
from auditor.link.evaluate.symbolic import symbolic_arguments
from auditor.link.evaluate.typed import Typed
from auditor.link.evaluate.typescript import TypeScriptLanguage
from auditor.link.look import look, message
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import TypeScriptModules
from auditor.link.reach import Reach
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location
from auditor.model.value import Arguments, Class, Closure, Constant, Hole, Instance, Site, Text, Value

_FUEL = 8_000
_ALL, _LEAST = 24_000_000, 2_000  # steps of all looks together; those of one look where there are very many
_MODULE_FUEL, _ALLOWANCE = 100_000, 2_000_000  # a file of a hundred endpoints takes a third of the former
_DEPTH = 12
_ROUNDS = 3
_INSTANCES = 4
_CLOSURES = 16  # of one function that are looked at before it is known to send something
_MANY = 100  # functions, from which on further processes pay

_Root: TypeAlias = tuple[Closure, tuple[Site, ...]]
"""A function, with the construction of the object that it is a method of, if that was seen."""

_Place: TypeAlias = tuple[int, ...]
"""When a look would come if there were one process only."""

_Kind: TypeAlias = tuple[object, ...]
_Met: TypeAlias = tuple[_Place, Class, _Kind]


@dataclass(slots=True)
class _News:
    """What the looks since the last meeting showed."""

    done: set[form.Function] = field(default_factory=set)
    open: set[form.Function] = field(default_factory=set)
    sending: set[form.Function] = field(default_factory=set)
    decided: set[tuple[form.Function, Class | None]] = field(default_factory=set)
    closed: set[tuple[form.Function, Class | None]] = field(default_factory=set)


def requests_of(
    facts: Mapping[str, FileFacts],
    modules: TypeScriptModules,
    adapters: Sequence[Adapter],
    environment: EnvironmentLookup,
    processes: int = 1,
    symbols: Symbols | None = None,
) -> tuple[list[Requested], Machine]:
    """Every request that a frontend sends, in a stable order, and the machine with its modules."""
    try:
        explorer = Explorer(facts, modules, adapters, environment, symbols)
        return explorer.run(processes), explorer.machine
    except CrewLost:
        explorer = Explorer(facts, modules, adapters, environment, symbols)
        return explorer.run(), explorer.machine


class Explorer:
    """Runs a frontend: all modules first, then every root."""

    def __init__(
        self,
        facts: Mapping[str, FileFacts],
        modules: TypeScriptModules,
        adapters: Sequence[Adapter],
        environment: EnvironmentLookup,
        symbols: Symbols | None = None,
    ) -> None:
        own = {file: facts[file] for file in sorted(facts) if facts[file].dialect is not Dialect.PYTHON}
        self.machine = Machine(own, TypeScriptLanguage(modules), adapters, environment, _FUEL, _DEPTH)
        self.machine.module_fuel, self.machine.allowance = _MODULE_FUEL, _ALLOWANCE
        self.reach = Reach(own, [name for adapter in adapters for name in adapter.hot], modules.locate)
        self.machine.typed = Typed(self.machine, symbols or Symbols(facts, modules), adapters).value
        self._adapters = adapters
        self._later: list[tuple[_Place, Closure]] = []
        self._open: set[form.Function] = set()
        self._done: set[form.Function] = set()
        self._sending: set[form.Function] = set()
        self._decided: set[tuple[form.Function, Class | None]] = set()
        self._kinds: dict[Class, set[_Kind]] = {}
        self._met: list[tuple[_Met, Instance]] = []
        self._found: list[tuple[_Place, list[Requested]]] = []
        self._bases: frozenset[Class] = frozenset()
        self._news = _News()

    def run(self, processes: int = 1) -> list[Requested]:
        """Every request that was met, in a stable order. Raises CrewLost if a process dies."""
        machine = self.machine
        machine.created = []
        for file in machine.facts:
            machine.module(file)
        for adapter in self._adapters:
            for name, read in adapter.variables.items():
                known = [(file, machine.modules[file].scope.names.get(name)) for file in machine.facts]
                read(machine, [(file, machine.force(value)) for file, value in known if value is not None])
        closures, machine.created = machine.created, []
        self._gather(closures)
        machine.quiet, machine.reaches = self.reach.quiet, self.reach.reaches
        classes = list(machine.classes)
        self._bases = _bases(classes)
        methods = [root for cls in classes for root in self._roots_of(cls)]
        plain: list[_Root] = [(one, ()) for one in closures if (one.node, one.scope.serial) not in machine.invoked]
        roots = [root for root in (*methods, *plain) if self.reach.reaches(root[0].node)]
        every = [closure for closure in closures if self.reach.reaches(closure.node)]
        machine.fuel = min(_FUEL, max(_LEAST, _ALL // max(len(roots), 1)))
        shared = (*self.reach.nodes, *classes)
        loaded = [message(effect) for effect in machine.effects if isinstance(effect, Requested)]
        size = processes if len(roots) > _MANY else 1
        outcomes = together(size, shared, lambda crew: self._share(crew, roots, every, classes))
        found = sorted((one for outcome in outcomes for one in outcome), key=lambda one: one[0])
        return [*loaded, *(request for _, requests in found for request in requests)]

    def _gather(self, closures: Sequence[Closure]) -> None:
        """Runs the components that show an element whose props models ask for."""
        machine, invoked = self.machine, set(self.machine.invoked)
        wanted = {name.rpartition(".")[2] for name in machine.elements}
        for closure in closures:
            if not wanted.isdisjoint(self.reach.names(closure.node)):
                look(machine, closure, lambda node: False)
        machine.gathers, machine.invoked = False, invoked

    def _share(
        self, crew: Crew, roots: Sequence[_Root], every: Sequence[Closure], classes: Sequence[Class]
    ) -> list[tuple[_Place, list[Requested]]]:
        """The looks of one process."""
        known = set(classes)
        self._by_level(crew, 1, roots, known)
        self._by_level(crew, 2, [(one, ()) for one in every if one.node not in self._done], known)
        for number, instance in self._chosen(crew):
            for position, (closure, made) in enumerate(self._methods(instance.cls, instance)):
                self._look(closure, (3, number, position), known, made)
        self._meet(crew)
        for turn in range(_ROUNDS):
            waiting, self._later = self._later, []
            for place, closure in waiting:
                identity = (closure.node, closure.scope.serial)
                if closure.node in self._open and identity not in self.machine.invoked:
                    self._look(closure, (4 + turn, *place), known)
            self._meet(crew)
        return self._found

    def _by_level(self, crew: Crew, phase: int, roots: Sequence[_Root], known: set[Class]) -> None:
        """Looks at functions, callees before callers, so that callers need not look into them again.

        Where many closures of one function sent nothing, those behind them are not looked at.
        """
        levels = [self.reach.level(closure.node) for closure, _ in roots]
        ranked = sorted(range(len(roots)), key=levels.__getitem__)
        for level, same in groupby(ranked, key=levels.__getitem__):
            counts: Counter[form.Function] = Counter()
            turns: tuple[list[int], list[int]] = ([], [])
            for number in same:
                node = roots[number][0].node
                counts[node] += 1
                turns[counts[node] > _CLOSURES].append(number)
            for turn in turns:
                sending = [n for n in turn if turn is turns[0] or roots[n][0].node in self._sending]
                for position, number in enumerate(sending):
                    if crew.takes(position):
                        closure, made = roots[number]
                        self._look(closure, (phase, level, number), known, made)
                self._meet(crew)

    def _look(self, closure: Closure, place: _Place, known: set[Class], made: tuple[Site, ...] = ()) -> None:
        key = (closure.node, receiver_class(closure))
        if made and key in self._decided:
            return
        seen = look(self.machine, closure, self.reach.reaches, made)
        news = self._news
        news.done |= seen.done
        news.open |= seen.open
        if seen.decided and (key[1] is None or key[1] in known):
            news.decided.add(key)
            if seen.closed:
                news.closed.add(key)
        if seen.requests:
            news.sending.add(closure.node)
            self._found.append((place, [self._whole(closure, one) for one in seen.requests]))
        self._later += [((*place, number), one) for number, one in enumerate(seen.later)]
        for number, instance in enumerate(seen.met):
            if instance.cls in known:
                self._met.append((((*place, number), instance.cls, _kind_of(instance)), instance))

    def _whole(self, closure: Closure, request: Requested) -> Requested:
        """A request; a partial one if it was met in a mere base class whose subclasses say what is open."""
        cls = closure.this.cls if isinstance(closure.this, Instance) else None
        if cls is None or cls not in self._bases or not (cls.node.abstract or _lacks_field(request)):
            return request
        return replace(request, partial=True)

    def _meet(self, crew: Crew) -> None:
        """Learns what all processes saw."""
        told = crew.meet(self._news)
        self._news = _News()
        for news in told:
            self._done |= news.done
            self._open |= news.open
            self._sending |= news.sending
        for news in told:
            self._decided |= {key for key in news.decided if key[0] not in self._open}
            self.machine.closed |= {key for key in news.closed if key[0] not in self._open}

    def _chosen(self, crew: Crew) -> list[tuple[int, Instance]]:
        """The instances that this process met and that were not looked at yet, by number; a few that differ."""
        told = crew.meet([met for met, _ in self._met])
        every = sorted(
            ((place, cls, kind, process) for process, met in enumerate(told) for place, cls, kind in met),
            key=lambda one: one[0],
        )
        new = [(place, process) for place, cls, kind, process in every if self._is_new(cls, kind)]
        instances = {place: instance for (place, _, _), instance in self._met}
        return [(number, instances[place]) for number, (place, process) in enumerate(new) if process == crew.number]

    def _is_new(self, cls: Class, kind: _Kind) -> bool:
        """Whether an instance of a class differs from those looked at before, which are few."""
        known = self._kinds.setdefault(cls, set())
        if kind in known or len(known) >= _INSTANCES:
            return False
        known.add(kind)
        return True

    def _roots_of(self, cls: Class) -> list[_Root]:
        """What a class lets look at: functions that its instances hold, and the methods of some of them."""
        symbolic, held = self._symbolic(cls)
        observed = [instance for instance in cls.instances if self._is_new(cls, _kind_of(instance))]
        receivers = [symbolic, *observed]
        return [*((one, ()) for one in held), *(root for one in receivers for root in self._methods(cls, one))]

    def _methods(self, cls: Class | None, receiver: Value) -> list[_Root]:
        """The methods of a class, inherited ones too, bound to a receiver, with its construction."""
        methods = {
            name: value
            for known in reversed(linearised(cls)[0] if cls else [])
            for name, value in known.attributes.items()
            if isinstance(value, Closure) and name != "constructor" and self.reach.reaches(value.node)
        }
        made = receiver.chain if isinstance(receiver, Instance) else ()
        owner = cls or receiver
        return [(bound(one, owner if one.kind == "static" else receiver), made) for one in methods.values()]

    def _symbolic(self, cls: Class) -> tuple[Value, list[Closure]]:
        """An instance with unknown constructor arguments, and the functions made on the way."""
        machine = self.machine
        before = list(cls.instances)
        constructor = next(
            (c.attributes["constructor"] for c in linearised(cls)[0] if "constructor" in c.attributes), None
        )
        location = Location(cls.scope.file, cls.node.span)
        arguments = Arguments((), {}, None, location)
        if isinstance(constructor, Closure):
            arguments = symbolic_arguments(machine, constructor, f"{location.file}:{cls.node.name}", location)
        machine.begin_session()
        machine.created = []
        machine.frames, machine.active, machine.condition_stack, machine.sites = [Frame(None)], [], [], []
        machine.files.append(location.file)
        try:
            symbolic = instantiate(machine, cls, arguments)
        except OutOfFuel:
            symbolic = Instance(cls)
        finally:
            machine.files.pop()
            machine.end_session()
        held, machine.created = machine.created, []
        cls.instances[:] = before
        if isinstance(symbolic, Instance):
            symbolic.chain = ()
        return symbolic, held


def _bases(classes: Sequence[Class]) -> frozenset[Class]:
    """The classes that others derive from which can be made."""
    made = [cls for cls in classes if not cls.node.abstract]
    return frozenset(base for cls in made for base in linearised(cls)[0] if base is not cls)


def _lacks_field(request: Requested) -> bool:
    parts = (part for url in request.url for part in url.parts)
    return any(isinstance(part, Hole) and part.reason.endswith(UNSET) for part in parts)


def _kind_of(instance: Instance) -> _Kind:
    """What tells instances of a class apart: texts and numbers by value, everything else by type."""
    return tuple(
        (key, value if isinstance(value, Text | Constant) else type(value))
        for key, value in sorted(instance.fields.items())
    )
