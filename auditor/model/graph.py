"""The linked project: what the backend serves, what the frontend calls, and how the two meet.

Rules read this and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from auditor.model.auth import Credential
from auditor.model.carried import Carried
from auditor.model.channel import Channel
from auditor.model.commented import CommentedOut
from auditor.model.cors import Cors, DevOrigin
from auditor.model.errors import ErrorBodies, ErrorClass, ErrorRead
from auditor.model.exercise import Exercised, Vacuous
from auditor.model.finding import Confidence, Diagnostic, Evidence, Side, Step, Unresolved
from auditor.model.generated import Stale
from auditor.model.guide import Guide
from auditor.model.kind import Kind as Kind
from auditor.model.operation import Operation
from auditor.model.shape import EnumType, Model, Shape
from auditor.model.span import Location
from auditor.model.timing import Poll, Suggestion, Timing
from auditor.model.variables import VariableRead


@dataclass(frozen=True, slots=True)
class Service:
    """One backend or frontend of the project. `root` is its folder ("." for the audited path itself)."""

    root: str
    side: Side
    framework: str
    entry: str = ""
    package: str = ""
    pairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One method at one path of one backend.

    `path` has `{name}` parameters, converters dropped ("{rest:path}" gives `{rest}` and `tail`),
    the trailing slash as served. `location` is the decorator or registration call. `conditional`
    says under which condition it is served ("" if always). `order` is the registration order in
    its application. `shadowed_by` is the earlier route that answers instead. `converters` names the
    parameters that do not take every value, with their converter: ("user_id", "int"). `strict_slashes`
    is False where the path is served with and without its trailing slash. `page`: it answers with a page for a person
    at a browser, or leads to one.
    """

    kind: Kind
    method: str
    path: str
    location: Location
    handler: str
    framework: str
    service: str
    order: int
    category: str
    tags: tuple[str, ...] = ()
    conditional: str = ""
    tail: bool = False
    in_schema: bool = True
    deprecated: bool = False
    request: Shape | None = None
    response: Shape | None = None
    auth: str = ""
    streams: str = ""
    page: bool = False
    confidence: Confidence = Confidence.HIGH
    provenance: tuple[Step, ...] = ()
    shadowed_by: Location | None = None
    converters: tuple[tuple[str, str], ...] = ()
    strict_slashes: bool = True
    operation: Operation | None = None

    @property
    def label(self) -> str:
        """`GET /users/{id}`, `WS /updates`."""
        return f"{'WS' if self.kind is Kind.WEBSOCKET else self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A route that nearly matches, and why it does not ("method is PUT", "segment 2 is 'user'")."""

    route: Route
    why: str


class Verdict(StrEnum):
    """Why no route serves a call."""

    NO_ROUTE = "no-route"  # nothing is near
    METHOD = "method"  # the path exists, the method does not
    ARITY = "arity"  # the same stem with another number of parameters
    PREFIX = "prefix"  # matches after adding, removing or un-doubling a prefix
    NEAR = "near"  # one segment differs (typo, plural, case)
    TRANSPORT = "transport"  # a WebSocket on an HTTP route, or the reverse


@dataclass(frozen=True, slots=True)
class Matched:
    """Exactly one route answers. `redirect`: only after a trailing-slash redirect."""

    route: Route
    redirect: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several routes may answer, depending on run-time values."""

    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The call and the set of routes are resolved, and none answers."""

    verdict: Verdict
    nearest: tuple[Candidate, ...] = ()
    drift: str = ""  # for PREFIX: what has to change, "remove '/api/v1'"
    answered: bool = True  # for PREFIX: a route answers after the change; else the path is wrong in two ways


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be told, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class External:
    """Another host."""

    host: str


@dataclass(frozen=True, slots=True)
class Own:
    """The frontend's own server: a route handler or a public file."""

    file: str


Target: TypeAlias = Matched | Ambiguous | Missing | Unknown | External | Own


def answering(target: object) -> tuple[Route, ...]:
    """The routes that answer a call, or may: one, several that cannot be told apart, or none."""
    match target:
        case Matched(route):
            return (route,)
        case Ambiguous(routes):
            return routes
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class CallSite:
    """A place in the frontend that sends a request or opens a socket.

    `path` is what the backend sees: base URL resolved, proxies applied, query dropped, run-time
    segments as `{}`. `client` names the sender ("fetch", "axios", "WebSocket"…); `base` names the
    configured client or base URL that calls with one cause share. `type` is the expected response
    type as written, `expects` the same resolved; `sends` the body. `symbol` is the function the
    call stands in; `used` is False where nothing that runs leads to it. `origin` is the written
    "scheme://host:port", "" below the page's own address, "$NAME" from a variable that no file sets,
    "?" where it is not known. `carried` is what the request has besides its path; None where nobody looked.
    `reads` are keys of the answer's body that the code around the call reads, errors included; `reads_below` the paths
    to keys that it reads from parts of it.
    `operation` is what a GraphQL request asks for. `inherited`: it stands in a generic class, in a method that each
    class below has, whether or not anybody calls it there. `diverted`: a proxy of the frontend brings it to a path that
    no route serves, while one serves it as it is sent.
    """

    kind: Kind
    method: str
    path: str
    location: Location
    client: str
    frontend: str
    target: Target
    base: str = ""
    base_location: Location | None = None
    type: str = ""
    expects: Shape | None = None
    sends: Shape | None = None
    carried: Carried | None = None
    reads: tuple[str, ...] = ()
    reads_below: tuple[tuple[str, ...], ...] = ()
    symbol: str = ""
    used: bool = True
    confidence: Confidence = Confidence.HIGH
    provenance: tuple[Step, ...] = ()
    origin: str = ""
    operation: str = ""
    inherited: bool = False
    diverted: Step | None = None

    @property
    def query(self) -> tuple[str, ...]:
        """The names in the query, as far as they are known."""
        return self.carried.query.names if self.carried is not None else ()

    @property
    def label(self) -> str:
        """`GET /users/{}`, `WS /updates`."""
        return f"{'WS' if self.kind is Kind.WEBSOCKET else self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Series:
    """The requests of a function of the frontend, in the order in which it sends them whatever happens, each with the
    place where it does so."""

    location: Location
    steps: tuple[tuple[CallSite, Location], ...]


@dataclass(frozen=True, slots=True)
class RouterDecl:
    """A router with routes of its own that no served application includes.

    `open` gives the reason when it cannot be told (an unresolved include may reach it)."""

    name: str
    location: Location
    routes: tuple[str, ...]
    open: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A request that is sent once for each entry of what another request answered: `location` is the call in the loop
    that leads to `item`, `source` the call that leads to `listing` and gives the list. Both reach one route each."""

    location: Location
    item: CallSite
    item_route: Route
    source: Location
    listing: CallSite
    listing_route: Route


@dataclass(frozen=True, slots=True)
class TypePair:
    """A backend type and the frontend type that stands for it, and why they were paired.

    `backend` and `frontend` are keys of models or enums. `direction` is "response", "request" or
    "both". `evidence` are the places that prove the pair (call, route, field). `used` is False where no
    call that proves it has a caller.
    """

    backend: str
    frontend: str
    reason: str
    direction: str
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    used: bool = True


@dataclass(frozen=True, slots=True)
class ValuePair:
    """Two sets of constants that stand at the same place of a pair: an enum, a literal union, a
    constant default against a literal type.

    `backend` and `frontend` are complete enough to compare only if not `open`. `name_backend` and
    `name_frontend` are for people ("LLMProviderType", "Provider.type"). `unsent` are values that the backend's
    code never names, or names only to leave them out.
    """

    backend: EnumType
    frontend: EnumType
    reason: str
    direction: str
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    used: bool = True
    unsent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UrlLiteral:
    """An absolute URL of a development or private host in shipped source.

    `fallback_of` is the environment variable it is the default of ("" if none). `scheme` is
    "http", "https", "ws" or "wss"; `local` is true for localhost and private addresses.
    """

    text: str
    scheme: str
    host: str
    local: bool
    fallback_of: str
    side: Side
    location: Location
    used_by: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class DeprecatedImport:
    """A module or symbol marked `@deprecated` and the places that still import it."""

    name: str
    message: str
    location: Location
    importers: tuple[Location, ...]
    side: Side


@dataclass(frozen=True, slots=True)
class UndefinedName:
    """A name that the handler of a route reads and nothing defines."""

    name: str
    location: Location
    route: Route


@dataclass(frozen=True, slots=True)
class Stub:
    """A handler that reads nothing of what its route takes (`ignored`) and answers a constant, at `location`.
    `admitted`: its documentation says that it is not done."""

    route: Route
    location: Location
    ignored: tuple[str, ...]
    admitted: bool = False


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Files read and files left out, by reason ("test", "vendored", "generated", "too large"…)."""

    analysed: int
    skipped: Mapping[str, int]


@dataclass(frozen=True)
class ProjectGraph:
    """Everything that is known about the audited project, in a stable order.

    `open_stems` lists path prefixes below which the set of routes is not complete, with the reason;
    "" stands for the whole backend. `complete` is false when a backend or frontend is missing. `reads` are all
    names that code of the frontends reads; None where templates read too, which are not looked at. `documents` are the
    API documents of the project, whether or not they stand for a backend. `guides` are Markdown documents that describe
    how the two sides talk. `exercised` is what tests of either side exercise, `vacuous` are
    test files that name messages and read nothing of the project. `commented` are calls and handlers that stand only
    in comments, `repeats` requests that are sent for each entry of what another one answered, `stale` generated clients
    and documents that say something else than the code, `polls` calls on a timer, `suggestions` how often handlers
    say that they should be asked, `series` the requests that functions of the frontend send one after the other, where
    there is a guide to hold them against.
    `loose` are the keys of the frontend's models of which any field may be null, as the compiler does not check it.
    `filled` are names of fields that the frontend fills in: with the "whole" of an answer, with the "part" of it that
    has the name, with what was "parsed" from a text.
    """

    services: tuple[Service, ...] = ()
    routes: tuple[Route, ...] = ()
    calls: tuple[CallSite, ...] = ()
    routers: tuple[RouterDecl, ...] = ()
    models: Mapping[str, Model] = field(default_factory=dict)
    enums: Mapping[str, EnumType] = field(default_factory=dict)
    pairs: tuple[TypePair, ...] = ()
    values: tuple[ValuePair, ...] = ()
    urls: tuple[UrlLiteral, ...] = ()
    deprecated: tuple[DeprecatedImport, ...] = ()
    open_stems: Mapping[str, str] = field(default_factory=dict)
    unresolved: tuple[Unresolved, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    files: FileCounts = FileCounts(0, {})
    channels: tuple[Channel, ...] = ()
    undefined: tuple[UndefinedName, ...] = ()
    reads: frozenset[str] | None = None
    variables: tuple[VariableRead, ...] = ()
    errors: tuple[ErrorClass, ...] = ()
    error_bodies: ErrorBodies = field(default_factory=ErrorBodies)
    error_reads: tuple[ErrorRead, ...] = ()
    numbers: frozenset[int] = frozenset()
    credentials: tuple[Credential, ...] = ()
    cors: tuple[Cors, ...] = ()
    dev_origins: tuple[DevOrigin, ...] = ()
    stubs: tuple[Stub, ...] = ()
    timings: tuple[Timing, ...] = ()
    documents: tuple[str, ...] = ()
    guides: tuple[Guide, ...] = ()
    exercised: tuple[Exercised, ...] = ()
    vacuous: tuple[Vacuous, ...] = ()
    commented: tuple[CommentedOut, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    stale: tuple[Stale, ...] = ()
    polls: tuple[Poll, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    loose: frozenset[str] = frozenset()
    filled: Mapping[str, frozenset[str]] = field(default_factory=dict)
    series: tuple[Series, ...] = ()

    @cached_property
    def callers(self) -> Mapping[Location, tuple[CallSite, ...]]:
        """Calls by the location of the route they reach, for certain or possibly."""
        found: dict[Location, list[CallSite]] = {}
        for call in self.calls:
            for route in answering(call.target):
                found.setdefault(route.location, []).append(call)
        return {location: tuple(calls) for location, calls in found.items()}

    def callers_of(self, route: Route) -> tuple[CallSite, ...]:
        """Calls that reach this route, for certain or possibly."""
        return tuple(
            call
            for call in self.callers.get(route.location, ())
            if (isinstance(call.target, Matched) and call.target.route.label == route.label)
            or (isinstance(call.target, Ambiguous) and any(r.label == route.label for r in call.target.routes))
        )

    @property
    def backends(self) -> tuple[Service, ...]:
        """The backends that were found."""
        return tuple(service for service in self.services if service.side is Side.BACKEND)

    @property
    def frontends(self) -> tuple[Service, ...]:
        """The frontends that were found."""
        return tuple(service for service in self.services if service.side is Side.FRONTEND)
