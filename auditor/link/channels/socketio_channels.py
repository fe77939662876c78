"""The Socket.IO channels of a project: one per endpoint, with the events that travel on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.link.channels.origins import Origins
from auditor.link.channels.socketio_ends import Meeting, clients, meetings, servers
from auditor.link.channels.socketio_events import Spoken, of_clients, of_servers
from auditor.link.channels.values import MADE
from auditor.model.channel import Channel, Message, Messages
from auditor.model.graph import CallSite
from auditor.model.kind import Kind
from auditor.model.span import Location

_PAGE = "a client of the page, window.io"


def socketio_channels(
    backend: Origins, frontend: Origins, opened: Mapping[str, Location], calls: Sequence[CallSite]
) -> list[Channel]:
    """The channels of a project whose backend and frontend both speak Socket.IO."""
    served = servers(backend)
    own = clients({key: place for key, place in opened.items() if key.startswith(MADE)}, calls) if served else []
    if not any(one.key for one in own):
        return []
    found = meetings(served, own)
    understood = of_clients(frontend)
    heard = [_merged(understood[key] for key in sorted(understood) if key in one.client_keys) for one in found]
    if "io" in frontend.index.globals:
        global_ones = [one for one in found if any(not client.key for client in one.clients)]
        for meeting, spoken in zip(found, heard, strict=True):
            if meeting in (global_ones or found):
                spoken.sends_open.add(_PAGE)
                spoken.handles_open.add(_PAGE)
    said = _shared(of_servers(backend), found, heard)
    return [_channel(*one) for one in zip(found, said, heard, strict=True)]


def _shared(said: Mapping[str, Spoken], found: Sequence[Meeting], heard: Sequence[Spoken]) -> list[Spoken]:
    """What the servers of each channel say. What any of several servers may say belongs where a client knows it,
    or may know it, or else to the first."""
    given = [Spoken() for _ in found]
    for key, spoken in sorted(said.items()):
        places = [number for number, one in enumerate(found) if key in one.server_keys]
        for number in places:
            given[number].sends_open |= spoken.sends_open
            given[number].handles_open |= spoken.handles_open
        for message in spoken.sends:
            for number in _where(message, places, [(one.handles, one.handles_open) for one in heard]):
                given[number].sends.add(message)
        for message in spoken.handles:
            for number in _where(message, places, [(one.sends, one.sends_open) for one in heard]):
                given[number].handles.add(message)
    return given


def _where(message: Message, places: Sequence[int], others: Sequence[tuple[set[Message], set[str]]]) -> list[int]:
    if len(places) < 2:
        return list(places)
    known = [number for number in places if any(one.type == message.type for one in others[number][0])]
    spoken = [number for number in places if others[number][0]]
    return known or [number for number in places if others[number][1]] or spoken[:1] or list(places[:1])


def _merged(parts: Iterable[Spoken]) -> Spoken:
    whole = Spoken()
    for one in parts:
        whole.sends |= one.sends
        whole.handles |= one.handles
        whole.sends_open |= one.sends_open
        whole.handles_open |= one.handles_open
    return whole


def _channel(meeting: Meeting, said: Spoken, heard: Spoken) -> Channel:
    doubt = {meeting.doubt} - {""}
    return Channel(
        kind=Kind.WEBSOCKET,
        path=meeting.path,
        route=min((one.location for one in meeting.servers), default=None),
        clients=tuple(sorted({one.location for one in meeting.clients})),
        backend_sends=_messages(said.sends, said.sends_open | doubt),
        backend_handles=_messages(said.handles, said.handles_open | doubt),
        frontend_sends=_messages(heard.sends, heard.sends_open | doubt),
        frontend_handles=_messages(heard.handles, heard.handles_open | doubt),
    )


def _messages(messages: set[Message], reasons: set[str]) -> Messages:
    return Messages(tuple(sorted(messages, key=lambda one: (one.type, one.location))), tuple(sorted(reasons)))
