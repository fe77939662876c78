"""Messages that a page keeps and hands on before it tells them apart: lists, components, gathered types."""

from __future__ import annotations

import pytest
from test_channels import SERVER

from auditor.model.channel import Channel
from auditor.pipeline import audit_texts

PAGE = """\
import {{ useState, useEffect }} from "react";
import {{ Log }} from "./Log";
export function Page() {{
  const [lines, setLines] = useState<any[]>([]);
  useEffect(() => {{
    const socket = new WebSocket(`wss://${{window.location.host}}/live`);
    socket.onopen = () => socket.send(JSON.stringify({{ type: "hello" }}));
    socket.onmessage = (event) => {{
      const line = JSON.parse(event.data);
      {keep}
    }};
  }}, []);
  return <Log lines={{lines}} />;
}}
"""
KEPT = "setLines((before) => [...before, line]);"


def shown(log: str, keep: str = KEPT) -> Channel:
    files = {"backend/main.py": SERVER, "frontend/src/Page.tsx": PAGE.format(keep=keep), "frontend/src/Log.tsx": log}
    report = audit_texts(files, frozenset({"MS102"}))
    (found,) = report.graph.channels
    return found


@pytest.mark.parametrize(
    "body",
    [
        'lines.filter((line: any) => line.type === "known")',
        'lines.map((line: any) => line.type).filter((kind: string) => kind === "known")',
        'lines.filter((line: any) => ["known", "late"].includes(line.type))',
        'new Set(lines.map((line: any) => line.type)).has("known")',
        "lines.some(isKnown)",
    ],
)
def test_a_component_that_is_given_kept_messages_handles_them(body: str) -> None:
    known = 'function isKnown(line: any) { return KNOWN.has(line.type); }\nconst KNOWN = new Set(["known"]);\n'
    found = shown(f"{known}export function Log({{ lines }}: any) {{ return <pre>{{{body}}}</pre>; }}\n")
    assert "known" in found.frontend_handles.types


def test_a_list_that_is_made_of_itself_ends() -> None:
    found = shown("export const Log = (p: any) => <i>{p.lines.length}</i>;\n", keep="setLines([...lines, ...lines]);")
    assert found.frontend_handles.types == ()


TYPED = """\
import {{ put, kept }} from "./store";
export interface Line {{ type: string; text: string }}
export function open() {{
  const socket = new WebSocket(`wss://${{window.location.host}}/live`);
  socket.onopen = () => socket.send(JSON.stringify({{ type: "hello" }}));
  socket.onmessage = (event) => put({received});
}}
"""
STORE = """\
import type { Line } from "./client";
export interface Props { lines: Line[]; title: string }
"""


@pytest.mark.parametrize("received", ["JSON.parse(event.data) as Line", "told(JSON.parse(event.data))"])
@pytest.mark.parametrize(
    "reader",
    [
        'export function show({ lines }: Props) { return lines.some((line) => line.type === "known"); }',
        'export const Show: React.FC<Props> = ({ lines }) => <i>{lines.filter((one) => one.type === "known")}</i>;',
        'export const isKnown = (line: Line | null) => line?.type === "known";',
        'export const known = (props: Props) => props.lines.map((one) => one.type).includes("known");',
    ],
)
def test_what_is_declared_to_be_of_the_type_that_came_in_is_followed(received: str, reader: str) -> None:
    told = "const told = (line: Line) => line;\n" if "told" in received else ""
    files = {
        "backend/main.py": SERVER,
        "frontend/src/client.ts": told + TYPED.format(received=received),
        "frontend/src/store.tsx": STORE + reader,
    }
    (found,) = audit_texts(files, frozenset({"MS103"})).graph.channels
    assert found.frontend_handles.types == ("known",)
    assert found.frontend_handles.open


def test_a_type_that_is_only_declared_is_no_dead_handler() -> None:
    reader = 'export const isOwn = (line: Line) => line.type === "own" || line.type === "known";'
    client = TYPED.format(received="JSON.parse(event.data) as Line")
    files = {
        "backend/main.py": SERVER,
        "frontend/src/client.ts": client,
        "frontend/src/store.tsx": STORE + reader,
    }
    report = audit_texts(files, frozenset({"MS102", "MS103"}))
    assert [one.code for one in report.findings] == []


EMITTER = """\
import socketio
from fastapi import FastAPI
app = FastAPI()
io = socketio.AsyncServer()
app.mount("/", socketio.ASGIApp(io))
SESSIONS = {}

class Session:
    def __init__(self, emit): self.emit = emit

class Emitter:
    session: Session
    def __init__(self, session: Session): self.session = session
    def _of(self, name): return getattr(self.session, name)
    @property
    def emit(self): return self._of("emit")
    def tell(self, text): return self.emit("told", {"text": text})

@io.on("connect")
async def connect(sid, environ):
    def emit(event, data): return io.emit(event, data, to=sid)
    SESSIONS[sid] = Session(emit=emit)

def emitter(key): return Emitter(library.find(key))
"""


def test_a_parameter_that_is_given_something_unknown_is_what_it_is_declared_to_be() -> None:
    client = 'import { io } from "socket.io-client";\nconst socket = io();\nsocket.on("told", (data) => data.text);\n'
    report = audit_texts({"backend/main.py": EMITTER, "frontend/src/client.ts": client}, frozenset({"SE103"}))
    (found,) = report.graph.channels
    assert found.backend_sends.types == ("told",)


def test_another_key_of_what_is_only_declared_to_come_in_is_not_meant() -> None:
    files = {
        "backend/main.py": SERVER,
        "frontend/src/client.ts": TYPED.format(received="JSON.parse(event.data) as Line"),
        "frontend/src/store.tsx": STORE + 'export const isBig = (line: Line) => line.kind === "big";',
    }
    (found,) = audit_texts(files, frozenset({"MS103"})).graph.channels
    assert found.frontend_handles.types == ()


ATOMS = """\
import {{ {hooks} }} from "recoil";
import {{ sessionState }} from "./state";
export function useOpen() {{
  {setter}
  return () => {{
    const socket = new WebSocket(`wss://${{window.location.host}}/live`);
    setSession((old) => ({{ ...old, socket }}));
  }};
}}
export function useSay() {{
  {value}
  return () => session?.socket.send(JSON.stringify({{ type: "hello" }}));
}}
"""


@pytest.mark.parametrize(
    ("hooks", "setter", "value"),
    [
        (
            "useRecoilState, useRecoilValue",
            "const [, setSession] = useRecoilState(sessionState);",
            "const session = useRecoilValue(sessionState);",
        ),
        (
            "useRecoilState, useSetRecoilState",
            "const setSession = useSetRecoilState(sessionState);",
            "const [session, setSession] = useRecoilState(sessionState);",
        ),
    ],
)
def test_a_socket_that_an_atom_keeps(hooks: str, setter: str, value: str) -> None:
    files = {
        "backend/main.py": SERVER,
        "frontend/src/state.ts": 'import { atom } from "recoil";\nexport const sessionState = atom({});\n',
        "frontend/src/live.ts": ATOMS.format(hooks=hooks, setter=setter, value=value),
    }
    (found,) = audit_texts(files, frozenset({"MS103"})).graph.channels
    assert found.frontend_sends.types == ("hello",)


WORDS = """\
from fastapi import FastAPI, WebSocket
app = FastAPI()

@app.websocket("/live")
async def live(socket: WebSocket):
    while True:
        data = await socket.receive_text()
        if data.strip().startswith("start"):
            from tell import tell_it as told
            await told(socket)
"""


def test_words_before_their_arguments_and_imports_in_functions() -> None:
    client = "const socket = new WebSocket(`wss://${window.location.host}/live`);\n"
    client += "export const start = (task: object) => socket.send(`start ${JSON.stringify(task)}`);\n"
    files = {
        "backend/main.py": WORDS,
        "backend/tell.py": 'async def tell_it(target):\n    await target.send_json({"type": "told"})\n',
        "frontend/src/live.ts": client,
    }
    (found,) = audit_texts(files, frozenset({"MS103"})).graph.channels
    assert (found.frontend_sends.types, found.backend_handles.types) == (("start",), ("start",))
    assert found.backend_sends.types == ("told",)


QUEUED = """\
import asyncio
import dataclasses
from typing import Literal
from fastapi import APIRouter, FastAPI, WebSocket
app = FastAPI()
api = APIRouter()

@dataclasses.dataclass
class News:
    text: str
    kind: Literal["news"] = "news"

@dataclasses.dataclass
class Channel:
    socket: WebSocket
    waiting: asyncio.Queue = dataclasses.field(default_factory=asyncio.Queue)

    def tell(self, one): self.waiting.put_nowait(one)

def plain(one): return {key: value for key, value in dataclasses.asdict(one).items()}

@api.websocket("/stream/{key}")
async def stream(socket: WebSocket, key: str):
    channel = Channel(socket)
    steps = (one for one in [News("a")])
    channel.tell(next(steps))
    channel.tell({"kind": "late"})
    while True:
        one = await channel.waiting.get()
        await socket.send_json(one if isinstance(one, dict) else plain(one))

app.include_router(api, prefix="/v1")
"""


def test_a_queue_of_a_class_and_a_client_whose_base_is_not_known() -> None:
    client = "const base = import.meta.env.VITE_BASE_OF_SOCKETS;\nexport function open(key: string) {\n"
    client += "  const socket = new WebSocket(`${base}/stream/${key}`);\n"
    client += '  socket.onmessage = (event) => { if (JSON.parse(event.data).kind === "news") socket.close(); };\n}\n'
    report = audit_texts({"backend/main.py": QUEUED, "frontend/src/live.ts": client}, frozenset({"MS102"}))
    (found,) = report.graph.channels
    assert found.backend_sends.types == ("late", "news")
    assert found.frontend_handles.types == ("news",)
    assert not found.certain


def test_what_is_nothing_before_it_is_known_is_a_hole_of_a_topic() -> None:
    client = "const socket = new WebSocket(`wss://${window.location.host}/live`);\n"
    client += 'function turn(room: string) { socket.send(JSON.stringify({ type: `${room}/on` })); }\nturn("");\n'
    files = {"backend/main.py": SERVER, "frontend/src/live.ts": client}
    (found,) = audit_texts(files, frozenset({"MS101"})).graph.channels
    assert found.frontend_sends.types == ("{}/on",)


def test_what_a_page_puts_beside_the_messages_is_no_dead_handler() -> None:
    log = (
        'export const Log = ({ lines }: any) => lines.map((one: any) => one.type === "asked" ? one.text : one.type === '
    )
    log += '"known");\n'
    found = shown(log, keep='setLines((before) => [...before, { type: "asked", text: "?" }, line]);')
    assert found.frontend_handles.types == ("asked", "known")
    assert [one.type for one in found.frontend_handles.entries if not one.echoed] == []


RECURSIVE = """\
from fastapi import FastAPI, WebSocket
app = FastAPI()

def cleaned(one):
    if isinstance(one, dict):
        return {key: cleaned(value) for key, value in one.items()}
    return one

@app.websocket("/live")
async def live(socket: WebSocket):
    await socket.send_json(cleaned({"type": "told", "data": {"type": "inner", "text": "x"}}))
"""


def test_the_parts_of_a_message_that_a_function_goes_down_into_are_no_messages() -> None:
    client = "const socket = new WebSocket(`wss://${window.location.host}/live`);\n"
    client += 'socket.onmessage = (event) => { if (JSON.parse(event.data).type === "told") socket.close(); };\n'
    files = {"backend/main.py": RECURSIVE, "frontend/src/live.ts": client}
    report = audit_texts(files, frozenset({"MS102"}))
    (found,) = report.graph.channels
    assert found.backend_sends.types == ("told",)
    assert not report.findings


SHARED = (
    RECURSIVE
    + """
def told_elsewhere(store):
    store.write(cleaned({"type": "stored", "text": "x"}))
"""
)


def test_what_a_function_hands_back_is_what_this_call_gave_it() -> None:
    """Others call the same function with objects that never reach the socket."""
    client = "const socket = new WebSocket(`wss://${window.location.host}/live`);\n"
    client += 'socket.onmessage = (event) => { if (JSON.parse(event.data).type === "told") socket.close(); };\n'
    report = audit_texts({"backend/main.py": SHARED, "frontend/src/live.ts": client}, frozenset({"MS102"}))
    (found,) = report.graph.channels
    assert found.backend_sends.types == ("told",)
    assert not report.findings
