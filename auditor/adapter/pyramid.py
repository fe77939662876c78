"""What Pyramid's configuration collects before it makes an application: routes, views, scanned packages.

Pyramid 1.10 to 2.1 (https://docs.pylonsproject.org/projects/pyramid/en/2.1-branch/narr/urldispatch.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditor.adapter import Machine
from auditor.adapter.endpoints import ANY, attribute, lineage, method_named, methods_named, options
from auditor.adapter.pathtext import begun, converter_of, parameter, paths
from auditor.model.span import Location
from auditor.model.value import Arguments, Class, Closure, Instance, List, Module, Text, Value
from auditor.model.wrapping import unwrapped

DEFAULTS = "__view_defaults__"
"""The attribute under which a class keeps the arguments of `@view_defaults`."""

_MARKER = re.compile(r"\{(\w+)(?::((?:[^{}]|\{[^{}]*\})+))?\}")
_REST = re.compile(r"\*(\w+)$")
_OLD = re.compile(r"(?<=/):(\w+)")
_PROBLEMS = ("Exception", "Error")
_READ = ("route_name", "request_method", "attr", "context", "for_")


@dataclass(frozen=True, slots=True)
class Named:
    """A route by its name, which may have alternatives: `add_route(name, pattern)`. Methods: none means any."""

    names: tuple[str, ...]
    path: tuple[Text, ...]
    methods: tuple[str, ...]
    arguments: Arguments
    condition: str


@dataclass(frozen=True, slots=True)
class View:
    """What `add_view` or `@view_config` were given, and for what: a function, a class, or a function of one."""

    target: Value | None
    own: Mapping[str, Value]
    location: Location
    condition: str = ""

    def given(self, name: str) -> Value | None:
        """An argument: its own, else the default of its class."""
        if name in self.own:
            return self.own[name]
        found = attribute(self.owner, DEFAULTS) if self.owner is not None else None
        return found.state.get(name) if isinstance(found, Instance) else None

    @property
    def file(self) -> str:
        """Where the view is written: a decorator of the project's own may stand elsewhere."""
        value = unwrapped(self.target)
        return value.scope.file if isinstance(value, Closure | Class) else self.location.file

    @property
    def owner(self) -> Class | None:
        """The class of a view."""
        value = unwrapped(self.target)
        return value if isinstance(value, Class) else value.owner if isinstance(value, Closure) else None


@dataclass(slots=True)
class Collected:
    """Everything that one application is configured with; `scanned` are folders and files."""

    routes: list[Named] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    scanned: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Config:
    """A configurator: where it collects, what stands before its patterns, and the file its names are relative to."""

    root: Instance
    collected: Collected
    prefix: tuple[Text, ...]
    file: str


def view_arguments(machine: Machine, arguments: Arguments) -> dict[str, Value]:
    """The arguments of a view that say when it is called, as they are now."""
    found = {name: machine.argument(arguments, -1, name) for name in _READ}
    return {name: value for name, value in found.items() if value is not None}


def rewritten(pattern: str) -> str:
    """`notes/{id:\\d+}/*rest` as `notes/{id:int}/{rest:path}`."""
    pattern = _OLD.sub(r"{\1}", pattern)
    marked = _MARKER.sub(lambda found: parameter(found[1], converter_of(found[2]) if found[2] else ""), pattern)
    return _REST.sub(r"{\1:path}", marked)


def patterns(machine: Machine, value: Value | None) -> tuple[Text, ...]:
    """Patterns as paths, each with a slash in front."""
    return tuple(begun(text) if text.parts else Text(("/",)) for text in paths(machine, value, rewritten))


def methods_of(machine: Machine, value: Value | None) -> tuple[str, ...]:
    """`request_method=…`: a method or several, none for any."""
    if not options(value):
        return ()
    return methods_named(machine, value) if isinstance(value, List) else method_named(machine, value)


def resolved(machine: Machine, config: Config, dotted: Text) -> Value:
    """What a dotted name means to a configurator: `app.views`, `.views`, `.views:home`, `app.views.home`."""
    name = (dotted.literal or "").replace(":", ".")
    bare = name.lstrip(".")
    if bare != name:
        package = _package(machine, config.file).split(".")
        name = ".".join([*package[: len(package) - (len(name) - len(bare)) + 1], bare]).strip(".")
    found = machine.imported(name, config.file)
    above, _, last = name.rpartition(".")
    if isinstance(found, Module) or not above:
        return found
    module = machine.imported(above, config.file)
    return machine.force(machine.member(module, last)) if isinstance(module, Module) else found


def handler_of(machine: Machine, view: View) -> Value | None:
    """The function a view leads to; the class where it is called itself."""
    target = unwrapped(view.target)
    if not isinstance(target, Class):
        return view.target
    named = view.given("attr")
    name = next((text.literal for one in options(named) for text in machine.texts(one) if text.literal), None)
    return (attribute(target, name) if name else None) or attribute(target, "__call__") or target


def by_traversal(view: View) -> bool:
    """Whether the path of a view depends on a tree of resources; a view of an exception has no path."""
    context = view.given("context") or view.given("for_")
    if context is None:
        return True
    return isinstance(context, Class) and not any(
        name.endswith(_PROBLEMS) or "HTTP" in name for name in _names(context)
    )


def _names(cls: Class) -> Iterator[str]:
    for base in lineage(cls):
        yield base.node.name if isinstance(base, Class) else getattr(base, "name", "")


def folder_of(value: Value, default: str) -> str:
    """The folder of a package, or the file of a module; `default` is the file that asks for its own."""
    if isinstance(value, Module):
        if value.file and not value.file.endswith("__init__.py"):
            return value.file
        return value.folder or value.file.rpartition("/")[0]
    return default.rpartition("/")[0]


def is_below(file: str, place: str) -> bool:
    """Whether a file is a module or belongs to a package."""
    return file == place or not place or file.startswith(f"{place}/")


def methods_both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The methods that a route and its view take; none means any."""
    if not first or not second:
        return first or second or (ANY,)
    return tuple(method for method in second if method in first)


def _package(machine: Machine, file: str) -> str:
    name = machine.texts(machine.member(Module(file), "__name__"))[0].literal or ""
    return name if file.endswith("__init__.py") else name.rpartition(".")[0]
