"""The parts of Python's standard library and of pydantic that decide paths: environment, settings, wraps.

https://docs.python.org/3/library/os.html#os.getenv, https://docs.pydantic.dev/latest/concepts/pydantic_settings/
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.model.finding import Side
from auditor.model.span import Location
from auditor.model.text import softened
from auditor.model.value import (
    FALSE,
    NONE,
    UNDEFINED,
    Arguments,
    Closure,
    Instance,
    Model,
    Native,
    Text,
    Unknown,
    Value,
)
from auditor.model.wrapping import WRAPPED


def _getenv(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`os.getenv(name, default)`: the settings files' value, else the default, softly."""
    name, default = machine.argument(arguments, 0, "key"), machine.argument(arguments, 1, "default")
    if not isinstance(name, Text) or name.literal is None:
        return default if default is not None else Unknown("an environment variable with a computed name")
    found = machine.environment(name.literal, arguments.location.file, arguments.location)
    if default is None or not isinstance(found, Unknown):
        return found
    return softened(default)


def _environ(machine: Machine, name: str, location: Location) -> Value:
    if name == "get":
        return Native("os.environ.get", _getenv)
    return machine.environment(name, location.file, location)


def _field(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Field(default)`, `Field(default_factory=f)`, `field(default=…)`."""
    default = machine.argument(arguments, 0, "default")
    if default is not None:
        return default
    factory = machine.argument(arguments, -1, "default_factory")
    if factory is not None:
        return machine.call(factory, (), arguments)
    return Unknown("a field without a default")


def _identity(position: int = 0) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        return machine.argument(arguments, position) or UNDEFINED

    return model


def _partial(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`functools.partial(f, *args, **kw)`."""
    function, first = machine.argument(arguments, 0), arguments.positional[1:]

    def model(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        return machine.call(function or NONE, (*first, *inner.positional), inner, {**arguments.named, **inner.named})

    return Native("a partial function", model)


def _keep_function(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@lru_cache` and `@lru_cache()`: the decorated function stays what it is."""
    given = machine.argument(arguments, 0)
    if isinstance(given, Closure) and arguments.site is None:
        return given
    return Native("a decorator", _identity())


def _wraps(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@wraps(f)`: the decorated function remembers what it wraps."""
    given = machine.argument(arguments, 0, "wrapped")

    def remember(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        wrapper = machine.argument(inner, 0)
        if isinstance(wrapper, Closure) and given is not None:
            wrapper.attributes = {**(wrapper.attributes or {}), WRAPPED: given}
        return wrapper or UNDEFINED

    return Native("a decorator", remember)


def _read_settings(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if isinstance(this, Instance):
        for name, value in arguments.named.items():
            this.fields[name] = value
    return this or NONE


_KEEPERS = ("functools.lru_cache", "functools.cache", "contextlib.asynccontextmanager",
            "contextlib.contextmanager", "typing.overload", "async_lru.alru_cache")  # fmt: skip

ADAPTER = Adapter(
    id="standard",
    side=Side.BACKEND,
    symbols={
        "os.getenv": _getenv,
        "os.environ.get": _getenv,
        "typing.cast": _identity(1),
        "pydantic.Field": _field,
        "dataclasses.field": _field,
        "functools.partial": _partial,
        "asyncio.run": _identity(),
        "pydantic.BaseModel": _read_settings,
        "pydantic_settings.BaseSettings": _read_settings,
        "pydantic.BaseSettings": _read_settings,
        "functools.wraps": _wraps,
        **dict.fromkeys(_KEEPERS, _keep_function),
    },
    values={"os.environ": _environ},
    instances={
        "os.sep": lambda machine: Text(("/",)),
        "typing.TYPE_CHECKING": lambda machine: FALSE,
        "sys.platform": lambda machine: Text(("linux",)),  # where servers run
    },
    settings=("pydantic_settings.BaseSettings", "pydantic.BaseSettings"),
)
