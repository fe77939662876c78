"""FastAPI and Starlette: applications, routers, decorators, includes and mounts.

FastAPI 0.100 to 0.165 (https://fastapi.tiangolo.com/reference/apirouter/) and Starlette 0.27 to 1.x
(https://www.starlette.io/routing/). A router's prefix is baked into a path when the route is
registered; `include_router` adds its own prefix in front; a mounted application keeps its routes.
`add_route` and `route` on a router are Starlette's: they ignore the router's own prefix and
dependencies, and take the prefixes of the includes above it. `get` of a router goes through its
`api_route`, and that through its `add_api_route`, which a subclass may replace. What a lifespan or a
startup handler registers is served as well.

```py
router = APIRouter(prefix="/users")

@router.get("/{user_id}")
def read_user(user_id: int): ...

app = FastAPI()
app.include_router(router, prefix="/api")  # GET /api/users/{user_id} -> read_user
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, ApplicationMade, Machine
from auditor.adapter.endpoints import VERBS
from auditor.adapter.starlette import (
    ROUTES,
    RouterState,
    add_listed,
    add_mount,
    add_route,
    add_route_objects,
    dependencies_of,
    route_list,
    state_of,
    tags_of,
)
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    Arguments,
    Closure,
    Constant,
    Instance,
    List,
    Model,
    Native,
    Text,
    Value,
)

_ADDERS = {"http": "add_api_route", "websocket": "add_api_websocket_route"}


def _construct(kind: str, root: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        instance = this if isinstance(this, Instance) else Instance(None, kind, location=arguments.location)
        instance.state = RouterState(
            tags_of(machine, machine.argument(arguments, -1, "tags")),
            machine.argument(arguments, -1, "include_in_schema") != Constant(False),
            machine.argument(arguments, -1, "deprecated") == Constant(True),
            root,
            "starlette" if kind.startswith("starlette.") else "fastapi",
            dependencies=dependencies_of(arguments),
        )
        if root:
            instance.fields["router"] = instance
            machine.emit(ApplicationMade(instance, arguments.location, instance.state.framework, machine.conditions()))
        else:
            instance.fields["prefix"] = machine.argument(arguments, -1, "prefix") or Text(())
        instance.fields["routes"] = route_list(instance)
        position = {"starlette.routing.Router": 0, "starlette.applications.Starlette": 1}.get(kind, -1)
        add_route_objects(machine, instance, machine.argument(arguments, position, "routes"))
        _at_start(machine, arguments, instance)
        return instance

    return model


def _at_start(machine: Machine, arguments: Arguments, instance: Instance) -> None:
    lifespan = machine.argument(arguments, -1, "lifespan")
    if isinstance(lifespan, Closure):
        machine.defer(lifespan, (instance,), arguments)
    handlers = machine.argument(arguments, -1, "on_startup")
    for handler in handlers.items if isinstance(handlers, List) else ():
        machine.defer(machine.force(handler), (), arguments)


def _decorator(methods: tuple[str, ...], kind: str = "http", bare: bool = False, verb: bool = False) -> Model:
    """`router.get(path)`: gives a decorator that registers the function."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        general = _own(machine, this, "api_route") if verb else None
        if general is not None:
            passed = _passed_on(arguments, methods)
            return _in_place_of(this, arguments, machine.call(general, arguments.positional, arguments, passed))

        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            handler = machine.argument(inner, 0)
            adder = _own(machine, this, _ADDERS[kind]) if not bare else None
            if adder is None or handler is None:
                add_route(machine, this, arguments, handler, methods, kind, bare)
                return handler if handler is not None else NONE
            passed = _passed_on(arguments, methods if kind == "http" else ())
            path = arguments.positional[0] if arguments.positional else passed.pop("path", Text(()))
            call = Native("a registration", lambda *_: machine.call(adder, (path, handler), arguments, passed))
            machine.call(_in_place_of(this, arguments, call), (), arguments)
            return handler

        return Native("a route decorator", register)

    return model


def _own(machine: Machine, this: Value | None, name: str) -> Closure | None:
    """The method of the project's own router class that replaces the library's."""
    state = state_of(this)
    if state is None or state.root or not isinstance(this, Instance) or this.cls is None:
        return None
    found = machine.member(this, name)
    return found if isinstance(found, Closure) else None


def _passed_on(arguments: Arguments, methods: tuple[str, ...]) -> dict[str, Value]:
    passed: dict[str, Value] = dict(arguments.named)
    if methods:
        passed.setdefault("methods", List([Text((method,)) for method in methods]))
    return passed


def _in_place_of(this: Value | None, arguments: Arguments, function: Value) -> Value:
    """The function; what it registers counts as written where `arguments` stand."""

    def model(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        state = state_of(this)
        if state is None:
            return machine.call(function, inner.positional, inner, inner.named)
        outer, state.written = state.written, state.written or arguments
        try:
            return machine.call(function, inner.positional, inner, inner.named)
        finally:
            state.written = outer

    return Native("a route decorator", model)


def _registration(kind: str = "http", bare: bool = False) -> Model:
    """`router.add_api_route(path, endpoint)`: registers at once."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        handler = machine.argument(arguments, 1, "endpoint") or machine.argument(arguments, 1, "route")
        add_route(machine, this, arguments, handler, ("GET",), kind, bare)
        return NONE

    return model


def _include(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.include_router(router, prefix=…)`."""
    add_mount(machine, arguments, this, machine.argument(arguments, 0, "router"), "prefix", -1)
    return NONE


def _mount_app(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.mount(path, sub_application)`; a folder of static files is a mount without routes."""
    add_mount(machine, arguments, this, machine.argument(arguments, 1, "app"), "path", 0)
    return NONE


def _host(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.host("api.example.org", sub_application)`: the same paths, for requests to that host."""
    add_mount(machine, arguments, this, machine.argument(arguments, 1, "app"), "", -1)
    return NONE


def _route_object(name: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        return Instance(None, f"starlette.routing.{name}", state=arguments, location=arguments.location)

    return model


def _static(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Instance(None, "static", location=arguments.location)


def _wrapper(position: int, name: str) -> Model:
    """ASGI middleware called by hand: what it serves is the application it is given."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        app = machine.argument(arguments, position, name)
        if not isinstance(this, Instance):
            return app or Instance(None, "asgi", location=arguments.location)
        if app is not None:
            this.fields["app"] = app
        return this

    return model


def _keep(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """A decorator that registers something else (middleware, events) and keeps the function."""
    event = machine.argument(arguments, 0)

    def decorator(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        handler = machine.argument(inner, 0)
        if handler is not None and event == _STARTUP:
            machine.defer(handler, (), arguments)
        return handler or NONE

    return Native("a decorator", decorator)


def _event_handler(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.add_event_handler("startup", function)`."""
    handler = machine.argument(arguments, 1, "func")
    if handler is not None and machine.argument(arguments, 0, "event_type") == _STARTUP:
        machine.defer(handler, (), arguments)
    return NONE


_STARTUP = Text(("startup",))

_METHODS: dict[str, Model] = {
    **{verb: _decorator((verb.upper(),), verb=True) for verb in VERBS},
    "api_route": _decorator(("GET",)),
    "route": _decorator(("GET",), bare=True),
    "websocket": _decorator(("GET",), "websocket"),
    "websocket_route": _decorator(("GET",), "websocket", bare=True),
    "add_api_route": _registration(),
    "add_route": _registration(bare=True),
    "add_api_websocket_route": _registration("websocket"),
    "add_websocket_route": _registration("websocket", bare=True),
    "include_router": _include,
    "mount": _mount_app,
    "host": _host,
    "on_event": _keep,
    "middleware": _keep,
    "exception_handler": _keep,
    "add_event_handler": _event_handler,
}

_ROUTER_NAMES = (
    "fastapi.APIRouter", "fastapi.routing.APIRouter", "starlette.routing.Router",
    "fastapi_utils.inferring_router.InferringRouter", "fastapi_restful.inferring_router.InferringRouter",
)  # fmt: skip
_APP_NAMES = ("fastapi.FastAPI", "fastapi.applications.FastAPI", "starlette.applications.Starlette")
_ROUTE_NAMES = ("Route", "WebSocketRoute", "Mount", "Host", "APIRoute", "APIWebSocketRoute")
_STATIC_NAMES = ("fastapi.staticfiles.StaticFiles", "starlette.staticfiles.StaticFiles")
_MIDDLEWARE = (
    "authentication.AuthenticationMiddleware", "base.BaseHTTPMiddleware", "cors.CORSMiddleware", "gzip.GZipMiddleware",
    "httpsredirect.HTTPSRedirectMiddleware", "sessions.SessionMiddleware", "trustedhost.TrustedHostMiddleware",
)  # fmt: skip
_OTHER_WRAPPERS = (
    "uvicorn.middleware.proxy_headers.ProxyHeadersMiddleware", "sentry_sdk.integrations.asgi.SentryAsgiMiddleware",
    "asgi_correlation_id.CorrelationIdMiddleware", "mangum.Mangum",
)  # fmt: skip

ADAPTER = Adapter(
    id="fastapi",
    side=Side.BACKEND,
    symbols={
        **{name: _construct(name, root=True) for name in _APP_NAMES},
        **{name: _construct(name, root=False) for name in _ROUTER_NAMES},
        **{f"{home}.routing.{name}": _route_object(name) for name in _ROUTE_NAMES for home in ("fastapi", "starlette")},
        **dict.fromkeys(_STATIC_NAMES, _static),
        **{
            f"{home}.middleware.{name}": _wrapper(0, "app") for name in _MIDDLEWARE for home in ("fastapi", "starlette")
        },
        **dict.fromkeys(_OTHER_WRAPPERS, _wrapper(0, "app")),
        "socketio.ASGIApp": _wrapper(1, "other_asgi_app"),
    },
    methods={
        **dict.fromkeys((*_APP_NAMES, *_ROUTER_NAMES), _METHODS),
        ROUTES: {"append": add_listed(0), "insert": add_listed(1), "extend": add_listed(0, several=True)},
    },
    constructors=_APP_NAMES,
    hot=("include_router", "add_api_route", "mount"),
)
