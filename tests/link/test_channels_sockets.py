"""Sockets that are classes, and Socket.IO: which messages are found."""

from __future__ import annotations

import pytest
from test_channels import CLIENT, SERVER, channel, types

from auditor.model.channel import Channel
from auditor.pipeline import audit_texts

CONSUMER = """\
import json
from channels.generic.websocket import {base}
from channels.layers import get_channel_layer
from asgiref.sync import async_to_sync

class Room({base}):
{body}
"""
ASGI = """\
import os
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path
from rooms.consumers import Room
application = ProtocolTypeRouter(
    {"http": get_asgi_application(), "websocket": URLRouter([path("live", Room.as_asgi())])}
)
"""


def django_channel(base: str, body: str, typescript: str = CLIENT, other: str = "") -> Channel:
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    report = audit_texts(
        {
            "backend/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")\n',
            "backend/site_/__init__.py": "",
            "backend/site_/settings.py": 'ROOT_URLCONF = "site_.urls"\nASGI_APPLICATION = "site_.asgi.application"\n',
            "backend/site_/urls.py": "urlpatterns = []\n",
            "backend/site_/asgi.py": ASGI,
            "backend/rooms/__init__.py": "",
            "backend/rooms/consumers.py": CONSUMER.format(base=base, body=indented),
            "backend/rooms/tell.py": other,
            "frontend/src/client.ts": typescript,
        },
        frozenset({"MS101"}),
    )
    [found] = report.graph.channels
    return found


def test_a_consumer_sends_and_receives_json() -> None:
    found = django_channel(
        "AsyncJsonWebsocketConsumer",
        "async def receive_json(self, content, **kwargs):\n"
        "    if content['type'] == 'hello':\n        await self.send_json({'type': 'known', 'text': 'x'})\n",
    )
    assert (types(found.backend_handles), found.backend_handles.is_closed) == (("hello",), True)
    assert (types(found.backend_sends), found.backend_sends.is_closed) == (("known",), True)
    assert types(found.frontend_sends) == ("hello",)


def test_a_consumer_receives_text() -> None:
    found = django_channel(
        "WebsocketConsumer",
        "def receive(self, text_data=None, bytes_data=None):\n    data = json.loads(text_data)\n"
        "    match data['type']:\n        case 'hello':\n            "
        "self.send(text_data=json.dumps({'type': 'known'}))\n"
        "        case 'bye':\n            self.close()\n",
    )
    assert (types(found.backend_handles), found.backend_handles.is_closed) == (("bye", "hello"), True)
    assert types(found.backend_sends) == ("known",)


def test_a_group_message_calls_the_method_of_its_type() -> None:
    found = django_channel(
        "AsyncJsonWebsocketConsumer",
        "async def connect(self):\n    await self.channel_layer.group_add('rooms', self.channel_name)\n"
        "async def chat_message(self, event):\n    await self.send_json(event['content'])\n"
        "async def never(self, event):\n    await self.send_json({'type': 'never'})\n",
        other="from asgiref.sync import async_to_sync\nfrom channels.layers import get_channel_layer\n"
        "def tell(content):\n"
        "    async_to_sync(get_channel_layer().group_send)('rooms', {'type': 'chat.message', 'content': content})\n"
        "def others():\n"
        "    async_to_sync(get_channel_layer().group_send)('other', "
        "{'type': 'chat.message', 'content': {'type': 'b'}})\n"
        "tell({'type': 'known', 'text': 'a'})\ntell({'type': 'more'})\n",
    )
    assert (types(found.backend_sends), found.backend_sends.is_closed) == (("known", "more", "never"), True)


IO_SERVER = """\
import socketio
sio = socketio.AsyncServer()
{}
"""
IO_CLIENT = """\
import {{ io }} from "socket.io-client";
const socket = io();
{}
"""


@pytest.mark.parametrize(
    ("server", "client", "sent", "heard"),
    [
        (  # an emitter of another process, and events in an object
            "async def work(m: socketio.AsyncRedisManager | None): await m.emit('done', {'a': 1})",
            'const EVENTS = { DONE: "done" } as const;\nsocket.on(EVENTS.DONE, () => 1);',
            ("done",),
            ("done",),
        ),
        (  # a map of handlers
            "async def tell(name): await sio.emit(name, {})\nasync def all(): await tell('done'); await tell('more')",
            "const handlers = { done: () => 1, more: () => 2 };\n"
            "Object.entries(handlers).forEach(([name, handler]) => socket.on(name, handler));",
            ("done", "more"),
            ("done", "more"),
        ),
        (  # a loop over a map
            "async def done(sid): await sio.emit('ok')\nfor name, f in {'done': done}.items(): sio.on(name, f)",
            "for (const [name, handler] of Object.entries({ ok: () => 1 })) socket.on(name, handler);",
            ("ok",),
            ("ok",),
        ),
        (  # a name on a class attribute, one emit
            "class Event:\n    name = ''\n    async def emit(self): await sio.emit(self.name)\n"
            "class Done(Event):\n    name = 'done'\nclass More(Event):\n    name = 'more'",
            'enum E { Done = "done" }\nsocket.on(E.Done, () => 1);',
            ("done", "more"),
            ("done",),
        ),
    ],
)
def test_socket_io_events(server: str, client: str, sent: tuple[str, ...], heard: tuple[str, ...]) -> None:
    found = channel(IO_SERVER.format(server), IO_CLIENT.format(client))
    assert found.backend_sends.types == sent
    assert found.frontend_handles.types == heard


HOOK = """\
import useWebSocket from "react-use-websocket";
import {{ useEffect }} from "react";

export function Chat() {{
  const {{ {names} }} = useWebSocket(`wss://${{window.location.host}}/live`{options});
  useEffect(() => {{
    {body}
  }}, []);
  return null;
}}
"""


@pytest.mark.parametrize(
    ("names", "options", "body"),
    [
        (
            "sendJsonMessage, lastJsonMessage",
            "",
            'if (lastJsonMessage.type === "known") sendJsonMessage({ type: "hello" });',
        ),
        (
            "sendMessage, lastMessage",
            "",
            "const data = JSON.parse(lastMessage.data);\n"
            '    if (data.type === "known") sendMessage(JSON.stringify({ type: "hello" }));',
        ),
        (
            "sendMessage",
            ', { onMessage: (event) => { if (JSON.parse(event.data).type === "known") console.log(1); } }',
            'sendMessage(JSON.stringify({ type: "hello" }));',
        ),
    ],
)
def test_a_hook_that_holds_the_socket(names: str, options: str, body: str) -> None:
    found = channel(typescript=HOOK.format(names=names, options=options, body=body))
    assert types(found.frontend_handles) == ("known",)
    assert types(found.frontend_sends) == ("hello",)


def test_the_only_socket_of_unknown_address_is_the_client_of_the_only_route() -> None:
    files = {
        "backend/main.py": SERVER,
        "frontend/src/client.ts": CLIENT.replace("wss://${window.location.host}/live", "${localStorage.url}"),
    }
    report = audit_texts(files)
    [found] = report.graph.channels
    assert len(found.clients) == 1
    assert not found.certain
    assert not [one for one in report.findings if one.code == "WS102"]
