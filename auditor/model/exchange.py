"""Calls beside the routes that answer them: what is demanded and not sent, what is sent and not taken.

Only what is closed on both sides is told: a name that may be there is there, a name that may be taken is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.carried import NO_KEYS, Body, Carried, Keys, united
from auditor.model.finding import Evidence, Side
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.model.operation import Operation, Part, Taken
from auditor.model.shape import FieldType, Inline, OneOf, Ref, Scalar, Shape, UnknownShape
from auditor.model.span import Location

_ADDED = """
    accept accept-encoding accept-language authorization connection content-length content-type cookie host origin
    referer user-agent if-none-match if-modified-since range
"""
_OF_BROWSERS = frozenset(_ADDED.split())
"""Headers that browsers add by themselves, or that other rules look at."""
_OF_PROXIES = ("x-forwarded-", "x-real-ip", "x-request-id", "forwarded", "cf-", "x-amz", "x-cloud-trace", "traceparent")
_PAGES = frozenset(("page", "page_number", "pagenumber", "page_no", "pageno", "page_index", "pageindex"))
_OFFSETS = frozenset(("offset", "skip", "start", "from"))
_SIZES = frozenset(("size", "limit", "per_page", "perpage", "page_size", "pagesize", "count", "take", "items_per_page"))


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call and the one route that answers it.

    `beside` are the keys of the query that the place sends with other paths it may ask for: which goes with which is
    not told apart there.
    """

    call: CallSite
    route: Route
    operation: Operation
    carried: Carried
    beside: Keys = NO_KEYS

    @property
    def sent(self) -> Evidence:
        """The call with what it carries."""
        return Evidence(Side.FRONTEND, self.call.location, f"{self.call.label} {self.carried.short}".rstrip())

    @property
    def takes_more(self) -> bool:
        """Whether the route may take parameters that are not listed."""
        operation = self.operation
        keyed = any(name == "APIKeyQuery" for name, _ in operation.security)
        return bool(operation.unknown) or operation.reads or keyed or self.route.tail

    def of(self, place: str) -> tuple[Taken, ...]:
        """The parameters of the route at one place."""
        return tuple(one for one in self.operation.parameters if one.place == place)

    def missing_parameters(self) -> tuple[Taken, ...]:
        """Parameters of the query, and headers, that the route demands and the call never sends."""
        query, headers = self.carried.query, self.carried.headers
        found: list[Taken] = []
        if query.closed and self.beside.closed:
            sent = {_plain(name) for name in (*query.names, *self.beside.names)}
            found += [one for one in self.of("query") if one.required and _plain(one.name) not in sent]
        if headers.closed:
            found += [
                one
                for one in self.of("header")
                if one.required and one.name.lower() not in {*headers.names, *_OF_BROWSERS}
                and not one.name.lower().startswith(_OF_PROXIES)
            ]  # fmt: skip
        return tuple(found)

    def unknown_parameters(self) -> tuple[str, ...]:
        """Names in the query that the route does not read."""
        query = self.carried.query
        if self.takes_more or not query.closed:
            return ()
        taken = {_plain(one.name) for one in self.of("query")}
        return tuple(name for name in query.names if _plain(name) not in taken)

    def pagination(self) -> tuple[str, str] | None:
        """What the call counts by and what the route counts by ("page", "offset"), where one is not the other."""
        unknown = [name for name in self.unknown_parameters() if _style(name)]
        sent = {style: name for name in unknown if (style := _style(name))}
        taken = {style: one.name for one in self.of("query") if (style := _style(one.name))}
        if "page" in sent and "page" not in taken and "offset" in taken:
            return sent["page"], taken["offset"]
        if "offset" in sent and "offset" not in taken and "page" in taken:
            return sent["offset"], taken["page"]
        if "size" in sent and "size" in taken and sent["size"].lower() != taken["size"].lower():
            return sent["size"], taken["size"]
        return None

    @property
    def written(self) -> bool:
        """Whether the body is put together at the call, so that no declared type says what it is."""
        return not isinstance(self.call.sends, Ref)

    def missing_fields(self, graph: ProjectGraph) -> tuple[tuple[str, Location], ...]:
        """Fields of the body that the route demands and the call never sends, with their places."""
        body, spread = self.carried.body, self.call.sends
        declared = spread.fields if isinstance(spread, Inline) and not spread.open else ()
        if body is None or not (body.keys.closed or declared) or not self.operation.body:
            return ()
        fields = _fields(graph, self.operation.body, body)
        if fields is None:
            return ()
        sent = {_plain(name) for name in body.keys.names}
        if declared:  # in another case it may be converted on the way
            sent |= {field.wire for field in declared}
            spoken = {_unspelled(name) for name in sent}
            fields = [one for one in fields if spoken.isdisjoint(map(_unspelled, one[0]))]
        return tuple((names[0], place) for names, required, place in fields if required and sent.isdisjoint(names))

    def unknown_fields(self, graph: ProjectGraph) -> tuple[str, ...]:
        """Fields of the body that the route does not know."""
        body = self.carried.body
        if body is None or not body.keys.closed or not self.operation.body or self.takes_more:
            return ()
        if any(_is_open(graph, part.shape) for part in self.operation.body):
            return ()
        fields = _fields(graph, self.operation.body, body)
        if fields is None:
            return ()
        known = {name for names, _, _ in fields for name in names}
        return tuple(name for name in body.keys.names if _plain(name) not in known)


def exchanges(graph: ProjectGraph) -> Iterator[Exchange]:
    """The calls of which both sides are known, by place."""
    beside: dict[tuple[Location, str], list[Keys]] = {}
    for call in graph.calls:
        if call.carried is not None:
            beside.setdefault((call.location, call.method), []).append(call.carried.query)
    for call in graph.calls:
        if not isinstance(call.target, Matched) or call.carried is None:
            continue
        route = call.target.route
        if route.operation is not None:
            others = united(beside[call.location, call.method])
            yield Exchange(call, route, route.operation, call.carried, others)


def _unspelled(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _plain(name: str) -> str:
    """`ids[]` and `ids[0]` are further values of `ids`."""
    return name.partition("[")[0] or name


def _style(name: str) -> str:
    lower = name.lower()
    if lower in _PAGES:
        return "page"
    if lower in _OFFSETS:
        return "offset"
    return "size" if lower in _SIZES else ""


def _fields(
    graph: ProjectGraph, parts: tuple[Part, ...], body: Body
) -> list[tuple[tuple[str, ...], bool, Location]] | None:
    """The names under which each field may be sent, whether it has to be, and its place; None where it is not known."""
    if any(isinstance(part.shape, UnknownShape) for part in parts):
        return None
    kinds = {part.kind for part in parts}
    if kinds == {"json"}:
        if body.kind not in ("json", ""):
            return None
        if len(parts) == 1 and not parts[0].embedded:
            inner = _inner(graph, parts[0].shape)
            if inner is None or (not parts[0].required and body.may_be_missing):
                return None
            return [(tuple(dict.fromkeys((one.wire, one.name))), one.required, one.location) for one in inner]
    elif "json" in kinds or body.kind not in ("form", "urlencoded"):
        return None
    return [((part.name,), part.required, part.location) for part in parts]


def _inner(graph: ProjectGraph, shape: Shape) -> tuple[FieldType, ...] | None:
    match shape:
        case Ref(key) if key in graph.models:
            return graph.models[key].fields
        case Inline(fields):
            return fields
        case OneOf(options):
            kept = [option for option in options if option != Scalar("null")]
            return _inner(graph, kept[0]) if len(kept) == 1 else None
        case _:
            return None


def _is_open(graph: ProjectGraph, shape: Shape) -> bool:
    match shape:
        case Ref(key) if key in graph.models:
            return graph.models[key].open
        case Inline(open=is_open):
            return is_open
        case OneOf(options):
            return any(_is_open(graph, option) for option in options if option != Scalar("null"))
        case Scalar():
            return False
        case _:
            return True
