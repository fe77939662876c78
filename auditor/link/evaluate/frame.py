"""What the machine keeps of a running function and of a module."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.model import form
from auditor.model.value import Lazy, Scope, Site, Value


class OutOfFuel(Exception):
    """The current root took too many steps; what it found so far stands."""


@dataclass(slots=True)
class Frame:
    """A function being evaluated: its names, and the calls through which it was reached.

    `conditions` counts those it runs under; `unsure`: it may yield less or more than `yields`.
    """

    node: form.Function | None
    scope: Scope | None = None
    sites: tuple[Site, ...] = ()
    returns: list[Value] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    loops: int = 0
    conditions: int = 0
    unsure: bool = False


@dataclass(slots=True)
class ModuleState:
    """A module: its names, what it exports, and how far its top level has been evaluated.

    `filled`: a name was put into it from outside that it did not have.
    """

    scope: Scope
    exports: dict[str, Lazy | Value] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    started: bool = False
    done: bool = False
    filled: bool = False
