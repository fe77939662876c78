"""ky: instances with a prefix, shortcuts for each method.

ky 1.x (https://github.com/sindresorhus/ky#readme): `prefixUrl` is put before a relative input with one
slash between; `create` replaces defaults, `extend` adds to them.

```ts
const api = ky.create({ prefixUrl: "/api" });
api.get(`users/${id}`).json<User>()  // GET /api/users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import methods, option, send, urls
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Instance, Model, Record, Text, Value

_KIND = "ky.instance"
_VERBS = ("get", "post", "put", "patch", "delete", "head")


def _instance(defaults: Record) -> Instance:
    return Instance(None, _KIND, {"defaults": defaults})


def _library(machine: Machine) -> Value:
    return _instance(Record({}))


def _derive(keep: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = machine.argument(arguments, 0)
        entries = dict(given.entries) if isinstance(given, Record) else {}
        if keep and isinstance(this, Instance):
            old = machine.force(this.fields["defaults"])
            entries = {**old.entries, **entries} if isinstance(old, Record) else entries
        made = _instance(Record(entries, not isinstance(given, Record)))
        made.location = arguments.location
        return made

    return model


def _request(verb: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url, options = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
        defaults = machine.force(this.fields["defaults"]) if isinstance(this, Instance) else None
        prefix = option(machine, options, "prefixUrl", "prefix") or option(machine, defaults, "prefixUrl", "prefix")
        method = (Text((verb.upper(),)),) if verb else methods(machine, option(machine, options, "method"))
        return send(
            machine,
            arguments,
            "ky",
            method,
            urls(machine, prefix, url),
            carries=carried(
                machine,
                arguments.location,
                query=(given(machine, options, "searchParams"), given(machine, defaults, "searchParams")),
                body=given(machine, options, "json", "body"),
                headers=(given(machine, options, "headers"), given(machine, defaults, "headers")),
                credentials=given(machine, options, "credentials") or given(machine, defaults, "credentials"),
                may_add="hooks may add headers" if given(machine, defaults, "hooks") else "",
            ),
            base=this.location if isinstance(this, Instance) else None,
            base_name="ky.create",
        )

    return model


_METHODS: dict[str, Model] = {
    **{verb: _request(verb) for verb in _VERBS},
    "__call__": _request(""),
    "create": _derive(keep=False),
    "extend": _derive(keep=True),
}

ADAPTER = Adapter(
    id="ky",
    side=Side.FRONTEND,
    methods={_KIND: _METHODS},
    instances={"ky": _library, "ky-universal": _library},
    hot=("ky", *(f".{verb}" for verb in _VERBS)),
)
