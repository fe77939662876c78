"""Socket.IO: what is a server, a client, and a handle of one.

Server: https://python-socketio.readthedocs.io/en/stable/server.html (5.11) and
https://flask-socketio.readthedocs.io (5.4); client: https://socket.io/docs/v4/client-api/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.link.channels.members import lineage
from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Index, Scope
from auditor.link.channels.values import ANY_SERVER, MADE, Built, Origin, Socket
from auditor.link.evaluate.walk import called_name
from auditor.model import form

_MANAGERS = frozenset(
    {
        "Manager", "AsyncManager", "PubSubManager", "AsyncPubSubManager", "RedisManager", "AsyncRedisManager",
        "KombuManager", "AsyncAioPikaManager", "KafkaManager", "ZmqManager",
    }
)  # fmt: skip
SERVERS = frozenset({"AsyncServer", "Server", "SimpleServer", "SocketIO", *_MANAGERS})
"""What emits: a server, or a manager that reaches the clients of one from another process
(https://python-socketio.readthedocs.io/en/stable/server.html#emitting-from-external-processes)."""

APPLICATIONS = frozenset({"ASGIApp", "WSGIApp", "Middleware"})
"""What serves a server: https://python-socketio.readthedocs.io/en/stable/api.html#socketio.ASGIApp."""

CLIENTS = frozenset({"io", "connect", "Manager"})
MODULES = ("socketio", "flask_socketio")

_CLIENT = "socket.io-client"
_NAMESPACES = frozenset({"Namespace", "AsyncNamespace"})


def server(origins: Origins, call: form.Call, scope: Scope) -> list[Origin] | None:
    """What a call of a server library makes: a server, one that stands for any, or the application of one."""
    name = called_name(call)
    if name not in SERVERS | APPLICATIONS or not is_socketio(origins, call.callee, scope):
        return None
    if name in _MANAGERS:
        return [Socket(ANY_SERVER)]
    if name in SERVERS:
        return [Socket(made_at(call, scope))]
    served = origins.of(call.arguments[0].value, scope) if call.arguments else ()
    return [one for one in served if isinstance(one, Socket)] or None


def made_at(call: form.Call, scope: Scope) -> str:
    """The key of a server or client: the place that makes it."""
    return f"{MADE}{scope.file}:{call.span.start_line}:{call.span.start_column}"


def handles(found: Iterable[Origin]) -> list[str]:
    """The keys of the servers or clients among some values."""
    return sorted({one.key for one in found if isinstance(one, Socket) and one.key.startswith(ANY_SERVER)})


def is_socketio(origins: Origins, callee: form.Expression, scope: Scope) -> bool:
    """Whether a name is one of a Socket.IO server library."""
    match callee:
        case form.Member(form.Name(module)):
            return module in MODULES and module in imported(origins.index, scope.file, MODULES)
        case form.Name(name):
            return name in imported(origins.index, scope.file, MODULES)
        case _:
            return False


def is_client(origins: Origins, call: form.Call, scope: Scope) -> bool:
    """Whether a call opens a connection of the client library."""
    callee = call.callee.object if isinstance(call.callee, form.Member) else call.callee
    return isinstance(callee, form.Name) and callee.id in imported(origins.index, scope.file, (_CLIENT,))


def touches_client(origins: Origins, scope: Scope) -> bool:
    """Whether a file imports the client library."""
    return bool(imported(origins.index, scope.file, (_CLIENT,)))


def annotated(origins: Origins) -> Iterator[tuple[form.Function, int]]:
    """Parameters that are declared to be a server or a manager."""
    for function, scope in origins.index.scopes.items():
        for position, parameter in enumerate(function.parameters):
            if parameter.annotation is not None and any(
                is_socketio(origins, one, scope) for one in _alternatives(parameter.annotation)
            ):
                yield function, position


def namespaces(origins: Origins) -> dict[form.Class, list[str]]:
    """The classes of a namespace with the servers that they are registered with; any server if none is known."""
    found: dict[form.Class, set[str]] = {}
    for node, scope in origins.index.classes.items():
        for own in lineage(origins, node, scope.file) if node.bases else ():
            named = any(_last(base) in _NAMESPACES for base in own.bases)
            if named and imported(origins.index, origins.index.classes[own].file, MODULES):
                found.setdefault(node, set())
    for name in ("register_namespace", "on_namespace") if found else ():
        for call, scope in origins.index.calls.get(name, ()):
            if isinstance(call.callee, form.Member) and call.arguments:
                keys = handles(origins.of(call.callee.object, scope))
                for one in origins.of(call.arguments[0].value, scope):
                    if isinstance(one, Built) and one.node in found:
                        found[one.node].update(keys)
    return {node: sorted(keys) or [ANY_SERVER] for node, keys in found.items()}


def imported(index: Index, file: str, modules: tuple[str, ...]) -> frozenset[str]:
    """The local names that a file imports from these modules."""
    return frozenset(_local_names(index, file, modules))


def _local_names(index: Index, file: str, modules: tuple[str, ...]) -> Iterator[str]:
    for statement in index.facts[file].body if file in index.facts else ():
        if isinstance(statement, form.Import) and statement.module in modules:
            for item in statement.names:
                yield item.local


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


def _last(node: form.Node) -> str:
    match node:
        case form.Name(name) | form.Member(name=name):
            return name
        case form.Call():
            return called_name(node)
        case _:
            return ""
