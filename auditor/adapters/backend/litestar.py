"""Litestar: handlers, controllers, routers, applications, what `on_app_init` adds.

Litestar 2.0 to 2.25 (https://docs.litestar.dev/2/usage/routing/overview.html, .../routing/handlers.html and
.../usage/applications.html), and Starlite 1.x under its own name. A decorator makes a handler of a function; it is
served where a router, controller or application lists it, once per path. Every layer puts its path in front; slashes
at the end do not count. A plugin of a library may add routes of its own unless it is known not to.

```py
class Users(Controller):
    path = "/users"

    @get(["/", "/all"])
    async def find(self) -> list[User]: ...

    @delete("/{user_id:int}")
    async def drop(self, user_id: int) -> None: ...

app = Litestar(route_handlers=[Router(path="/api", route_handlers=[Users])])
# GET /api/users -> Users.find
# GET /api/users/all -> Users.find
# DELETE /api/users/{user_id} -> Users.drop
```
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import (
    ANY,
    attribute,
    derives_from,
    lineage,
    method_named,
    methods_named,
    options,
    why_not,
)
from auditor.adapter.pathtext import EMPTY, begun, joined, paths, trimmed
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.span import NOWHERE, Location
from auditor.model.value import (
    NONE,
    Arguments,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Model,
    Native,
    Text,
    Unknown,
    Value,
)

_APPLICATIONS = ("litestar.Litestar", "litestar.app.Litestar", "starlite.Starlite")
_ROUTERS = ("litestar.Router", "litestar.router.Router", "starlite.Router")
_CONTROLLERS = ("litestar.Controller", "litestar.controller.Controller", "starlite.Controller")
_LISTENERS = ("litestar.handlers.WebsocketListener", "litestar.WebsocketListener")
_HOMES = ("litestar", "litestar.handlers", "starlite")
_HANDLER, _STATIC, _CONFIG = "litestar.handler", "litestar.static_files", "litestar.config.app.AppConfig"
_HANDLED = "__litestar_handler__"
_QUIET = ("litestar.plugins.", "litestar.contrib.", "advanced_alchemy.", "litestar_granian.", "litestar.openapi.")


@dataclass(frozen=True, slots=True)
class _Handler:
    """What a decorator says about the function below it. `kind` is "asgi" for another application."""

    kind: str
    methods: tuple[str, ...]
    paths: tuple[Text, ...]
    arguments: Arguments
    function: Value | None


def _decorator(kind: str, methods: tuple[str, ...] = ()) -> Model:
    """`@get(path)`, `@route(path, http_method=…)`, `@websocket(path)`, `@asgi(path)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        served = methods or _methods(machine, machine.argument(arguments, -1, "http_method"))
        where = _paths(machine, machine.argument(arguments, 0, "path"))

        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            function = machine.argument(inner, 0)
            made = Instance(None, _HANDLER, state=_Handler(kind, served, where, arguments, function))
            if isinstance(function, Closure):
                return replace(function, attributes={**(function.attributes or {}), _HANDLED: made})
            return made

        return Native("a route decorator", register)

    return model


def _methods(machine: Machine, value: Value | None) -> tuple[str, ...]:
    return methods_named(machine, value) if isinstance(value, List) else method_named(machine, value)


def _paths(machine: Machine, value: Value | None) -> tuple[Text, ...]:
    """A path or several, without slashes at the end."""
    if value is None or value == NONE:
        return (EMPTY,)
    given = [machine.force(item) for item in value.items] if isinstance(value, List) else [value]
    given += [Unknown("further paths")] if isinstance(value, List) and value.open else []
    return tuple(trimmed(begun(path)) for one in given for path in paths(machine, one)) or (EMPTY,)


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    app = this if isinstance(this, Instance) else Instance(None, _APPLICATIONS[0], location=arguments.location)
    app.fields["strict_slashes"] = Constant(False)
    app.state = _paths(machine, machine.argument(arguments, -1, "path"))
    machine.emit(ApplicationMade(app, arguments.location, "litestar", machine.conditions()))
    listed = machine.argument(arguments, 0, "route_handlers")
    config = Instance(None, _CONFIG, {"route_handlers": List([])}, location=arguments.location)
    _initialise(machine, arguments, app, config)
    _register(machine, arguments, app, listed)
    _register(machine, arguments, app, config.fields["route_handlers"])
    if arguments.open:
        _gap(machine, arguments, app, (EMPTY,), "further arguments of the application")
    return app


def _initialise(machine: Machine, arguments: Arguments, app: Instance, config: Instance) -> None:
    """Calls `on_app_init=[…]` and the plugins, which may add to `config.route_handlers`."""
    hooks, plugins = machine.argument(arguments, -1, "on_app_init"), machine.argument(arguments, -1, "plugins")
    for hook in hooks.items if isinstance(hooks, List) else ():
        _hook(machine, arguments, app, machine.force(hook), config)
    for item in plugins.items if isinstance(plugins, List) else ():
        plugin = machine.force(item)
        own = machine.member(plugin, "on_app_init") if isinstance(plugin, Instance) else plugin
        _hook(machine, arguments, app, own, config)


def _hook(machine: Machine, arguments: Arguments, app: Instance, hook: Value, config: Instance) -> None:
    name = hook.label if isinstance(hook, Unknown) else getattr(hook, "name", "")
    if isinstance(hook, Closure):
        machine.call(hook, (config,), arguments)
    elif not name.startswith(_QUIET):
        _gap(machine, arguments, app, (EMPTY,), f"a plugin: {why_not(hook, 'a function of the project')}")


def _from_config(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Litestar.from_config(AppConfig(route_handlers=…))`."""
    config = machine.argument(arguments, 0, "config")
    fields = config.fields if isinstance(config, Instance) else {}
    return _application(machine, replace(arguments, positional=(), named=dict(fields), open=not fields), None)


def _config(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    fields = {name: machine.force(value) for name, value in arguments.named.items()}
    return Instance(None, _CONFIG, {"route_handlers": List([]), **fields}, location=arguments.location)


def _router(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    router = this if isinstance(this, Instance) else Instance(None, _ROUTERS[0], location=arguments.location)
    router.state = _paths(machine, machine.argument(arguments, 0, "path"))
    _register(machine, arguments, router, machine.argument(arguments, -1, "route_handlers"))
    return router


def _register_one(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.register(handler)`, `router.register(controller)`."""
    if isinstance(this, Instance):
        _register(machine, arguments, this, machine.argument(arguments, 0, "value"))
    return NONE


def _register(machine: Machine, arguments: Arguments, owner: Instance, value: Value | None) -> None:
    own = owner.state if owner.kind in _APPLICATIONS and isinstance(owner.state, tuple) else (EMPTY,)
    for one in options(value):
        handled = _handler_of(one)
        if isinstance(one, List):
            for item in one.items:
                _register(machine, arguments, owner, machine.force(item))
            if one.open:
                _gap(machine, arguments, owner, own, "further handlers of a list")
        elif handled is not None:
            _add(machine, arguments, owner, own, handled, one, {})
        elif isinstance(one, Class) and derives_from(one, (*_CONTROLLERS, *_LISTENERS)):
            _add_class(machine, arguments, owner, own, one)
        elif isinstance(one, Instance) and (one.kind in _ROUTERS or one.kind == _STATIC):
            prefix = joined(own, one.state)
            static = one.kind == _STATIC
            machine.emit(
                Mounted(owner, None if static else one, prefix, arguments.location, machine.conditions(),
                        "files" if static else "", static=static)
            )  # fmt: skip
        else:
            _gap(machine, arguments, owner, own, why_not(one, "a handler"))


def _handler_of(value: Value) -> _Handler | None:
    if isinstance(value, Closure) and value.attributes:
        value = value.attributes.get(_HANDLED, value)
    return value.state if isinstance(value, Instance) and isinstance(value.state, _Handler) else None


def _add_class(machine: Machine, arguments: Arguments, owner: Instance, own: tuple[Text, ...], cls: Class) -> None:
    """A controller is a router of its functions; a listener is one socket."""
    where = _paths(machine, attribute(cls, "path"))
    location = Location(cls.scope.file, cls.node.span)
    if derives_from(cls, _LISTENERS):
        given = Arguments((), {}, None, location)
        _add(machine, arguments, owner, own, _Handler("websocket", ("GET",), where, given, cls), cls, {})
        return
    extra: dict[str, form.Expression] = {}
    if any(attribute(cls, name) is not None for name in ("dto", "return_dto")):
        extra["return_dto"] = form.Literal(True, NOWHERE)
    controller = Instance(None, _CONTROLLERS[0], state=where, location=location)
    seen: set[str] = set()
    for base in lineage(cls):
        for name, value in base.attributes.items() if isinstance(base, Class) else ():
            known = machine.force(value)
            handled = _handler_of(known)
            if handled is not None and name not in seen:
                _add(machine, arguments, controller, (EMPTY,), handled, known, extra)
            seen.add(name)
    prefix = joined(own, where)
    machine.emit(Mounted(owner, controller, prefix, arguments.location, machine.conditions()))


def _add(
    machine: Machine,
    arguments: Arguments,
    owner: Instance,
    own: tuple[Text, ...],
    handled: _Handler,
    function: Value,
    extra: dict[str, form.Expression],
) -> None:
    where = joined(own, handled.paths)
    if handled.kind == "asgi" and not isinstance(function, Closure):
        child = handled.function if isinstance(handled.function, Instance) else None
        reason = "" if child is not None else why_not(handled.function, "an application")
        machine.emit(Mounted(owner, child, where, handled.arguments.location, machine.conditions(), reason))
        return
    written = handled.arguments.node.arguments if handled.arguments.node else ()
    machine.emit(
        RouteAdded(
            router=owner,
            kind="websocket" if handled.kind == "websocket" else "http",
            methods=handled.methods,
            path=where,
            handler=function,
            location=handled.arguments.location,
            framework="litestar",
            condition=machine.conditions(),
            options={**extra, **{one.name: one.value for one in written if one.name}},
            scope=handled.arguments.scope,
            in_schema=machine.argument(handled.arguments, -1, "include_in_schema") != Constant(False),
            deprecated=machine.argument(handled.arguments, -1, "deprecated") == Constant(True),
        )
    )


def _gap(machine: Machine, arguments: Arguments, owner: Instance, at: tuple[Text, ...], reason: str) -> None:
    machine.emit(Mounted(owner, None, at, arguments.location, machine.conditions(), reason))


def _static(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`create_static_files_router(path, directories)`."""
    where = _paths(machine, machine.argument(arguments, 0, "path"))
    return Instance(None, _STATIC, state=where, location=arguments.location)


def _method_name(machine: Machine, name: str, location: Location) -> Value:
    return Text((name,))


_VERBS = ("get", "post", "put", "patch", "delete", "head")
_SOCKETS = ("websocket", "websocket_listener", "websocket_stream")
_NAMES: dict[str, Model] = {
    **{verb: _decorator("http", (verb.upper(),)) for verb in _VERBS},
    **{name: _decorator("websocket", ("GET",)) for name in _SOCKETS},
    "route": _decorator("http"),
    "asgi": _decorator("asgi", (ANY,)),
}

ADAPTER = Adapter(
    id="litestar",
    side=Side.BACKEND,
    symbols={
        **{f"{home}.{name}": model for name, model in _NAMES.items() for home in _HOMES},
        **dict.fromkeys(_APPLICATIONS, _application),
        **{f"{name}.from_config": _from_config for name in _APPLICATIONS},
        **dict.fromkeys(_ROUTERS, _router),
        _CONFIG: _config,
        "litestar.static_files.create_static_files_router": _static,
    },
    methods={name: {"register": _register_one} for name in (*_APPLICATIONS, *_ROUTERS)},
    values={f"{home}.HttpMethod": _method_name for home in ("litestar", "litestar.enums", "starlite")},
    constructors=_APPLICATIONS,
    hot=("register",),
)
