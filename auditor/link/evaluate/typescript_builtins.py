"""Global functions and objects of JavaScript and the browser, as models.

References: https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects,
https://url.spec.whatwg.org/, https://vite.dev/guide/env-and-mode (`import.meta.env`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from auditor.link.evaluate.control import iterate
from auditor.link.evaluate.displays import spread
from auditor.link.evaluate.typescript_pairs import make_pairs
from auditor.link.evaluate.typescript_urls import make_url
from auditor.model.span import Location
from auditor.model.text import as_texts, choice, dependencies_of
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Closure,
    Constant,
    Instance,
    List,
    Model,
    Native,
    Record,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

"""The `environment` of a hole that stands for a query string."""


def _text(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    return choice(as_texts(value)) if value is not None else Text(())


def _constant(result: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        return Unknown(result, dependencies_of(machine.argument(arguments, 0)))

    return model


def _first(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return machine.argument(arguments, 0) or UNDEFINED


def _stringify(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`JSON.stringify(x)`: a text nobody looks into, which remembers what it is made of."""
    value = machine.argument(arguments, 0) or UNDEFINED
    return Instance(None, "json", {"source": value}, location=arguments.location)


def _keys(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    if isinstance(value, Record):
        return List([Text((key,)) for key in value.entries], value.open)
    return List([], True)


def _values(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    if isinstance(value, Record):
        return List([machine.force(entry) for entry in value.entries.values()], value.open)
    return List([], True)


def _entries(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    if isinstance(value, Record):
        return List([List([Text((k,)), machine.force(v)]) for k, v in value.entries.items()], value.open)
    return List([], True)


def _from_entries(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    items, uncertain = iterate(machine, machine.argument(arguments, 0) or UNDEFINED)
    record = Record({}, uncertain)
    for item in items:
        key = machine.force(item.items[0]) if isinstance(item, List) and len(item.items) > 1 else None
        if isinstance(key, Text) and key.literal is not None and isinstance(item, List):
            record.entries[key.literal] = machine.force(item.items[1])
        else:
            record.open = True
    return record


def _assign(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Object.assign(target, …sources)`, which changes and returns the target."""
    target = machine.argument(arguments, 0)
    if not isinstance(target, Record | Instance):
        return target or UNDEFINED
    entries = target.entries if isinstance(target, Record) else target.fields
    for lazy in arguments.positional[1:]:
        merged = Record({})
        spread(machine, merged, machine.force(lazy))
        for key, value in merged.entries.items():
            machine.write(entries, key, value, target.born)
        if merged.open and isinstance(target, Record):
            target.open = True
    return target


def _all(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    return value if isinstance(value, List) else List([], True)


def _race(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    return (
        choice([machine.force(item) for item in value.items]) if isinstance(value, List) and value.items else UNDEFINED
    )


def _promise(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`new Promise((resolve, reject) => …)`: the value is what `resolve` is called with."""
    function = machine.argument(arguments, 0)
    resolved: list[Value] = []

    def resolve(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        resolved.append(machine.argument(inner, 0) or UNDEFINED)
        return UNDEFINED

    if function is not None:
        machine.call(function, (Native("resolve", resolve), Native("reject", _nothing)), arguments)
    return choice(resolved) if resolved else Unknown("what a promise resolves to")


def _nothing(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return UNDEFINED


def _call_back(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`setTimeout(f)`, `queueMicrotask(f)`: the function is called."""
    function = machine.argument(arguments, 0)
    if isinstance(function, Closure):
        machine.call(function, (), arguments)
    return Unknown("a timer")


def _array_from(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    items, uncertain = iterate(machine, machine.argument(arguments, 0) or UNDEFINED)
    function = machine.argument(arguments, 1)
    if isinstance(function, Closure):
        items = [machine.call(function, (item, Constant(n)), arguments) for n, item in enumerate(items)]
    return List(items, uncertain)


def _is_array(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0) or UNDEFINED
    options = value.options if isinstance(value, Choice) else (value,)
    if all(isinstance(one, List) for one in options):
        return Constant(True)
    if all(_is_no_array(one) for one in options):
        return Constant(False)
    return Unknown("whether it is an array", dependencies_of(value))


def _is_no_array(value: Value) -> bool:
    if isinstance(value, Text):
        return not value.parts or any(isinstance(part, str) for part in value.parts)
    return isinstance(value, Constant | Undefined | Record | Closure)


# -- URLs --------------------------------------------------------------------------------------------


def _environment(machine: Machine, name: str, location: Location) -> Value:
    """`process.env.NAME`, `import.meta.env.NAME`."""
    if name in ("NODE_ENV", "MODE", "DEV", "PROD", "SSR"):
        return Unknown(f"the build mode {name}")
    if name == "BASE_URL":
        return Text(("/",), soft=True)
    return machine.environment(name, location.file, location)


def _page(machine: Machine, name: str, location: Location) -> Value:
    """`window.location.origin` and its siblings: known in the browser only."""
    if name in ("origin", "host", "hostname", "protocol", "port", "href"):
        return Unknown(f"location.{name}", environment=f"location.{name}")
    return Unknown(f"location.{name}")


def _window(machine: Machine, name: str, location: Location) -> Value:
    """`window.fetch` is `fetch`, `window.api` what a script made it."""
    return machine.language.shared(machine, name) or machine.symbol(name)


SYMBOLS: Mapping[str, Model] = {
    "String": _text,
    "Number": _constant("a number"),
    "parseInt": _constant("a number"),
    "Boolean": _constant("a truth value"),
    "encodeURIComponent": _text,
    "encodeURI": _text,
    "decodeURIComponent": _text,
    "JSON.stringify": _stringify,
    "JSON.parse": _constant("parsed JSON"),
    "Object.keys": _keys,
    "Object.values": _values,
    "Object.entries": _entries,
    "Object.fromEntries": _from_entries,
    "Object.assign": _assign,
    "Object.freeze": _first,
    "Promise": _promise,
    "Promise.all": _all,
    "Promise.allSettled": _all,
    "Promise.resolve": _first,
    "Promise.race": _race,
    "Promise.any": _race,
    "Array.from": _array_from,
    "Array.isArray": _is_array,
    "setTimeout": _call_back,
    "setInterval": _call_back,
    "queueMicrotask": _call_back,
    "requestAnimationFrame": _call_back,
    "URL": make_url,
    **{kind: make_pairs(kind) for kind in ("URLSearchParams", "FormData", "Headers")},
}

VALUES: Mapping[str, Callable[[Machine, str, Location], Value]] = {
    "process.env": _environment,
    "import.meta.env": _environment,
    "location": _page,
    "document.location": _page,
    "window": _window,
    "globalThis": _window,
    "self": _window,
}
