"""What was generated from a backend's schema and no longer says what its code does."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.finding import Side
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Unserved:
    """An operation that was generated and that no route serves. `nearest` is the route that comes next, "" for none,
    at `near`: where it, or the first route of the backend, stands."""

    label: str
    location: Location
    nearest: str
    near: Location


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A generated type and the model that it was generated from, at `source`: `gone` are fields that only the type has,
    `new` those that only the model has, by their names on the wire."""

    name: str
    location: Location
    source: Location
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A generated client (a file, or a folder of them) or a document, `operations` many. `lacking` are routes of the
    schema that it does not have; empty where it was not made of the whole schema. `first` is its first operation or
    type."""

    name: str
    side: Side
    operations: int
    first: Location
    unserved: tuple[Unserved, ...]
    lacking: tuple[tuple[str, Location], ...]
    redrawn: tuple[Redrawn, ...] = ()
