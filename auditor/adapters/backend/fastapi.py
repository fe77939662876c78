"""FastAPI and Starlette: applications, routers, decorators, includes and mounts.

FastAPI 0.100 to 0.141 (https://fastapi.tiangolo.com/reference/apirouter/) and Starlette 0.27 to 1.x
(https://www.starlette.io/routing/). A router's prefix is baked into a path when the route is
registered; `include_router` adds its own prefix in front; a mounted application keeps its routes.
`add_route` and `route` on a router are Starlette's: they ignore the router's own prefix and
dependencies, and take the prefixes of the includes above it.

```py
router = APIRouter(prefix="/users")

@router.get("/{user_id}")
def read_user(user_id: int): ...

app = FastAPI()
app.include_router(router, prefix="/api")  # GET /api/users/{user_id} -> read_user
```
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.model.finding import Side
from auditor.model.text import join
from auditor.model.value import (
    NONE,
    Arguments,
    Choice,
    Constant,
    Instance,
    List,
    Model,
    Native,
    Symbol,
    Text,
    Unknown,
    Value,
)

_EMPTY = Text(())
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_APP, _ROUTER = "fastapi.FastAPI", "fastapi.APIRouter"


@dataclass(slots=True)
class RouterState:
    """What a router or application keeps: its prefix (one text per alternative) and its tags."""

    prefix: tuple[Text, ...] = (_EMPTY,)
    tags: tuple[str, ...] = ()
    in_schema: bool = True
    root: bool = False


def _construct(kind: str, root: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        instance = this if isinstance(this, Instance) else Instance(None, kind, location=arguments.location)
        prefix = machine.argument(arguments, -1, "prefix")
        instance.state = RouterState(
            machine.texts(prefix) if prefix is not None and not root else (_EMPTY,),
            _tags(machine, machine.argument(arguments, -1, "tags")),
            machine.argument(arguments, -1, "include_in_schema") != Constant(False),
            root,
        )
        if root:
            machine.emit(ApplicationMade(instance, arguments.location, "fastapi", machine.conditions()))
        routes = machine.argument(arguments, -1, "routes")
        if isinstance(routes, List):
            _add_route_objects(machine, instance, routes, arguments)
        return instance

    return model


def _state(value: Value | None) -> RouterState | None:
    if not isinstance(value, Instance):
        return None
    if value.state is None:
        value.state = RouterState()
    return value.state if isinstance(value.state, RouterState) else None


def _tags(machine: Machine, value: Value | None) -> tuple[str, ...]:
    if not isinstance(value, List):
        return ()
    texts = [text.literal for item in value.items for text in machine.texts(machine.force(item))]
    return tuple(text for text in texts if text)


def _decorator(methods: tuple[str, ...], kind: str = "http", bare: bool = False) -> Model:
    """`router.get(path)`: gives a decorator that registers the function."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            handler = machine.argument(inner, 0)
            _add(machine, this, arguments, handler, methods, kind, bare)
            return handler if handler is not None else NONE

        return Native("a route decorator", register)

    return model


def _registration(kind: str = "http", bare: bool = False) -> Model:
    """`router.add_api_route(path, endpoint)`: registers at once."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        handler = machine.argument(arguments, 1, "endpoint") or machine.argument(arguments, 1, "route")
        _add(machine, this, arguments, handler, ("GET",), kind, bare)
        return NONE

    return model


def _add(
    machine: Machine,
    this: Value | None,
    arguments: Arguments,
    handler: Value | None,
    methods: tuple[str, ...],
    kind: str,
    bare: bool = False,
) -> None:
    state = _state(this)
    if state is None or not isinstance(this, Instance):
        return
    path = machine.argument(arguments, 0, "path")
    given = machine.argument(arguments, -1, "methods")
    if isinstance(given, List):
        named = [text.literal for item in given.items for text in machine.texts(machine.force(item))]
        methods = tuple(name.upper() for name in named if name) or methods
    written = arguments.node.arguments if arguments.node else ()
    options = {argument.name: argument.value for argument in written if argument.name}
    own = _tags(machine, machine.argument(arguments, -1, "tags"))
    machine.emit(
        RouteAdded(
            router=this,
            kind=kind,
            methods=methods,
            path=_joined((_EMPTY,) if bare else state.prefix, machine.texts(path) if path is not None else (_EMPTY,)),
            handler=handler,
            location=arguments.location,
            framework="fastapi",
            condition=machine.conditions(),
            options=options,
            scope=arguments.scope,
            tags=state.tags,
            own_tags=own,
            in_schema=state.in_schema and machine.argument(arguments, -1, "include_in_schema") != Constant(False),
            deprecated=machine.argument(arguments, -1, "deprecated") == Constant(True),
        )
    )


def _joined(first: Sequence[Text], second: Sequence[Text]) -> tuple[Text, ...]:
    return tuple(join((a, b)) for a in first for b in second)[: Choice.LIMIT]


def _include(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.include_router(router, prefix=…)`."""
    _mount(machine, arguments, this, machine.argument(arguments, 0, "router"), "prefix", -1)
    return NONE


def _mount_app(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.mount(path, sub_application)`; a folder of static files is a mount without routes."""
    child = machine.argument(arguments, 1, "app")
    _mount(machine, arguments, this, child, "path", 0)
    return NONE


def _mount(
    machine: Machine, arguments: Arguments, this: Value | None, child: Value | None, option: str, position: int
) -> None:
    parent = _state(this)
    if parent is None or not isinstance(this, Instance):
        return
    prefix = machine.argument(arguments, position, option)
    prefixes = machine.texts(prefix) if prefix is not None else (_EMPTY,)
    if not parent.root:
        prefixes = _joined(parent.prefix, prefixes)
    tags = _tags(machine, machine.argument(arguments, -1, "tags"))
    for option_value in child.options if isinstance(child, Choice) else (child,):
        known = option_value if isinstance(option_value, Instance) else None
        static = isinstance(option_value, Unknown) and "StaticFiles" in option_value.label
        machine.emit(
            Mounted(
                parent=this,
                child=known,
                prefix=prefixes,
                location=arguments.location,
                condition=machine.conditions(),
                reason="" if known is not None else _reason(option_value),
                static=static or (known is not None and known.kind == "static"),
                tags=(*parent.tags, *tags),
            )
        )


def _reason(value: Value | None) -> str:
    match value:
        case Unknown(reason):
            return reason
        case Symbol(name):
            return f"{name} comes from a library"
        case _:
            return "it is not a router"


def _add_route_objects(machine: Machine, owner: Instance, routes: List, arguments: Arguments) -> None:
    for item in routes.items:
        value = machine.force(item)
        if isinstance(value, Instance) and value.kind.startswith("starlette.routing.") and value.state is not None:
            inner: Arguments = value.state
            if value.kind.endswith("Mount"):
                child = machine.argument(inner, 1, "app")
                nested = machine.argument(inner, -1, "routes")
                if isinstance(nested, List):
                    child = Instance(None, _APP, state=RouterState(root=True), location=inner.location)
                    _add_route_objects(machine, child, nested, inner)
                _mount(machine, inner, owner, child, "path", 0)
            else:
                kind = "websocket" if "WebSocket" in value.kind else "http"
                _add(machine, owner, inner, machine.argument(inner, 1, "endpoint"), ("GET",), kind)


def _route_object(name: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        return Instance(None, f"starlette.routing.{name}", state=arguments, location=arguments.location)

    return model


def _static(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Instance(None, "static", location=arguments.location)


def _keep(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """A decorator that registers something else (middleware, events) and keeps the function."""

    def decorator(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        return machine.argument(inner, 0) or NONE

    return Native("a decorator", decorator)


_METHODS: dict[str, Model] = {
    **{verb: _decorator((verb.upper(),)) for verb in _VERBS},
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
    "on_event": _keep,
    "middleware": _keep,
    "exception_handler": _keep,
}

_ROUTER_NAMES = ("fastapi.APIRouter", "fastapi.routing.APIRouter", "starlette.routing.Router")
_APP_NAMES = ("fastapi.FastAPI", "fastapi.applications.FastAPI", "starlette.applications.Starlette")
_ROUTE_NAMES = ("Route", "WebSocketRoute", "Mount")
_STATIC_NAMES = ("fastapi.staticfiles.StaticFiles", "starlette.staticfiles.StaticFiles")

ADAPTER = Adapter(
    id="fastapi",
    side=Side.BACKEND,
    symbols={
        **{name: _construct(_APP, root=True) for name in _APP_NAMES},
        **{name: _construct(_ROUTER, root=False) for name in _ROUTER_NAMES},
        **{f"starlette.routing.{name}": _route_object(name) for name in _ROUTE_NAMES},
        "fastapi.routing.Mount": _route_object("Mount"),
        **dict.fromkeys(_STATIC_NAMES, _static),
    },
    methods=dict.fromkeys((*_APP_NAMES, *_ROUTER_NAMES), _METHODS),
    constructors=_APP_NAMES,
    hot=("include_router", "add_api_route", "mount"),
)
