"""`fetch`, `Request`, `navigator.sendBeacon` and `fetchEventSource`.

Fetch standard (https://fetch.spec.whatwg.org/#fetch-method), @microsoft/fetch-event-source 2
(https://github.com/Azure/fetch-event-source).

```ts
fetch(`/users/${id}`, { method: "PUT" })  // PUT /users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine, Requested
from auditor.model.finding import Side
from auditor.model.text import choice
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Instance,
    Model,
    Record,
    Text,
    Unknown,
    Value,
)

_GET = Text(("GET",))


def _request(kind: str, client: str, default: Text) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
        if isinstance(url, Instance) and url.kind == "Request":
            options = options or machine.force(url.fields.get("options"))
            url = machine.force(url.fields["url"])
        method = option(machine, options, "method")
        texts = machine.texts(method) if method is not None else (default,)
        machine.emit(
            Requested(
                kind=kind,
                client=client,
                method=tuple(dict.fromkeys(upper(text) for text in texts)),
                url=machine.texts(url),
                chain=machine.chain(arguments),
                body=option(machine, options, "body"),
                types=arguments.node.type_arguments if arguments.node else (),
                scope=arguments.scope,
                condition=machine.conditions(),
            )
        )
        return Unknown("a response", label="response")

    return model


def option(machine: Machine, options: Value | None, name: str) -> Value | None:
    """An entry of an options object, None if it is certainly not given."""
    match options:
        case Record():
            value = options.entries.get(name)
            return machine.force(value) if value is not None else None
        case Choice(options=several):
            found = [value for one in several if (value := option(machine, one, name)) is not None]
            return choice(found) if found else None
        case _:
            return None


def upper(text: Text) -> Text:
    """A method name as it goes over the wire."""
    return Text(tuple(part.upper() if isinstance(part, str) else part for part in text.parts), text.trail, text.soft)


def _make_request(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1) or UNDEFINED
    return Instance(None, "Request", {"url": url, "options": options}, location=arguments.location)


ADAPTER = Adapter(
    id="fetch",
    side=Side.FRONTEND,
    symbols={
        "fetch": _request("http", "fetch", _GET),
        "Request": _make_request,
        "navigator.sendBeacon": _request("http", "sendBeacon", Text(("POST",))),
        "@microsoft/fetch-event-source.fetchEventSource": _request("sse", "fetchEventSource", _GET),
        "node-fetch": _request("http", "fetch", _GET),
        "cross-fetch": _request("http", "fetch", _GET),
        "isomorphic-fetch": _request("http", "fetch", _GET),
    },
    hot=("fetch", "sendBeacon", "fetchEventSource"),
)
