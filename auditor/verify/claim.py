"""What a report can claim in a way that the code can answer, and what the answer was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from auditor.model.finding import Side
from auditor.model.span import Location


class Verdict(StrEnum):
    """What the code says to a claim."""

    CONFIRMED = "confirmed"  # it holds
    REFUTED = "refuted"  # the code shows the opposite
    STALE = "stale"  # it is no longer so, or no longer there
    UNCHECKABLE = "not checkable"  # nothing in the code can answer it
    PARTLY = "partly"  # of a section only: some of its claims hold


@dataclass(frozen=True, slots=True)
class Place:
    """A file as the report names it, with lines from 1, both 0 where none are given."""

    file: str
    first: int = 0
    last: int = 0

    @property
    def label(self) -> str:
        """`auth.py:12-20`."""
        if not self.first:
            return self.file
        return f"{self.file}:{self.first}" + (f"-{self.last}" if self.last > self.first else "")


@dataclass(frozen=True, slots=True)
class Cited:
    """A file and lines exist. `names` are identifiers that the sentence says are there."""

    place: Place
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of code stands in a file. `candidates` are the files it may be meant to be from, best first;
    `elided`: the report leaves some of the code out."""

    lines: tuple[str, ...]
    candidates: tuple[Place, ...]
    elided: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """The backend serves a path, or does not. `method` is "" where none is given; `socket` demands a WebSocket."""

    method: str
    path: str
    expected: bool
    socket: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """The frontend requests a path of the backend, or does not."""

    method: str
    path: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Prefix:
    """The backend serves (or the frontend requests) something below a path."""

    path: str
    side: Side


@dataclass(frozen=True, slots=True)
class Mixed:
    """Some requests begin with a path, some do not."""

    path: str


@dataclass(frozen=True, slots=True)
class Member:
    """A type has a field or value, or does not. `side` is "" where the report does not say."""

    owner: str
    name: str
    expected: bool
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """The values of an enumeration, by member name or wire value. `partial`: the report leaves some out.
    Without an owner it is the enumeration that has most of them."""

    owner: str
    values: tuple[str, ...]
    partial: bool
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Values of a type that its counterpart on the other side lacks. `shown` are the counterpart's as quoted."""

    owner: str
    values: tuple[str, ...]
    side: Side
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A name is declared on a side (None: anywhere; in `file` where one is given), or is not."""

    name: str
    side: Side | None
    expected: bool
    file: str = ""


class Unit(StrEnum):
    """What is counted."""

    ROUTES = "routes"
    SOCKETS = "WebSocket routes"
    VALUES = "values"
    TESTS = "tests"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things. `of` is a type's name or a file, "" for the whole project."""

    number: int
    unit: Unit
    of: str
    about: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A file imports another one."""

    importer: str
    imported: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Twice:
    """The same names are declared in two files."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inherited:
    """Some models derive from a base, or (not `some`) some do not."""

    base: str
    some: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A name is bound to a number somewhere. Durations are in milliseconds."""

    name: str
    value: int
    text: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A gap is said to be closed. `names` and `files` are what the report speaks of, `built` what it says was made to
    close it, files and names."""

    names: tuple[str, ...]
    files: tuple[str, ...]
    built: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Importable:
    """A module declares a name that only has to be imported."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A part of a message that a library keeps has these fields. `kind` is its type."""

    kind: str
    fields: tuple[str, ...]


Subject: TypeAlias = (
    Cited | Quoted | Served | Called | Prefix | Mixed | Member | Members | Unmatched | Declared | Counted | Imported
    | Twice | Inherited | Setting | Resolved | Importable | Carried
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim at one line of the report, in the report's words. `central` claims say what the section is
    about; the others (quotes, places) support it."""

    line: int
    text: str
    subject: Subject
    central: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A place in the code and what is there."""

    location: Location
    what: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the code says: a verdict, the reason in a sentence, and the places."""

    verdict: Verdict
    reason: str
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its answer."""

    claim: Claim
    answer: Answer


@dataclass(frozen=True, slots=True)
class CheckedSection:
    """The claims below one heading and what they come to together."""

    title: str
    line: int
    verdict: Verdict
    claims: tuple[Checked, ...]
