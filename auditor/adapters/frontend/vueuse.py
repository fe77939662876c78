"""VueUse's `useFetch` and `createFetch`, whose verb follows behind the call.

@vueuse/core 9 to 13 (https://vueuse.org/core/useFetch/): `useFetch(url, options?)` gives an object whose
`get`, `post`, `put`, `patch`, `delete`… set the method; `createFetch({ baseUrl })` gives such a function.

```ts
useFetch(`/users/${id}`).post(body).json()  // POST /users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import methods, option, send, urls
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Closure, Instance, Model, Text, Value

_KIND, _CALL = "vueuse.fetch", "vueuse.call"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    config = machine.argument(arguments, 0)
    base = option(machine, config, "baseUrl") or UNDEFINED
    defaults = option(machine, config, "fetchOptions") or UNDEFINED
    return Instance(None, _KIND, {"base": base, "defaults": defaults}, location=arguments.location)


def _fetch(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    own = this if isinstance(this, Instance) else None
    url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
    if isinstance(url, Closure):
        url = machine.call(url, (), arguments)
    defaults = machine.force(own.fields.get("defaults")) if own else None
    method = option(machine, options, "method") or option(machine, defaults, "method")
    send(
        machine,
        arguments,
        "useFetch",
        methods(machine, method),
        urls(machine, machine.force(own.fields.get("base")) if own else None, url),
        body=option(machine, options, "body"),
        base=own.location if own else None,
        base_name="createFetch" if own else "",
    )
    return Instance(None, _CALL, state=arguments.site)


def _verb(verb: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        if isinstance(this, Instance) and this.state is not None:
            machine.amend(this.state, Text((verb.upper(),)))
        return this or UNDEFINED

    return model


def _same(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this or UNDEFINED


ADAPTER = Adapter(
    id="vueuse",
    side=Side.FRONTEND,
    symbols={"@vueuse/core.createFetch": _create, "@vueuse/core.useFetch": _fetch},
    methods={
        _KIND: {"__call__": _fetch},
        _CALL: {
            **{verb: _verb(verb) for verb in _VERBS},
            **dict.fromkeys(("json", "text", "blob", "arrayBuffer", "formData", "then"), _same),
        },
    },
    hot=("createFetch", "useFetch"),
)
