"""`WebSocket`, `EventSource`, reconnecting sockets and socket hooks.

WebSockets standard (https://websockets.spec.whatwg.org/), HTML standard
(https://html.spec.whatwg.org/multipage/server-sent-events.html), reconnecting-websocket 4,
partysocket 1, react-use-websocket 4, eventsource 3 and 4, @vueuse/core 9 to 13, rxjs 7 (`webSocket`).

```ts
new WebSocket(`${base}/updates`)  // WS /updates
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import GET, option, send
from auditor.model.carried import Carried
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Closure, Model, Record, Unknown, Value


def _open(kind: str, client: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url = machine.argument(arguments, 0) or UNDEFINED
        if isinstance(url, Record):  # rxjs: `webSocket({ url })`
            url = option(machine, url, "url") or UNDEFINED
        if isinstance(url, Closure):
            url = machine.call(url, (), arguments)
        send(machine, arguments, client, (GET,), machine.texts(url), kind=kind, carries=Carried())
        return Unknown("a socket", label=client)

    return model


_SOCKET = _open("websocket", "WebSocket")

ADAPTER = Adapter(
    id="sockets",
    side=Side.FRONTEND,
    symbols={
        "WebSocket": _SOCKET,
        "ws": _SOCKET,
        "isomorphic-ws": _SOCKET,
        "reconnecting-websocket": _SOCKET,
        "partysocket.WebSocket": _SOCKET,
        "partysocket.ReconnectingWebSocket": _SOCKET,
        "partysocket/ws": _SOCKET,
        "@vueuse/core.useWebSocket": _SOCKET,
        "rxjs/webSocket.webSocket": _SOCKET,
        "react-use-websocket": _SOCKET,
        "react-use-websocket.useWebSocket": _SOCKET,
        "EventSource": _open("sse", "EventSource"),
        "eventsource": _open("sse", "EventSource"),
        "eventsource.EventSource": _open("sse", "EventSource"),
        "extended-eventsource.EventSource": _open("sse", "EventSource"),
        "@vueuse/core.useEventSource": _open("sse", "EventSource"),
        "event-source-polyfill.EventSourcePolyfill": _open("sse", "EventSource"),
    },
    hot=(
        "WebSocket",
        "EventSource",
        "ReconnectingWebSocket",
        "useWebSocket",
        "useEventSource",
        "webSocket",
        "EventSourcePolyfill",
        "partysocket/ws",
        "reconnecting-websocket",
        "react-use-websocket",
        "eventsource",
        "ws",
    ),
)
