"""got, umi-request and up-fetch: functions with methods, derived with a prefix.

got 11 to 14 (https://github.com/sindresorhus/got/blob/main/documentation/quick-start.md), umi-request 1
(https://github.com/umijs/umi-request), up-fetch 1 and 2 (https://github.com/L-Blondy/up-fetch). Each joins
the prefix and a relative URL with one slash.

```ts
const api = got.extend({ prefixUrl: "http://localhost:8000/api" });
api.post("users", { json: user })  // POST /api/users
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import methods, option, send, urls
from auditor.model.carried import Carried
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Closure, Instance, Model, Record, Text, Value

_PREFIXES = {"got": ("prefixUrl", "prefix"), "umi-request": ("prefix",), "up-fetch": ("baseUrl",)}
_VERBS = ("get", "post", "put", "patch", "delete", "head")


def _kind(client: str) -> str:
    return f"{client}.instance"


def _derive(client: str, position: int = 0) -> Model:
    """`got.extend(options)`, `extend(options)`, `up(fetch, () => options)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = machine.argument(arguments, position)
        if isinstance(given, Closure):
            given = machine.call(given, (), arguments)
        old = machine.force(this.fields.get("defaults")) if isinstance(this, Instance) else None
        entries = dict(old.entries) if isinstance(old, Record) else {}
        if isinstance(given, Record):
            entries.update(given.entries)
        is_open = given is not None and (not isinstance(given, Record) or given.open)
        return Instance(None, _kind(client), {"defaults": Record(entries, is_open)}, location=arguments.location)

    return model


def _request(client: str, verb: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
        if isinstance(url, Record):
            url, options = option(machine, url, "url") or UNDEFINED, url
        defaults = machine.force(this.fields.get("defaults")) if isinstance(this, Instance) else None
        names = _PREFIXES[client]
        method = option(machine, options, "method") or option(machine, defaults, "method")
        return send(
            machine,
            arguments,
            client,
            (Text((verb.upper(),)),) if verb else methods(machine, method),
            urls(machine, option(machine, options, *names) or option(machine, defaults, *names), url),
            carries=_carries(machine, arguments, options, defaults),
            base=this.location if isinstance(this, Instance) else None,
            base_name=f"{client}.extend",
        )

    return model


def _carries(machine: Machine, arguments: Arguments, options: Value | None, defaults: Value | None) -> Carried:
    as_form = option(machine, options, "form") is not None or option(machine, options, "requestType") is not None
    return carried(
        machine,
        arguments.location,
        query=tuple(given(machine, one, "searchParams", "params") for one in (options, defaults)),
        body=given(machine, options, "json", "data", "body", "form"),
        headers=(given(machine, options, "headers"), given(machine, defaults, "headers")),
        objects="urlencoded" if as_form else "json",
        may_add="hooks may add headers",
    )


def _methods(client: str) -> dict[str, Model]:
    verbs = {verb: _request(client, verb) for verb in _VERBS}
    return {**verbs, "__call__": _request(client, ""), "extend": _derive(client), "stream": _request(client, "")}


def _library(machine: Machine) -> Value:
    return Instance(None, _kind("got"), {"defaults": Record({})})


def _umi(machine: Machine) -> Value:
    return Instance(None, _kind("umi-request"), {"defaults": Record({})})


ADAPTER = Adapter(
    id="instances",
    side=Side.FRONTEND,
    symbols={"umi-request.extend": _derive("umi-request"), "up-fetch.up": _derive("up-fetch", 1)},
    methods={_kind(client): _methods(client) for client in _PREFIXES},
    instances={"got": _library, "got.got": _library, "umi-request": _umi, "umi-request.request": _umi},
    hot=("got", "umi-request", "extend", "up", *(f".{verb}" for verb in _VERBS)),
)
