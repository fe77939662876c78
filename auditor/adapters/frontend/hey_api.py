"""hey-api's runtime clients when they are packages: `@hey-api/client-fetch`, `-axios`, `-next`, `-nuxt`.

@hey-api/openapi-ts 0.40 to 0.80 (https://heyapi.dev/openapi-ts/clients/fetch). Generated functions hand an object
with `url` to a method of the client; `{name}` in it is filled from `path`. Newer versions write the client into the
project, where it is code like any other.

```ts
const client = createClient(createConfig({ baseUrl: "/api" }));
client.get({ url: "/users/{id}", path: { id } })  // GET /api/users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import methods, option, send, urls
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Instance, Model, Record, Text, Value

_KIND = "hey-api.client"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_PACKAGES = tuple(f"@hey-api/client-{name}" for name in ("fetch", "axios", "next", "nuxt", "ky", "ofetch"))


def _config(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return machine.argument(arguments, 0) or Record({})


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    config = machine.argument(arguments, 0)
    known = config if isinstance(config, Record) else Record({}, config is not None)
    return Instance(None, _KIND, {"config": known}, location=arguments.location)


def _set(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`client.setConfig(config)` adds to the configuration."""
    config = machine.argument(arguments, 0)
    if isinstance(this, Instance) and isinstance(config, Record):
        old = machine.force(this.fields.get("config"))
        entries = dict(old.entries) if isinstance(old, Record) else {}
        this.fields["config"] = Record({**entries, **config.entries}, config.open)
    return config or UNDEFINED


def _request(verb: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        options = machine.argument(arguments, 0)
        config = machine.force(this.fields.get("config")) if isinstance(this, Instance) else None
        base = option(machine, options, "baseUrl", "baseURL") or option(machine, config, "baseUrl", "baseURL")
        return send(
            machine,
            arguments,
            "hey-api",
            (Text((verb.upper(),)),) if verb else methods(machine, option(machine, options, "method")),
            urls(machine, base, option(machine, options, "url") or UNDEFINED),
            carries=carried(
                machine,
                arguments.location,
                query=(given(machine, options, "query"), given(machine, config, "query")),
                body=given(machine, options, "body"),
                headers=(given(machine, options, "headers"), given(machine, config, "headers")),
                credentials=given(machine, options, "credentials") or given(machine, config, "credentials"),
                may_add="interceptors may add headers",
            ),
            base=this.location if isinstance(this, Instance) else None,
            base_name="createClient",
        )

    return model


ADAPTER = Adapter(
    id="hey-api",
    side=Side.FRONTEND,
    symbols={
        **{f"{package}.createClient": _create for package in _PACKAGES},
        **{f"{package}.createConfig": _config for package in _PACKAGES},
    },
    methods={_KIND: {**{verb: _request(verb) for verb in _VERBS}, "request": _request(""), "setConfig": _set}},
    instances={
        f"{package}.client": lambda machine: Instance(None, _KIND, {"config": Record({}, True)})
        for package in _PACKAGES
    },
    hot=(*(f".{verb}" for verb in _VERBS), ".request"),
)  # fmt: skip
