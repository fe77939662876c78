"""alova: methods named after the verbs, below a base URL.

alova 2 and 3 (https://alova.js.org/api/alova): the base URL and the URL are joined with one slash.

```ts
const alova = createAlova({ baseURL: "/api", requestAdapter });
alova.Get<User[]>("/users")  // GET /api/users
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.requests import option, send, urls
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Instance, Model, Text, Value

_KIND = "alova.instance"
_PLAIN, _BODY = ("Get", "Head", "Options"), ("Post", "Put", "Patch", "Delete")


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    base = option(machine, machine.argument(arguments, 0), "baseURL") or UNDEFINED
    return Instance(None, _KIND, {"baseURL": base}, location=arguments.location)


def _verb(verb: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        own = this if isinstance(this, Instance) else None
        url = machine.argument(arguments, 0) or UNDEFINED
        body = machine.argument(arguments, 1) if verb in _BODY else None
        config = machine.argument(arguments, 2 if verb in _BODY else 1)
        sent = carried(
            machine,
            arguments.location,
            query=(given(machine, config, "params"),),
            body=body,
            headers=(given(machine, config, "headers"),),
            may_add="beforeRequest may add headers",
        )
        base = option(machine, config, "baseURL")
        base = base or (machine.force(own.fields.get("baseURL")) if own else None)
        return send(
            machine, arguments, "alova", (Text((verb.upper(),)),), urls(machine, base, url), carries=sent,
            base=own.location if own else None, base_name="createAlova",
        )  # fmt: skip

    return model


ADAPTER = Adapter(
    id="alova",
    side=Side.FRONTEND,
    symbols={"alova.createAlova": _create},
    methods={_KIND: {verb: _verb(verb) for verb in (*_PLAIN, *_BODY)}},
    hot=tuple(f".{verb}" for verb in (*_PLAIN, *_BODY)),
)
