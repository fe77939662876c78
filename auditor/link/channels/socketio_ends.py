"""Which Socket.IO servers there are, at which paths, and which clients open which of them.

Paths of a server: https://python-socketio.readthedocs.io/en/stable/api.html#socketio.ASGIApp (`socketio_path`),
…#socketio.AsyncServer.attach, https://flask-socketio.readthedocs.io/en/latest/api.html (`path`); of a client:
https://socket.io/docs/v4/client-options/#path. A server below a mount is served at its own path or below the mount's:
which of the two depends on whether the framework strips the prefix
(https://www.starlette.io/routing/#submounting-routes did up to 0.32).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.link.channels.origins import Origins
from auditor.link.channels.results import argument_of
from auditor.link.channels.socketio import APPLICATIONS, SERVERS, handles, is_socketio
from auditor.link.channels.tables import Scope
from auditor.link.channels.texts import texts_of
from auditor.link.channels.values import ANY_SERVER, Built
from auditor.model import form
from auditor.model.graph import CallSite
from auditor.model.span import Location

DEFAULT = "/socket.io"
_OPTIONS = ("socketio_path", "path", "resource")


@dataclass(frozen=True, slots=True)
class End:
    """A server or a client. `paths` are where it is served or what it opens, empty if that cannot be told."""

    key: str
    location: Location
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Servers and clients that speak on one channel. `doubt` says why they may speak on several."""

    servers: tuple[End, ...]
    clients: tuple[End, ...]
    doubt: str = ""

    @property
    def path(self) -> str:
        """Where it is served, as far as that is known."""
        opened = sorted({path for one in self.clients for path in one.paths})
        served = {path for one in self.servers for path in one.paths}
        return next((path for path in opened if path in served), None) or next(iter(opened or sorted(served)), DEFAULT)

    @property
    def server_keys(self) -> frozenset[str]:
        """The keys under which what these servers say is found."""
        return frozenset(key for one in self.servers for key in (one.key, one.key.partition("@")[0], ANY_SERVER))

    @property
    def client_keys(self) -> frozenset[str]:
        """The keys under which what these clients say is found."""
        return frozenset(one.key for one in self.clients) | {ANY_SERVER}


def servers(origins: Origins) -> list[End]:
    """Every server of the project, one per instance where a class makes it."""
    found: list[End] = []
    for name in sorted(SERVERS):
        for call, scope in origins.index.calls.get(name, ()):
            for key in handles(origins.of(call, scope)):
                location = Location(scope.file, call.span)
                made = [] if key == ANY_SERVER else list(_instances(origins, scope))
                found += [
                    End(f"{key}@{inner.file}:{one.span.start_line}:{one.span.start_column}", location, frozenset())
                    for one, inner in made
                ] or [End(key, location, frozenset())]
    real = [one for one in found if one.key != ANY_SERVER] or found
    return sorted(
        (End(one.key, one.location, _served(origins, one.key)) for one in real), key=lambda one: (one.location, one.key)
    )


def clients(opened: Mapping[str, Location], calls: Iterable[CallSite]) -> list[End]:
    """Every client of the frontend, by the place that opens it; those that the page gives (`window.io`) have no key."""
    paths: dict[Location, set[str]] = {}
    places = set(opened.values())
    loose: list[End] = []
    for call in calls:
        if call.client != "socket.io":
            continue
        through = {call.location, *(step.location for step in call.provenance)} & places
        for place in through:
            paths.setdefault(place, set()).add(call.path)
        if not through:
            loose.append(End("", call.location, _plain([call.path])))
    own = [End(key, location, _plain(paths.get(location, ()))) for key, location in opened.items()]
    return sorted([*own, *loose], key=lambda one: (one.location, one.key))


def meetings(served: Sequence[End], opened: Sequence[End]) -> list[Meeting]:
    """The channels: servers and clients whose paths meet; what cannot be told apart is one channel, in doubt."""
    if len(served) <= 1 and len({one.paths for one in opened}) <= 1:
        return [Meeting(tuple(served), tuple(opened))]
    if any(not one.paths for one in opened):
        return [Meeting(tuple(served), tuple(opened), "clients whose paths could not be read")]
    groups: list[tuple[list[End], list[End]]] = []
    for client in opened:
        touched = [group for group in groups if any(_meet(client, one) for one in (*group[0], *group[1]))]
        met = [one for one in served if _meet(client, one) and not any(one in group[0] for group in touched)]
        groups = [group for group in groups if group not in touched]
        groups.append((
            [*(one for group in touched for one in group[0]), *met],
            [*(one for group in touched for one in group[1]), client],
        ))  # fmt: skip
    left = [one for one in served if not any(one in group[0] for group in groups)]
    alone = [one for group in groups if not group[0] for one in group[1]]
    found = [Meeting(tuple(group[0]), tuple(group[1])) for group in groups if group[0]]
    if left and alone:
        sure = len(served) == 1 and len({one.paths for one in alone}) == 1
        found.append(Meeting(tuple(left), tuple(alone), "" if sure else "paths that do not meet"))
    elif left and any(not one.paths for one in left):
        return [Meeting(tuple(served), tuple(opened), "servers whose paths could not be read")]
    elif left:
        found += [Meeting((one,), ()) for one in left]
    return found


def _meet(one: End, other: End) -> bool:
    return bool(one.paths & other.paths)


def _instances(origins: Origins, scope: Scope) -> Iterator[tuple[form.Call, Scope]]:
    """The calls that make an instance of the class around a place."""
    owner = scope.owner
    heirs = [owner.name, *(heir.name for heir, _ in origins.index.heirs.get(owner.name, ()))] if owner else []
    for name in dict.fromkeys(heirs):
        for call, inner in origins.index.calls.get(name, ()):
            if any(isinstance(one, Built) and one.node.name == name for one in origins.of(call, inner)):
                yield call, inner


def _served(origins: Origins, key: str) -> frozenset[str]:
    """Where a server is served; empty if that cannot be told."""
    own: set[str] = set()
    for call, scope, name in _serving(origins, key):
        option = next((one.value for one in call.arguments if one.name in _OPTIONS), None)
        if option is None and name in APPLICATIONS and len(call.arguments) > 3 and call.arguments[3].name is None:
            option = call.arguments[3].value
        if option is None:
            own.add(DEFAULT)
            continue
        texts, complete = _texts(origins, option, scope, key)
        if not complete:
            return frozenset()
        own |= texts
    mounts = list(_mounts(origins, key))
    if any(not complete for _, complete in mounts):
        return frozenset()
    below = {f"{mount.rstrip('/')}/{path.strip('/')}" for texts, _ in mounts for mount in texts for path in own}
    return _plain(own | below)


def _serving(origins: Origins, key: str) -> Iterator[tuple[form.Call, Scope, str]]:
    """The calls that put a server into an application."""
    base = key.partition("@")[0]
    for name in (*sorted(APPLICATIONS), "SocketIO", "attach", "init_app"):
        for call, scope in origins.index.calls.get(name, ()):
            if name in APPLICATIONS:
                given = call.arguments[0].value if call.arguments else None
            elif name == "SocketIO":
                given = call
            else:
                given = call.callee.object if isinstance(call.callee, form.Member) else None
            if {key, base} & set(handles(origins.of(given, scope))) and (
                name not in APPLICATIONS or is_socketio(origins, call.callee, scope)
            ):
                yield call, scope, name


def _mounts(origins: Origins, key: str) -> Iterator[tuple[frozenset[str], bool]]:
    """The prefixes below which the application of a server is mounted."""
    for name in ("mount", "Mount"):
        for call, scope in origins.index.calls.get(name, ()):
            given = [one.value for one in call.arguments if one.name in (None, "app")]
            if not any(key in handles(origins.of(one, scope)) for one in given[1:2]):
                continue
            yield texts_of(origins, call.arguments[0].value, scope)


def _texts(origins: Origins, option: form.Expression, scope: Scope, key: str) -> tuple[frozenset[str], bool]:
    """The texts of an option; for one instance of a class, with what that instance was made with."""
    function = scope.function
    place = key.partition("@")[2]
    if not place or function is None or function.name not in ("__init__",):
        return texts_of(origins, option, scope)
    for call, inner in origins.callers(function):
        if place == f"{inner.file}:{call.span.start_line}:{call.span.start_column}":
            given = {
                (function, position): origins.of(argument, inner)
                for position in range(1, len(function.parameters))
                if (argument := argument_of(call, function, position)) is not None
            }
            with origins.rooted(given):
                return texts_of(origins, option, scope)
    return texts_of(origins, option, scope)


def _plain(paths: Iterable[str]) -> frozenset[str]:
    """Paths with one slash before and none after; none if one of them is made at run time."""
    found = {"/" + path.strip("/") for path in paths}
    return frozenset() if any("{" in path for path in found) else frozenset(found)
