"""wretch: a URL that is built up, sent by the name of its method.

wretch 1 and 2 (https://elbywan.github.io/wretch/api/): `url(text, replace)` appends as it is, without adding a
slash; verbs take a URL to append (those with a body take the body first, version 1 took options);
everything else gives a wretch again.

```ts
const api = wretch("/api");
api.url("/users").get().json()  // GET /api/users
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import send
from auditor.model.finding import Side
from auditor.model.text import choice, join
from auditor.model.value import UNDEFINED, Arguments, Constant, Instance, Model, Record, Text, Undefined, Value

_KIND = "wretch.instance"
_PLAIN, _BODY = ("get", "delete", "head", "opts"), ("post", "put", "patch")
_SAME = (
    "addon", "auth", "accept", "body", "catcher", "catcherFallback", "content", "defer", "errorType", "formData",
    "formUrl", "headers", "json", "middlewares", "options", "polyfills", "query", "resolve", "signal", "toFetch",
)  # fmt: skip


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return _made(machine.argument(arguments, 0) or Text(()), arguments)


def _made(url: Value, arguments: Arguments) -> Instance:
    return Instance(None, _KIND, {"address": url}, location=arguments.location)


def _url(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    more, replaces = machine.argument(arguments, 0), machine.argument(arguments, 1)
    if isinstance(replaces, Constant) and replaces.value is True:
        return _made(more or Text(()), arguments)
    return _made(choice(list(_below(machine, this, more))), arguments)


def _verb(verb: str, position: int) -> Model:
    method = Text(("OPTIONS" if verb == "opts" else verb.upper(),))

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        body = machine.argument(arguments, 0) if verb in _BODY else None
        found = _below(machine, this, machine.argument(arguments, position))
        base = this.location if isinstance(this, Instance) else None
        return send(machine, arguments, "wretch", (method,), found, body=body, base=base, base_name="wretch")

    return model


def _below(machine: Machine, this: Value | None, more: Value | None) -> tuple[Text, ...]:
    start = machine.texts(machine.force(this.fields.get("address"))) if isinstance(this, Instance) else (Text(()),)
    ends = machine.texts(more) if more is not None and not isinstance(more, Undefined | Record) else (Text(()),)
    return tuple(dict.fromkeys(join((one, end)) for one in start for end in ends))


def _same(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this or UNDEFINED


ADAPTER = Adapter(
    id="wretch",
    side=Side.FRONTEND,
    symbols={"wretch": _create, "wretch.default": _create},
    methods={
        _KIND: {
            **dict.fromkeys(_SAME, _same),
            **{verb: _verb(verb, int(verb in _BODY)) for verb in (*_PLAIN, *_BODY)},
            "url": _url,
        }
    },
    hot=("wretch", *(f".{verb}" for verb in (*_PLAIN, *_BODY))),
)
