"""`fetch`, `Request`, `navigator.sendBeacon` and `fetchEventSource`.

Fetch standard (https://fetch.spec.whatwg.org/#fetch-method), @microsoft/fetch-event-source 2
(https://github.com/Azure/fetch-event-source).

```ts
fetch(`/users/${id}`, { method: "PUT" })  // PUT /users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.documents import operation_in
from auditor.adapter.requests import GET, methods, option, send
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Instance, Model, Text, Value


def _request(kind: str, client: str, default: Text) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
        if isinstance(url, Instance) and url.kind == "Request":
            options = options or machine.force(url.fields.get("options"))
            url = machine.force(url.fields["url"])
        method = methods(machine, option(machine, options, "method"), default)
        sent = carried(
            machine,
            arguments.location,
            body=given(machine, options, "body"),
            headers=(given(machine, options, "headers"),),
            credentials=given(machine, options, "credentials"),
            objects="",
        )
        asked = operation_in(machine, option(machine, options, "body"))
        urls = machine.texts(url)
        return send(machine, arguments, client, method, urls, kind=kind, carries=sent, operation=asked)

    return model


def _beacon(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`navigator.sendBeacon(url, data)`, with the cookies of the page."""
    url, data = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
    sent = carried(machine, arguments.location, body=data, credentials=Text(("include",)), objects="")
    return send(machine, arguments, "sendBeacon", (Text(("POST",)),), machine.texts(url), carries=sent)


def _make_request(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1) or UNDEFINED
    return Instance(None, "Request", {"url": url, "options": options}, location=arguments.location)


ADAPTER = Adapter(
    id="fetch",
    side=Side.FRONTEND,
    symbols={
        "fetch": _request("http", "fetch", GET),
        "Request": _make_request,
        "navigator.sendBeacon": _beacon,
        "@microsoft/fetch-event-source.fetchEventSource": _request("sse", "fetchEventSource", GET),
        "node-fetch": _request("http", "fetch", GET),
        "cross-fetch": _request("http", "fetch", GET),
        "isomorphic-fetch": _request("http", "fetch", GET),
    },
    hot=("fetch", "sendBeacon", "fetchEventSource"),
)
