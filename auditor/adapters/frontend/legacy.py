"""XMLHttpRequest, jQuery and superagent.

https://xhr.spec.whatwg.org/#the-open()-method, jQuery 3 (https://api.jquery.com/category/ajax/),
superagent 8 to 10 (https://ladjs.github.io/superagent/).

```js
$.post("/users", data)  // POST /users
```
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import GET, methods, option, send
from auditor.model.carried import Carried
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Closure, Instance, Model, Record, Text, Value

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
        sent = _carries(machine, arguments, (method,), machine.argument(arguments, 1)) if client == "jQuery" else None
        return send(machine, arguments, client, (method,), machine.texts(url), carries=sent)

    return model


def _ajax(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`$.ajax(settings)`, `$.ajax(url, settings)`."""
    first, second = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
    settings = first if isinstance(first, Record) else second
    url = option(machine, settings, "url") or UNDEFINED if isinstance(first, Record) else first
    method = methods(machine, option(machine, settings, "method", "type"), GET)
    kind = option(machine, settings, "contentType")
    headers = Record({"content-type": kind}) if kind is not None else None
    sent = _carries(machine, arguments, method, given(machine, settings, "data"), headers)
    return send(machine, arguments, "jQuery", method, machine.texts(url), carries=sent)


def _carries(
    machine: Machine, arguments: Arguments, method: Sequence[Text], data: Value | None, headers: Value | None = None
) -> Carried:
    """jQuery puts data into the query of a GET and into the body of everything else; `ajaxSetup` may add headers."""
    in_query = all(one.literal in ("GET", "HEAD") for one in method)
    if isinstance(data, Closure):  # `$.get(url, success)`
        data = None
    return carried(
        machine,
        arguments.location,
        query=(data,) if in_query else (),
        body=None if in_query else data,
        headers=(headers,),
        objects="urlencoded",
        may_add="ajaxSetup may add headers",
    )


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
