"""The backend half: evaluates the Python modules and says what is served, by which application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from auditor.adapter import Adapter, ApplicationMade, EntryPoint
from auditor.link.applications import Application, Registrations, assemble, is_sideline
from auditor.link.evaluate.classes import library_kind
from auditor.link.evaluate.frame import OutOfFuel
from auditor.link.evaluate.machine import EnvironmentLookup, Machine
from auditor.link.evaluate.python import PythonLanguage
from auditor.link.evaluate.walk import called_names, is_main
from auditor.link.imports import closure, import_graph, loading_order
from auditor.link.modules.folders import ancestors, folder_of
from auditor.link.modules.python import PythonModules
from auditor.link.served import Started, started
from auditor.link.uncalled import call_uncalled, makes
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts

_FUEL = 400_000
_ALLOWANCE = 1_000_000  # steps of all modules together; a large project takes a tenth
_STARTUP = 40_000  # steps of one function that runs when an application starts; it may fill a database, too
_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Backend:
    """An application with the file that makes it and the modules that belong to it; `started`: a server is told to
    serve it."""

    entry: str
    application: Application
    modules: frozenset[str]
    extensions: tuple[Extension, ...] = ()
    started: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """Another module that imports an application and adds to it: what is served if that one is started."""

    entry: str
    application: Application


@dataclass(frozen=True, slots=True)
class BackendRun:
    """What evaluating all Python modules gave: applications, the likeliest first, all registrations, and the
    modules that took too many steps to be followed to their end."""

    backends: tuple[Backend, ...]
    registrations: Registrations
    exhausted: tuple[str, ...] = ()


def run_backend(
    facts: Mapping[str, FileFacts],
    modules: PythonModules,
    adapters: Sequence[Adapter],
    environment: EnvironmentLookup,
    plugins: Mapping[str, Sequence[EntryPoint]] | None = None,
    texts: Mapping[str, str] | None = None,
) -> BackendRun:
    """Evaluates every module once, then every function that makes an application and was never called."""
    python = {file: facts[file] for file in sorted(facts) if facts[file].dialect is Dialect.PYTHON}
    machine = Machine(python, PythonLanguage(modules), adapters, environment, _FUEL, _DEPTH)
    machine.entry_points = plugins or {}
    machine.allowance = _ALLOWANCE
    for file in sorted(loading_order(python, modules), key=is_sideline):
        for package in (f"{folder}/__init__.py" for folder in reversed(ancestors(folder_of(file)))):
            if package in python and is_sideline(package) == is_sideline(file):
                machine.module(package)
        machine.module(file)
    names = {name.rpartition(".")[2] for adapter in adapters for name in (*adapter.constructors, *adapter.hot)}
    constructors = {name for adapter in adapters for name in adapter.constructors}
    own = {id(cls): cls for cls in machine.classes if library_kind(machine, cls) in constructors}
    names |= {cls.node.name for cls in own.values()}
    _start(machine)
    _run_scripts(machine, frozenset(names))
    call_uncalled(machine, frozenset(names), constructors, own)
    _start(machine)
    _read_variables(machine, adapters)
    registrations = Registrations.of(machine.effects)
    graph = import_graph(python, modules)
    for importer, file in sorted(machine.links):
        graph[importer] = graph.get(importer, frozenset()) | {file}
    return BackendRun(_backends(registrations, graph, started(machine, texts or {})), registrations, _given_up(machine))


def _given_up(machine: Machine) -> tuple[str, ...]:
    return tuple(sorted({file for file in machine.exhausted if not is_sideline(file)}))


def _start(machine: Machine) -> None:
    """Calls what the applications asked to be called when they start."""
    while machine.deferred:
        file, function, positional, arguments = machine.deferred.pop(0)
        machine.files.append(file)
        machine.steps, machine.limit = 0, _STARTUP
        with suppress(OutOfFuel):
            machine.call(function, positional, arguments)
        machine.files.pop()
    machine.limit = machine.fuel


def _read_variables(machine: Machine, adapters: Sequence[Adapter]) -> None:
    """Hands frameworks the module variables that they read, on behalf of the first module that has one."""
    for adapter in adapters:
        for name, read in adapter.variables.items():
            found = [(file, machine.modules[file].scope.names.get(name)) for file in sorted(machine.modules)]
            values = [(file, machine.force(value)) for file, value in found if value is not None]
            values.sort(key=lambda pair: is_sideline(pair[0]))
            for at in values[:1]:
                machine.files.append(at[0])
                machine.steps = 0
                with suppress(OutOfFuel):
                    read(machine, values)
                machine.files.pop()


def _run_scripts(machine: Machine, names: frozenset[str]) -> None:
    """Runs what files do when they are started as scripts, if that makes an application or adds to one."""
    for file in sorted(machine.modules):
        if not names.intersection(machine.facts[file].called):
            continue
        for block in machine.facts[file].body:
            if (
                isinstance(block, form.If)
                and is_main(block.test)
                and makes(called_names(form.Block(block.then)), names)
            ):
                machine.top_level(file, block.then)


def _backends(
    registrations: Registrations, graph: Mapping[str, frozenset[str]], served: Started
) -> tuple[Backend, ...]:
    """Applications that nothing mounts, the likeliest to be the served one first.

    An application that only another file's application extends is counted there as well, each with
    the registrations of its own import closure.
    """
    mounted = registrations.mounted()
    candidates: list[tuple[tuple[bool, bool, int, str, int], Backend]] = []
    for made in registrations.made:
        if id(made.application) in mounted:
            continue
        entry = made.module or made.location.file
        modules = closure(graph, entry) | {made.location.file}
        application = assemble(registrations, made, modules)
        extensions: list[Extension] = []
        for extender in _extenders(registrations, made, modules):
            wider = closure(graph, extender)
            if made.location.file not in wider or is_sideline(extender):
                continue
            bigger = assemble(registrations, made, wider | modules)
            if not application.routes or _same_package(extender, entry):
                application, modules = bigger, wider | modules
            elif len(bigger.routes) > len(application.routes):
                extensions.append(Extension(extender, bigger))
        backend = Backend(entry, application, modules, tuple(extensions), made.started or made.application in served)
        rank = (is_sideline(entry), not backend.started, -len(application.routes), entry, made.location.line)
        candidates.append((rank, backend))
    candidates.sort(key=lambda pair: pair[0])
    return tuple(backend for _, backend in candidates)


def _extenders(registrations: Registrations, made: ApplicationMade, modules: frozenset[str]) -> list[str]:
    """Modules outside the import closure that register something on the application itself."""
    effects = registrations.by_router.get(id(made.application), ())
    return sorted({effect.module for effect in effects if effect.module not in modules})


def _same_package(one: str, other: str) -> bool:
    return one.rpartition("/")[0] == other.rpartition("/")[0]
