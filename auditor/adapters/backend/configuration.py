"""Packages that read settings from the environment or a file: python-decouple, django-environ, environs, traitlets.

python-decouple 3.8 (https://github.com/HBNetwork/python-decouple#usage), django-environ 0.9 to 0.12
(https://django-environ.readthedocs.io/en/latest/types.html), environs 9 to 14
(https://github.com/sloria/environs#basic-usage) and traitlets 5
(https://traitlets.readthedocs.io/en/stable/defining_traits.html). A value is that of the project's settings files, else
the default that stands in the code, softly: another environment may have its own. It is turned into what was asked for.

```py
URLS = config("URLS", default="project.urls")  # decouple
env = Env(DEBUG=(bool, False))                 # environ
DEBUG, PREFIX = env("DEBUG"), env.str("PREFIX", default="api/")
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.model.finding import Side
from auditor.model.text import softened
from auditor.model.value import (
    FALSE,
    NONE,
    Arguments,
    Constant,
    Instance,
    List,
    Model,
    Native,
    Symbol,
    Text,
    Unknown,
    Value,
)

_DECOUPLE, _ENVIRON, _ENVIRONS = "decouple.AutoConfig", "environ.Env", "environs.Env"
_TRUE = frozenset({"true", "on", "ok", "y", "yes", "1", "t"})
_TYPED = ("str", "bool", "int", "float", "list", "tuple", "url", "path", "json", "dict", "db", "cache", "bytes")


def _config(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`config("NAME", default=…, cast=bool)`."""
    default = machine.argument(arguments, 1, "default")
    cast = machine.argument(arguments, 2, "cast")
    return _setting(machine, arguments, machine.argument(arguments, 0, "option"), default, _kind(cast))


def _reader(kind: str) -> Model:
    """`AutoConfig()`, `Env(NAME=(type, default))`: remembers the types and defaults it is given."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        scheme = {name: machine.force(value) for name, value in arguments.named.items()}
        return Instance(None, kind, state=scheme, location=arguments.location)

    return model


def _called(position: int) -> Model:
    """`env("NAME", default=…)`: the type and default of the call, else those that the reader was made with."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        name = machine.argument(arguments, 0, "var")
        default, cast = machine.argument(arguments, position, "default"), machine.argument(arguments, -1, "cast")
        scheme = this.state if isinstance(this, Instance) and isinstance(this.state, dict) else {}
        known = scheme.get(name.literal) if isinstance(name, Text) else None
        if isinstance(known, List) and len(known.items) > 1:
            cast, default = cast or machine.force(known.items[0]), default or machine.force(known.items[1])
        elif known is not None:
            cast = cast or known
        return _setting(machine, arguments, name, default, _kind(cast))

    return model


def _typed(kind: str) -> Model:
    """`env.bool("NAME", default=…)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        default = machine.argument(arguments, 1, "default")
        return _setting(machine, arguments, machine.argument(arguments, 0, "var"), default, kind)

    return model


def _trait(default: Value) -> Model:
    """`base_url = Unicode("/")` of a class: its instances have the default, unless a configuration says otherwise."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = machine.argument(arguments, 0, "default_value")
        return softened(given if given is not None else default)

    return model


def _setting(machine: Machine, arguments: Arguments, name: Value | None, default: Value | None, kind: str) -> Value:
    if not isinstance(name, Text) or name.literal is None:
        return Unknown("an environment variable with a computed name")
    found = machine.environment(name.literal, arguments.location.file, arguments.location)
    if isinstance(found, Unknown) and default is not None:
        found = softened(default)
    return _converted(found, kind)


def _converted(value: Value, kind: str) -> Value:
    """A text as the type that was asked for; other values are what they are."""
    if not isinstance(value, Text) or kind in ("", "str", "url", "path"):
        return value
    written = (value.literal or "").strip()
    if value.literal is None:
        return Unknown("a setting that is partly known")
    if kind == "bool":
        return Constant(written.lower() in _TRUE, soft=value.soft)
    if kind == "int" and written.lstrip("-").isdecimal():
        return Constant(int(written), soft=value.soft)
    if kind in ("list", "tuple", "Csv"):
        return List([Text((part.strip(),), value.trail, value.soft) for part in written.split(",") if part.strip()])
    return Unknown(f"a setting that is turned into {kind}")


def _kind(cast: Value | None) -> str:
    """The name of a type: `bool`, `decouple.Csv()`."""
    match cast:
        case None:
            return ""
        case Symbol(name) | Native(name=name):
            return name.rpartition(".")[2]
        case Instance(kind="decouple.Csv"):
            return "Csv"
        case _ if cast == NONE:
            return ""
        case _:
            return "something else"


_TRAITS: dict[str, Value] = {
    **dict.fromkeys(("Unicode", "CUnicode"), Text(())),
    **dict.fromkeys(("Bool", "CBool"), FALSE),
    **dict.fromkeys(("Int", "Integer", "CInt"), Constant(0)),
}
_METHODS: dict[str, Model] = {name: _typed(name) for name in _TYPED}

ADAPTER = Adapter(
    id="configuration",
    side=Side.BACKEND,
    symbols={
        "decouple.config": _config,
        **dict.fromkeys((_DECOUPLE, "decouple.Config"), _reader(_DECOUPLE)),
        **{f"traitlets.{name}": _trait(default) for name, default in _TRAITS.items()},
        "decouple.Csv": lambda machine, arguments, this: Instance(None, "decouple.Csv"),
        **dict.fromkeys((_ENVIRON, "environ.FileAwareEnv"), _reader(_ENVIRON)),
        **dict.fromkeys((_ENVIRONS, "environs.FileAwareEnv"), _reader(_ENVIRONS)),
    },
    methods={
        _DECOUPLE: {"__call__": _config},
        _ENVIRON: {**_METHODS, "__call__": _called(2)},
        _ENVIRONS: {**_METHODS, "__call__": _called(1)},
    },
)
