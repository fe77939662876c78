"""Environment variables that a frontend reads."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class VariableRead:
    """A variable that the code of one frontend reads, by its places.

    `source` is "import.meta.env" or "process.env". `guarded`: the code is prepared for its absence, by a default or a
    test. `defined`: some file of the project sets or names it. `documented`: most other variables that this frontend
    reads are set by files of the project. `public`: its name says that it is for browsers. `hidden` says why it is
    not there in the browser, "" if it is.
    """

    name: str
    source: str
    frontend: str
    places: tuple[Location, ...]
    guarded: bool
    defined: bool
    documented: bool
    public: bool
    hidden: str
