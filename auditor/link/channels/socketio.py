"""Socket.IO: events by name, both ways.

Server: https://python-socketio.readthedocs.io/en/stable/server.html (5.11) and
https://flask-socketio.readthedocs.io (5.4); client: https://socket.io/docs/v4/client-api/. Reserved events are in the
pack of the protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.link.channels.origins import Origins
from auditor.link.channels.protocols import packs
from auditor.link.channels.tables import Index, Scope
from auditor.link.channels.texts import texts_of
from auditor.link.channels.values import Made, Origin, Socket, Unknown
from auditor.link.channels.written import text_of
from auditor.link.evaluate.walk import called_name
from auditor.model import form
from auditor.model.channel import Channel, Message, Messages
from auditor.model.kind import Kind
from auditor.model.span import Location

SOCKET_IO = "socket.io"
"""The key of the one Socket.IO channel of a project."""

_MANAGERS = """
    Manager AsyncManager PubSubManager AsyncPubSubManager RedisManager AsyncRedisManager KombuManager
    AsyncAioPikaManager KafkaManager ZmqManager
"""
SERVERS = frozenset({"AsyncServer", "Server", "SimpleServer", "SocketIO", *_MANAGERS.split()})
"""What emits: a server, or a manager that reaches the clients of one from another process
(https://python-socketio.readthedocs.io/en/stable/server.html#emitting-from-external-processes)."""

CLIENTS = frozenset({"io", "connect", "Manager"})

_MODULES = ("socketio", "flask_socketio")
_CLIENT = "socket.io-client"
_NAMESPACES = frozenset({"Namespace", "AsyncNamespace"})


@dataclass
class _Sides:
    sends: set[Message]
    handles: set[Message]
    sends_open: set[str]
    handles_open: set[str]


def socketio_channel(backend: Origins, frontend: Origins) -> Channel | None:
    """The channel of a project whose backend and frontend both speak Socket.IO."""
    served, opened = _places(backend, SERVERS), _places(frontend, CLIENTS)
    if not served or not opened:
        return None
    server, client = _server(backend), _client(frontend)
    return Channel(
        kind=Kind.WEBSOCKET,
        path="/socket.io",
        route=served[0],
        clients=tuple(opened),
        backend_sends=_messages(server.sends, server.sends_open),
        backend_handles=_messages(server.handles, server.handles_open),
        frontend_sends=_messages(client.sends, client.sends_open),
        frontend_handles=_messages(client.handles, client.handles_open),
    )


def is_socketio(origins: Origins, callee: form.Expression, scope: Scope) -> bool:
    """Whether a name is one of a Socket.IO server library."""
    match callee:
        case form.Member(form.Name(module)):
            return module in _MODULES and module in _imports(origins.index, scope.file, _MODULES)
        case form.Name(name):
            return name in _imports(origins.index, scope.file, _MODULES)
        case _:
            return False


def is_client(origins: Origins, call: form.Call, scope: Scope) -> bool:
    """Whether a call opens a connection of the client library."""
    callee = call.callee.object if isinstance(call.callee, form.Member) else call.callee
    return isinstance(callee, form.Name) and callee.id in _imports(origins.index, scope.file, (_CLIENT,))


def annotated(origins: Origins) -> Iterator[tuple[form.Function, int]]:
    """Parameters that are declared to be a server or a manager."""
    for function, scope in origins.index.scopes.items():
        for position, parameter in enumerate(function.parameters):
            if parameter.annotation is not None and any(
                is_socketio(origins, one, scope) for one in _alternatives(parameter.annotation)
            ):
                yield function, position


def _alternatives(annotation: form.Expression) -> Iterator[form.Expression]:
    """The classes of `A | None`, `Optional[A]`, `Annotated[A, …]`."""
    match annotation:
        case form.Binary("|", left, right):
            yield from _alternatives(left)
            yield from _alternatives(right)
        case form.Index(index=form.Array(items=items)) if items:
            yield from _alternatives(items[0])
        case form.Index(index=inner):
            yield from _alternatives(inner)
        case form.Name() | form.Member() if _last(annotation) in SERVERS:
            yield annotation
        case _:
            return


def _places(origins: Origins, names: frozenset[str]) -> list[Location]:
    found = [
        Location(scope.file, call.span)
        for name in sorted(names)
        for call, scope in origins.index.calls.get(name, ())
        if Socket(SOCKET_IO) in origins.of(call, scope)
    ]
    return sorted(found)


def _server(origins: Origins) -> _Sides:
    sides = _Sides(set(), set(), set(), set())
    _emitted(origins, sides)
    _registered(origins, sides)
    for decorator, function, scope in origins.index.decorated:
        owner = decorator.callee if isinstance(decorator, form.Call) else decorator
        if not isinstance(owner, form.Member) or not _is_socket(origins.of(owner.object, scope)):
            continue
        if owner.name == "event":
            sides.handles.add(_message(function.name, Location(scope.file, function.span)))
    for node, scope in sorted(origins.index.classes.items(), key=lambda item: (item[1].file, item[0].span)):
        if not any(_last(base) in _NAMESPACES for base in node.bases) or not _imports(
            origins.index, scope.file, _MODULES
        ):
            continue
        for statement in node.body:
            if isinstance(statement, form.Def) and statement.function.name.startswith("on_"):
                place = Location(scope.file, statement.function.span)
                sides.handles.add(_message(statement.function.name[3:], place))
            elif isinstance(statement, form.Def) and statement.function.name == "trigger_event":
                sides.handles_open.add("events that a namespace hands on")
    return sides


def _client(origins: Origins) -> _Sides:
    sides = _Sides(set(), set(), set(), set())
    _emitted(origins, sides)
    _registered(origins, sides)
    if any(
        _touches(origins, scope) for name in ("onAny", "prependAny") for _, scope in origins.index.calls.get(name, ())
    ):
        sides.handles_open.add("a listener to any event")
    if "io" in origins.index.globals:
        sides.sends_open.add("a client of the page, window.io")
        sides.handles_open.add("a client of the page, window.io")
    return sides


def _touches(origins: Origins, scope: Scope) -> bool:
    return bool(_imports(origins.index, scope.file, (_CLIENT,)))


def _emitted(origins: Origins, sides: _Sides) -> None:
    for name in ("emit", "emitWithAck", "send", "call"):
        for call, scope in origins.index.calls.get(name, ()):
            free = isinstance(call.callee, form.Name) and name in _imports(origins.index, scope.file, _MODULES)
            owner = call.callee.object if isinstance(call.callee, form.Member) else None
            found = origins.of(owner, scope) if owner is not None else ()
            if not free and not _is_socket(found):
                if name in ("emit", "emitWithAck") and _may_be(origins, call, scope, found):
                    sides.sends_open.add("events emitted by something that could not be followed")
                continue
            if name == "send":
                sides.sends.add(_message("message", Location(scope.file, call.span)))
            elif call.arguments:
                _named(origins, call, scope, sides.sends, sides.sends_open)


def _registered(origins: Origins, sides: _Sides) -> None:
    for name in ("on", "once", "on_event"):
        for call, scope in origins.index.calls.get(name, ()):
            if not isinstance(call.callee, form.Member) or not call.arguments:
                continue
            found = origins.of(call.callee.object, scope)
            if _is_socket(found):
                _named(origins, call, scope, sides.handles, sides.handles_open)
            elif _may_be(origins, call, scope, found):
                sides.handles_open.add("listeners of something that could not be followed")


def _may_be(origins: Origins, call: form.Call, scope: Scope, found: tuple[Origin, ...]) -> bool:
    """Whether a call may name an event of the channel that is written nowhere: constant names are found as texts."""
    if not call.arguments or not any(isinstance(one, Unknown) for one in found):
        return False
    return not texts_of(origins, call.arguments[0].value, scope)[1]


def _named(origins: Origins, call: form.Call, scope: Scope, messages: set[Message], reasons: set[str]) -> None:
    texts, complete = texts_of(origins, call.arguments[0].value, scope)
    if not complete or "*" in texts:
        reasons.add("an event whose name is made at run time")
    fields: set[str] = set()
    more = True
    for argument in call.arguments[1:2]:
        made = origins.of(argument.value, scope)
        if made and all(isinstance(one, Made) and isinstance(one.node, form.Object) for one in made):
            entries = [entry for one in made if isinstance(one, Made) for entry in getattr(one.node, "entries", ())]
            fields = {text_of(entry.key) or "" for entry in entries if entry.key is not None} - {""}
            more = any(entry.key is None for entry in entries)
    for text in sorted(texts - {"*", ""}):
        messages.add(Message(text, "event", Location(scope.file, call.span), tuple(sorted(fields)), more))


def _message(name: str, location: Location) -> Message:
    return Message(name, "event", location)


def _messages(messages: set[Message], reasons: set[str]) -> Messages:
    reserved = next(pack.protocol.required for pack in packs() if pack.packages == (_CLIENT,))
    kept = [one for one in messages if one.type not in reserved]
    return Messages(tuple(sorted(kept, key=lambda one: (one.type, one.location))), tuple(sorted(reasons)))


def _is_socket(found: tuple[Origin, ...]) -> bool:
    return any(one == Socket(SOCKET_IO) for one in found)


def _imports(index: Index, file: str, modules: tuple[str, ...]) -> frozenset[str]:
    """The local names that a file imports from these modules."""
    return frozenset(_local_names(index, file, modules))


def _local_names(index: Index, file: str, modules: tuple[str, ...]) -> Iterator[str]:
    for statement in index.facts[file].body if file in index.facts else ():
        if isinstance(statement, form.Import) and statement.module in modules:
            for item in statement.names:
                yield item.local


def _last(node: form.Node) -> str:
    match node:
        case form.Name(name) | form.Member(name=name):
            return name
        case form.Call():
            return called_name(node)
        case _:
            return ""
