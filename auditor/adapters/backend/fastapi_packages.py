"""Packages that add routes to FastAPI and Starlette: fastapi-users, fastapi-crudrouter, metrics, administration, …

What each call serves stands in `auditor.adapter.factories`, with its source. Below a path of which nothing more is
known anything may be served.

```py
app.include_router(fastapi_users.get_users_router(UserRead, UserUpdate), prefix="/users")
# GET /users/me, PATCH /users/me, GET /users/{id}, PATCH /users/{id}, DELETE /users/{id}
Admin(app, engine)  # /admin and what is below
```
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.adapter import Adapter, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import attribute
from auditor.adapter.factories import CRUD, FACTORIES, Factory, Line, Parameter
from auditor.adapter.pathtext import EMPTY, joined, paths, trimmed
from auditor.adapter.starlette import prefixes_of, state_of, tags_of
from auditor.model.finding import Side
from auditor.model.value import (
    FALSE,
    NONE,
    Arguments,
    Class,
    Constant,
    Instance,
    Model,
    Symbol,
    Text,
    Value,
)

_PASSED_ON = ("prefix", "tags", "include_in_schema", "deprecated")


def _factory(factory: Factory) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        target = (
            _given(machine, arguments, factory.target) if factory.target else _router(machine, arguments, factory, this)
        )
        if isinstance(target, Instance) and state_of(target) is not None:
            path = _given(machine, arguments, factory.path) if factory.path is not None else None
            where = joined(prefixes_of(machine, target), tuple(map(trimmed, paths(machine, path))))
            if factory.lines:
                _add(machine, arguments, target, factory, where)
            else:
                reason = f"what {factory.call} serves"
                machine.emit(Mounted(target, None, where, arguments.location, machine.conditions(), reason))
        if factory.target is None or factory.returns:
            return target or NONE
        return this if isinstance(this, Instance) else Instance(None, factory.call, location=arguments.location)

    return model


def _given(machine: Machine, arguments: Arguments, parameter: Parameter) -> Value:
    given = machine.argument(arguments, parameter.position, parameter.name)
    return given if given is not None else Text((parameter.default,) if parameter.default else ())


def _router(machine: Machine, arguments: Arguments, factory: Factory, this: Value | None) -> Value:
    """A router of FastAPI's, or the instance of a class of the project that derives from the package's."""
    named = {name: value for name in _PASSED_ON if (value := machine.argument(arguments, -1, name)) is not None}
    if factory.call in CRUD:
        named["prefix"] = _table(machine, arguments)
    made = machine.call(machine.symbol("fastapi.APIRouter"), (), arguments, named)
    if isinstance(this, Instance) and isinstance(made, Instance) and factory.call == this.kind:
        this.state, this.fields = made.state, {**this.fields, **made.fields}
        return this
    return made


def _table(machine: Machine, arguments: Arguments) -> Value:
    """The prefix of a router of CRUD routes: its own, else the name of the table, else that of the schema."""
    given = machine.argument(arguments, -1, "prefix")
    if given is None or given == NONE:
        model, schema = machine.argument(arguments, -1, "db_model"), machine.argument(arguments, 0, "schema")
        named = attribute(model, "__tablename__") if isinstance(model, Class) else None
        given = named or (
            Text((schema.node.name,)) if isinstance(schema, Class) and model is None else Symbol("a table")
        )
    text = machine.texts(given)[0]
    return Text(("/", *(part.lower().strip("/") if isinstance(part, str) else part for part in text.parts)), text.trail)


def _add(machine: Machine, arguments: Arguments, router: Instance, factory: Factory, where: tuple[Text, ...]) -> None:
    state = state_of(router)
    if state is None:
        return
    for line in _wanted(machine, arguments, factory.lines):
        model = arguments.expression(line.model.position, line.model.name) if line.model is not None else None
        machine.emit(
            RouteAdded(
                router=router,
                kind="websocket" if line.method == "WS" else "http",
                methods=("GET",) if line.method == "WS" else (line.method,),
                path=joined(where, (Text((line.path,)) if line.path else EMPTY,)),
                handler=Symbol(factory.call),
                location=arguments.location,
                framework=state.framework,
                condition=machine.conditions(),
                options={"response_model": model} if model is not None else {},
                scope=arguments.scope,
                tags=state.tags,
                own_tags=tags_of(machine, machine.argument(arguments, -1, "tags")),
                in_schema=state.in_schema and machine.argument(arguments, -1, "include_in_schema") != Constant(False),
            )
        )


def _wanted(machine: Machine, arguments: Arguments, lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if not line.switch or machine.argument(arguments, -1, line.switch) != FALSE)


def _object(kind: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        return this if isinstance(this, Instance) else Instance(None, kind, location=arguments.location)

    return model


def _same(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Instrumentator().instrument(app)` gives the instrumentator."""
    return this or NONE


_TYPES = {
    "fastapi_users.FastAPIUsers": "fastapi_users.FastAPIUsers",
    "prometheus_fastapi_instrumentator.Instrumentator": "prometheus_fastapi_instrumentator.Instrumentator",
    "starlette_admin.contrib.sqla.Admin": "starlette_admin.contrib.sqla.Admin",
}
_BY_TYPE = {
    kind: {one.call.rpartition(".")[2]: _factory(one) for one in FACTORIES if one.call.rpartition(".")[0] == kind}
    for kind in _TYPES
}

ADAPTER = Adapter(
    id="fastapi-packages",
    side=Side.BACKEND,
    symbols={
        **{one.call: _factory(one) for one in FACTORIES if one.call.rpartition(".")[0] not in _TYPES},
        **{name: _object(kind) for name, kind in _TYPES.items()},
    },
    methods={
        **_BY_TYPE,
        "prometheus_fastapi_instrumentator.Instrumentator": {
            **_BY_TYPE["prometheus_fastapi_instrumentator.Instrumentator"],
            "instrument": _same,
            "add": _same,
        },
        "sqladmin.Admin": {"add_view": _same, "add_base_view": _same},
    },
    hot=("expose", "mount_to", "mount_gradio_app", "mount_chainlit"),
)
