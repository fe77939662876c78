"""Sockets of Django Channels: where a project says which consumers answer which paths.

Django Channels 3 and 4 (https://channels.readthedocs.io/en/stable/topics/routing.html).
"""

from __future__ import annotations

from auditor.adapter import Machine
from auditor.model.value import Instance, List, Module, Record, Text, Unknown, Value
from auditor.model.wrapping import unwrapped

PROTOCOLS, ROUTER = "channels.routing.ProtocolTypeRouter", "channels.routing.URLRouter"
CONSUMER = "channels.consumer"
"""The kind of what `SomeConsumer.as_asgi()` gives; its state is the class."""

_LAYERS = 8


def socket_patterns(machine: Machine, settings: str, urls: str) -> Value | None:
    """The URL patterns of the application that a settings module (a file) names, else of the `asgi` beside `urls`."""
    named = machine.member(Module(settings), "ASGI_APPLICATION")
    dotted = [text.literal for text in machine.texts(named) if text.literal] if isinstance(named, Text) else []
    package = urls.rpartition(".")[0]
    for one in (*dotted, f"{package}.asgi.application", f"{package}.routing.application"):
        module, _, name = one.lstrip(".").rpartition(".")
        found = machine.imported(module, settings) if module else None
        application = machine.force(machine.member(found, name)) if isinstance(found, Module) else None
        if isinstance(application, Instance) and application.kind == PROTOCOLS:
            served = application.state
            sockets = served.entries.get("websocket") if isinstance(served, Record) else None
            router = _router(machine.force(sockets)) if sockets is not None else None
            if router is not None:
                return router.state if isinstance(router.state, List) else Unknown("what a router of sockets holds")
            return None if isinstance(served, Record) and sockets is None else Unknown("who answers the sockets")
    return None


def _router(value: Value | None, depth: int = _LAYERS) -> Instance | None:
    """The router inside the middleware that stands around it, of libraries and of the project."""
    value = unwrapped(value)
    if not isinstance(value, Instance) or depth == 0:
        return None
    if value.kind == ROUTER:
        return value
    inside = (_router(one, depth - 1) for one in value.fields.values())
    return next((one for one in inside if one is not None), None)
