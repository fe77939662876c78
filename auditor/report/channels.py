"""Which WebSocket and event stream routes have clients, and which clients have routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.model.graph import (
    Ambiguous,
    CallSite,
    Candidate,
    External,
    Kind,
    Matched,
    Missing,
    Own,
    ProjectGraph,
    Route,
    Unknown,
    Verdict,
)
from auditor.report.coverage import may_reach

_CHANNELS = (Kind.WEBSOCKET, Kind.SSE)


class ChannelStatus(StrEnum):
    """How a channel's two ends meet."""

    CONNECTED = "connected"
    POSSIBLE = "possibly connected"  # by clients whose target could not be told
    UNUSED = "no client"
    TRANSPORT = "transport mismatch"  # opened with the wrong protocol
    MISSING = "no route"
    UNKNOWN = "unknown"  # a client whose target could not be told


@dataclass(frozen=True, slots=True)
class Channel:
    """A row of the channel table: a route with its clients, or clients of one path without a route."""

    kind: Kind
    path: str
    status: ChannelStatus
    route: Route | None
    clients: tuple[CallSite, ...]


def channel_table(graph: ProjectGraph) -> tuple[Channel, ...]:
    """Served channels by transport and path, then clients that reach none, by transport and path.

    Clients of the frontend's own server and of other hosts are left out.
    """
    served = [_served(graph, route) for route in graph.routes if route.kind in _CHANNELS]
    shown = frozenset(call.location for row in served for call in row.clients)
    return (*sorted(served, key=_order), *sorted(_unserved(graph, shown), key=_order))


def _served(graph: ProjectGraph, route: Route) -> Channel:
    certain = tuple(call for call in graph.callers_of(route) if isinstance(call.target, Matched))
    if certain:
        return Channel(route.kind, route.path, ChannelStatus.CONNECTED, route, certain)
    wrong = tuple(call for call in graph.calls if _opens_wrongly(call, route))
    if wrong:
        return Channel(route.kind, route.path, ChannelStatus.TRANSPORT, route, wrong)
    vague = tuple(call for call in graph.calls if _may_open(call, route))
    status = ChannelStatus.POSSIBLE if vague else ChannelStatus.UNUSED
    return Channel(route.kind, route.path, status, route, vague)


def _unserved(graph: ProjectGraph, shown: frozenset[object]) -> Iterator[Channel]:
    groups: dict[tuple[Kind, str, ChannelStatus], list[CallSite]] = {}
    for call in graph.calls:
        if call.kind not in _CHANNELS or call.location in shown:
            continue
        match call.target:
            case Missing(Verdict.TRANSPORT):
                groups.setdefault((call.kind, call.path, ChannelStatus.TRANSPORT), []).append(call)
            case Missing():
                groups.setdefault((call.kind, call.path, ChannelStatus.MISSING), []).append(call)
            case Unknown():
                groups.setdefault((call.kind, call.path, ChannelStatus.UNKNOWN), []).append(call)
            case Matched() | Ambiguous() | External() | Own():
                continue
    for (kind, path, status), calls in groups.items():
        yield Channel(kind, path, status, None, tuple(calls))


def _opens_wrongly(call: CallSite, route: Route) -> bool:
    match call.target:
        case Missing(Verdict.TRANSPORT, (Candidate(nearest), *_)):
            return nearest.label == route.label and nearest.location == route.location
        case _:
            return False


def _may_open(call: CallSite, route: Route) -> bool:
    match call.target:
        case Ambiguous(routes):
            return any(one.label == route.label and one.location == route.location for one in routes)
        case Unknown():
            same = call.kind is route.kind or Kind.WEBSOCKET not in (call.kind, route.kind)
            return same and may_reach(call, route)
        case _:
            return False


def _order(row: Channel) -> tuple[int, str, str, str]:
    place = row.route.location if row.route else row.clients[0].location
    return _CHANNELS.index(row.kind), row.path, row.status, f"{place.file}:{place.line:09}"
