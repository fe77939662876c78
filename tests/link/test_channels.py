"""Which messages are found on a channel: the constructs that real projects send and handle them with."""

from __future__ import annotations

import pytest

from auditor.model.channel import Channel, Messages
from auditor.pipeline import audit_texts

CLIENT = """\
const socket = new WebSocket(`wss://${window.location.host}/live`);
socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "known") console.log(data.text);
};
export const say = () => socket.send(JSON.stringify({ type: "hello" }));
"""

SERVER = """\
from fastapi import FastAPI, WebSocket
app = FastAPI()

@app.websocket("/live")
async def live(socket: WebSocket):
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "hello":
            await socket.send_json({"type": "known", "text": "x"})
"""


def channel(python: str = SERVER, typescript: str = CLIENT) -> Channel:
    report = audit_texts({"backend/main.py": python, "frontend/src/client.ts": typescript}, frozenset({"MS101"}))
    [found] = report.graph.channels
    return found


def types(messages: Messages) -> tuple[str, ...]:
    return messages.types


HANDLING = """\
from fastapi import FastAPI, WebSocket
from pydantic import BaseModel
app = FastAPI()
{before}

@app.websocket("/live")
async def live(socket: WebSocket):
    while True:
        event = await socket.receive_json()
        kind = event.get("type")
        {body}
"""


@pytest.mark.parametrize(
    ("before", "body", "expected", "closed"),
    [
        ("", 'if kind in ("a", "b"): pass', ("a", "b"), True),
        ('A = "a"', "if kind == A: pass", ("a",), True),
        ("", 'if kind != "auth": break', ("auth",), True),
        ('def a(e): pass\nHANDLERS = {"a": a, "b": a}', "HANDLERS[kind](event)", ("a", "b"), True),
        ('def a(e): pass\nHANDLERS = {"a": a}', "handler = HANDLERS.get(kind)", ("a",), True),
        ("from enum import Enum\nclass K(str, Enum):\n    A = 'a'", "if kind == K.A: pass", ("a",), True),
        ("import other", 'if kind == "a": pass\n        other.relay(event)', ("a",), False),
        ("", 'if kind == "a": pass\n        getattr(socket, kind)(event)', ("a",), False),
        (
            "from typing import Annotated, Literal, Union\nfrom pydantic import Field, TypeAdapter\n"
            "class A(BaseModel):\n    type: Literal['a']\nclass B(BaseModel):\n    type: Literal['b'] = 'b'\n"
            "ADAPTER = TypeAdapter(Annotated[Union[A, B], Field(discriminator='type')])",
            "made = ADAPTER.validate_python(event)\n        if isinstance(made, A): pass\n"
            "        elif isinstance(made, (B,)): pass",
            ("a", "b"),
            True,
        ),
        ("", 'match event["type"]:\n            case "a" | "b": pass\n            case _: pass', ("a", "b"), True),
        ("", 'if kind == "a": pass\n        getattr(socket, f"on_{kind}")(event)', ("a",), False),
    ],
)
def test_the_backend_handles(before: str, body: str, expected: tuple[str, ...], closed: bool) -> None:
    handles = channel(HANDLING.format(before=before, body=body)).backend_handles
    assert (types(handles), handles.is_closed) == (expected, closed)


SENDING = """\
import json
from fastapi import FastAPI, WebSocket
from pydantic import BaseModel
app = FastAPI()
{before}

@app.websocket("/live")
async def live(socket: WebSocket):
    {body}
"""


@pytest.mark.parametrize(
    ("before", "body", "expected", "closed"),
    [
        ("", 'await socket.send_text(json.dumps({"type": "a"}))', ("a",), True),
        ("", 'message = {"type": "a"}\n    await socket.send_json(message)', ("a",), True),
        ("def made(kind): return {'type': f'{kind}-end'}", 'await socket.send_json(made("text"))', ("text-end",), True),
        ("async def tell(s, m): await s.send_json(m)", 'await tell(socket, {"type": "a"})', ("a",), True),
        ("class M(BaseModel):\n    type: str = 'a'", "await socket.send_text(M().model_dump_json())", ("a",), True),
        ("import other", "await socket.send_json(other.make())", (), False),
        ("", 'await socket.send_json({"ind": 1, "obj": {"type": "a"}})', ("a",), True),
        (
            "from enum import Enum\nfrom typing import Literal\nclass K(Enum):\n    A = 'a'\n"
            "class A(BaseModel):\n    type: Literal['a'] = K.A.value\nclass P(BaseModel):\n    obj: A",
            "await socket.send_text(P(obj=A()).model_dump_json())",
            ("a",),
            True,
        ),
        (
            "class Room:\n    def __init__(self): self.all = []\n    async def tell(self, m):\n"
            "        for one in self.all: await one.send_json(m)\nroom = Room()",
            'room.all.append(socket)\n    await room.tell({"type": "a"})',
            ("a",),
            False,
        ),
    ],
)
def test_the_backend_sends(before: str, body: str, expected: tuple[str, ...], closed: bool) -> None:
    sends = channel(SENDING.format(before=before, body=body)).backend_sends
    assert types(sends) == expected
    assert sends.is_closed or not closed


@pytest.mark.parametrize(
    ("listener", "expected", "closed"),
    [
        ('switch (data.type) { case "a": break; case "b": break; }', ("a", "b"), True),
        ("const map = { a: () => 1, b: () => 2 }; map[data.type]();", ("a", "b"), True),
        ('if (data.type === "a") return; relay(data);', ("a",), False),
    ],
)
def test_the_frontend_handles(listener: str, expected: tuple[str, ...], closed: bool) -> None:
    client = (
        'import { relay } from "elsewhere";\nconst socket = new WebSocket(`wss://${window.location.host}/live`);\n'
        'socket.addEventListener("message", (event) => {\n  const data = JSON.parse(event.data);\n  '
        f"{listener}\n}});\n"
    )
    handles = channel(typescript=client).frontend_handles
    assert (types(handles), handles.is_closed) == (expected, closed)


def test_socket_io() -> None:
    server = (
        "import socketio\nsio = socketio.AsyncServer()\n\n@sio.event\nasync def join(sid, data):\n"
        '    await sio.emit("joined", {"room": data["room"]})\n\n@sio.on("leave")\nasync def leave(sid): ...\n'
    )
    client = (
        'import { io } from "socket.io-client";\nconst socket = io();\nsocket.on("connect", () => {});\n'
        'socket.on("joined", (data) => console.log(data.room));\nsocket.emit("join", { room: 1 });\n'
    )
    found = channel(server, client)
    assert types(found.backend_sends) == types(found.frontend_handles) == ("joined",)
    assert types(found.backend_handles) == ("join", "leave")
    assert types(found.frontend_sends) == ("join",)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('said = f"{said}, {event}"', id="a text built from itself"),
        pytest.param('said = said + ", " + event', id="a sum built from itself"),
    ],
)
def test_a_text_that_grows_ends(body: str) -> None:
    """What is sent is made of what was sent before: not all of it can be known, and the search for it ends."""
    server = (
        "from fastapi import FastAPI, WebSocket\n"
        "app = FastAPI()\n\n"
        '@app.websocket("/live")\n'
        "async def live(socket: WebSocket):\n"
        '    said = ""\n'
        "    while True:\n"
        "        event = await socket.receive_text()\n"
        f"        {body}\n"
        "        await socket.send_text(said)\n"
    )
    assert channel(server).backend_sends.open


def test_a_model_that_holds_another_of_its_kind_ends() -> None:
    server = SERVER.replace("app = FastAPI()", "app = FastAPI()\nclass Node:\n    type: str\n").replace(
        'socket.send_json({"type": "known", "text": "x"})', "socket.send_json(grown(Node()))"
    )
    growing = "\ndef grown(node):\n    for _ in range(3):\n        node = Node(child=node)\n    return node\n"
    assert channel(server + growing).backend_sends.open
