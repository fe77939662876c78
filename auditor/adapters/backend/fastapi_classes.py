"""Classes as views for FastAPI: fastapi-utils and fastapi-restful, classy-fastapi.

fastapi-utils 0.2 to 0.8 (https://fastapiutils.github.io/fastapi-utils/user-guide/class-based-views/), fastapi-restful
0.4 to 0.6 under its own name, and classy-fastapi 0.6 and 0.7
(https://gitlab.com/companionlabs-opensource/classy-fastapi). `@cbv(router)` leaves routes where they are; given URLs
it adds the functions named after methods. classy-fastapi keeps what a decorator says on the function until the class
makes its router.

```py
class Users(Routable):
    @get("/{user_id}")
    def read(self, user_id: int): ...

app.include_router(Users(prefix="/users").router)
# GET /users/{user_id} -> Users.read
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.adapter import Adapter, Machine
from auditor.adapter.endpoints import VERBS, attribute, lineage
from auditor.adapter.starlette import state_of
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Class,
    Closure,
    Instance,
    List,
    Model,
    Native,
    Text,
    Value,
)

_UTILS = ("fastapi_utils", "fastapi_restful")
_CLASSY = "classy_fastapi.Routable"
_MARK = "__endpoint__"


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """What a decorator says: the method of the router to call, and its arguments."""

    verb: str
    arguments: Arguments


def _cbv(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@cbv(router, *urls)`."""
    router, urls = machine.argument(arguments, 0, "router"), arguments.positional[1:]

    def decorate(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        cls = machine.argument(inner, 0)
        if isinstance(cls, Class) and router is not None:
            _add_named(machine, arguments, router, cls, tuple(machine.force(url) for url in urls))
        return cls or NONE

    return Native("a class decorator", decorate)


def _add_named(machine: Machine, arguments: Arguments, router: Value, cls: Class, urls: tuple[Value, ...]) -> None:
    """The functions that are named after methods, at every URL."""
    adder = machine.member(router, "add_api_route")
    for url in urls:
        for verb in VERBS:
            function = attribute(cls, verb)
            if function is not None:
                machine.call(adder, (url, function), arguments, {"methods": List([Text((verb.upper(),))])})


def _resources(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Api(app)`."""
    return Instance(None, f"{_UTILS[0]}.Api", {"app": machine.argument(arguments, 0, "app") or NONE})


def _add_resource(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`api.add_resource(resource, *urls, prefix=…)`."""
    resource = machine.argument(arguments, 0, "resource")
    if isinstance(resource, Instance) and resource.cls is not None and isinstance(this, Instance):
        router = machine.call(machine.symbol("fastapi.APIRouter"), (), arguments)
        _add_named(machine, arguments, router, resource.cls, tuple(map(machine.force, arguments.positional[1:])))
        named = {name: value for name, value in arguments.named.items() if name != "resource"}
        machine.call(machine.member(this.fields["app"], "include_router"), (router,), arguments, named)
    return NONE


def _mark(verb: str) -> Model:
    """`@get(path)` on a function of a class."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        def remember(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            function = machine.argument(inner, 0)
            if not isinstance(function, Closure):
                return function or UNDEFINED
            said = Instance(None, _MARK, state=_Endpoint(verb, arguments))
            return replace(function, attributes={**(function.attributes or {}), _MARK: said})

        return Native("a route decorator", remember)

    return model


def _routable(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Routable(prefix=…)`: what it is given makes its router."""
    if not isinstance(this, Instance) or this.cls is None:
        return NONE
    router = machine.call(machine.symbol("fastapi.APIRouter"), arguments.positional, arguments, arguments.named)
    this.fields["router"] = router
    _add_marked(machine, router, this.cls)
    return this


def _add_marked(machine: Machine, router: Value, cls: Class) -> None:
    state = state_of(router)
    for function, said in _marked(cls):
        if state is not None:
            outer, state.written = state.written, said.arguments
            decorator = machine.call(
                machine.member(router, said.verb), said.arguments.positional, said.arguments, said.arguments.named
            )
            machine.call(decorator, (function,), said.arguments)
            state.written = outer


def _marked(cls: Class) -> Iterator[tuple[Closure, _Endpoint]]:
    seen: set[str] = set()
    for base in lineage(cls):
        for name, value in base.attributes.items() if isinstance(base, Class) else ():
            said = value.attributes.get(_MARK) if isinstance(value, Closure) and value.attributes else None
            if isinstance(value, Closure) and isinstance(said, Instance) and name not in seen:
                yield value, said.state
            seen.add(name)


def _keep(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@set_responses(…)`: keeps the function."""
    return Native("a decorator", lambda machine, inner, _: machine.argument(inner, 0) or NONE)


_HOMES = ("classy_fastapi", "classy_fastapi.decorators")
_MARKS = {**{verb: verb for verb in VERBS}, "route": "api_route", "websocket": "websocket"}

ADAPTER = Adapter(
    id="fastapi-classes",
    side=Side.BACKEND,
    symbols={
        **{f"{package}.{name}": _cbv for package in _UTILS for name in ("cbv", "cbv.cbv")},
        **{f"{package}.{name}": _resources for package in _UTILS for name in ("Api", "cbv_base.Api")},
        **{f"{package}.set_responses": _keep for package in _UTILS},
        **{f"{home}.{name}": _mark(verb) for name, verb in _MARKS.items() for home in _HOMES},
        _CLASSY: _routable,
        "classy_fastapi.routable.Routable": _routable,
    },
    methods={
        f"{_UTILS[0]}.Api": {"add_resource": _add_resource},
    },
    hot=("add_resource",),
)  # fmt: skip
