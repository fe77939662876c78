"""Django Channels: consumers and the routers that lead to them.

Django Channels 3 and 4 (https://channels.readthedocs.io/en/stable/topics/routing.html). Served are the sockets of the
`ASGI_APPLICATION` that the settings name, or of the `asgi` module beside the URL configuration.

```py
application = ProtocolTypeRouter({"websocket": AuthMiddlewareStack(URLRouter(patterns))})  # config/asgi.py
patterns = [path("ws/rooms/<int:pk>/", RoomConsumer.as_asgi())]
# WS /ws/rooms/{pk}/ -> RoomConsumer
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.django_sockets import CONSUMER, PROTOCOLS, ROUTER
from auditor.model.finding import Side
from auditor.model.value import NONE, Arguments, Instance, Value

_CONSUMERS = (
    "channels.consumer.AsyncConsumer",
    "channels.consumer.SyncConsumer",
    *(
        f"channels.generic.websocket.{name}"
        for name in ("WebsocketConsumer", "JsonWebsocketConsumer", "AsyncWebsocketConsumer",
                     "AsyncJsonWebsocketConsumer")
    ),
)  # fmt: skip

_AROUND = (
    "channels.auth.AuthMiddlewareStack", "channels.auth.AuthMiddleware", "channels.sessions.SessionMiddlewareStack",
    "channels.sessions.SessionMiddleware", "channels.sessions.CookieMiddleware",
    "channels.security.websocket.AllowedHostsOriginValidator", "channels.security.websocket.OriginValidator",
)  # fmt: skip


def _around(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """Middleware serves what it stands around."""
    inner = machine.argument(arguments, 0) or NONE
    if isinstance(this, Instance):
        this.fields["inner"] = inner
        return this
    return inner


def _protocols(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    given = machine.argument(arguments, 0, "application_mapping")
    return Instance(None, PROTOCOLS, state=given, location=arguments.location)


def _router(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Instance(None, ROUTER, state=machine.argument(arguments, 0, "routes"), location=arguments.location)


def _as_asgi(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Instance(None, CONSUMER, state=this, location=arguments.location)


ADAPTER = Adapter(
    id="django-channels",
    side=Side.BACKEND,
    symbols={
        PROTOCOLS: _protocols,
        ROUTER: _router,
        **dict.fromkeys((*_AROUND, "channels.middleware.BaseMiddleware"), _around),
    },
    methods={name: {"as_asgi": _as_asgi} for name in _CONSUMERS},
)
"""Sockets, by path."""
