"""Robyn: applications, sub-routers, parameters, sockets, folders of files.

Robyn 0.40 to 0.88 (https://robyn.tech/documentation/en/api_reference/getting_started,
https://robyn.tech/documentation/en/api_reference/advanced_routing and .../websockets). `:id` is a parameter, `*rest`
takes the rest of the path. A path is served with and without a slash at its end; a sub-router's path is its prefix
and, below another, that one's in front.

```py
users = SubRouter(__file__, prefix="/users")

@users.get("/:user_id")
def user(request): ...

app = Robyn(__file__)
app.include_router(users)
# GET /users/{user_id} -> user
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import VERBS, method_named, options, why_not
from auditor.adapter.pathtext import EMPTY, begun, parameter, paths, trimmed
from auditor.model.finding import Side
from auditor.model.span import Location
from auditor.model.value import FALSE, NONE, Arguments, Instance, Model, Native, Text, Unknown, Value

_APPLICATION, _ROUTER, _SOCKET = "robyn.Robyn", "robyn.SubRouter", "robyn.WebSocket"
_PARAMETER = re.compile(r"(?<=/)(?::([A-Za-z_]\w*)|\*([A-Za-z_]\w*)?)")


@dataclass(slots=True)
class _State:
    """The prefix of a sub-router; nothing for an application."""

    prefix: tuple[Text, ...] = (EMPTY,)


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    app = this if isinstance(this, Instance) else Instance(None, _APPLICATION, location=arguments.location)
    app.state = _State()
    app.fields["strict_slashes"] = FALSE
    machine.emit(ApplicationMade(app, arguments.location, "robyn", machine.conditions()))
    return app


def _router(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`SubRouter(__file__, prefix)`, `SubRouter(prefix)`: one positional argument alone is the prefix if a path."""
    router = this if isinstance(this, Instance) else Instance(None, _ROUTER, location=arguments.location)
    given = machine.argument(arguments, 1, "prefix")
    if given is None:
        first = machine.argument(arguments, 0)
        literal = first.literal if isinstance(first, Text) else None
        given = first if literal is not None and literal.startswith("/") and not literal.endswith(".py") else None
    router.state = _State(_paths(machine, given))
    return router


def _paths(machine: Machine, value: Value | None) -> tuple[Text, ...]:
    """Paths with a slash in front and none at the end."""
    return tuple(trimmed(begun(path)) for path in paths(machine, value, _rewritten))


def _decorator(methods: tuple[str, ...], kind: str = "http") -> Model:
    """`@app.get(endpoint)`, `@app.websocket(endpoint)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            handler = machine.argument(inner, 0)
            _add(machine, this, arguments, methods, machine.argument(arguments, 0, "endpoint"), handler, kind)
            return handler or NONE

        return Native("a route decorator", register)

    return model


def _add_route(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.add_route(method, endpoint, handler)`."""
    methods = method_named(machine, machine.argument(arguments, 0, "route_type"))
    endpoint, handler = machine.argument(arguments, 1, "endpoint"), machine.argument(arguments, 2, "handler")
    _add(machine, this, arguments, methods, endpoint, handler, "http")
    return NONE


def _add_socket(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.add_web_socket(endpoint, handlers)`."""
    endpoint, handler = machine.argument(arguments, 0, "endpoint"), machine.argument(arguments, 1, "handlers")
    _add(machine, this, arguments, ("GET",), endpoint, handler, "websocket")
    return NONE


def _socket(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`WebSocket(app, endpoint)`."""
    socket = Instance(None, _SOCKET, location=arguments.location)
    owner, endpoint = machine.argument(arguments, 0, "robyn_object"), machine.argument(arguments, 1, "endpoint")
    _add(machine, owner, arguments, ("GET",), endpoint, socket, "websocket")
    return socket


def _keep(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@socket.on("message")`: keeps the function."""
    return Native("a decorator", lambda machine, inner, _: machine.argument(inner, 0) or NONE)


def _add(
    machine: Machine,
    this: Value | None,
    arguments: Arguments,
    methods: tuple[str, ...],
    endpoint: Value | None,
    handler: Value | None,
    kind: str,
) -> None:
    if not isinstance(this, Instance):
        return
    machine.emit(
        RouteAdded(
            router=this,
            kind=kind,
            methods=methods,
            path=_paths(machine, endpoint),
            handler=handler,
            location=arguments.location,
            framework="robyn",
            condition=machine.conditions(),
            scope=arguments.scope,
        )
    )


def _include(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.include_router(router)`, also of one sub-router below another."""
    for child in options(machine.argument(arguments, 0, "router")) or (NONE,):
        known = child if isinstance(child, Instance) and isinstance(child.state, _State) else None
        if isinstance(this, Instance):
            prefix = known.state.prefix if known is not None else (EMPTY,)
            reason = "" if known is not None else why_not(child, "a router")
            machine.emit(Mounted(this, known, prefix, arguments.location, machine.conditions(), reason))
    return NONE


def _serve_directory(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if isinstance(this, Instance):
        where = _paths(machine, machine.argument(arguments, 0, "route"))
        machine.emit(Mounted(this, None, where, arguments.location, machine.conditions(), "files", static=True))
    return Unknown("a folder")


def _rewritten(path: str) -> str:
    return _PARAMETER.sub(
        lambda found: parameter(found[1]) if found[1] else parameter(found[2] or "rest", "path"), path
    )


def _method_name(machine: Machine, name: str, location: Location) -> Value:
    return Text((name,))


_METHODS: dict[str, Model] = {
    **{verb: _decorator((verb.upper(),)) for verb in (*VERBS, "connect")},
    "websocket": _decorator(("GET",), "websocket"),
    "add_route": _add_route,
    "add_web_socket": _add_socket,
    "include_router": _include,
    "serve_directory": _serve_directory,
    "add_directory": _serve_directory,
}

ADAPTER = Adapter(
    id="robyn",
    side=Side.BACKEND,
    symbols={
        _APPLICATION: _application,
        _ROUTER: _router,
        **dict.fromkeys((_SOCKET, "robyn.ws.WebSocket"), _socket),
    },
    methods={**dict.fromkeys((_APPLICATION, _ROUTER), _METHODS), _SOCKET: {"on": _keep}},
    values=dict.fromkeys(("robyn.HttpMethod", "robyn.robyn.HttpMethod"), _method_name),
    constructors=(_APPLICATION,),
    hot=("include_router", "add_web_socket"),
)
