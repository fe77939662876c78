"""Which flows the frontend runs against the backend, found in code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.guide.polling import polled
from auditor.model.channel import Channel
from auditor.model.facts import FileFacts
from auditor.model.graph import CallSite, Kind, Matched, ProjectGraph, Route
from auditor.model.segments import is_generic, is_hole, segments

_SIGNING: Sequence[tuple[frozenset[str], frozenset[str]]] = (
    (frozenset({"register", "signup", "registration"}), frozenset({"POST"})),
    (frozenset({"login", "signin", "token", "accesstoken", "authenticate"}), frozenset({"POST"})),
    (frozenset({"refresh", "refreshtoken", "tokenrefresh"}), frozenset({"POST", "GET"})),
    (frozenset({"me", "self", "whoami", "currentuser"}), frozenset({"GET"})),
    (frozenset({"logout", "signout", "revoke"}), frozenset({"POST", "GET", "DELETE"})),
)
"""The steps of signing in: last words of paths, without what separates words, and methods."""

_PERSONS = frozenset({"user", "users", "auth", "account", "accounts", "session", "sessions"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request with the route that answers. `channel` is set where the answer is a stream or a socket; `polled` is
    how often it is repeated in milliseconds, 0 if the interval is not constant, None if it is not."""

    route: Route
    call: CallSite
    channel: Channel | None = None
    polled: int | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A named sequence of exchanges."""

    title: str
    exchanges: tuple[Exchange, ...]


def flows_of(graph: ProjectGraph, facts: Mapping[str, FileFacts]) -> tuple[Flow, ...]:
    """Signing in, what is created and then streamed, what is polled, then every other request by category.

    Only requests that reach exactly one route; each route is shown once per flow, in the order of its path.
    """
    exchanges = _exchanges(graph, facts)
    flows: list[Flow] = []
    signing = sorted(
        (one for one in exchanges if _signing(one.route) >= 0), key=lambda one: (_signing(one.route), _key(one))
    )
    if any(one.route.method == "POST" for one in signing):
        flows.append(Flow("Signing in", tuple(signing)))
    else:
        signing = []
    streams = [one for one in exchanges if one.channel is not None]
    for stream in streams:
        maker = _creator(stream, exchanges)
        flows.append(Flow(_stream_title(stream, maker), (maker, stream) if maker else (stream,)))
    polls = [one for one in exchanges if one.polled is not None and one.channel is None]
    for poll in polls:
        starter = _creator(poll, exchanges)
        flows.append(Flow(f"Polling {poll.route.path}", (starter, poll) if starter else (poll,)))
    shown = {_key(one) for flow in flows for one in flow.exchanges}
    rest = [one for one in exchanges if _key(one) not in shown]
    flows += [
        Flow(f"Requests: {category or 'other'}", tuple(one for one in rest if one.route.category == category))
        for category in sorted({one.route.category for one in rest})
    ]
    return tuple(flows)


def _exchanges(graph: ProjectGraph, facts: Mapping[str, FileFacts]) -> list[Exchange]:
    channels = {(one.route, one.path): one for one in graph.channels if one.route is not None}
    found: dict[tuple[str, str], Exchange] = {}
    for call, route in _reached(graph):
        intervals = polled(facts, call.location)
        exchange = Exchange(
            route, call, channels.get((route.location, route.path)) if _streams(route) else None, intervals
        )
        known = found.get(_key(exchange))
        if known is None or (known.polled is None and intervals is not None):
            found[_key(exchange)] = exchange
    return [found[key] for key in sorted(found)]


def _reached(graph: ProjectGraph) -> Iterator[tuple[CallSite, Route]]:
    for call in graph.calls:
        if isinstance(call.target, Matched) and (call.used or _streams(call.target.route)):
            yield call, call.target.route


def _streams(route: Route) -> bool:
    return route.kind in (Kind.SSE, Kind.WEBSOCKET) or bool(route.streams)


def _key(one: Exchange) -> tuple[str, str]:
    return one.route.path, "WS" if one.route.kind is Kind.WEBSOCKET else one.route.method


def _signing(route: Route) -> int:
    """The place of a route among the steps of signing in, -1 if it is none."""
    parts = [part for part in segments(route.path) if not is_hole(part)]
    last = parts[-1].casefold().replace("-", "").replace("_", "") if parts else ""
    if route.kind is not Kind.HTTP or is_hole(segments(route.path)[-1] if parts else "{}"):
        return -1
    if last in ("me", "self") and len(parts) > 1 and not (is_generic(parts[-2]) or parts[-2].casefold() in _PERSONS):
        return -1
    return next(
        (step for step, (names, methods) in enumerate(_SIGNING) if last in names and route.method in methods), -1
    )


def _creator(one: Exchange, exchanges: Sequence[Exchange]) -> Exchange | None:
    """The request that makes what is streamed or polled: a POST on the same resource, the nearest path first."""
    mine = [part for part in segments(one.route.path) if not is_generic(part)]
    best: tuple[int, Exchange] | None = None
    for other in exchanges:
        theirs = [part for part in segments(other.route.path) if not is_generic(part)]
        common = 0
        for left, right in zip(mine, theirs, strict=False):
            if left != right:
                break
            common += not is_hole(left)
        if other is one or other.route.method != "POST" or other.channel is not None or not common:
            continue
        if best is None or common > best[0]:
            best = common, other
    return best[1] if best else None


def _stream_title(stream: Exchange, maker: Exchange | None) -> str:
    what = "Socket" if stream.route.kind is Kind.WEBSOCKET else "Stream"
    return f"{what} {stream.route.path}" + (" after creation" if maker else "")
