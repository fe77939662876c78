"""socket.io-client: one endpoint, "/socket.io" unless the `path` option says otherwise.

socket.io-client 4: https://socket.io/docs/v4/client-options/#path. The path of the URL is a namespace,
not a part of the endpoint.
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine, Requested
from auditor.model.finding import Side
from auditor.model.value import Arguments, Record, Text, Unknown, Value


def _connect(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    options = machine.argument(arguments, 1) or machine.argument(arguments, 0)
    path = options.entries.get("path") if isinstance(options, Record) else None
    paths = machine.texts(machine.force(path)) if path is not None else (Text(("/socket.io",)),)
    machine.emit(
        Requested(
            kind="websocket",
            client="socket.io",
            method=(Text(("GET",)),),
            url=paths,
            chain=machine.chain(arguments),
            scope=arguments.scope,
            condition=machine.conditions(),
            protocol="socket.io serves its endpoint beside the routes",
        )
    )
    return Unknown("a socket", label="socket.io")


ADAPTER = Adapter(
    id="socketio",
    side=Side.FRONTEND,
    symbols=dict.fromkeys(("socket.io-client", "socket.io-client.io", "socket.io-client.connect", "io"), _connect),
    hot=("io", "connect"),
)
