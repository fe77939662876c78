"""The events of Socket.IO that one side sends and handles, by the server or client that does.

Reserved events are in the pack of the protocol.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from auditor.link.channels.origins import Origins
from auditor.link.channels.protocols import packs
from auditor.link.channels.socketio import MODULES, handles, imported, namespaces, touches_client
from auditor.link.channels.tables import Scope
from auditor.link.channels.texts import texts_of
from auditor.link.channels.values import ANY_SERVER, Built, Made, Origin, Unknown
from auditor.link.channels.written import text_of
from auditor.model import form
from auditor.model.channel import Message
from auditor.model.span import Location

_EMITTING = ("emit", "emitWithAck", "send", "call")
_REGISTERING = ("on", "once", "on_event")


@dataclass
class Spoken:
    """What one server or client sends and handles, and why there may be more."""

    sends: set[Message] = field(default_factory=set)
    handles: set[Message] = field(default_factory=set)
    sends_open: set[str] = field(default_factory=set)
    handles_open: set[str] = field(default_factory=set)


def of_servers(origins: Origins) -> dict[str, Spoken]:
    """What the backend says and understands, by key; `ANY_SERVER` for what may be any of them."""
    found: dict[str, Spoken] = defaultdict(Spoken)
    classes = namespaces(origins)
    _emitted(origins, found, classes)
    _registered(origins, found)
    for decorator, function, scope in origins.index.decorated:
        owner = decorator.callee if isinstance(decorator, form.Call) else decorator
        if isinstance(owner, form.Member) and owner.name == "event":
            for key in handles(origins.of(owner.object, scope)):
                found[key].handles |= _named({function.name}, Location(scope.file, function.span))
    for node, keys in classes.items():
        file = origins.index.classes[node].file
        for function in (one.function for one in node.body if isinstance(one, form.Def)):
            for key in keys:
                if function.name.startswith("on_"):
                    found[key].handles |= _named({function.name[3:]}, Location(file, function.span))
                elif function.name == "trigger_event":
                    found[key].handles_open.add("events that a namespace hands on")
    return found


def of_clients(origins: Origins) -> dict[str, Spoken]:
    """What the frontend says and understands, by key; `ANY_SERVER` for what may be any of its clients."""
    found: dict[str, Spoken] = defaultdict(Spoken)
    _emitted(origins, found, {})
    _registered(origins, found)
    for name in ("onAny", "prependAny", "onAnyOutgoing"):
        for call, scope in origins.index.calls.get(name, ()):
            owner = call.callee.object if isinstance(call.callee, form.Member) else None
            keys = handles(origins.of(owner, scope))
            for key in keys or ([ANY_SERVER] if touches_client(origins, scope) else []):
                found[key].handles_open.add("a listener to any event")
    for key in [key for key in found if "@" in key]:  # a client is known by the place that opens it
        whole, one = found[key.partition("@")[0]], found.pop(key)
        whole.sends |= one.sends
        whole.handles |= one.handles
        whole.sends_open |= one.sends_open
        whole.handles_open |= one.handles_open
    return found


def _emitted(origins: Origins, spoken: dict[str, Spoken], classes: dict[form.Class, list[str]]) -> None:
    for name in _EMITTING:
        for call, scope in origins.index.calls.get(name, ()):
            owner = call.callee.object if isinstance(call.callee, form.Member) else None
            found = origins.of(owner, scope) if owner is not None else ()
            own = [key for one in found if isinstance(one, Built) for key in classes.get(one.node, ())]
            free = owner is None and name in imported(origins.index, scope.file, MODULES)
            keys = handles(found) or sorted(set(own)) or ([ANY_SERVER] if free else [])
            if not keys and name in ("emit", "emitWithAck") and _may_be(origins, call, scope, found):
                spoken[ANY_SERVER].sends_open.add("events emitted by something that could not be followed")
            for key in keys:
                if name == "send":
                    spoken[key].sends |= _named({"message"}, Location(scope.file, call.span))
                elif call.arguments:
                    messages, complete = _events(origins, call, scope)
                    spoken[key].sends |= messages
                    spoken[key].sends_open |= set() if complete else {"an event whose name is made at run time"}


def _registered(origins: Origins, spoken: dict[str, Spoken]) -> None:
    for name in _REGISTERING:
        for call, scope in origins.index.calls.get(name, ()):
            if not isinstance(call.callee, form.Member) or not call.arguments:
                continue
            found = origins.of(call.callee.object, scope)
            keys = handles(found)
            for key in keys:
                messages, complete = _events(origins, call, scope)
                spoken[key].handles |= messages
                spoken[key].handles_open |= set() if complete else {"an event whose name is made at run time"}
            if not keys and _may_be(origins, call, scope, found):
                spoken[ANY_SERVER].handles_open.add("listeners of something that could not be followed")


def _may_be(origins: Origins, call: form.Call, scope: Scope, found: tuple[Origin, ...]) -> bool:
    """Whether a call may name an event of the channel that is written nowhere: constant names are found as texts."""
    if not call.arguments or not any(isinstance(one, Unknown) for one in found):
        return False
    return not texts_of(origins, call.arguments[0].value, scope)[1]


def _events(origins: Origins, call: form.Call, scope: Scope) -> tuple[set[Message], bool]:
    """The events that a call names, and whether these are all."""
    named = {one.name: one for one in call.arguments if one.name}
    first, second = named.get("event", call.arguments[0]), [named["data"]] if "data" in named else call.arguments[1:2]
    texts, complete = texts_of(origins, first.value, scope)
    fields: set[str] = set()
    more = True
    for argument in second:
        made = origins.of(argument.value, scope)
        if made and all(isinstance(one, Made) and isinstance(one.node, form.Object) for one in made):
            entries = [entry for one in made if isinstance(one, Made) for entry in getattr(one.node, "entries", ())]
            fields = {text_of(entry.key) or "" for entry in entries if entry.key is not None} - {""}
            more = any(entry.key is None for entry in entries)
    place = Location(scope.file, call.span)
    return _named(texts - {"*", ""}, place, tuple(sorted(fields)), more), complete and "*" not in texts


def _named(
    names: set[str] | frozenset[str], place: Location, fields: tuple[str, ...] = (), more: bool = True
) -> set[Message]:
    reserved = next(pack.protocol.required for pack in packs() if pack.packages == ("socket.io-client",))
    return {Message(name, "event", place, fields, more) for name in names if name not in reserved}
