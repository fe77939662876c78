"""Angular's `HttpClient`, injected by type or with `inject`.

Angular 15 to 20 (https://angular.dev/api/common/http/HttpClient).

```ts
constructor(private http: HttpClient) {}
load(id: number) { return this.http.get<User>(`/api/users/${id}`); }  // GET /api/users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.carried import carried, given, keys
from auditor.adapter.requests import methods, send
from auditor.model.carried import Carried, Keys
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Class, Instance, Model, Symbol, Text, Unknown, Value

_CLIENT = "@angular/common/http.HttpClient"
_PARAMS, _HEADERS = "@angular/common/http.HttpParams", "@angular/common/http.HttpHeaders"


def _verb(verb: str, body: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url = machine.argument(arguments, 0) or UNDEFINED
        options = machine.argument(arguments, 2 if body else 1)
        data = machine.argument(arguments, 1) if body else given(machine, options, "body")
        sent = _carries(machine, arguments, options, data)
        return send(machine, arguments, "HttpClient", (Text((verb,)),), machine.texts(url), carries=sent)

    return model


def _request(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    method, url = machine.argument(arguments, 0), machine.argument(arguments, 1) or UNDEFINED
    options = machine.argument(arguments, 2)
    sent = _carries(machine, arguments, options, given(machine, options, "body"))
    return send(machine, arguments, "HttpClient", methods(machine, method), machine.texts(url), carries=sent)


def _carries(machine: Machine, arguments: Arguments, options: Value | None, body: Value | None) -> Carried:
    return carried(
        machine,
        arguments.location,
        query=(given(machine, options, "params"),),
        body=body,
        headers=(given(machine, options, "headers"),),
        credentials=given(machine, options, "withCredentials"),
        may_add="interceptors may add headers",
    )


def _collection(kind: str) -> Model:
    """`new HttpParams({ fromObject })`, `new HttpHeaders({…})`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        made = Instance(None, kind, {}, location=arguments.location)
        init = machine.argument(arguments, 0)
        inner = given(machine, init, "fromObject") or given(machine, init, "fromString") if kind == _PARAMS else init
        found = keys(machine, inner, arguments.location)
        made.fields.update({name: Unknown("a value") for name in found.names})
        made.state = bool(found.open)
        return made

    return model


def _add(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`set(name, value)` and `append(name, value)` give a collection with one more name."""
    name = machine.argument(arguments, 0)
    literal = name.literal if isinstance(name, Text) else None
    return _with(machine, this, Keys((literal,)) if literal is not None else Keys((), "a name that is not known"))


def _add_all(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`appendAll({…})`."""
    return _with(machine, this, keys(machine, machine.argument(arguments, 0), arguments.location))


def _with(machine: Machine, this: Value | None, more: Keys) -> Value:
    """What a function made it changes: which names there may be is what counts. What others hold stays as it is."""
    if not isinstance(this, Instance):
        return this or UNDEFINED
    if machine.is_exposed(this):
        this = Instance(None, this.kind, dict(this.fields), True, this.location)
    this.fields.update({name: Unknown("a value") for name in more.names})
    this.state = this.state or bool(more.open)
    return this


def _same(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this or UNDEFINED


def _inject(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`inject(Type)` gives what the constructor would be given."""
    wanted = machine.argument(arguments, 0)
    if isinstance(wanted, Symbol):
        return Instance(None, wanted.name)
    if isinstance(wanted, Class):
        return machine.instance_of(wanted) or machine.call(wanted, (), arguments)
    return Unknown("something injected")


_METHODS: dict[str, Model] = {
    **{verb.lower(): _verb(verb, body=False) for verb in ("GET", "DELETE", "HEAD", "OPTIONS")},
    **{verb.lower(): _verb(verb, body=True) for verb in ("POST", "PUT", "PATCH")},
    "request": _request,
}

_COLLECTION: dict[str, Model] = {"set": _add, "append": _add, "appendAll": _add_all, "delete": _same}

ADAPTER = Adapter(
    id="angular",
    side=Side.FRONTEND,
    symbols={"@angular/core.inject": _inject, _PARAMS: _collection(_PARAMS), _HEADERS: _collection(_HEADERS)},
    methods={_CLIENT: _METHODS, _PARAMS: _COLLECTION, _HEADERS: _COLLECTION},
    hot=tuple(f".{name}" for name in _METHODS),
)
