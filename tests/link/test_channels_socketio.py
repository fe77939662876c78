"""Socket.IO: which servers and clients speak on one channel, and what on each."""

from __future__ import annotations

import pytest

from auditor.model.channel import Channel
from auditor.pipeline import audit_texts


def channels(python: str, *typescript: str) -> dict[str, Channel]:
    texts = {f"frontend/src/client{number}.ts": text for number, text in enumerate(typescript)}
    report = audit_texts({"backend/main.py": python, **texts}, frozenset({"MS101"}))
    return {one.path: one for one in report.graph.channels}


TWO = """\
import socketio
from fastapi import FastAPI
app = FastAPI()
live, play = socketio.AsyncServer(), socketio.AsyncServer()
app.mount("/live", socketio.ASGIApp(live, socketio_path="/live/socket.io"))
app.mount("/play", socketio.ASGIApp(play))

async def tell():
    await live.emit("news")
    await play.emit("move")

@live.on("ask")
async def ask(sid): ...

@play.event
async def join(sid): ...
"""
MADE = """\
import socketio
from fastapi import FastAPI
app = FastAPI()

class Server:
    def __init__(self, path):
        self.io = socketio.AsyncServer()
        self.app = socketio.ASGIApp(self.io, socketio_path=path)

live = Server("/live/socket.io")
play = Server(path="/play/socket.io")
app.mount("/live", live.app)
app.mount("/play", play.app)

async def tell():
    await live.io.emit("news")
    await play.io.emit("move")

@live.io.on("ask")
async def ask(sid): ...

@play.io.on("join")
async def join(sid): ...
"""
LIVE = """\
import { io } from "socket.io-client";
const socket = io({ path: "/live/socket.io/" });
socket.on("news", () => 1);
socket.emit("ask");
"""
PLAY = """\
import { io } from "socket.io-client";
const socket = io("https://example.org", { path: "/play/socket.io" });
socket.on("move", () => 1);
socket.emit("join");
"""


@pytest.mark.parametrize("server", [TWO, MADE])
def test_two_servers_are_two_channels(server: str) -> None:
    found = channels(server, LIVE, PLAY)
    assert set(found) == {"/live/socket.io", "/play/socket.io"}
    live, play = found["/live/socket.io"], found["/play/socket.io"]
    assert (live.backend_sends.types, live.backend_handles.types) == (("news",), ("ask",))
    assert (live.frontend_sends.types, live.frontend_handles.types) == (("ask",), ("news",))
    assert (play.backend_sends.types, play.backend_handles.types) == (("move",), ("join",))
    assert (play.frontend_sends.types, play.frontend_handles.types) == (("join",), ("move",))
    assert live.backend_sends.is_closed
    assert play.frontend_handles.is_closed


def test_a_server_that_no_client_opens_is_a_channel_without_clients() -> None:
    found = channels(TWO, LIVE)
    assert len(found["/live/socket.io"].clients) == 1
    assert found["/live/socket.io"].backend_sends.types == ("news",)
    assert found["/play/socket.io"].clients == ()


def test_a_client_whose_path_cannot_be_read_makes_one_open_channel() -> None:
    [found] = channels(TWO, LIVE.replace('"/live/socket.io/"', "window.location.hash"), PLAY).values()
    assert found.backend_sends.types == ("move", "news")
    assert not found.backend_sends.is_closed
    assert not found.frontend_handles.is_closed


def test_a_server_whose_path_cannot_be_read_is_paired_by_elimination_and_open() -> None:
    found = channels(TWO.replace('"/live/socket.io"', "PATH"), LIVE, PLAY)
    assert found["/live/socket.io"].backend_sends.types == ("news",)
    assert not found["/live/socket.io"].frontend_handles.is_closed
    assert found["/play/socket.io"].backend_sends.types == ("move",)
    assert found["/play/socket.io"].frontend_handles.is_closed


def test_one_server_and_one_client_are_one_channel_whatever_their_paths() -> None:
    [found] = channels("import socketio\nsio = socketio.Server()\ndef f(): sio.emit('news')", LIVE).values()
    assert found.backend_sends.types == found.frontend_handles.types == ("news",)
    assert found.backend_sends.is_closed
    assert found.frontend_handles.is_closed


def test_a_manager_reaches_the_clients_of_any_server() -> None:
    found = channels(TWO + "manager = socketio.AsyncRedisManager('redis://')\nmanager.emit('news')\n", LIVE, PLAY)
    assert found["/live/socket.io"].backend_sends.types == ("news",)
    assert found["/play/socket.io"].backend_sends.types == ("move",)


def test_a_namespace_sends_and_handles() -> None:
    [found] = channels(
        "import socketio\nsio = socketio.AsyncServer()\n"
        "class Base(socketio.AsyncNamespace):\n    async def on_ask(self, sid, data):\n"
        "        await self.emit('news', {'a': 1})\n"
        "class Chat(Base):\n    async def on_connect(self, sid, environ): ...\n"
        "    async def on_join(self, sid): await self.emit('joined')\n"
        "sio.register_namespace(Chat('/chat'))\n",
        LIVE,
    ).values()
    assert found.backend_sends.types == ("joined", "news")
    assert found.backend_handles.types == ("ask", "join")


def test_events_of_a_registry() -> None:
    [found] = channels(
        "import socketio\nfrom fastapi_events.handlers.local import local_handler\n"
        "class Done:\n    name = 'done'\nclass More:\n    name = 'more'\nclass Inner:\n    name = 'inner'\n"
        "EVENTS = {Done, More}\n"
        "def register(events, func):\n    events = events if isinstance(events, set) else {events}\n"
        "    for event in events:\n        local_handler.register(event_name=event.name, _func=func)\n"
        "class Live:\n    def __init__(self):\n        self._io = socketio.AsyncServer()\n"
        "        register(EVENTS, self._tell)\n        register(Inner, self._keep)\n"
        "    async def _tell(self, event):\n        await self._io.emit(event=event[0], data=event[1])\n"
        "    async def _keep(self, event):\n        print(event)\nlive = Live()\n",
        LIVE,
    ).values()
    assert found.backend_sends.types == ("done", "more")
    assert found.backend_sends.is_closed


def test_events_through_an_injected_function() -> None:
    [found] = channels(
        "import socketio\nsio = socketio.AsyncServer()\n"
        "class Session:\n    def __init__(self, emit):\n        self.emit = emit\n"
        "class Emitter:\n    def __init__(self, session):\n        self.session = session\n"
        "    def _of_session(self, name):\n        return getattr(self.session, name)\n"
        "    @property\n    def emit(self):\n        return self._of_session('emit')\n"
        "    def start(self):\n        return self.emit('started', {})\n"
        "@sio.on('connect')\nasync def connect(sid):\n"
        "    def emit_here(event, data):\n        return sio.emit(event, data, to=sid)\n"
        "    Emitter(Session(emit=emit_here)).start()\n",
        LIVE,
    ).values()
    assert found.backend_sends.types == ("started",)
