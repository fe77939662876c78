"""Abstract values: what the evaluator computes with instead of running the program.

Text, numbers and unknowns compare by content; lists, records, classes and instances are shared and mutable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

from auditor.model import form
from auditor.model.carried import Keys
from auditor.model.span import Location

Dependencies: TypeAlias = frozenset[str]
"""Names of the parameters (of the function that is being looked at by itself) a value depends on."""
NO_DEPENDENCIES: Dependencies = frozenset()
Assumed: TypeAlias = frozenset[tuple[int, int]]
"""Things and what they were taken to be; what gives one thing two values cannot be."""
NOTHING_ASSUMED: Assumed = frozenset()


@dataclass(frozen=True, slots=True)
class Hole:
    """A run-time piece of a text. `environment` names the variable it was read from; `query`: what a query holds."""

    reason: str
    dependencies: Dependencies = NO_DEPENDENCIES
    environment: str = ""
    query: Keys | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with holes: `/users/${id}` is ("/users/", Hole("id")). Adjacent strings are joined.

    `trail` are the places its static pieces were written at. `soft`: it is a default that the
    environment may override. `defaults`: the parameters whose defaults it is made of. `when`: what it assumes.
    """

    parts: tuple[str | Hole, ...]
    trail: tuple[Location, ...] = field(default=(), compare=False)
    soft: bool = field(default=False, compare=False)
    defaults: Dependencies = field(default=NO_DEPENDENCIES, compare=False)
    when: Assumed = field(default=NOTHING_ASSUMED, compare=False)

    @property
    def literal(self) -> str | None:
        """The text if it has no holes."""
        if not self.parts:
            return ""
        return self.parts[0] if len(self.parts) == 1 and isinstance(self.parts[0], str) else None


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a boolean or None/null."""

    value: int | float | bool | None
    soft: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Undefined:
    """JavaScript's `undefined`; a missing argument."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be known, and why. `environment` as in `Hole`; `label` names what a library
    made it ("fetch()" for a response). `wraps` is the one function that a Python call was given whose result
    this is: a decorator of a library gives such a thing. `given`: it was passed for a parameter that may be left
    out, so it is not what the parameter is without it."""

    reason: str
    dependencies: Dependencies = NO_DEPENDENCIES
    environment: str = ""
    label: str = field(default="", compare=False)
    given: bool = field(default=False, compare=False)
    wraps: Value | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values (at most `LIMIT`), in the order they were met."""

    options: tuple[Value, ...]

    LIMIT = 12


_SESSION = [0]


def now() -> int:
    """The session that runs; objects with a lower number of birth are older."""
    return _SESSION[0]


def begin_session() -> int:
    """Starts a new session: objects made from here on can be told from those that were there before."""
    _SESSION[0] += 1
    return _SESSION[0]


@dataclass(slots=True, eq=False)
class List:
    """A list, tuple, set or array; `open` when further items are possible, `unsure` when some of them were put in
    under a condition."""

    items: list[Value]
    open: bool = False
    kind: str = "list"
    born: int = field(default_factory=now)
    unsure: bool = False


@dataclass(slots=True, eq=False)
class Record:
    """A dict or object with text keys; `open` when further entries are possible. `kind` is "dict" for
    Python's, which is false while it is empty; `factory` makes what a `defaultdict` is asked for and lacks."""

    entries: dict[str, Value]
    open: bool = False
    getters: dict[str, Closure] | None = None
    kind: str = ""
    born: int = field(default_factory=now)
    factory: Value | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """Names visible in a function, block, class or module. `serial` tells scopes apart for good, unlike `id`.
    `outer` are the homes of names declared `global` or `nonlocal`."""

    names: dict[str, Value]
    parent: Scope | None
    file: str
    function: bool = True
    born: int = field(default_factory=now)
    outer: dict[str, Scope] | None = None
    serial: int = field(default_factory=count().__next__)

    def lookup(self, name: str) -> Value | None:
        """The value of a name, from the inside out."""
        scope: Scope | None = self
        while scope is not None:
            value = scope.names.get(name)
            if value is not None:
                return value
            scope = scope.parent
        return None


@dataclass(slots=True, eq=False)
class Closure:
    """A function of the audited project with what it can see.

    `owner` is the class it was defined in, `this` the receiver it is bound to, `chain` the calls
    through which the evaluator reached the place that created it. `attributes` are set on it later.
    """

    node: form.Function
    scope: Scope
    owner: Class | None = None
    this: Value | None = None
    chain: tuple[Site, ...] = ()
    kind: str = ""
    decorated: tuple[form.Expression, ...] = ()
    attributes: dict[str, Value] | None = None


@dataclass(slots=True, eq=False)
class Native:
    """A function of a library or of the language, given as a model."""

    name: str
    model: Model
    this: Value | None = None


@dataclass(slots=True, eq=False)
class Class:
    """A class of the audited project; `attributes` are its static members, `fields` run per instance."""

    node: form.Class
    scope: Scope
    bases: tuple[Value, ...]
    attributes: dict[str, Value]
    fields: tuple[form.Field, ...] = ()
    instances: list[Instance] = field(default_factory=list)
    born: int = field(default_factory=now)


@dataclass(slots=True, eq=False)
class Instance:
    """An object with an identity. `cls` is its class in the project, `kind` the qualified name of the
    library type it is (or derives from), `state` what the model of that type keeps, `chain` the calls
    through which it was made, its construction last."""

    cls: Class | None = None
    kind: str = ""
    fields: dict[str, Value] = field(default_factory=dict)
    state: Any = None
    location: Location | None = None
    chain: tuple[Site, ...] = ()
    born: int = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something outside the project, by qualified name: "fastapi.APIRouter", "process.env.API"."""

    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the project (`file`), or a package without one (`folder`)."""

    file: str
    folder: str = ""


@dataclass(slots=True, eq=False)
class Lazy:
    """A value computed at its first use: an imported name, an argument nobody asked for yet."""

    compute: Callable[[], Value]
    value: Value | None = None
    running: bool = False


@dataclass(frozen=True, slots=True)
class Super:
    """`super` inside a method of `owner`, bound to `this`."""

    owner: Class
    this: Value


@dataclass(frozen=True, slots=True)
class Site:
    """A call of the audited project, by identity: where it stands and its node."""

    file: str
    node: form.Call

    @property
    def location(self) -> Location:
        """Its place."""
        return Location(self.file, self.node.span)


@dataclass(slots=True, eq=False)
class Arguments:
    """The arguments of a call, evaluated only when a model asks for them. `site` is the call itself, None when the
    evaluator calls by itself (a callback, a decorator)."""

    positional: tuple[Lazy | Value, ...]
    named: Mapping[str, Lazy | Value]
    site: Site | None
    location: Location
    node: form.Call | None = None
    scope: Scope | None = None
    open: bool = False

    def expression(self, position: int, name: str = "") -> form.Expression | None:
        """The argument as written, by keyword or position."""
        if self.node is None:
            return None
        for argument in self.node.arguments:
            if name and argument.name == name:
                return argument.value
        plain = [a for a in self.node.arguments if a.name is None]
        if 0 <= position < len(plain) and not any(a.spread for a in plain[: position + 1]):
            return plain[position].value
        return None


Value: TypeAlias = (
    Text | Constant | Undefined | Unknown | Choice | List | Record | Closure | Native | Class | Instance | Symbol
    | Module | Lazy | Super
)  # fmt: skip
Model: TypeAlias = Callable[["Any", Arguments, "Value | None"], Value]
"""What calling a library symbol does: (machine, arguments, receiver) → result."""

ABSENT = "cannot find the module"
"""How the reason of an unknown begins that stands for a module the project names and does not have."""

UNDEFINED = Undefined()
NONE = Constant(None)
TRUE = Constant(True)
FALSE = Constant(False)


def text(value: str, location: Location | None = None, soft: bool = False) -> Text:
    """A text without holes."""
    return Text((value,) if value else (), (location,) if location else (), soft)
