"""What a value may come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from auditor.link.channels.tables import Scope
from auditor.model import form
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Const:
    """A constant text."""

    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class Made:
    """An object, list, template or sum as written."""

    node: form.Object | form.Array | form.Template | form.Binary
    scope: Scope


@dataclass(frozen=True, slots=True)
class Each:
    """What gives this value when it is iterated over: a generator that yields it."""

    made: Made


@dataclass(frozen=True, slots=True)
class Code:
    """A function."""

    node: form.Function
    scope: Scope


@dataclass(frozen=True, slots=True)
class Type:
    """A class or a TypeScript enum."""

    node: form.Class | form.Enum
    file: str


@dataclass(frozen=True, slots=True)
class Built:
    """An instance of a class; `call` is where it was made, None for `self`."""

    node: form.Class
    file: str
    call: form.Call | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Socket:
    """An open connection of a channel. `key` names the channel."""

    key: str


@dataclass(frozen=True, slots=True)
class Event:
    """The event object that a client's listener is given. `name`: the event it was registered for."""

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """The text or bytes that came in on a channel, before they are parsed."""

    key: str


@dataclass(frozen=True, slots=True)
class Received:
    """What came in on a channel, or what stands below `path` in it. `sure` is false for what is only declared to be of
    the type that came in."""

    key: str
    path: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Declared:
    """Something with members of these types."""

    shape: form.Shape
    file: str


@dataclass(frozen=True, slots=True)
class Store:
    """A queue, known by the place that makes it: what is put in comes out, whoever does either."""

    place: Location


@dataclass(frozen=True, slots=True)
class Setter:
    """What sets a state of a component; `scope` is where the state is declared, `state` its name."""

    scope: Scope
    state: str


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the project."""

    file: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be told. `foreign`: it comes from outside of the project: a global, a package, or what these make."""

    reason: str
    foreign: bool = False


ANY_SERVER = "socket.io"
"""The key of what may be any Socket.IO server of the project."""

MADE = f"{ANY_SERVER}:"
"""The key of a Socket.IO server or client is the place that makes it; "@" and the place of the instance follow
where that place is in a class."""


Origin: TypeAlias = (
    Const
    | Made
    | Each
    | Code
    | Type
    | Built
    | Socket
    | Event
    | Raw
    | Received
    | Declared
    | Store
    | Setter
    | Module
    | Unknown
)
Found: TypeAlias = tuple[Origin, ...]


def once(found: Iterable[Origin]) -> Found:
    """Each origin once, in order."""
    return tuple(dict.fromkeys(found))
