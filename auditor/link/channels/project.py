"""The channels of a project: routes and clients put together, with what travels between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from auditor.link.channels.backend import Backend, key_of
from auditor.link.channels.branches import branches
from auditor.link.channels.defaults import falling_through
from auditor.link.channels.described import misnamed
from auditor.link.channels.frontend import Frontend
from auditor.link.channels.handling import Handled
from auditor.link.channels.index import index_of
from auditor.link.channels.payloads import KEYS, Sent
from auditor.link.channels.pending import pending
from auditor.link.channels.protocols import spoken
from auditor.link.channels.rebuilt import copies, rebuilt
from auditor.link.channels.socketio_channels import socketio_channels
from auditor.link.channels.standalone import socket_servers
from auditor.link.channels.swallowing import swallowed
from auditor.link.channels.tables import Index
from auditor.link.channels.told import told_apart
from auditor.link.modules.python import PythonModules
from auditor.link.modules.symbols import Symbols
from auditor.model import form
from auditor.model.channel import Branches, Channel, Message, Messages, Parsed
from auditor.model.conversation import unanswered
from auditor.model.facts import FileFacts
from auditor.model.finding import Side
from auditor.model.graph import Ambiguous, CallSite, Kind, Matched, Route, Unknown
from auditor.model.shape import Ref
from auditor.model.span import Location

_STREAMS = (Kind.WEBSOCKET, Kind.SSE)


@dataclass(frozen=True, slots=True)
class Indexes:
    """The tables of both sides."""

    python: Index
    typescript: Index


def indexed(facts: Mapping[str, FileFacts]) -> Indexes:
    """The tables that channels are looked up in, which need neither routes nor calls."""
    return Indexes(index_of(facts, python=True), index_of(facts, python=False))


def channels_of(
    indexes: Indexes,
    facts: Mapping[str, FileFacts],
    texts: Mapping[str, str],
    symbols: Symbols,
    modules: PythonModules,
    routes: Sequence[Route],
    calls: Sequence[CallSite],
) -> tuple[Channel, ...]:
    """Every WebSocket and event stream that the backend serves, by transport and path."""
    served = [route for route in routes if _is_channel(route) and route.shadowed_by is None]
    beside = socket_servers(facts, modules)
    if not served and not beside and not _speaks_socketio(facts):
        return ()
    opening = [call for call in calls if call.kind in _STREAMS or _streams(call, served)]
    backend = Backend(indexes.python, symbols, modules, [*served, *beside])
    frontend = Frontend(indexes.typescript, symbols, opening)
    found = [_channel(route, served, opening, backend, frontend) for route in served]
    found = [_described(route, one, backend, frontend) for route, one in zip(served, found, strict=True)]
    found += (_beside(route, opening, backend, frontend) for route in beside)
    found = [channel for channel in found if channel.kind is not Kind.HTTP or _tells(channel)]
    found = [_with_protocol(channel, facts, texts) for channel in found]
    found = _with_branches(found, backend, frontend)
    copied = copies(frontend.origins) if any(one.clients for one in found) else ()
    found = [replace(one, dropped=rebuilt(frontend.origins, one, copied)) for one in found]
    found = [_with_pending(one, backend, frontend) for one in found]
    others = socketio_channels(backend.origins, frontend.origins, frontend.opened, calls)
    found += (_both_echoed(one, backend, frontend) for one in others)
    return tuple(sorted(found, key=lambda channel: (channel.kind, channel.path, channel.route or ())))


def _described(route: Route, channel: Channel, backend: Backend, frontend: Frontend) -> Channel:
    """With what the documentation of its handler says wrongly, and what the code behind it tells apart."""
    handler = backend.handler_of(route)
    names = misnamed(channel, handler, backend.index.written | frontend.index.written)
    if handler is None:
        return channel
    place = Location(backend.index.scopes[handler].file, handler.span)
    told = told_apart(backend.origins, handler) if channel.parsed else ()
    silent = swallowed(handler, place.file)
    ends = backend.silent_ends(route, [one.type for one in channel.awaited])
    waiting = backend.waits(route) if channel.lifetimes else ()
    return replace(channel, misnamed=names, handler=place, told=told, swallowed=silent, silent_ends=ends, waits=waiting)


def _beside(route: Route, calls: Sequence[CallSite], backend: Backend, frontend: Frontend) -> Channel:
    """The channel of a server without paths: its clients are those that say or understand what it does."""
    alone = _channel(route, [route], [], backend, frontend)
    ours = {*alone.backend_sends.types, *alone.backend_handles.types} - {""}
    clients: list[CallSite] = []
    for call in calls:
        keys = frontend.keys(call) if call.kind is Kind.WEBSOCKET and not isinstance(call.target, Matched) else []
        theirs = {one.type for key in keys for one in (*frontend.handled(key).messages, *frontend.said(key).messages)}
        if theirs & ours:
            clients.append(call)
    return _channel(route, [route], clients, backend, frontend, clients) if clients else alone


def _is_channel(route: Route) -> bool:
    """Sockets, event streams, and responses in pieces, which may be messages line by line."""
    return route.kind in _STREAMS or (route.kind is Kind.HTTP and route.streams in ("ndjson", "raw"))


def _tells(channel: Channel) -> bool:
    return any(one.key for one in channel.backend_sends.entries)


def _streams(call: CallSite, served: Sequence[Route]) -> bool:
    return isinstance(call.target, Matched) and any(call.target.route == route for route in served)


def _channel(
    route: Route,
    served: Sequence[Route],
    calls: Sequence[CallSite],
    backend: Backend,
    frontend: Frontend,
    likely: Sequence[CallSite] = (),
) -> Channel:
    clients, certain = (list(likely), False) if likely else _clients(route, served, calls)
    keys = [key for call in clients for key in frontend.keys(call)]
    key = key_of(route)
    sends = backend.sent.get(key, Sent())
    handles = backend.handled(key)
    unseen = () if len(keys) == len(clients) and clients else ("a client whose code could not be followed",)
    return Channel(
        kind=route.kind,
        path=route.path,
        route=route.location,
        clients=tuple(sorted(call.location for call in clients)),
        backend_sends=_echoed(_messages(sends.messages, sends.open), frontend.index.written),
        backend_handles=_echoed(
            _told(handles, {one.key for key in keys for one in frontend.said(key).messages}), frontend.index.written
        ),
        frontend_sends=_echoed(_together((frontend.said(one) for one in keys), unseen), backend.index.written),
        frontend_handles=_echoed(
            _received([frontend.handled(one) for one in keys], unseen, {one.key for one in sends.messages}),
            backend.index.written,
        ),
        certain=certain,
        parsed=_parsed(route, handles),
        unguarded=tuple(sorted({place for one in keys for place in frontend.unguarded.get(one, ())})),
        unclosed=tuple(sorted({frontend.unclosed[one] for one in keys if one in frontend.unclosed})),
        awaited=_awaited(keys, frontend),
        lifetimes=tuple(frontend.lifetimes[one] for one in keys if one in frontend.lifetimes),
        abandoned=tuple(frontend.abandoned[one] for one in keys if one in frontend.abandoned),
        unchecked=backend.unchecked.get(key, ()),
        accepted=tuple(sorted({prefix for one in keys for prefix in frontend.handled(one).prefixes})),
    )


def _awaited(keys: Sequence[str], frontend: Frontend) -> tuple[Message, ...]:
    """The messages at which the only client closes the stream."""
    if len(keys) != 1:
        return ()
    closing = frontend.closing.get(keys[0], ())
    handled = _told(frontend.handled(keys[0]), frozenset()).entries
    return tuple(one for one in handled if (one.key, one.type) in closing)


def _speaks_socketio(facts: Mapping[str, FileFacts]) -> bool:
    return any(
        isinstance(statement, form.Import) and statement.module == "socket.io-client"
        for one in facts.values()
        for statement in one.body
    )


def _both_echoed(channel: Channel, backend: Backend, frontend: Frontend) -> Channel:
    return replace(
        channel,
        backend_sends=_echoed(channel.backend_sends, frontend.index.written),
        backend_handles=_echoed(channel.backend_handles, frontend.index.written),
        frontend_sends=_echoed(channel.frontend_sends, backend.index.written),
        frontend_handles=_echoed(channel.frontend_handles, backend.index.written),
    )


def _with_protocol(channel: Channel, facts: Mapping[str, FileFacts], texts: Mapping[str, str]) -> Channel:
    """With the protocol of a library, if the clients leave their frames to one."""
    files = sorted({client.file for client in channel.clients})
    return replace(channel, protocol=spoken(facts, texts, files, channel.backend_sends))


def _with_pending(channel: Channel, backend: Backend, frontend: Frontend) -> Channel:
    """With the promises that only a handler answers which never runs."""
    idle = list(unanswered(channel, channel.backend_handles, channel.frontend_sends))
    still = list(unanswered(channel, channel.frontend_handles, channel.backend_sends))
    return replace(
        channel,
        pending_backend=pending(backend.origins, idle),
        pending_frontend=pending(frontend.origins, still),
    )


def _with_branches(channels: Sequence[Channel], backend: Backend, frontend: Frontend) -> list[Channel]:
    """With the code that tells parts of their protocol apart, wherever it stands."""
    told: dict[str, tuple[Branches, ...]] = {}
    for protocol in (channel.protocol for channel in channels):
        if protocol is not None and protocol.parts and protocol.name not in told:
            sides = ((Side.BACKEND, backend.origins), (Side.FRONTEND, frontend.origins))
            told[protocol.name] = tuple(one for side, origins in sides for one in branches(origins, side, protocol))
    return [replace(one, branches=told.get(one.protocol.name, ()) if one.protocol else ()) for one in channels]


def _parsed(route: Route, handled: Handled) -> tuple[Parsed, ...]:
    body = [Parsed(route.request.key, route.location)] if isinstance(route.request, Ref) else []
    return tuple(sorted((*handled.parsed, *body), key=lambda one: (one.model, one.location)))


def _clients(route: Route, served: Sequence[Route], calls: Sequence[CallSite]) -> tuple[list[CallSite], bool]:
    """The call sites of a route; where none is certain, those that can mean nothing else."""
    certain = [call for call in calls if isinstance(call.target, Matched) and call.target.route == route]
    if certain:
        return certain, True
    likely = [call for call in calls if call.kind is route.kind and _may_only_mean(call, route)]
    if likely:
        return likely, False
    vague = [
        call
        for call in calls
        if call.kind is route.kind
        and (isinstance(call.target, Unknown) or (isinstance(call.target, Ambiguous) and route in call.target.routes))
        and not call.path.strip("/{}")
    ]
    alone = sum(1 for one in served if one.kind is route.kind) == 1
    return (vague, False) if alone and len(vague) == 1 else ([], False)


def _may_only_mean(call: CallSite, route: Route) -> bool:
    """A call whose address is known but for its beginning, which one route alone serves."""
    return isinstance(call.target, Ambiguous) and call.target.routes == (route,) and bool(call.path.strip("/{}"))


def _echoed(messages: Messages, written: AbstractSet[str]) -> Messages:
    """Marks the types that the other side writes down anywhere: it may know them in a way that was not followed."""
    entries = tuple(replace(one, echoed=one.echoed or one.type in written) for one in messages.entries)
    return replace(messages, entries=entries)


def _messages(messages: Iterable[Message], reasons: Iterable[str]) -> Messages:
    return Messages(tuple(sorted(messages, key=_order)), tuple(sorted(set(reasons))))


def _told(handled: Handled, said: AbstractSet[str]) -> Messages:
    """The messages told apart by the surest of the keys that are compared, and by those that are sent."""
    if not handled.touched:
        return Messages((), ("no code that tells messages apart was found",))
    kept = [one for one in handled.messages if one.key in ("", *KEYS) or one.key in said]
    sure = {*said, *(one.key for one in kept if not one.echoed)}
    kept = [one for one in kept if one.key in sure]  # what is only declared to come in is told apart in the same way
    if not any(one.key for one in kept):  # an envelope: its content is told apart
        kept += [one for one in handled.messages if one.key.count(".") == 1 and one.key.rpartition(".")[2] in KEYS]
    falls = falling_through(handled.tests) if handled.tests and not handled.otherwise else None
    return replace(_messages(kept, handled.open), falls=falls)


def _received(all_handled: Sequence[Handled], unseen: tuple[str, ...], said: AbstractSet[str]) -> Messages:
    told = [_told(one, said) for one in all_handled]
    found = _messages(
        {entry for one in told for entry in one.entries}, [*unseen, *(reason for one in told for reason in one.open)]
    )
    return replace(found, falls=told[0].falls if len(told) == 1 else None)


def _together(all_sent: Iterable[Sent], unseen: tuple[str, ...]) -> Messages:
    sent = list(all_sent)
    return _messages(
        {entry for one in sent for entry in one.messages}, [*unseen, *(why for one in sent for why in one.open)]
    )


def _order(message: Message) -> tuple[str, str, object]:
    return message.key, message.type, message.location
