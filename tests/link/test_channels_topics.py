"""Topics on a socket server of its own: hooks with positional topics, types with holes, tables of handlers."""

from __future__ import annotations

import pytest

from auditor.model.graph import Unknown
from auditor.pipeline import audit_texts

WS4PY = """\
import json
from ws4py.server.wsgiutils import WebSocketWSGIApplication
from ws4py.websocket import WebSocket

class Client:
    def subscribe(self, receiver):
        self._receiver = receiver
        self.start()

    def start(self):
        class Handler(WebSocket):
            receiver = self._receiver

            def received_message(self, message):
                data = json.loads(message.data.decode("utf-8"))
                self.receiver(data["topic"], data["payload"])

        self.server = make_server(app=WebSocketWSGIApplication(handler_cls=Handler))

    def publish(self, topic, payload):
        message = json.dumps({"topic": topic, "payload": payload})
        for one in self.server.manager.websockets.values():
            one.send(message)
"""
DISPATCHER = """\
from client import Client

class Rooms:
    def __init__(self, publish):
        self.publish = publish

    def lit(self, room):
        self.publish(f"{room}/light/state", "ON")

class Dispatcher:
    def __init__(self, clients):
        self.clients = clients
        self.rooms = Rooms(self.publish)
        self.handlers = {"restart": self.restart, "rooms": self.rooms.lit}
        for client in self.clients:
            client.subscribe(self._receive)

    def _receive(self, topic, payload):
        if topic in self.handlers:
            self.handlers[topic](payload)

    def restart(self, payload):
        self.publish("restarting", payload)

    def publish(self, topic, payload):
        for client in self.clients:
            client.publish(topic, payload)

Dispatcher([Client()])
"""
PROVIDER = """\
import { createContext, useCallback, useContext, useEffect, useRef } from "react";
import { apply } from "./store";

export const SendContext = createContext(null);

export function Provider({ children }) {
  const socket = useRef<WebSocket | null>(null);
  const sendJson = useCallback((message: unknown) => socket.current.send(JSON.stringify(message)), []);
  useEffect(() => {
    const opened = new WebSocket(`ws://${window.location.host}/ws`);
    socket.current = opened;
    opened.onmessage = (event) => apply(event.data);
  }, []);
  const send = useCallback((message) => sendJson({ topic: message.topic, payload: message.payload }), [sendJson]);
  return <SendContext.Provider value={send}>{children}</SendContext.Provider>;
}

export function useSend() {
  return useContext(SendContext);
}
"""
STORE = """\
const state: Record<string, unknown> = {};
const listeners = new Map<string, Set<() => void>>();

export function apply(raw: string) {
  const { topic, payload } = JSON.parse(raw);
  state[topic] = payload;
  const found = listeners.get(topic);
  if (found) found.forEach((one) => one());
}

export function subscribe(topic: string, listener: () => void) {
  const found = listeners.get(topic) ?? new Set();
  listeners.set(topic, found);
  found.add(listener);
}
"""
HOOKS = """\
import { useCallback } from "react";
import { useSend } from "./provider";
import { subscribe } from "./store";

export function useTopic(watched: string, published: string) {
  subscribe(watched, () => 1);
  const sendMessage = useSend();
  return useCallback((payload: unknown) => sendMessage({ topic: published || watched, payload }), [sendMessage]);
}

export const useLight = (room?: string) => useTopic(`${room ?? ""}/light/state`, `${room}/light/set`);
export const useRestart = () => useTopic("restarting", "restart");
"""


def test_topics_through_hooks_and_callbacks() -> None:
    report = audit_texts(
        {
            "backend/client.py": WS4PY,
            "backend/main.py": DISPATCHER,
            "backend/app.py": "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/a')\ndef a(): ...\n",
            "frontend/src/provider.tsx": PROVIDER,
            "frontend/src/store.ts": STORE,
            "frontend/src/hooks.ts": HOOKS + "export const a = () => fetch('/a');\n",
        }
    )
    [found] = report.graph.channels
    assert found.backend_sends.types == ("restarting", "{}/light/state")
    assert found.frontend_handles.types == ("restarting", "{}/light/state")
    assert set(found.frontend_sends.types) >= {"restart", "{}/light/set"}
    assert found.backend_handles.types == ("restart", "rooms")
    assert not found.certain
    [call] = [call for call in report.graph.calls if call.path == "/ws"]
    assert isinstance(call.target, Unknown)
    assert not [one for one in report.findings if one.code == "WS101"]


@pytest.mark.parametrize("serve", ["websockets.serve(handle, 'localhost', 8765)", "serve(handler=handle, port=1)"])
def test_a_handler_that_is_served(serve: str) -> None:
    python = (
        "import json, websockets\nfrom websockets.asyncio.server import serve\n"
        "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/a')\ndef a(): ...\n"
        "async def handle(connection):\n    async for message in connection:\n        event = json.loads(message)\n"
        "        if event['type'] == 'hello':\n            await connection.send(json.dumps({'type': 'known'}))\n"
        f"async def main():\n    async with {serve}: ...\n"
    )
    typescript = (
        'const socket = new WebSocket("ws://localhost:8765");\nexport const a = () => fetch("/a");\n'
        'socket.onmessage = (event) => { if (JSON.parse(event.data).type === "known") console.log(1); };\n'
        'export const say = () => socket.send(JSON.stringify({ type: "hello" }));\n'
    )
    [found] = audit_texts({"backend/main.py": python, "frontend/src/client.ts": typescript}).graph.channels
    assert (found.backend_sends.types, found.backend_handles.types) == (("known",), ("hello",))
    assert (found.frontend_sends.types, found.frontend_handles.types) == (("hello",), ("known",))
    assert found.backend_handles.is_closed
