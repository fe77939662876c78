"""What an adapter file declares, and what the evaluator offers to it.

An adapter does not parse: it models the symbols of a library. `symbols` maps a qualified name
("fastapi.APIRouter", "axios.create", "fetch") to a function that says what calling it does;
`methods` maps a library type to the same for its methods. Models emit effects: a route was added, a
router was mounted, a request was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from auditor.model import form
from auditor.model.carried import NOTHING, Carried
from auditor.model.finding import Side
from auditor.model.span import Location
from auditor.model.value import Arguments, Class, Instance, Lazy, Model, Record, Scope, Site, Text, Value
from auditor.model.writing import PLAIN, Writing


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """An object that a package of the project registers as a plugin; `file` is where it says so."""

    name: str
    module: str
    attribute: str
    file: str


class Machine(Protocol):
    """The part of the evaluator that models may use."""

    entry_points: Mapping[str, Sequence[EntryPoint]]
    """The plugins that the project's packages register, by group."""

    effects: list[Effect]
    """What happened so far, in order."""

    elements: Mapping[str, list[Value]]
    """The props of the JSX elements that adapters ask for, by qualified name, wherever the project shows one."""

    def imported(self, dotted: str, importer: str) -> Value:
        """The module of a dotted name as the file `importer` would import it."""

    def force(self, value: Lazy | Value | None) -> Value:
        """The value itself; `UNDEFINED` for None."""

    def argument(self, arguments: Arguments, position: int, name: str = "") -> Value | None:
        """An argument by keyword or position (-1: keyword only), None if it was not given."""

    def call(
        self,
        function: Value,
        positional: Sequence[Lazy | Value],
        arguments: Arguments,
        named: Mapping[str, Lazy | Value] | None = None,
    ) -> Value:
        """Calls a function value from a model, in the name of the call that `arguments` belongs to."""

    def typed(self, file: str, annotation: form.Expression | None) -> Value | None:
        """A value of a type that is written in a file, None where the type leads to no client."""

    def defer(self, function: Value, positional: Sequence[Lazy | Value], arguments: Arguments) -> None:
        """Remembers a function that is called when everything is loaded (at the start of a server)."""

    def member(self, value: Value, name: str) -> Value:
        """`value.name`."""

    def symbol(self, name: str) -> Value:
        """Something outside the project: an object that libraries share, or a name."""

    def texts(self, value: Value) -> tuple[Text, ...]:
        """The value as text: one per alternative; a hole where it is not a text."""

    def binding(self, name: str) -> tuple[str, ...]:
        """The files whose module binds a name at its top level, sorted; those of tests and examples are left out."""

    def environment(self, name: str, file: str, location: Location) -> Value:
        """The value of an environment variable as the project's settings files give it."""

    def instance_of(self, cls: Class) -> Instance | None:
        """An instance of a class of the project that is there already."""

    def emit(self, effect: Effect) -> None:
        """Records what happened."""

    def amend(self, site: Site, method: Text) -> None:
        """The request that a call sent goes by another method, as is said behind the call."""

    def conditions(self) -> str:
        """Why the current statement may not run, "" if it always does."""

    def escape(self, value: Lazy | Value | None) -> None:
        """A function value was handed to something that may call it later."""

    def is_exposed(self, value: Record | Instance) -> bool:
        """Whether an object may have entries that nobody saw: it was handed out, or others hold it."""

    def chain(self, arguments: Arguments) -> tuple[Site, ...]:
        """The calls from the outermost function to this one, this call last."""


Dependencies: TypeAlias = tuple[tuple[str, form.Expression], ...]
"""What routers, includes and routes give to handlers, as written: the file and the expression, a list of what is called
before (`[Depends(check)]`) or an object of what may be answered (`{404: {"model": Error}}`)."""


# -- effects ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class ApplicationMade:
    """An application object was constructed: something a server may serve. `started`: the framework's own commands
    serve it, as settings say; no command needs to name it."""

    application: Instance
    location: Location
    framework: str
    condition: str = ""
    module: str = ""
    started: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RouteAdded:
    """A route was registered on `router`. `options` are its arguments as written, for types; `tags` are
    the router's, `own_tags` its own. `strict_slashes`: whether the path is served only as written, where
    the framework lets a route say so; None where the application decides. `front`: what stands before the
    whole path, prefixes included (a version); nothing where the mounts decide. `writing`: what it says of how its
    answer is written."""

    router: Instance
    kind: str
    methods: tuple[str, ...]
    path: tuple[Text, ...]
    handler: Value | None
    location: Location
    framework: str
    condition: str = ""
    options: Mapping[str, form.Expression] = field(default_factory=dict)
    scope: Scope | None = None
    tags: tuple[str, ...] = ()
    own_tags: tuple[str, ...] = ()
    in_schema: bool = True
    deprecated: bool = False
    module: str = ""
    strict_slashes: bool | None = None
    dependencies: Dependencies = ()
    front: tuple[Text, ...] = ()
    writing: Writing = PLAIN


@dataclass(frozen=True, slots=True, eq=False)
class Mounted:
    """`child` was put under `prefix` of `parent`. `child` is None when it could not be resolved;
    `static` is a folder of files. `in_schema` and `deprecated` hold for all routes below, `front` for those
    that have none of their own."""

    parent: Instance
    child: Instance | None
    prefix: tuple[Text, ...]
    location: Location
    condition: str = ""
    reason: str = ""
    static: bool = False
    tags: tuple[str, ...] = ()
    module: str = ""
    in_schema: bool = True
    deprecated: bool = False
    front: tuple[Text, ...] = ()
    dependencies: Dependencies = ()


@dataclass(frozen=True, slots=True, eq=False)
class Requested:
    """A request was sent or a socket opened.

    `chain` leads from the outermost function that was looked at to the client call, the outermost
    call first. `method` and `url` have one text per alternative. `base` is where the client was
    configured. `made` leads to the construction of the object whose method was looked at.
    `protocol` says why the endpoint is not a route, for protocols that own it. `partial`: it was met in an
    object that does not exist as such, whose subclasses say what is missing. `carried` is what it carries
    besides what the URL says. `operation` is the name of what a protocol is asked for behind its one path.
    `receiver` is the class, as `file:name`, of the object whose method was looked at.
    """

    kind: str
    client: str
    method: tuple[Text, ...]
    url: tuple[Text, ...]
    chain: tuple[Site, ...]
    base: Location | None = None
    base_name: str = ""
    body: Value | None = None
    types: tuple[form.Expression, ...] = ()
    scope: Scope | None = None
    condition: str = ""
    module: str = ""
    made: tuple[Site, ...] = ()
    protocol: str = ""
    partial: bool = False
    carried: Carried = NOTHING
    operation: str = ""
    receiver: str = ""


Effect: TypeAlias = ApplicationMade | RouteAdded | Mounted | Requested


# -- adapters --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Adapter:
    """One framework or client library.

    `symbols`: calling a qualified name; `methods`: calling a method of a library type (an
    `Instance` of that kind); `values`: members of libraries that are values, not functions;
    `instances`: objects that a library exports ready-made (`axios`). `constructors` are the symbols
    that make applications (an entry point is looked for where they are called); `hot` are the names
    of calls that may send a request or register a route (with a dot: of methods only); `settings`
    are classes whose attributes are defaults that the environment may override. `variables` are names of module
    variables that a framework reads: called once all modules are loaded, with the files and values of each name, files
    of tests and examples last. `elements` are the JSX elements whose props models need.
    `types` are types of the library whose values send requests, by qualified name, made with an unknown base URL.
    `handed` says which entries, by qualified name, a framework puts into what it hands to the functions of a file.
    The docstring of the module names framework, versions and documentation.
    """

    id: str
    side: Side
    symbols: Mapping[str, Model] = field(default_factory=dict)
    methods: Mapping[str, Mapping[str, Model]] = field(default_factory=dict)
    values: Mapping[str, Callable[[Machine, str, Location], Value]] = field(default_factory=dict)
    instances: Mapping[str, Callable[[Machine], Value]] = field(default_factory=dict)
    constructors: tuple[str, ...] = ()
    hot: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    variables: Mapping[str, Callable[[Machine, Sequence[tuple[str, Value]]], None]] = field(default_factory=dict)
    elements: tuple[str, ...] = ()
    handed: Callable[[str, form.Parameter], Mapping[str, str]] | None = None
    types: Mapping[str, Callable[[Value], Value]] = field(default_factory=dict)


def packages_of(adapters: Sequence[Adapter]) -> frozenset[str]:
    """The top-level packages whose symbols adapters model."""
    return frozenset(name.partition(".")[0] for one in adapters for name in (*one.symbols, *one.methods))
