"""axios: instances, defaults, per-call configuration, request interceptors.

axios 1.x: https://axios-http.com/docs/instance, /docs/req_config, /docs/interceptors. A relative URL is
appended to `baseURL` with exactly one slash between; an absolute one replaces it. Interceptors run
on the configuration before the base URL is joined.

```ts
const api = axios.create({ baseURL: "/api" });
api.get<User>(`/users/${id}`)  // GET /api/users/{}
```
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given
from auditor.adapter.documents import operation_in
from auditor.adapter.requests import GET, methods, option, send, urls
from auditor.model.carried import Carried
from auditor.model.finding import Side
from auditor.model.span import Location
from auditor.model.text import choice
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Closure,
    Instance,
    Model,
    Native,
    Record,
    Text,
    Unknown,
    Value,
)

_KIND = "axios.instance"
_GROUPS = ("common", "get", "delete", "head", "options", "post", "put", "patch")
_WITH_BODY = ("post", "put", "patch", "postForm", "putForm", "patchForm")
_WITHOUT_BODY = ("get", "delete", "head", "options")


def _instance(defaults: Record, location: Location | None = None) -> Instance:
    interceptors = Record({
        "request": Instance(None, "axios.interceptors", state=[]),
        "response": Instance(None, "axios.interceptors", state=[]),
    })  # fmt: skip
    return Instance(None, _KIND, {"defaults": defaults, "interceptors": interceptors}, location=location)


def _library(machine: Machine) -> Value:
    return _instance(Record({"headers": Record({"common": Record({}, True)}, True)}))


def _handed(base: Value) -> Value:
    return _instance(Record({"baseURL": base}, True))


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    config = machine.argument(arguments, 0)
    defaults = (
        Record(dict(config.entries), config.open) if isinstance(config, Record) else Record({}, config is not None)
    )
    return _instance(defaults, arguments.location)


def _use(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`instance.interceptors.request.use(f)`."""
    function = machine.argument(arguments, 0)
    if isinstance(this, Instance) and isinstance(this.state, list) and isinstance(function, Closure | Native):
        this.state.append(function)
    return UNDEFINED


def _verb(verb: str) -> Model:
    name = verb.removesuffix("Form").upper()

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        body = machine.argument(arguments, 1) if verb in _WITH_BODY else None
        config = machine.argument(arguments, 2 if verb in _WITH_BODY else 1)
        url = machine.argument(arguments, 0) or UNDEFINED
        return _send(machine, arguments, this, Text((name,)), url, config, body)

    return model


def _request(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`instance.request(config)`, `instance(config)`, `instance(url, config)`."""
    first, second = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
    if isinstance(first, Text) or second is not None:
        return _send(machine, arguments, this, option(machine, second, "method"), first, second, None)
    url = option(machine, first, "url")
    if url is None:
        return Unknown("a response", label="response")
    return _send(machine, arguments, this, option(machine, first, "method"), url, first, None)


def _send(
    machine: Machine,
    arguments: Arguments,
    this: Value | None,
    method: Value | None,
    url: Value,
    config: Value | None,
    body: Value | None,
) -> Value:
    instance = this if isinstance(this, Instance) else machine.force(_library(machine))
    assert isinstance(instance, Instance)
    defaults = machine.force(instance.fields.get("defaults"))
    base = option(machine, config, "baseURL") or option(machine, defaults, "baseURL")
    url, base, method, changed = _intercepted(machine, instance, url, base, method or GET, arguments)
    return send(
        machine,
        arguments,
        "axios",
        methods(machine, method),
        urls(machine, base, url),
        carries=_carries(machine, arguments, config, defaults, body, changed),
        operation=operation_in(machine, body),
        base=instance.location,
        base_name="axios.create" if instance.location else "axios",
    )


def _intercepted(
    machine: Machine, instance: Instance, url: Value, base: Value | None, method: Value, arguments: Arguments
) -> tuple[Value, Value | None, Value, list[Value]]:
    results: list[Value] = []
    interceptors = machine.member(machine.force(instance.fields.get("interceptors")), "request")
    for function in list(interceptors.state or ()) if isinstance(interceptors, Instance) else ():
        alternatives: list[tuple[Value, Value, Value]] = []
        for text in machine.texts(url):
            config = Record(
                {"url": text, "baseURL": base or UNDEFINED, "method": method, "headers": Record({}, True)}, True
            )
            result = machine.call(function, (config,), arguments)
            results.append(result)
            changed = result if isinstance(result, Record) else config
            alternatives.append(
                (
                    option(machine, changed, "url") or text,
                    option(machine, changed, "baseURL") or UNDEFINED,
                    option(machine, changed, "method") or method,
                )
            )
        if alternatives:
            url = choice([one[0] for one in alternatives])
            base = choice([one[1] for one in alternatives])
            method = choice([one[2] for one in alternatives])
    return url, base, method, results


def _carries(
    machine: Machine,
    arguments: Arguments,
    config: Value | None,
    defaults: Value,
    body: Value | None,
    changed: Sequence[Value],
) -> Carried:
    """What is sent. Interceptors that set `params` or `data` may add to them; headers may be set as defaults
    anywhere."""
    headers = given(machine, defaults, "headers")
    groups = [option(machine, headers, name) for name in _GROUPS]
    plain = (
        Record({k: v for k, v in headers.entries.items() if k not in _GROUPS}) if isinstance(headers, Record) else None
    )
    told = [given(machine, one, "headers") for one in changed]
    data = body or given(machine, config, "data")
    if data is not None and (
        option(machine, config, "transformRequest") or option(machine, defaults, "transformRequest")
    ):
        data = choice([data, Unknown("a transformation changes the body")])
    if any(_sets(one, "data") for one in changed):
        data = choice([data or UNDEFINED, Unknown("an interceptor changes the body")])
    added = [Unknown("an interceptor adds parameters") for one in changed if _sets(one, "params")]
    return carried(
        machine,
        arguments.location,
        query=(given(machine, config, "params"), given(machine, defaults, "params"), *added),
        body=data,
        headers=(given(machine, config, "headers"), plain, *groups, *told),
        credentials=given(machine, config, "withCredentials") or given(machine, defaults, "withCredentials"),
        may_add="defaults may be set elsewhere",
    )


def _sets(config: Value, name: str) -> bool:
    """Whether an interceptor touched an entry of the configuration, or gives one that is not known."""
    return name in config.entries if isinstance(config, Record) else True


_METHODS: dict[str, Model] = {
    **{f"${verb}": _verb(verb) for verb in ("get", "delete", "post", "put", "patch")},  # of the Nuxt module: the data
    **{verb: _verb(verb) for verb in (*_WITH_BODY, *_WITHOUT_BODY)},
    "request": _request,
    "__call__": _request,
    "create": _create,
}

ADAPTER = Adapter(
    id="axios",
    side=Side.FRONTEND,
    symbols={"axios.create": _create},
    methods={_KIND: _METHODS, "axios.interceptors": {"use": _use}},
    types=dict.fromkeys(("axios.AxiosInstance", "axios.Axios", "axios.AxiosStatic"), _handed),
    instances={"axios": _library, "axios.axios": _library},
    hot=("axios", *(f".{name}" for name in (*_WITH_BODY, *_WITHOUT_BODY, "request"))),
)
