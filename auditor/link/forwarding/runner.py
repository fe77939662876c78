"""Runs configuration files and request handlers in the evaluator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.adapter import Machine as Evaluator
from auditor.adapter import Requested
from auditor.link.evaluate.frame import Frame, OutOfFuel
from auditor.link.evaluate.machine import Machine
from auditor.model import form
from auditor.model.span import NOWHERE, Location
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Closure,
    Instance,
    List,
    Model,
    Native,
    Record,
    Scope,
    Symbol,
    Text,
    Unknown,
    Value,
)

MIDDLEWARE = "proxy-middleware"
"""The kind of what `createProxyMiddleware(…)` gives; its field "given" lists the arguments."""

_FUEL = 60_000
_WRAPPERS = 6


class Runner:
    """Evaluates what runs in the frontend's own server, apart from the code that runs in the browser."""

    def __init__(self, machine: Machine) -> None:
        own = Machine(machine.facts, machine.language, (), machine.lookup_environment, _FUEL, machine.depth)
        own.symbols = {**machine.symbols, **_SYMBOLS}
        own.methods = machine.methods
        own.values = machine.values
        own.singletons = machine.singletons
        own.settings = machine.settings
        self.machine = own

    def exported(self, file: str, name: str = "default") -> Value:
        """What a module exports; `Undefined` if it does not."""
        self.machine.module(file)
        return self.machine.force(self.machine.language.module_member(self.machine, file, "", name))

    def configurations(self, file: str) -> tuple[Value, ...]:
        """The objects and lists that a configuration file may export, functions called and wrappers taken off.

        A wrapper is a function of a library that is given a configuration: `defineConfig(x)`,
        `withBundleAnalyzer(options)(x)`. What has several forms (`mode === "x" ? a : b`) gives several.
        """
        state = self.machine.module(file)
        self.machine.files.append(file)
        self.machine.steps = 0
        try:
            found = [value for node in self._exports(file) for value in self._unwrapped(file, node, state.scope)]
            return tuple(found or self._objects(file, self.exported(file)))
        except OutOfFuel:
            return ()
        finally:
            self.machine.files.pop()

    def call(self, function: Value, positional: Sequence[Value], file: str) -> tuple[Value, tuple[Requested, ...]]:
        """What a function gives, and the requests it sends. What it does to older objects is taken back."""
        machine = self.machine
        outer = (machine.frames, machine.active, machine.condition_stack, machine.sites)
        machine.frames, machine.active, machine.condition_stack, machine.sites = [Frame(None)], [], [], []
        before = len(machine.effects)
        machine.begin_session()
        machine.files.append(file)
        value: Value = Unknown("it takes too many steps")
        try:
            value = machine.call_value(function, Arguments(tuple(positional), {}, None, Location(file, NOWHERE)))
        except OutOfFuel:
            pass
        finally:
            machine.files.pop()
            machine.end_session()
            machine.frames, machine.active, machine.condition_stack, machine.sites = outer
        sent = tuple(effect for effect in machine.effects[before:] if isinstance(effect, Requested))
        del machine.effects[before:]
        return value, sent

    def entry(self, value: Value, *names: str) -> Value:
        """An entry of nested objects; `Undefined` where there is none."""
        for name in names:
            if not isinstance(value, Record):
                return UNDEFINED
            value = self.machine.force(value.entries.get(name))
        return value

    def items(self, value: Value) -> tuple[Value, ...]:
        """The items of a list; none for anything else."""
        return tuple(self.machine.force(item) for item in value.items) if isinstance(value, List) else ()

    def literal(self, value: Value) -> str | None:
        """A text without holes."""
        return value.literal if isinstance(value, Text) else None

    def _exports(self, file: str) -> Iterator[form.Expression]:
        for statement in self.machine.facts[file].body:
            match statement:
                case form.Bind(target=form.Name(id="default"), value=value) if value is not None:
                    yield value
                case form.Bind(target=form.Member(form.Name(id="module"), "exports"), value=value) if value is not None:
                    yield value
                case form.Export(names=names, module=None, span=span):
                    for item in names:
                        if item.local == "default" != item.name:
                            yield form.Name(item.name, span)
                case _:
                    pass

    def _unwrapped(self, file: str, node: form.Expression, scope: Scope, depth: int = _WRAPPERS) -> list[Value]:
        found = self._objects(file, self.machine.evaluate(node, scope))
        if found or not depth:
            return found
        match node:
            case form.Call(arguments=arguments):
                inner = [argument.value for argument in arguments]
            case form.Name(id=name):
                inner = [
                    statement.value
                    for statement in self.machine.facts[file].body
                    if isinstance(statement, form.Bind)
                    and isinstance(statement.target, form.Name)
                    and statement.target.id == name
                    and statement.value is not None
                ]
            case form.Cast(value=value):
                inner = [value]
            case _:
                inner = []
        return [value for one in inner for value in self._unwrapped(file, one, scope, depth - 1)]

    def _objects(self, file: str, value: Value, depth: int = 3) -> list[Value]:
        match value:
            case Choice(options):
                return [found for option in options for found in self._objects(file, option, depth)]
            case Record() | List():
                return [value]
            case Closure() if depth:
                given = Record({}, open=True)
                result, _ = self.call(value, (given, Record({}, open=True)), file)
                return self._objects(file, result, depth - 1)
            case _:
                return []


def sender(client: str, position: int = 0) -> Model:
    """A library function that sends a request to its argument at `position`."""

    def model(machine: Evaluator, arguments: Arguments, this: Value | None) -> Value:
        url = machine.argument(arguments, position) or UNDEFINED
        method = (Text(("GET",)),)
        machine.emit(Requested("http", client, method, machine.texts(url), machine.chain(arguments)))
        return Unknown("a response", label="response")

    return model


def _first(machine: Evaluator, arguments: Arguments, this: Value | None) -> Value:
    return machine.argument(arguments, 0) or UNDEFINED


def _merged(machine: Evaluator, arguments: Arguments, this: Value | None) -> Value:
    return _deep(machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1) or UNDEFINED)


def _deep(one: Value, other: Value) -> Value:
    if not isinstance(one, Record) or not isinstance(other, Record):
        return one if not isinstance(other, Record) else other
    entries = dict(one.entries)
    for key, value in other.entries.items():
        known = entries.get(key)
        entries[key] = _deep(known, value) if isinstance(known, Record) and isinstance(value, Record) else value
    return Record(entries, one.open or other.open)


def _environment(machine: Evaluator, arguments: Arguments, this: Value | None) -> Value:
    return Symbol("process.env")


def _middleware(machine: Evaluator, arguments: Arguments, this: Value | None) -> Value:
    given = [machine.force(value) for value in arguments.positional]
    return Instance(None, MIDDLEWARE, {"given": List(given)}, location=arguments.location)


def _route_parameter(machine: Evaluator, arguments: Arguments, this: Value | None) -> Value:
    event, name = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
    if not isinstance(name, Text) or name.literal is None:
        return Unknown("a route parameter")
    return machine.member(machine.member(machine.member(event, "context"), "params"), name.literal)


def _request_url(machine: Evaluator, arguments: Arguments, this: Value | None) -> Value:
    return machine.member(machine.argument(arguments, 0) or UNDEFINED, "url")


_DEFINERS = (
    "vite.defineConfig", "vitest/config.defineConfig", "defineNuxtConfig", "nuxt/config.defineNuxtConfig",
    "@vue/cli-service.defineConfig", "@rsbuild/core.defineConfig", "astro/config.defineConfig",
    "umi.defineConfig", "@umijs/max.defineConfig",
    "defineEventHandler", "eventHandler", "defineCachedEventHandler", "h3.defineEventHandler", "h3.eventHandler",
)  # fmt: skip
_SYMBOLS: Mapping[str, Model] = {
    **dict.fromkeys(_DEFINERS, _first),
    **dict.fromkeys(("vite.mergeConfig", "vitest/config.mergeConfig"), _merged),
    "vite.loadEnv": _environment,
    **dict.fromkeys(
        (
            "http-proxy-middleware.createProxyMiddleware",
            "http-proxy-middleware",
            "http-proxy-middleware.legacyCreateProxyMiddleware",
        ),
        _middleware,
    ),
    **dict.fromkeys(("undici.fetch", "undici.request", "undici.stream"), sender("undici")),
    **dict.fromkeys(("$fetch", "ofetch.$fetch", "ofetch.ofetch"), sender("ofetch")),
    **dict.fromkeys(("proxyRequest", "sendProxy", "h3.proxyRequest", "h3.sendProxy"), sender("h3", 1)),
    "next/server.NextResponse.rewrite": sender("NextResponse"),
    **dict.fromkeys(("getRouterParam", "h3.getRouterParam"), _route_parameter),
    **dict.fromkeys(("getRequestURL", "h3.getRequestURL"), _request_url),
}

__all__ = ["MIDDLEWARE", "Native", "Runner"]
