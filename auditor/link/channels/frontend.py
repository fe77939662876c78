"""What the frontend sends and handles on each socket and event stream that it opens.

`WebSocket`, `EventSource`: https://html.spec.whatwg.org/multipage/server-sent-events.html, https://websockets.spec.whatwg.org/;
`fetchEventSource`: https://github.com/Azure/fetch-event-source (2.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.link.channels.abandoned import abandoned
from auditor.link.channels.closing import unclosed
from auditor.link.channels.declared import bearing, declarations
from auditor.link.channels.endings import closing_events
from auditor.link.channels.handling import Handled, Receivers, functions_of
from auditor.link.channels.limits import aborted, lifetime
from auditor.link.channels.origins import Origins
from auditor.link.channels.payloads import Sent, payload
from auditor.link.channels.socketio import CLIENTS, is_client, made_at
from auditor.link.channels.tables import Index, Scope
from auditor.link.channels.values import Event, Origin, Raw, Received, Socket
from auditor.link.channels.written import text_of
from auditor.link.evaluate.walk import called_name, walk
from auditor.link.modules.symbols import Symbols
from auditor.model import form
from auditor.model.channel import Limit, Message
from auditor.model.graph import CallSite, Kind
from auditor.model.span import NOWHERE, Location

_OPENING = frozenset({"WebSocket", "EventSource", "ReconnectingWebSocket", "EventSourcePolyfill"})
_PARSERS = frozenset({"fetchEventSource"})
_HOOKS = frozenset({"react-use-websocket", "react-use-websocket/dist/lib/use-websocket", "@vueuse/core"})
_SENDERS = ("send", "sendMessage", "sendJsonMessage")
_LIFE = frozenset({"open", "close", "error", "message"})


class Frontend:
    """Both directions of every socket and stream. The key of a channel is the place that opens it."""

    def __init__(self, index: Index, symbols: Symbols, calls: Sequence[CallSite]) -> None:
        self.index = index
        self._sites = {_place(call.location): call for call in calls}
        self.origins = Origins(self.index, symbols, self._model)
        self.receivers = Receivers(self.origins)
        self.sent: dict[str, Sent] = {}
        self.opened: dict[str, Location] = {}
        self.unguarded: dict[str, set[Location]] = {}
        self.closing: dict[str, tuple[tuple[str, str], ...]] = {}
        self.lifetimes: dict[str, Limit] = {}
        self._streams: set[str] = set()
        self._name_provided()
        self._listen()
        self._parse()
        self._read()
        self._follow_hooks()
        self._follow_types()
        self._send()
        self._connect()
        self.unclosed = unclosed(self.origins, self.opened, sorted(_OPENING))
        self.abandoned = abandoned(self.origins, self.opened)

    def handled(self, key: str) -> Handled:
        """What the receiving code behind a socket or stream tells apart."""
        return self.receivers.handled.get(key, Handled())

    def said(self, key: str) -> Sent:
        """What is sent on a socket."""
        return self.sent.get(key, Sent())

    def keys(self, call: CallSite) -> list[str]:
        """The sockets that a call site opens."""
        places = [call.location, *(step.location for step in call.provenance)]
        found = [_place(place) for place in places if _place(place) in self.opened]
        return found[:1]

    def _model(self, origins: Origins, call: form.Call, scope: Scope) -> Iterable[Origin] | None:
        name = called_name(call)
        place = _place(Location(scope.file, call.span))
        if call.new and name in _OPENING:
            self.opened[place] = Location(scope.file, call.span)
            if name.startswith("EventSource"):
                self._streams.add(place)
            return [Socket(place)]
        if self._is_hook(call, scope):
            self.opened[place] = Location(scope.file, call.span)
            return [Socket(place)]
        if name in CLIENTS and is_client(origins, call, scope):
            key = made_at(call, scope)
            self.opened[key] = Location(scope.file, call.span)
            return [Socket(key)]
        site = self._sites.get(place)
        if site is not None and site.kind is not Kind.WEBSOCKET and name not in _PARSERS:
            self.opened[place] = Location(scope.file, call.span)
            return [Raw(place)]
        return None

    def _is_hook(self, call: form.Call, scope: Scope) -> bool:
        """`useWebSocket(url)` of a library."""
        return isinstance(call.callee, form.Name) and any(
            isinstance(one, form.Import)
            and one.module in _HOOKS
            and any(item.local == call.callee.id and item.name in ("default", "useWebSocket") for item in one.names)
            for one in self.index.facts[scope.file].body
        )

    def _follow_hooks(self) -> None:
        """`const { lastMessage } = useWebSocket(url, { onMessage })`: the component reads what came in."""
        for name, calls in self.index.calls.items():
            for call, scope in calls if name.startswith("use") else ():
                if scope.function is None or not self._is_hook(call, scope):
                    continue
                key = _place(Location(scope.file, call.span))
                self.origins.of(call, scope)
                for entry in (
                    entry
                    for argument in call.arguments
                    if isinstance(argument.value, form.Object)
                    for entry in argument.value.entries
                ):
                    if text_of(entry.key) in ("onMessage", "onmessage"):
                        for function in functions_of(self.origins.of(entry.value, scope)):
                            # vueuse gives the socket first: https://vueuse.org/core/useWebSocket/
                            self.origins.roots[function, len(function.parameters) > 1] = (Event(key),)
                self.origins.forget()
                self.receivers.follow(scope.function, [key])

    def _follow_types(self) -> None:
        """`line as Packet`: what is declared to be one elsewhere came in, too."""
        self.origins.typed.update(declarations(self.origins, self.receivers.functions))
        keys = {one.key for found in self.origins.typed.values() for one in found if isinstance(one, Received)}
        if keys:
            self.origins.forget()
            self.receivers.again(list(bearing(self.origins)), keys)

    def _listen(self) -> None:
        """`socket.onmessage = …`, `socket.addEventListener("message", …)`."""
        found: list[tuple[str, str, list[form.Function], form.Expression, Scope]] = []
        for owner, name, value, scope in self.index.handlers:
            event = name[3:] if name.startswith("on:") else name[2:]
            keys = sorted(one.key for one in self.origins.of(owner, scope) if isinstance(one, Socket))
            functions = sorted(functions_of(self.origins.of(value, scope)), key=lambda one: one.span)
            found += ((key, event, functions, value, scope) for key in keys)
        roots: dict[tuple[form.Function, int], dict[Origin, None]] = {}
        for key, event, functions, _, _ in found:
            for function in functions:
                if event not in _LIFE - {"message"}:
                    roots.setdefault((function, 0), {})[Event(key, event)] = None
        self.origins.forget()
        self.origins.roots.update({place: tuple(events) for place, events in roots.items()})
        for key in sorted(self._streams):
            own: dict[str, list[form.Function]] = {}
            for place, event, functions, _, _ in found:
                own.setdefault(event, []).extend(functions if place == key else ())
            self.closing[key] = closing_events(self.origins, key, own) or ()
            limit = lifetime(self.origins, key, own, [event for _, event in self.closing[key]])
            if limit is not None:
                self.lifetimes[key] = limit
        for key, event, functions, value, scope in found:
            if event == "error" and key in self._streams:
                parsing = {place for function in functions for place in _parsing(function, scope.file)}
                self.unguarded.setdefault(key, set()).update(parsing)
            if event in _LIFE - {"message"}:
                continue
            handled = self.receivers.handled.setdefault(key, Handled())
            handled.touched = True
            if event != "message":
                handled.messages.add(Message(event, "event", _span(value, scope)))
            for function in functions:
                self.receivers.follow(function, [key])
            if not functions and event == "message" and not _is_nothing(value):
                handled.open.add("a listener that could not be found")

    def _parse(self) -> None:
        """`fetchEventSource(url, {onmessage(event) {…}})`."""
        for name in sorted(_PARSERS):
            for call, scope in self.index.calls.get(name, ()):
                key = _place(Location(scope.file, call.span))
                self.opened[key] = Location(scope.file, call.span)
                handled = self.receivers.handled.setdefault(key, Handled())
                entries = [
                    entry
                    for argument in call.arguments
                    if isinstance(argument.value, form.Object)
                    for entry in argument.value.entries
                ]
                listeners = [entry.value for entry in entries if text_of(entry.key) == "onmessage"]
                if not listeners:
                    handled.open.add("a listener that could not be found")
                for listener in listeners:
                    for function in functions_of(self.origins.of(listener, scope)):
                        self.origins.roots[(function, 0)] = (Event(key),)
                        self.receivers.follow(function, [key])

    def _read(self) -> None:
        """`const response = await fetch(…)` whose body is read piece by piece."""
        for calls in self.index.calls.values():
            for call, scope in calls:
                place = _place(Location(scope.file, call.span))
                site = self._sites.get(place)
                if site is None or site.kind is Kind.WEBSOCKET or scope.function is None:
                    continue
                if called_name(call) not in _PARSERS and not call.new:
                    self.origins.of(call, scope)
                    if (limit := aborted(call, scope)) is not None:
                        self.lifetimes[place] = limit
                    self.receivers.follow(scope.function, [place])

    def _name_provided(self) -> None:
        """`const send = useSend()`: a function that a context gives is called by another name."""
        given = [item for values in self.index.provided.values() for item in values]
        provided = {one for value, scope in given for one in functions_of(self.origins.of(value, scope))}
        for name, call, scope in self.index.hooks if provided else ():
            for function in provided & set(functions_of(self.origins.of(call, scope))):
                self.origins.also_called(function, name)

    def _connect(self) -> None:
        """`io(…)`, if only to know that it is there."""
        for name in sorted(CLIENTS):
            for call, scope in self.index.calls.get(name, ()):
                self.origins.of(call, scope)

    def _send(self) -> None:
        for name in _SENDERS:
            for call, scope in self.index.calls.get(name, ()):
                if not call.arguments:
                    continue
                owner = call.callee.object if isinstance(call.callee, form.Member) else call.callee
                found = self.origins.of(owner, scope)
                for key in sorted(one.key for one in found if isinstance(one, Socket)):
                    payload(self.origins, call.arguments[0].value, scope, self.sent.setdefault(key, Sent()))


def _parsing(function: form.Function, file: str) -> Iterator[Location]:
    """Where a listener parses the data of its event without asking whether there is any."""
    first = function.parameters[0].target if function.parameters else None
    for statement in function.body:
        if isinstance(statement, form.If | form.Block):
            return  # guarded, or a failure is caught
        for node in walk(statement):
            if isinstance(node, form.Call) and called_name(node) == "parse" and isinstance(first, form.Name):
                given = node.arguments[0].value if node.arguments else None
                if isinstance(given, form.Member) and given.name == "data" and _is_name(given.object, first.id):
                    yield Location(file, node.span)


def _is_name(node: form.Node, name: str) -> bool:
    while isinstance(node, form.Cast):
        node = node.value
    return isinstance(node, form.Name) and node.id == name


def _place(location: Location) -> str:
    return f"{location.file}:{location.line}:{location.span.start_column}"


def _span(value: form.Expression, scope: Scope) -> Location:
    span = getattr(value, "span", None)
    if span is None and scope.function is not None:
        span = scope.function.span
    return Location(scope.file, span or NOWHERE)


def _is_nothing(value: form.Expression) -> bool:
    return isinstance(value, form.Literal) and value.value is None
