"""Sockets that are classes: their methods are called by the library, and `self` is the connection.

Django Channels 4 (https://channels.readthedocs.io/en/stable/topics/consumers.html, …/topics/channel_layers.html),
Tornado 6 (https://www.tornadoweb.org/en/stable/websocket.html), Starlette's `WebSocketEndpoint`
(https://www.starlette.io/endpoints/#websocketendpoint), ws4py
(https://ws4py.readthedocs.io/en/latest/sources/basics/#create-a-websocket-handler).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Index, Scope
from auditor.link.channels.texts import texts_of
from auditor.link.channels.values import Built, Made, Origin, Raw, Received, Socket, Type, once
from auditor.link.channels.written import last_name, text_of, value_of
from auditor.link.evaluate.walk import called_name
from auditor.link.modules.python import PythonModules
from auditor.model import form

SENDING = frozenset({"send", "send_json", "send_bytes", "write_message"})
"""Methods of such a class that send what they are given."""

_RECEIVING = {"receive": (Raw, Raw), "receive_json": (Received,), "on_message": (Raw,), "received_message": (Raw,)}
_WITH_SOCKET = ("on_connect", "on_receive", "on_disconnect")
_CODING = frozenset({"encode_json", "decode_json"})
_LAYERS = frozenset({"channel_layer", "layer", "get_channel_layer"})


@dataclass(frozen=True, slots=True)
class Consumers:
    """Which channels a class (or a base of one) speaks on, by class; what receives frames; what recodes them."""

    keys: Mapping[form.Class, tuple[str, ...]] = field(default_factory=dict)
    receiving: tuple[tuple[form.Function, str], ...] = ()
    recoded: frozenset[str] = frozenset()

    def of(self, found: Iterable[Origin]) -> list[str]:
        """The channels of the consumers among some values."""
        return sorted({key for one in found if isinstance(one, Built) for key in self.keys.get(one.node, ())})


def consumers(origins: Origins, modules: PythonModules, handlers: Mapping[str, str]) -> Consumers:
    """The classes behind these channels ("module:Class" by key), with their methods rooted in what comes in."""
    keys: dict[form.Class, dict[str, None]] = {}
    methods: dict[tuple[form.Function, int], dict[Origin, None]] = {}
    receiving: dict[tuple[form.Function, str], None] = {}
    recoded: set[str] = set()
    dispatched: list[tuple[str, form.Function, Scope]] = []
    for key, handler in handlers.items():
        for node, file in _lineage(origins, modules, handler):
            keys.setdefault(node, {})[key] = None
            for function in _methods(node):
                roots = _roots(function, node, key)
                for position, root in roots:
                    methods.setdefault((function, position), {})[root] = None
                    if not isinstance(root, Socket):
                        receiving[(function, key)] = None
                if function.name in _CODING:
                    recoded.add(key)
                if not roots and len(function.parameters) > 1:
                    dispatched.append((key, function, origins.index.modules[file]))
    if not keys:
        return Consumers()
    for function, position, found in _groups(origins, dispatched, {node: tuple(own) for node, own in keys.items()}):
        methods.setdefault((function, position), {}).update(dict.fromkeys(found))
    origins.forget()
    origins.roots.update({place: tuple(found) for place, found in methods.items()})
    return Consumers({node: tuple(own) for node, own in keys.items()}, tuple(receiving), frozenset(recoded))


def _lineage(origins: Origins, modules: PythonModules, handler: str) -> Iterator[tuple[form.Class, str]]:
    """A class of the project and its bases in the project."""
    module, _, name = handler.partition(":")
    index = origins.index
    queue = [
        (node, scope.file)
        for node, scope in index.classes.items()
        if node.name == name.partition(".")[0] and modules.dotted(scope.file) == module
    ]
    seen: set[form.Class] = set()
    while queue:
        node, file = queue.pop(0)
        if node in seen:
            continue
        seen.add(node)
        yield node, file
        scope = index.classes[node]
        for base in node.bases:
            found = origins.of(base, scope.parent or index.modules[file])
            queue += [
                (one.node, one.file) for one in found if isinstance(one, Type) and isinstance(one.node, form.Class)
            ]


def _methods(node: form.Class) -> Iterator[form.Function]:
    for statement in node.body:
        if isinstance(statement, form.Def) and statement.kind not in ("static", "class"):
            yield statement.function


def _roots(function: form.Function, node: form.Class, key: str) -> list[tuple[int, Origin]]:
    """What the library gives to the parameters of a method; position 0 is `self`."""
    given = function.parameters[1:]
    if function.name in _WITH_SOCKET:
        made: Origin = Received(key) if _encoding(node) == "json" else Raw(key)
        return [(1, Socket(key)), *([(2, made)] if function.name == "on_receive" else [])][: len(given)]
    makes = _RECEIVING.get(function.name, ())
    return [(number, make(key)) for number, make in enumerate(makes, 1) if number <= len(given)]


def _encoding(node: form.Class) -> str | None:
    values = [one.value for one in node.body if isinstance(one, form.Field) and one.name == "encoding"]
    values += [
        one.value
        for one in node.body
        if isinstance(one, form.Bind) and isinstance(one.target, form.Name) and one.target.id == "encoding"
    ]
    return text_of(values[0]) if values else None


def _groups(
    origins: Origins, dispatched: Iterable[tuple[str, form.Function, Scope]], keys: Mapping[form.Class, tuple[str, ...]]
) -> Iterator[tuple[form.Function, int, tuple[Origin, ...]]]:
    """`group_send(group, {"type": "chat.message"})` calls the method `chat_message` of the group's consumers."""
    sent = list(_group_messages(origins))
    joined = _joined(origins, keys)
    for key, function, _ in dispatched:
        found = once(
            one
            for groups, kind, one in sent
            if kind in (function.name, "{}") and _meets(groups, joined.get(key, frozenset()))
        )
        if found:
            yield function, 1, found


def _group_messages(origins: Origins) -> Iterator[tuple[frozenset[str], str, Origin]]:
    """Group names ("{}" for what is not known), the method that is meant, and the message."""
    for arguments, scope, grouped in _group_sends(origins.index):
        texts, _ = texts_of(origins, arguments[0].value, scope) if grouped else (frozenset(), False)
        for one in origins.of(arguments[1].value, scope):
            if not (isinstance(one, Made) and isinstance(one.node, form.Object)):
                continue
            kind = value_of(one.node, "type")
            kinds, complete = texts_of(origins, kind, one.scope) if kind is not None else (frozenset(), True)
            for name in kinds if complete else (*kinds, "{}"):
                yield texts, name.replace(".", "_"), one


def _group_sends(index: Index) -> Iterator[tuple[tuple[form.Argument, ...], Scope, bool]]:
    for call, scope in index.calls.get("group_send", ()):
        if len(call.arguments) >= 2:
            yield call.arguments, scope, True
    for call, scope in index.calls.get("send", ()):
        if len(call.arguments) == 2 and isinstance(call.callee, form.Member) and _is_layer(call.callee.object):
            yield call.arguments, scope, False
    for call, scope in index.calls.get("", ()):
        inner = call.callee
        if not isinstance(inner, form.Call) or called_name(inner) != "async_to_sync" or len(call.arguments) < 2:
            continue
        wrapped = inner.arguments[0].value if inner.arguments else None
        if isinstance(wrapped, form.Member) and wrapped.name == "group_send":
            yield call.arguments, scope, True
        elif isinstance(wrapped, form.Member) and wrapped.name == "send" and _is_layer(wrapped.object):
            yield call.arguments, scope, False


def _is_layer(node: form.Node) -> bool:
    return (called_name(node) if isinstance(node, form.Call) else last_name(node).lstrip("_")) in _LAYERS


def _joined(origins: Origins, keys: Mapping[form.Class, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """The groups that the consumers of a channel join; none for one that cannot be told."""
    index = origins.index
    found: dict[str, set[str]] = {}
    calls = [(call.arguments, scope) for call, scope in index.calls.get("group_add", ())]
    for call, scope in index.calls.get("", ()):
        inner = call.callee
        if isinstance(inner, form.Call) and called_name(inner) == "async_to_sync" and inner.arguments:
            wrapped = inner.arguments[0].value
            if isinstance(wrapped, form.Member) and wrapped.name == "group_add":
                calls.append((call.arguments, scope))
    for arguments, scope in calls:
        own = keys.get(scope.owner, ()) if scope.owner is not None else ()
        texts, _ = texts_of(origins, arguments[0].value, scope) if arguments else (frozenset(), False)
        for key in own:
            found.setdefault(key, set()).update(texts or {"{}"})
    return {key: frozenset(texts) for key, texts in found.items()}


def _meets(sent: frozenset[str], joined: frozenset[str]) -> bool:
    """Whether a message to these groups may reach members of those: only plain different names cannot meet."""
    if not sent or not joined or any("{}" in one for one in (*sent, *joined)):
        return True
    return bool(sent & joined)
