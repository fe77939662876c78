"""Looks at every function that may send a request, by itself, with unknown parameters.

What a function calls is evaluated inside it, so a request is met once from every function above it;
`sites` then picks the place that decides the URL. Closures that nobody called are looked at in the
scope they were made in: first those of the function itself, and, where that leaves the URL open,
those made by the functions it calls (a hook's effect, a factory's methods).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.adapter import Adapter, Requested
from auditor.link.evaluate.calls import execute, receiver_class, symbolic_arguments
from auditor.link.evaluate.classes import bound, instantiate, linearised
from auditor.link.evaluate.frame import Frame, OutOfFuel
from auditor.link.evaluate.machine import EnvironmentLookup, Machine
from auditor.link.evaluate.typescript import TypeScriptLanguage
from auditor.link.modules.typescript import TypeScriptModules
from auditor.link.reach import Reach
from auditor.link.urls import is_glued, is_settled
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location
from auditor.model.value import (
    Arguments,
    Choice,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Record,
    Site,
    Text,
    Undefined,
    Unknown,
    Value,
)

_FUEL = 8_000
_DEPTH = 12
_ROUNDS = 3
_INSTANCES = 4


class Explorer:
    """Runs a frontend: all modules first, then every root."""

    def __init__(
        self,
        facts: Mapping[str, FileFacts],
        modules: TypeScriptModules,
        adapters: Sequence[Adapter],
        environment: EnvironmentLookup,
    ) -> None:
        own = {file: facts[file] for file in sorted(facts) if facts[file].dialect is not Dialect.PYTHON}
        self.machine = Machine(own, TypeScriptLanguage(modules), adapters, environment, _FUEL, _DEPTH)
        self.reach = Reach(own, [name for adapter in adapters for name in adapter.hot], modules.locate)
        self.later: list[Closure] = []
        self.open: set[form.Function] = set()
        self.done: set[form.Function] = set()
        self.decided: set[tuple[form.Function, Class | None]] = set()
        self.looked_at: dict[form.Class, set[tuple[object, ...]]] = {}

    def run(self) -> list[Requested]:
        """Every request that was met, in a stable order."""
        machine = self.machine
        machine.created = []
        for file in machine.facts:
            machine.module(file)
        roots, machine.created = machine.created, []
        machine.quiet, machine.reaches = self.reach.quiet, self.reach.reaches
        classes = list(machine.classes)
        methods = [self._methods(cls, [self._symbolic(cls), *self._observed(cls)]) for cls in classes]
        plain = [closure for closure in roots if (closure.node, closure.scope.serial) not in machine.invoked]
        self._explore_all([*(method for several in methods for method in several), *((one, ()) for one in plain)])
        self._explore_all([(closure, ()) for closure in roots if closure.node not in self.done])
        self._explore_all([method for cls in classes for method in self._methods(cls, self._observed(cls))])
        for _ in range(_ROUNDS):
            waiting, self.later = self.later, []
            for closure in waiting:
                if closure.node in self.open and (closure.node, closure.scope.serial) not in machine.invoked:
                    self._explore(closure)
        return [effect for effect in machine.effects if isinstance(effect, Requested)]

    def _explore_all(self, roots: Sequence[tuple[Closure, tuple[Site, ...]]]) -> None:
        """Looks at functions, callees before callers, so that callers need not look into them again.

        With each function comes the construction of the object that it is a method of, if that was seen.
        """
        for closure, made in sorted(roots, key=lambda root: self.reach.level(root[0].node)):
            if made and (closure.node, receiver_class(closure)) in self.decided:
                continue
            self.machine.made = made
            self._explore(closure)
            self.machine.made = ()

    def _explore(self, closure: Closure) -> None:
        """Looks at one function, then at the functions it made and did not call.

        If all of them decide their URLs whatever the parameters are, nothing can be learnt from
        looking at the function again inside its callers: it is closed.
        """
        if not self.reach.reaches(closure.node):
            return
        machine = self.machine
        machine.begin_session()
        machine.files.append(closure.scope.file)
        queue = [closure]
        seen: set[tuple[form.Function, int]] = set()
        waiting, decided, requests = len(self.later), True, len(machine.effects)
        plain = False
        try:
            while queue:
                current = queue.pop(0)
                identity = (current.node, current.scope.serial)
                if identity in seen or (current is not closure and identity in machine.invoked):
                    continue
                seen.add(identity)
                machine.created = []
                result = self._execute(current)
                decided = decided and result is not None and current.node not in self.open
                plain = _is_plain(result) if current is closure else plain
                queue += self._own(current, machine.created)
        finally:
            machine.files.pop()
            machine.end_session()
            machine.created = []
        generated = machine.facts[closure.scope.file].generated
        if decided and not generated and len(machine.effects) > requests and len(self.later) == waiting:
            self.decided.add((closure.node, receiver_class(closure)))
            if plain:
                machine.closed.add((closure.node, receiver_class(closure)))

    def _own(self, parent: Closure, created: Sequence[Closure]) -> list[Closure]:
        """Of the closures made, those of the function itself; the others wait until they are needed."""
        own: list[Closure] = []
        for closure in created:
            if not self.reach.reaches(closure.node):
                continue
            if closure.chain == parent.chain:
                own.append(closure)
            elif len(self.later) < 20_000:
                self.later.append(closure)
        return own

    def _execute(self, closure: Closure) -> Value | None:
        """Runs one function with unknown arguments; None when it takes too many steps."""
        machine = self.machine
        node = closure.node
        self.done.add(node)
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
        for effect in machine.effects[before:]:
            if isinstance(effect, Requested) and not (
                all(is_settled(url) and not is_glued(url) for url in effect.url) and all(map(is_settled, effect.method))
            ):
                self.open.add(node)
        return result

    def _methods(self, cls: Class, receivers: Sequence[Value]) -> list[tuple[Closure, tuple[Site, ...]]]:
        """The methods of a class, inherited ones too, bound to each receiver, with its construction."""
        methods = {
            name: value
            for known in reversed(linearised(cls)[0])
            for name, value in known.attributes.items()
            if isinstance(value, Closure) and name != "constructor" and self.reach.reaches(value.node)
        }
        return [
            (bound(method, cls if method.kind == "static" else receiver), _construction(receiver))
            for receiver in receivers
            for method in methods.values()
        ]

    def _observed(self, cls: Class) -> list[Value]:
        """The instances that the project makes and that were not looked at yet; a few that differ."""
        known = self.looked_at.setdefault(cls.node, set())
        found: list[Value] = []
        for instance in cls.instances:
            kind = _kind_of(instance)
            if kind not in known and len(known) < _INSTANCES:
                known.add(kind)
                found.append(instance)
        return found

    def _symbolic(self, cls: Class) -> Value:
        """An instance with unknown constructor arguments."""
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
        fields = [c for c in machine.created if self.reach.reaches(c.node)]
        machine.created = []
        for closure in fields:
            self._explore(closure)
        cls.instances[:] = before
        if isinstance(symbolic, Instance):
            symbolic.chain = ()
        return symbolic


def _construction(receiver: Value) -> tuple[Site, ...]:
    return receiver.chain if isinstance(receiver, Instance) else ()


def _is_plain(value: Value | None) -> bool:
    """Whether a result is of no use for building URLs or sending requests."""
    match value:
        case Unknown() | Undefined() | Constant():
            return True
        case Choice(options):
            return all(_is_plain(option) for option in options)
        case List(items=items):
            return all(_is_plain(item) for item in items)
        case Record(entries=entries):
            return all(_is_plain(entry) for entry in entries.values())
        case _:
            return False


def _kind_of(instance: Instance) -> tuple[object, ...]:
    """What tells instances of a class apart: texts and numbers by value, everything else by type."""
    return tuple(
        (key, value if isinstance(value, Text | Constant) else type(value))
        for key, value in sorted(instance.fields.items())
    )
