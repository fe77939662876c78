"""What a document promises: the flows of its sequence diagrams, its endpoint tables and its HTTP examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from auditor.model.span import Location

Sample: TypeAlias = "Mapping[str, Sample] | tuple[Sample, ...] | str | float | bool | None"
"""A JSON value of an example; what the document leaves out ("…") is None."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in a diagram. `label` is the name that is shown."""

    id: str
    label: str
    line: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """One message of a diagram. `reply` marks dotted lines, `lost` those that end in a cross, `block` the
    blocks it stands in, outermost first ("loop Every 2 seconds"). `opens` and `closes` are activations."""

    source: str
    target: str
    text: str
    line: int
    reply: bool = False
    lost: bool = False
    block: tuple[str, ...] = ()
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of a diagram. `over` are the participants it is about."""

    over: tuple[str, ...]
    text: str
    line: int
    block: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """A sequence diagram. `title` is the heading it stands under. `active` are participants whose activation
    never ends. `problem` is the first line that is none, 0 if all can be read."""

    title: str
    line: int
    participants: tuple[Participant, ...]
    steps: tuple[Arrow | Remark, ...]
    active: tuple[str, ...] = ()
    problem: int = 0

    @property
    def arrows(self) -> tuple[Arrow, ...]:
        """The messages, in order."""
        return tuple(step for step in self.steps if isinstance(step, Arrow))


@dataclass(frozen=True, slots=True)
class PromisedEvent:
    """An event or message that a document says the server sends on a stream. `sample` is its payload, None if
    no payload is shown."""

    name: str
    location: Location
    sample: Sample = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class PromisedCall:
    """A request that a document shows. `origin` is "diagram", "example" or "table". `by_client` is true where the
    diagram says that the user interface sends it. `streams`: the answer is a stream of `events`. `request` and
    `response` are the bodies that are shown, the latter at
    `answered`. `block` are the blocks of the diagram it stands in."""

    method: str
    path: str
    template: str
    location: Location
    origin: str
    flow: str
    by_client: bool = False
    streams: bool = False
    request: Sample = None
    response: Sample = None
    events: tuple[PromisedEvent, ...] = ()
    block: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    answered: Location | None = None

    @property
    def answer_location(self) -> Location:
        """Where the answer is shown, else the request."""
        return self.answered or self.location

    @property
    def label(self) -> str:
        """`POST /api/login`."""
        return f"{self.method} {self.template}"


@dataclass(frozen=True, slots=True)
class PromisedBranch:
    """A branch of a diagram for what goes wrong. `kind` is "timeout", "disconnect" or "failure". `handled` is False
    where no name in the backend's code speaks of it."""

    kind: str
    title: str
    location: Location
    call: PromisedCall | None
    handled: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that a document says is kept: a timeout in milliseconds, or a most of something. `kept` is False
    where the number stands nowhere in the code."""

    number: int
    unit: str
    text: str
    location: Location
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A place where a document disagrees with itself. `check` names the kind of disagreement."""

    check: str
    message: str
    places: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A file of the project that a document cites, and that is not there."""

    file: str
    location: Location


@dataclass(frozen=True)
class Guide:
    """One document that describes how the two sides talk. `written`: `auditor flows` made it of the code, so that the
    order of what its diagrams show means nothing."""

    file: str
    diagrams: tuple[Diagram, ...] = ()
    calls: tuple[PromisedCall, ...] = ()
    branches: tuple[PromisedBranch, ...] = ()
    limits: tuple[Limit, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    gone: tuple[Reference, ...] = field(default=())
    written: bool = False
