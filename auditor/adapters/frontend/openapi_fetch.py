"""openapi-fetch and openapi-react-query: paths of an OpenAPI document as arguments.

openapi-fetch 0.9 to 0.14 (https://openapi-ts.dev/openapi-fetch/api), openapi-react-query 0.3+. `{name}` in a
path is filled from `params.path`.

```ts
const client = createClient<paths>({ baseUrl: "/api" });
client.GET("/users/{id}", { params: { path: { id } } })  // GET /api/users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import methods, option, send, urls
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Instance, Model, Text, Unknown, Value

_CLIENT, _HOOKS = "openapi-fetch.client", "openapi-react-query.client"
_HOOK_NAMES = ("useQuery", "useMutation", "useSuspenseQuery", "queryOptions", "useInfiniteQuery")
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    base = option(machine, machine.argument(arguments, 0), "baseUrl") or UNDEFINED
    return Instance(None, _CLIENT, {"baseUrl": base}, location=arguments.location)


def _create_hooks(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    client = machine.argument(arguments, 0)
    base = machine.force(client.fields.get("baseUrl")) if isinstance(client, Instance) else UNDEFINED
    return Instance(None, _HOOKS, {"baseUrl": base}, location=arguments.location)


def _verb(verb: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        options = machine.argument(arguments, 1)
        return _send(machine, arguments, this, (Text((verb,)),), 0, options)

    return model


def _hook(init: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        """`$api.useQuery("get", path, init)`; a mutation gets its init when it runs."""
        options = machine.argument(arguments, 2) if init else Unknown("what a mutation is run with")
        return _send(machine, arguments, this, methods(machine, machine.argument(arguments, 0)), 1, options)

    return model


def _send(
    machine: Machine,
    arguments: Arguments,
    this: Value | None,
    method: tuple[Text, ...],
    position: int,
    options: Value | None,
) -> Value:
    path = machine.argument(arguments, position) or UNDEFINED
    base = machine.force(this.fields.get("baseUrl")) if isinstance(this, Instance) else None
    location = this.location if isinstance(this, Instance) else None
    params = given(machine, options, "params")
    sent = carried(
        machine,
        arguments.location,
        query=(given(machine, params, "query"),),
        body=given(machine, options, "body"),
        headers=(given(machine, options, "headers"), given(machine, params, "header")),
        credentials=given(machine, options, "credentials"),
        may_add="middleware may add headers",
    )
    return send(
        machine, arguments, "openapi-fetch", method, urls(machine, base, path), carries=sent, base=location,
        base_name="createClient",
    )  # fmt: skip


ADAPTER = Adapter(
    id="openapi-fetch",
    side=Side.FRONTEND,
    symbols={
        "openapi-fetch": _create,
        "openapi-fetch.createClient": _create,
        "openapi-react-query": _create_hooks,
        "openapi-react-query.createClient": _create_hooks,
    },
    methods={
        _CLIENT: {verb: _verb(verb) for verb in _VERBS},
        _HOOKS: {name: _hook(name != "useMutation") for name in _HOOK_NAMES},
    },
    types={"openapi-fetch.Client": lambda base: Instance(None, _CLIENT, {"baseUrl": base})},
    hot=(
        *(f".{verb}" for verb in _VERBS),
        ".useQuery",
        ".useMutation",
        ".useSuspenseQuery",
        ".useInfiniteQuery",
        ".queryOptions",
    ),
)
