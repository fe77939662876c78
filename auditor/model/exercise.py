"""What tests exercise: evidence for people, never a gap by itself."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Exercised:
    """A route, by its label and location, or a message type that a test names, and the first place. `how` is "request"
    where the test sends one, "handler" where it calls the handler, "message" where it makes or expects one."""

    what: str
    route: Location | None
    how: str
    place: Location


@dataclass(frozen=True, slots=True)
class Vacuous:
    """A test file that names message types and reads nothing of the project. `place` is its first test, `tests` how
    many it has."""

    place: Location
    tests: int
    types: tuple[str, ...]
