"""What the backend sends and handles on each of its sockets and event streams.

Sockets: https://www.starlette.io/websockets/ (0.41); streams: https://www.starlette.io/responses/#streamingresponse,
https://github.com/sysid/sse-starlette (2.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from auditor.link.channels.consumers import SENDING, consumers
from auditor.link.channels.dispatchers import given_events
from auditor.link.channels.endings import silent_ends
from auditor.link.channels.handling import Handled, Receivers
from auditor.link.channels.limits import waits
from auditor.link.channels.origins import Origins
from auditor.link.channels.payloads import Sent, payload
from auditor.link.channels.socketio import annotated, server
from auditor.link.channels.standalone import FRAMEWORKS
from auditor.link.channels.tables import Index, Scope
from auditor.link.channels.unchecked import unchecked
from auditor.link.channels.values import ANY_SERVER, Code, Made, Origin, Raw, Received, Socket
from auditor.link.evaluate.walk import called_name
from auditor.link.modules.python import PythonModules
from auditor.link.modules.symbols import Symbols
from auditor.model import form
from auditor.model.channel import Limit
from auditor.model.graph import Kind, Route
from auditor.model.span import Location

_RECEIVING = {
    "receive_text": Raw, "receive_bytes": Raw, "iter_text": Raw, "iter_bytes": Raw, "recv": Raw, "receive": Raw,
    "receive_json": Received, "iter_json": Received, "receive_str": Raw,
}  # fmt: skip
_SENDING = frozenset({"send_json", "send_text", "send_bytes", "send_str", "send"})
_STREAMING = frozenset(
    {"StreamingResponse", "EventSourceResponse", "Response", "StreamingHttpResponse", "ServerSentEvent", "sse_response"}
)
_EVENTS = frozenset({"ServerSentEvent", "JSONServerSentEvent", "ServerSentEventMessage"})


class Backend:
    """Both directions of every route that is a channel. The key of a channel is its route."""

    def __init__(self, index: Index, symbols: Symbols, modules: PythonModules, routes: Sequence[Route]) -> None:
        self.index = index
        pools = {key_of(route): route.location.file for route in routes if route.framework == "ws4py"}
        self.origins = Origins(self.index, symbols, partial(_model, pools))
        self.sent: dict[str, Sent] = {}
        self.receivers = Receivers(self.origins)
        self._handlers = {key_of(route): self._handler(route, modules) for route in routes}
        for route in routes:
            self._enter(route)
        for place in annotated(self.origins):
            self.origins.roots.setdefault(place, (Socket(ANY_SERVER),))
        given = given_events(self.origins)
        self.origins.forget()
        self.origins.roots.update(given)
        sockets = {key_of(route): route.handler for route in routes if route.kind is Kind.WEBSOCKET}
        classes = {key: handler for key, handler in sockets.items() if self._handlers[key] is None}
        self.consumers = consumers(self.origins, modules, classes)
        self._send(routes)
        self._receive()
        for key, function in self._handlers.items():
            if function is not None and (function, _first(function)) in self.origins.roots:
                self.receivers.follow(function, [key])
        for route in routes:
            if route.kind is not Kind.WEBSOCKET:
                self._stream(route)
        self.unchecked = unchecked(self.origins)

    def handled(self, key: str) -> Handled:
        """What a route's receiving code tells apart."""
        return self.receivers.handled.get(key, Handled())

    def silent_ends(self, route: Route, types: Sequence[str]) -> tuple[Location, ...]:
        """Where the generator that a route streams ends without one of these types."""
        made = self._generator(route) if types else None
        return silent_ends(made.node, made.scope.file, types) if made is not None else ()

    def waits(self, route: Route) -> tuple[Limit, ...]:
        """How long the generator that a route streams waits for what comes next."""
        made = self._generator(route)
        return waits(made.node, self.index.scopes[made.node]) if made is not None else ()

    def _generator(self, route: Route) -> Code | None:
        """The one generator that a route streams as it is."""
        function = self._handlers.get(key_of(route))
        streams = list(_calls(self, function, 0, set())) if function is not None else []
        given = [argument.value for call, _ in streams for argument in call.arguments[:1]]
        if len(given) != 1 or not isinstance(given[0], form.Call):
            return None
        made = [one for one in self.origins.callees(given[0], streams[0][1])[0] if isinstance(one, Code)]
        return made[0] if len(made) == 1 else None

    def handler_of(self, route: Route) -> form.Function | None:
        """The function behind a route."""
        return self._handlers.get(key_of(route))

    def _handler(self, route: Route, modules: PythonModules) -> form.Function | None:
        module, _, name = route.handler.partition(":")
        found = [
            function
            for function, scope in self.index.methods.get(name.rpartition(".")[2], ())
            if modules.dotted(scope.file) == module
            and (not name.rpartition(".")[0] or (scope.owner and scope.owner.name == name.rpartition(".")[0]))
        ]
        near = [one for one in found if one.span.start_line >= route.location.line]
        if self_file := [one for one in near if self.index.scopes[one].file == route.location.file]:
            return min(self_file, key=lambda one: one.span.start_line)
        return found[0] if len(found) == 1 else None

    def _enter(self, route: Route) -> None:
        function = self._handlers[key_of(route)]
        if function is None or route.kind is not Kind.WEBSOCKET:
            return
        for position, parameter in enumerate(function.parameters):
            written = _last(parameter.annotation)
            name = parameter.target.id if isinstance(parameter.target, form.Name) else ""
            own = route.framework in FRAMEWORKS and position == _first(function)
            if (
                own
                or written in ("WebSocket", "Websocket", "WebSocketServerProtocol")
                or (not written and name in ("websocket", "ws", "socket"))
            ):
                self.origins.roots[(function, position)] = (Socket(key_of(route)),)

    def _send(self, routes: Sequence[Route]) -> None:
        sockets = [key_of(route) for route in routes if route.kind is Kind.WEBSOCKET]
        for name in sorted(_SENDING | SENDING):
            for call, scope in self.index.calls.get(name, ()):
                if not isinstance(call.callee, form.Member) or not call.arguments:
                    continue
                found = self.origins.of(call.callee.object, scope)
                keys = sorted({one.key for one in found if isinstance(one, Socket)}) or self.consumers.of(found)
                if not keys and (name == "send" or not sockets):
                    continue
                if not keys:
                    keys = sockets if _is_socket(call.callee.object, scope) else []
                    for key in keys:
                        self._sent(key).open.add("a message that is sent to a socket of unknown origin")
                    continue
                for key in keys:
                    payload(self.origins, call.arguments[0].value, scope, self._sent(key))

    def _sent(self, key: str) -> Sent:
        return self.sent.setdefault(key, Sent())

    def _receive(self) -> None:
        for name in sorted(_RECEIVING):
            for call, scope in self.index.calls.get(name, ()):
                if not isinstance(call.callee, form.Member) or scope.function is None:
                    continue
                found = self.origins.of(call, scope)
                keys = sorted({one.key for one in found if isinstance(one, Raw | Received)})
                if keys:
                    self.receivers.follow(scope.function, keys)
        for function, key in self.consumers.receiving:
            self.receivers.handled.setdefault(key, Handled()).touched = True
            self.receivers.follow(function, [key])
        for key in self.consumers.recoded:
            self.receivers.handled.setdefault(key, Handled()).open.add("messages that are recoded")
            self._sent(key).open.add("messages that are recoded")

    def _stream(self, route: Route) -> None:
        function = self._handlers[key_of(route)]
        sent = self._sent(key_of(route))
        if function is None:
            sent.open.add("a handler that could not be found")
            return
        streams = list(_calls(self, function, 0, set()))
        if not streams:
            sent.open.add("a stream that could not be found")
        for call, scope in streams:
            argument = next(
                (one.value for one in call.arguments if one.name in ("content", "streaming_content", "response")), None
            )
            if argument is None and call.arguments and call.arguments[0].name is None:
                argument = call.arguments[0].value
            if argument is None:
                sent.open.add("a stream without content")
                continue
            payload(self.origins, argument, scope, sent, named=called_name(call) != "StreamingResponse")


def key_of(route: Route) -> str:
    """What names the channel of a route."""
    return f"{route.location.file}:{route.location.line}:{route.path}"


def _calls(
    backend: Backend, function: form.Function, depth: int, seen: set[form.Function]
) -> Iterable[tuple[form.Call, Scope]]:
    """The streaming responses that a handler makes, also in functions it calls."""
    scope = backend.index.scopes.get(function)
    if scope is None or depth > 3 or function in seen:
        return
    seen.add(function)
    for node in backend.index.inside.get(scope, []):
        if isinstance(node, form.Call):
            if called_name(node) in _STREAMING - _EVENTS and _is_stream(node):
                yield node, scope
            elif depth < 3:
                for one in backend.origins.callees(node, scope)[0]:
                    if isinstance(one, Code) and one.node not in backend.index.yields:
                        yield from _calls(backend, one.node, depth + 1, seen)
        elif isinstance(node, form.Function) and depth == 0 and node not in backend.index.yields:
            yield from _calls(backend, node, depth + 1, seen)


def _is_stream(call: form.Call) -> bool:
    if called_name(call) == "EventSourceResponse":
        return True
    return (
        any(
            isinstance(one.value, form.Literal)
            and isinstance(one.value.value, str)
            and "event-stream" in one.value.value
            for one in call.arguments
        )
        or called_name(call) == "StreamingResponse"
    )


def _model(pools: Mapping[str, str], origins: Origins, call: form.Call, scope: Scope) -> Iterable[Origin] | None:
    name = called_name(call)
    match call.callee:
        # the connections of ws4py: https://ws4py.readthedocs.io/en/latest/sources/managertutorial/
        case form.Member(form.Member(form.Name("manager") | form.Member(name="manager"), "websockets"), "values"):
            own = [Socket(key) for key, file in pools.items() if file == scope.file]
            return own or [Socket(key) for key in pools] or None
        case _:
            pass
    served = server(origins, call, scope)
    if served is not None:
        return served
    if name in _RECEIVING and isinstance(call.callee, form.Member):
        sockets = [one for one in origins.of(call.callee.object, scope) if isinstance(one, Socket)]
        return [_RECEIVING[name](one.key) for one in sockets] or None
    if name in _EVENTS and not origins.callees(call, scope)[1]:
        names = ("data", "event", "id", "retry", "comment")
        entries = tuple(
            form.Entry(form.Literal(argument.name or names[number], call.span), argument.value)
            for number, argument in enumerate(call.arguments)
            if argument.name or number < len(names)
        )
        return [Made(origins.keep(form.Object(entries, call.span), call), scope)]
    return None


def _is_socket(node: form.Node, scope: Scope) -> bool:
    return isinstance(node, form.Name | form.Member)


def _first(function: form.Function) -> int:
    """The position of the first parameter after `self`."""
    first = function.parameters[0].target if function.parameters else None
    return 1 if isinstance(first, form.Name) and first.id == "self" else 0


def _last(node: form.Node | None) -> str:
    match node:
        case form.Name(name) | form.Member(name=name):
            return name
        case form.Literal(value=str(name)):
            return name.rpartition(".")[2]
        case form.Index(object=inner, index=form.Array(items=items)) if _last(inner) == "Annotated" and items:
            return _last(items[0])
        case _:
            return ""
