"""XMLHttpRequest, jQuery and superagent.

https://xhr.spec.whatwg.org/#the-open()-method, jQuery 3 (https://api.jquery.com/category/ajax/),
superagent 8 to 10 (https://ladjs.github.io/superagent/).

```js
$.post("/users", data)  // POST /users
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import GET, methods, option, send
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Instance, Model, Record, Text, Value

_VERBS = ("get", "post", "put", "patch", "delete", "del", "head")


def _open(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`xhr.open(method, url)`."""
    method, url = machine.argument(arguments, 0), machine.argument(arguments, 1) or UNDEFINED
    return send(machine, arguments, "XMLHttpRequest", methods(machine, method), machine.texts(url))


def _make(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Instance(None, "XMLHttpRequest", location=arguments.location)


def _verb(client: str, verb: str) -> Model:
    method = Text(("DELETE" if verb == "del" else verb.upper(),))

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url = machine.argument(arguments, 0) or UNDEFINED
        if isinstance(url, Record):
            url = option(machine, url, "url") or UNDEFINED
        return send(machine, arguments, client, (method,), machine.texts(url), body=machine.argument(arguments, 1))

    return model


def _ajax(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`$.ajax(settings)`, `$.ajax(url, settings)`."""
    first, second = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
    settings = first if isinstance(first, Record) else second
    url = option(machine, settings, "url") or UNDEFINED if isinstance(first, Record) else first
    method = methods(machine, option(machine, settings, "method", "type"), GET)
    return send(machine, arguments, "jQuery", method, machine.texts(url), body=option(machine, settings, "data"))


def _call(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`superagent(method, url)`."""
    method, url = machine.argument(arguments, 0), machine.argument(arguments, 1) or UNDEFINED
    return send(machine, arguments, "superagent", methods(machine, method), machine.texts(url))


_JQUERY = {"get": "get", "post": "post", "getJSON": "get"}

ADAPTER = Adapter(
    id="legacy",
    side=Side.FRONTEND,
    symbols={
        "XMLHttpRequest": _make,
        **{f"{name}.ajax": _ajax for name in ("$", "jQuery", "jquery")},
        **{f"{n}.{name}": _verb("jQuery", verb) for n in ("$", "jQuery", "jquery") for name, verb in _JQUERY.items()},
        "superagent": _call,
        **{f"superagent.{verb}": _verb("superagent", verb) for verb in _VERBS},
    },
    methods={"XMLHttpRequest": {"open": _open}},
    hot=("XMLHttpRequest", "superagent", ".open", ".ajax", ".getJSON", *(f".{verb}" for verb in _VERBS)),
)
