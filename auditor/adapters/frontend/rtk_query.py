"""RTK Query: endpoints of `createApi` and `injectEndpoints`, also where `buildCreateApi` makes the former.

@reduxjs/toolkit 1.9 and 2.x (https://redux-toolkit.js.org/rtk-query/api/createApi). The query function gives a
URL or `{url, method, body}`; `fetchBaseQuery({baseUrl})` puts its base before it. The endpoint definition
is the call site: the hooks generated from it only name it.

```ts
getUser: build.query<User, number>({ query: (id) => `users/${id}` })  // GET /api/users/{}
```
"""

from __future__ import annotations

from dataclasses import replace

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import methods, option, send, urls
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Closure, Instance, Model, Native, Record, Text, Unknown, Value

_API, _BUILDER, _BASE = "rtk.api", "rtk.builder", "rtk.baseQuery"


def _base_query(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    options = machine.argument(arguments, 0)
    base = option(machine, options, "baseUrl") or UNDEFINED
    return Instance(None, _BASE, {"baseUrl": base}, location=arguments.location)


def _create_api(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    options = machine.argument(arguments, 0)
    base = option(machine, options, "baseQuery") or UNDEFINED
    api = Instance(None, _API, {"baseQuery": base}, location=arguments.location)
    _endpoints(machine, arguments, api, options)
    return api


def _build(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`buildCreateApi(coreModule(), …)`: a `createApi` of the project's own."""
    return Native("createApi", _create_api)


def _inject(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if isinstance(this, Instance):
        _endpoints(machine, arguments, this, machine.argument(arguments, 0))
    return this or UNDEFINED


def _endpoints(machine: Machine, arguments: Arguments, api: Instance, options: Value | None) -> None:
    endpoints = option(machine, options, "endpoints")
    if endpoints is not None:
        builder = Instance(None, _BUILDER, {"api": api})
        machine.call(endpoints, (builder,), replace(arguments, site=None))  # each endpoint is a site of its own


def _endpoint(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`build.query({query})`, `build.mutation({query})`."""
    definition = machine.argument(arguments, 0)
    query = option(machine, definition, "query")
    api = machine.force(this.fields["api"]) if isinstance(this, Instance) else UNDEFINED
    base_query = machine.force(api.fields["baseQuery"]) if isinstance(api, Instance) else UNDEFINED
    if query is not None:
        result = machine.call(query, (Unknown("the argument of an endpoint"),), arguments)
        _send(machine, arguments, base_query, result)
    run = option(machine, definition, "queryFn")
    if run is not None:
        sender = Native("baseQuery", lambda inner, given, _: _sent(inner, given, base_query))
        machine.call(run, (Unknown("the argument of an endpoint"), Unknown("an API"), UNDEFINED, sender), arguments)
    return Unknown("an endpoint")


def _sent(machine: Machine, arguments: Arguments, base_query: Value) -> Value:
    _send(machine, arguments, base_query, machine.argument(arguments, 0) or UNDEFINED)
    return Unknown("a response", label="response")


def _send(machine: Machine, arguments: Arguments, base_query: Value, request: Value) -> None:
    if isinstance(base_query, Closure):
        machine.call(base_query, (request, Unknown("an API"), UNDEFINED), arguments)
        return
    url = option(machine, request, "url") if isinstance(request, Record) else request
    base = machine.force(base_query.fields["baseUrl"]) if isinstance(base_query, Instance) else None
    options = None if isinstance(request, Text) else request
    if url is not None:
        send(
            machine,
            arguments,
            "rtk-query",
            methods(machine, option(machine, request, "method")),
            urls(machine, base, url),
            carries=carried(
                machine,
                arguments.location,
                query=(given(machine, options, "params"),),
                body=given(machine, options, "body"),
                headers=(given(machine, options, "headers"),),
                may_add="the base query may add headers",
            ),
            base=base_query.location if isinstance(base_query, Instance) else None,
            base_name="fetchBaseQuery",
        )


def _call_base(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return _sent(machine, arguments, this or UNDEFINED)


_ENDPOINT: dict[str, Model] = {"query": _endpoint, "mutation": _endpoint, "infiniteQuery": _endpoint}
_PACKAGES = ("@reduxjs/toolkit/query", "@reduxjs/toolkit/query/react", "@rtk-incubator/rtk-query/react")

ADAPTER = Adapter(
    id="rtk-query",
    side=Side.FRONTEND,
    symbols={
        **{f"{package}.createApi": _create_api for package in _PACKAGES},
        **{f"{package}.buildCreateApi": _build for package in _PACKAGES},
        **{f"{package}.fetchBaseQuery": _base_query for package in _PACKAGES},
        **{f"{package}.retry": lambda machine, arguments, this: machine.argument(arguments, 0) or UNDEFINED
           for package in _PACKAGES},
    },
    methods={
        _API: {"injectEndpoints": _inject, "enhanceEndpoints": lambda machine, arguments, this: this or UNDEFINED},
        _BUILDER: _ENDPOINT,
        _BASE: {"__call__": _call_base},
    },
    hot=("createApi", "buildCreateApi", "injectEndpoints", "fetchBaseQuery", ".query", ".mutation"),
)  # fmt: skip
