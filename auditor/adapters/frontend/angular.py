"""Angular's `HttpClient`, injected by type or with `inject`.

Angular 15 to 20 (https://angular.dev/api/common/http/HttpClient).

```ts
constructor(private http: HttpClient) {}
load(id: number) { return this.http.get<User>(`/api/users/${id}`); }  // GET /api/users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import methods, option, send
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Class, Instance, Model, Symbol, Text, Unknown, Value

_CLIENT = "@angular/common/http.HttpClient"


def _verb(verb: str, body: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        url = machine.argument(arguments, 0) or UNDEFINED
        sent = machine.argument(arguments, 1) if body else None
        return send(machine, arguments, "HttpClient", (Text((verb,)),), machine.texts(url), body=sent)

    return model


def _request(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    method, url = machine.argument(arguments, 0), machine.argument(arguments, 1) or UNDEFINED
    body = option(machine, machine.argument(arguments, 2), "body")
    return send(machine, arguments, "HttpClient", methods(machine, method), machine.texts(url), body=body)


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

ADAPTER = Adapter(
    id="angular",
    side=Side.FRONTEND,
    symbols={"@angular/core.inject": _inject},
    methods={_CLIENT: _METHODS},
    hot=tuple(f".{name}" for name in _METHODS),
)
