"""The evaluator itself: modules, frames, calls, fuel, and the log that lets branches be undone.

One machine runs one language. Expressions and statements are in `expressions` and `statements`;
what differs between Python and TypeScript (names, imports, built-in methods) is a `Language`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from auditor.adapter import Adapter, Effect, EntryPoint, Requested
from auditor.link.evaluate import bindings, calls, classes, conditions, members
from auditor.link.evaluate.changing import changed, changes
from auditor.link.evaluate.expressions import EXPRESSIONS
from auditor.link.evaluate.frame import Frame, ModuleState, OutOfFuel
from auditor.link.evaluate.functions import amend, hoist, placed
from auditor.link.evaluate.journal import Journal
from auditor.link.evaluate.statements import run
from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.span import Location
from auditor.model.text import as_texts
from auditor.model.value import (
    ABSENT,
    NOTHING_ASSUMED,
    UNDEFINED,
    Arguments,
    Class,
    Closure,
    Instance,
    Lazy,
    Model,
    Module,
    Scope,
    Site,
    Symbol,
    Text,
    Unknown,
    Value,
)

EnvironmentLookup = Callable[[str, str], tuple[str, Location] | None]


class Language(Protocol):
    """What the machine asks about the language it runs."""

    blocks: bool
    """Whether `const` and `let` are visible in their block only."""
    receiver: bool
    """Whether a method's receiver is its first parameter (`self`) rather than `this`."""
    eager: bool
    """Whether arguments of unknown calls are evaluated for their effects."""
    symbols: Mapping[str, Model]
    """Models of the language's own global functions."""
    methods: Mapping[str, Mapping[str, Model]]
    """Methods of the language's own types that are made by calling a symbol."""
    values: Mapping[str, Callable[[Machine, str, Location], Value]]
    """Members of the language's own global objects."""

    def name(self, machine: Machine, name: str, scope: Scope) -> Value: ...
    def bind_import(self, machine: Machine, node: form.Import, scope: Scope) -> None: ...
    def bind_export(self, machine: Machine, node: form.Export, scope: Scope) -> None: ...
    def attribute(self, machine: Machine, value: Value, name: str) -> Value | None: ...
    def call_symbol(self, machine: Machine, symbol: Symbol, arguments: Arguments) -> Value | None: ...
    def module_member(self, machine: Machine, file: str, folder: str, name: str) -> Value | None: ...
    def module(self, machine: Machine, importer: str, name: str) -> Value | None: ...
    def operate(self, machine: Machine, name: str, left: Value, right: Value) -> Value | None: ...
    def index(self, machine: Machine, container: Value, key: Value) -> Value | None: ...
    def set_index(self, machine: Machine, container: Value, key: Value, value: Value) -> bool: ...
    def printed(self, machine: Machine, value: Value) -> Value: ...
    def shared(self, machine: Machine, name: str) -> Value | None: ...


_LEAST = 2_000  # steps that a module may take even when all of them together took too many


class Machine(Journal):
    """Evaluates the modules of one side of a project; effects collect in `effects`, in order."""

    def __init__(
        self,
        facts: Mapping[str, FileFacts],
        language: Language,
        adapters: Sequence[Adapter],
        environment: EnvironmentLookup,
        fuel: int = 60_000,
        depth: int = 14,
    ) -> None:
        super().__init__()
        self.facts, self.binding = facts, bindings.Bindings(facts)
        self.language, self.fuel, self.depth = language, fuel, depth
        self.lookup_environment = environment
        self.symbols: dict[str, Model] = {**language.symbols}
        self.methods: dict[str, Mapping[str, Model]] = {**language.methods}
        self.values: dict[str, Callable[[Machine, str, Location], Value]] = {**language.values}
        for adapter in adapters:
            self.symbols.update(adapter.symbols)
            self.methods.update(adapter.methods)
            self.values.update(adapter.values)
        self.singletons = {name: make(self) for adapter in adapters for name, make in adapter.instances.items()}
        self.settings = {name for adapter in adapters for name in adapter.settings}
        self.elements: Mapping[str, list[Value]] = {name: [] for adapter in adapters for name in adapter.elements}
        self.gathers = bool(self.elements)
        self.handed = [adapter.handed for adapter in adapters if adapter.handed is not None]
        self.modules: dict[str, ModuleState] = {}
        self.shared: dict[str, Value] = {}  # what scripts put on the page they share
        self.spent, self.allowance = 0, sys.maxsize  # steps of all modules together
        self.module_fuel = fuel  # of the top level of one module, which runs only once
        self.exhausted: list[str] = []
        self.effects: list[Effect] = []
        self.entry_points: Mapping[str, Sequence[EntryPoint]] = {}
        self.links: set[tuple[str, str]] = set()
        self.deferred: list[tuple[str, Value, tuple[Lazy | Value, ...], Arguments]] = []
        self.frames: list[Frame] = [Frame(None)]
        self.sites: list[Site] = []
        self.active: list[form.Function] = []
        self.injecting: list[form.Class] = []
        self.created: list[Closure] | None = None
        self.decorating: list[tuple[Value, Location]] = []
        self.invoked: set[tuple[form.Function, int]] = set()
        self.made: tuple[Site, ...] = ()
        self.met: list[Instance] | None = None
        self.closed: set[tuple[form.Function, Class | None]] = set()
        self.reaches: Callable[[form.Function], bool] = lambda node: True
        self.quiet: Callable[[form.Expression], bool] = lambda node: False
        self.files: list[str] = []
        self.classes: list[Class] = []
        self._changes: dict[str, frozenset[str]] = {}
        self.steps, self.limit = 0, fuel
        self.typed: Callable[[str, form.Expression | None], Value | None] = lambda file, annotation: None

    # -- modules ---------------------------------------------------------------------------------

    def module(self, file: str) -> ModuleState:
        """The module of a file, evaluated; partly so while it is being evaluated (import cycles)."""
        if file not in self.modules:
            self.modules[file] = ModuleState(Scope({}, None, file))
        if not (state := self.modules[file]).started:
            state.started = True
            self.top_level(file, self.facts[file].body)
            state.done = True
        return state

    def top_level(self, file: str, body: tuple[form.Statement, ...]) -> None:
        """Runs statements of a module, by itself."""
        scope = self.modules[file].scope
        outer = (self.frames, self.sites, self.condition_stack, self.active, self.steps, self.limit, self.held)
        self.frames, self.sites, self.condition_stack, self.active = [Frame(None)], [], [], []
        self.steps, self.held = 0, NOTHING_ASSUMED
        self.limit = min(self.module_fuel, max(_LEAST, self.allowance - self.spent))
        self.files.append(file)
        self.loading += 1
        log = self.set_apart()
        try:
            hoist(self, body, scope)
            self.run(body, scope)
        except OutOfFuel:
            self.exhausted.append(file)
        finally:
            self.put_back(log)
            self.spent += self.steps
            self.files.pop()
            self.loading -= 1
            self.frames, self.sites, self.condition_stack, self.active, self.steps, self.limit, self.held = outer

    def now(self, node: form.Name | form.Member, scope: Scope, flag: Value) -> Value:
        """A flag at the moment of a call, where a function of a browser is looked at."""
        if not self.in_session or not self.language.blocks:
            return flag
        if scope.file not in self._changes:
            self._changes[scope.file] = (
                changes(self.facts[scope.file].body) if scope.file in self.facts else frozenset()
            )
        return changed(self._changes[scope.file], node, scope, flag)

    # -- evaluation ------------------------------------------------------------------------------

    def begin_session(self) -> None:
        """Starts looking at one function by itself, with a full tank."""
        super().begin_session()
        self.steps, self.limit = 0, self.fuel

    def run(self, body: tuple[form.Statement, ...], scope: Scope) -> int:
        """Runs statements; how they leave."""
        return run(self, body, scope)

    def evaluate(self, node: form.Expression, scope: Scope) -> Value:
        """The value of an expression. Raises OutOfFuel when the root has taken too many steps."""
        self.steps += 1
        if self.steps > self.limit:
            raise OutOfFuel
        value = EXPRESSIONS[type(node)](self, node, scope)
        return self.force(value) if type(value) is Lazy else value

    def force(self, value: Lazy | Value | None) -> Value:
        """The value behind a lazy one; `UNDEFINED` for None."""
        if type(value) is not Lazy:
            return UNDEFINED if value is None else value
        seen = 0
        while isinstance(value, Lazy):
            if value.value is None:
                if value.running:
                    return Unknown("it is defined by itself")
                value.running, self.held, held = True, NOTHING_ASSUMED, self.held
                try:
                    value.value = value.compute()
                finally:
                    value.running, self.held = False, held
            value = value.value
            seen += 1
            if seen > 50:
                return Unknown("it is defined by itself")
        return value

    def member(self, value: Value, name: str) -> Value:
        """`value.name`."""
        return members.member(self, self.force(value), name)

    def call_value(self, function: Value, arguments: Arguments) -> Value:
        """Calls a value."""
        return calls.call_value(self, self.force(function), arguments)

    def call(
        self,
        function: Value,
        positional: Sequence[Lazy | Value],
        arguments: Arguments,
        named: Mapping[str, Lazy | Value] | None = None,
    ) -> Value:
        """Calls a function value from a model, in the name of the call that `arguments` belongs to."""
        again = Arguments(tuple(positional), named or {}, arguments.site, arguments.location)
        return calls.call_value(self, self.force(function), again, callback=True)

    def instantiate(self, cls: Class, arguments: Arguments) -> Value:
        """`cls(…)` or `new cls(…)`."""
        return classes.instantiate(self, cls, arguments)

    # -- what models ask -------------------------------------------------------------------------

    def argument(self, arguments: Arguments, position: int, name: str = "") -> Value | None:
        """An argument by keyword or position (-1: keyword only), None if it was not given."""
        if name and name in arguments.named:
            return self.force(arguments.named[name])
        if 0 <= position < len(arguments.positional):
            return self.force(arguments.positional[position])
        return None

    def texts(self, value: Value) -> tuple[Text, ...]:
        """A value as text, one per alternative."""
        return as_texts(self.force(value))

    def environment(self, name: str, file: str, location: Location) -> Value:
        """The value of an environment variable as the project's settings files give it."""
        found = self.lookup_environment(name, file)
        if found is None:
            return Unknown(f"the environment variable {name}", environment=name)
        value, where = found
        return Text((value,) if value else (), (where,), soft=True)

    def emit(self, effect: Effect) -> None:
        """Records what happened, and on behalf of which module."""
        if isinstance(effect, Requested):
            self.effects.append(replace(conditions.possible(effect, self.held), module=self.file, made=self.made))
        else:
            self.effects.append(replace(placed(self, effect), module=self.file))

    def amend(self, site: Site, method: Text) -> None:
        """The request that a call sent goes by another method, as is said behind the call."""
        amend(self.effects, site, method)

    def conditions(self) -> str:
        """Why the current statement may not run, "" if it always does."""
        return " and ".join(dict.fromkeys(self.condition_stack))

    def escape(self, value: Lazy | Value | None) -> None:
        """A function value was handed to something that may call it later."""
        self.force(value)

    def defer(self, function: Value, positional: Sequence[Lazy | Value], arguments: Arguments) -> None:
        """Remembers a function that is called when everything is loaded."""
        self.deferred.append((self.file, function, tuple(positional), arguments))

    def imported(self, dotted: str, importer: str) -> Value:
        """The module of a dotted name as the file `importer` would import it; a link like any import."""
        found = self.language.module(self, importer, dotted)
        if isinstance(found, Module) and found.file:
            self.links.add((self.file, found.file))
        return found if found is not None else Unknown(f"{ABSENT} {dotted}")

    def chain(self, arguments: Arguments) -> tuple[Site, ...]:
        """The calls from the outermost function to this one, this call last."""
        return (*self.sites, arguments.site) if arguments.site else tuple(self.sites)

    def symbol(self, name: str) -> Value:
        """Something outside the project: an object that libraries share, or a name."""
        return self.singletons.get(name) or Symbol(name)

    @property
    def frame(self) -> Frame:
        """The innermost function being evaluated."""
        return self.frames[-1]

    @property
    def file(self) -> str:
        """The file on whose behalf code runs: the module or root that was started last."""
        return self.files[-1] if self.files else ""

    def observe(self, instance: Instance) -> None:
        """Remembers an instance of a class of the project."""
        if instance.cls is None:
            return
        if self.met is not None:
            self.met.append(instance)
        elif len(instance.cls.instances) < 24:
            instance.cls.instances.append(instance)

    def instance_of(self, cls: Class) -> Instance | None:
        """An instance of a class of the project that is there already."""
        return next((one for one in (*cls.instances, *(self.met or ())) if one.cls is cls), None)
