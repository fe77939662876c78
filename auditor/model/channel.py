"""What travels on a channel: the messages that each side sends and handles, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.finding import Side
from auditor.model.kind import Kind
from auditor.model.protocol import Protocol
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Message:
    """One place where a message is sent or handled.

    `type` is the value of the discriminator `key` ("type", "data.kind", or "event" for the name of an
    event in an event stream). `fields` are the keys that are sent or read here, complete unless
    `more`. `echoed`: the text stands somewhere in the code of the other side. `frame` is the constant text
    before the payload ("data: ", "event: done\\ndata: ").
    """

    type: str
    key: str
    location: Location
    fields: tuple[str, ...] = ()
    more: bool = True
    frame: str = ""
    echoed: bool = False


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages that one side of a channel sends, or handles, by type and place.

    `open` says why there may be more ("frames are handed to controller.enqueue"); without a reason
    the set is complete. `falls` is where a chain of comparisons begins behind which a message of any other type is
    dropped without a word.
    """

    entries: tuple[Message, ...] = ()
    open: tuple[str, ...] = ()
    falls: Location | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """The types, sorted, each once."""
        return tuple(sorted({entry.type for entry in self.entries}))

    @property
    def is_closed(self) -> bool:
        """Whether nothing else can be sent or handled."""
        return not self.open


@dataclass(frozen=True, slots=True)
class Parsed:
    """A model that received data is parsed with, and the place."""

    model: str
    location: Location


@dataclass(frozen=True, slots=True)
class Told:
    """A model that the code behind a handler tells apart by its class, and where. `certain`: every call on the way
    there could be followed."""

    model: str
    location: Location
    certain: bool


@dataclass(frozen=True, slots=True)
class Branches:
    """A place that tells the parts of a library's messages, or their states, apart.

    `about` is "part" or "state", `known` are the constants it compares `subject` with, `prefixes` the beginnings.
    `otherwise`: it does something for all others. `only` are states that are looked at for one value of a flag
    alone ("approved is false"). `made` are parts that the same side writes itself.
    """

    side: Side
    about: str
    subject: str
    location: Location
    known: tuple[tuple[str, Location], ...]
    prefixes: tuple[str, ...] = ()
    otherwise: bool = False
    only: tuple[tuple[str, str], ...] = ()
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A field of a message that the copy made of it at `location` lacks, and that is read of the copy. `kind` is the
    type of the message or of the part of a library's history, `sender` sends the field."""

    kind: str
    field: str
    location: Location
    reader: Location
    sender: Message


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A field with the version of a message, which the backend reads at `location` and only logs."""

    field: str
    location: Location


@dataclass(frozen=True, slots=True)
class Abandoned:
    """A class that opens a socket and closes it in `method`, at `location`, which nothing calls. `built` is a place
    that makes an object of it whenever a component is drawn."""

    owner: str
    method: str
    location: Location
    opened: Location
    built: Location


@dataclass(frozen=True, slots=True)
class Pending:
    """A table of promises, filled at `location`, that only the handler of a message answers (at `answer`) which nobody
    sends. `counterpart` is what is sent instead."""

    label: str
    location: Location
    answer: Location
    handler: Message
    counterpart: Message


@dataclass(frozen=True, slots=True)
class Swallowed:
    """A stretch of a handler, from its first to its last line, whose exceptions end at `location`: nobody but a log
    hears of them."""

    location: Location
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A time after which a side gives a stream up, in milliseconds, and where it is written."""

    milliseconds: int
    location: Location

    @property
    def label(self) -> str:
        """`30 s`, `1500 ms`."""
        seconds, rest = divmod(self.milliseconds, 1000)
        return f"{self.milliseconds} ms" if rest else f"{seconds} s"


@dataclass(frozen=True, slots=True)
class Channel:
    """A transport and an endpoint, with what each side says and understands.

    `route` is where the backend serves it, `clients` where the frontend opens it. `certain` is false
    where the two ends were put together because nothing else can be meant. `accepted` are the
    beginnings that the client demands of a text frame ("data: "), empty if it demands none. `protocol`
    is what a library of the client handles by itself. `parsed` are the models that the backend makes
    of what comes in. `unguarded` are listeners to "error" that parse the event's data as if there were
    any. `unclosed` are the places where a component opens the connection when it appears, and nothing closes it.
    `branches` are where the project's own code tells parts and states of `protocol` apart. `misnamed` are names in the
    documentation of the handler, which stands at `handler`, that look like its messages and are none. `told` are the
    models that the backend tells apart by their class, where it makes models of what comes in. `dropped` are fields
    that the frontend loses where it builds an object anew, `unchecked` versions that the backend reads and only logs,
    `abandoned` objects of the frontend that nobody tells to close their socket. `pending_backend` and
    `pending_frontend` are the promises of each side that only a dead handler answers, `swallowed` the stretches of the
    handler whose exceptions nobody hears of. `awaited` are the messages at which alone the client closes an event
    stream, `silent_ends` are where the backend ends it after none of them. `lifetimes` are the times after which
    clients give a stream up whatever comes in, `waits` how long the backend waits for what it streams next.
    """

    kind: Kind
    path: str
    route: Location | None
    clients: tuple[Location, ...]
    backend_sends: Messages = Messages()
    backend_handles: Messages = Messages()
    frontend_sends: Messages = Messages()
    frontend_handles: Messages = Messages()
    certain: bool = True
    accepted: tuple[str, ...] = ()
    protocol: Protocol | None = None
    parsed: tuple[Parsed, ...] = ()
    unguarded: tuple[Location, ...] = ()
    unclosed: tuple[Location, ...] = ()
    branches: tuple[Branches, ...] = ()
    misnamed: tuple[str, ...] = ()
    handler: Location | None = None
    told: tuple[Told, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    abandoned: tuple[Abandoned, ...] = ()
    pending_backend: tuple[Pending, ...] = ()
    pending_frontend: tuple[Pending, ...] = ()
    swallowed: tuple[Swallowed, ...] = ()
    awaited: tuple[Message, ...] = ()
    silent_ends: tuple[Location, ...] = ()
    lifetimes: tuple[Limit, ...] = ()
    waits: tuple[Limit, ...] = ()

    @property
    def label(self) -> str:
        """`WS /live`, `SSE /stream`, `STREAM /lines`."""
        names = {Kind.WEBSOCKET: "WS", Kind.SSE: "SSE"}
        return f"{names.get(self.kind, 'STREAM')} {self.path}"
