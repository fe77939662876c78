"""ofetch and Nuxt's composables: `$fetch`, `ofetch`, `useFetch`, `useLazyFetch`.

ofetch 1.x (https://github.com/unjs/ofetch), Nuxt 3 and 4 (https://nuxt.com/docs/api/composables/use-fetch).
`baseURL` is put before the path; Nuxt imports the names by itself. `$axios` is what the Nuxt axios
module injects (https://axios.nuxtjs.org/usage), with `$get`, `$post`… that give the data.

```ts
const { data } = await useFetch<User>(`/users/${id}`, { baseURL: "/api" })  // GET /api/users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import methods, option, send, urls
from auditor.model.carried import Carried
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Closure, Instance, Model, Record, Unknown, Value

_KIND = "ofetch.instance"


def _request(client: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
        if isinstance(url, Closure):
            url = machine.call(url, (), arguments)
        defaults = machine.force(this.fields["defaults"]) if isinstance(this, Instance) else None
        base = option(machine, options, "baseURL") or option(machine, defaults, "baseURL")
        return send(
            machine,
            arguments,
            client,
            methods(machine, option(machine, options, "method")),
            urls(machine, base, url),
            carries=_carries(machine, arguments, options, defaults),
            base=this.location if isinstance(this, Instance) else None,
            base_name=f"{client}.create",
        )

    return model


def _carries(machine: Machine, arguments: Arguments, options: Value | None, defaults: Value | None) -> Carried:
    hooks = given(machine, options, "onRequest") or given(machine, defaults, "onRequest")
    hooked = Unknown("onRequest may add parameters") if hooks is not None else None
    return carried(
        machine,
        arguments.location,
        query=(given(machine, options, "query", "params"), given(machine, defaults, "query", "params"), hooked),
        body=given(machine, options, "body"),
        headers=(given(machine, options, "headers"), given(machine, defaults, "headers"), hooked),
        credentials=given(machine, options, "credentials") or given(machine, defaults, "credentials"),
    )


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    defaults = machine.argument(arguments, 0)
    known = defaults if isinstance(defaults, Record) else Record({}, True)
    return Instance(None, _KIND, {"defaults": known}, location=arguments.location)


_NAMES = ("$fetch", "ofetch", "ofetch.ofetch", "ofetch.$fetch", "useFetch", "useLazyFetch", "#app.useFetch")

ADAPTER = Adapter(
    id="ofetch",
    side=Side.FRONTEND,
    symbols={
        **{name: _request("$fetch") for name in _NAMES},
        **{f"{name}.create": _create for name in ("$fetch", "ofetch", "ofetch.ofetch", "ofetch.$fetch")},
    },
    methods={_KIND: {"__call__": _request("$fetch"), "create": _create}},
    hot=("$fetch", "ofetch", "useFetch", "useLazyFetch"),
)
