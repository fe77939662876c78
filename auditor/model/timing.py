"""How long the client keeps what it fetched, and how often it asks again."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.span import Location


def spoken(milliseconds: int) -> str:
    """`300000 ms (5 min)`."""
    seconds, rest = divmod(milliseconds, 1000)
    if rest or seconds < 1:
        return f"{milliseconds} ms"
    return f"{milliseconds} ms ({seconds // 60} min)" if seconds % 60 == 0 else f"{milliseconds} ms ({seconds} s)"


@dataclass(frozen=True, slots=True)
class Timing:
    """A written time in milliseconds. `kind` is "fresh" (a cache answers until then) or "poll"; `default`: it holds
    for every query of the client that says nothing else."""

    kind: str
    milliseconds: int
    default: bool
    location: Location

    @property
    def label(self) -> str:
        """`300000 ms (5 min)`."""
        return spoken(self.milliseconds)


@dataclass(frozen=True, slots=True)
class Poll:
    """A request that is repeated on a timer: the place of the call, the interval, and where that is written."""

    call: Location
    milliseconds: int
    location: Location


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How often a handler says that it should be asked: `meant` are the readings of the number in milliseconds, one
    where the unit is known. `route` is the place of the route, `what` the header, key or field that says it."""

    route: Location
    what: str
    meant: tuple[int, ...]
    location: Location
