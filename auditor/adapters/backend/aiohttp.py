"""aiohttp: applications, the router's own methods, route definitions, route tables, class views, sub-applications.

aiohttp 3.8 to 3.14 (https://docs.aiohttp.org/en/stable/web_quickstart.html#routes and
https://docs.aiohttp.org/en/stable/web_reference.html#router). A route is one method, `*` for all, of a path; the HEAD
that `add_get` adds is left out. A class view answers the methods it has a function for. `{name}` takes one segment,
`{name:expression}` what the expression takes. A sub-application's paths stand behind its prefix; a domain adds none.
A handler that makes a `WebSocketResponse` is a socket. A path is served as written, unless a middleware redirects.

```py
routes = web.RouteTableDef()

@routes.get("/users/{id:\\\\d+}")
async def user(request): ...

api = web.Application()
api.add_routes(routes)
api.router.add_view("/items", Items)  # class Items(web.View) with get and post

app = web.Application()
app.add_subapp("/api", api)
# GET /api/users/{id} -> user
# GET /api/items -> Items.get
# POST /api/items -> Items.post
```
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted
from auditor.adapter.aiohttp import add, rewritten, router_of
from auditor.adapter.endpoints import ANY, options, why_not
from auditor.adapter.pathtext import EMPTY, paths, trimmed
from auditor.model.finding import Side
from auditor.model.value import (
    FALSE,
    NONE,
    Arguments,
    Instance,
    List,
    Model,
    Native,
    Symbol,
    Text,
    Unknown,
    Value,
)

_APPLICATION, _ROUTER, _RESOURCE = "aiohttp.web.Application", "aiohttp.web.UrlDispatcher", "aiohttp.web.Resource"
_MIDDLEWARES = "aiohttp.web.Application.middlewares"
_TABLE, _DEFINITION = "aiohttp.web.RouteTableDef", "aiohttp.web.RouteDef"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")


@dataclass(frozen=True, slots=True)
class _Defined:
    """A route that waits for its application. `method` is None for a folder of files."""

    method: Value | None
    arguments: Arguments
    handler: Value | None
    position: int
    condition: str = ""


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    app = this if isinstance(this, Instance) else Instance(None, _APPLICATION, location=arguments.location)
    app.fields["router"] = Instance(None, _ROUTER, state=app)
    app.fields["middlewares"] = Instance(None, _MIDDLEWARES, state=app)
    for one in options(machine.argument(arguments, -1, "middlewares")):
        _normalise(machine, app, one)
    machine.emit(ApplicationMade(app, arguments.location, "aiohttp", machine.conditions()))
    return app


def _normalise(machine: Machine, app: Instance, middleware: Value) -> None:
    """A middleware of a library may redirect to the other trailing slash, as aiohttp's own does; the project's is
    taken not to."""
    given = [machine.force(one) for one in middleware.items] if isinstance(middleware, List) else [middleware]
    if any(isinstance(one, Unknown | Symbol) for one in given) or (isinstance(middleware, List) and middleware.open):
        app.fields["strict_slashes"] = FALSE


def _add_middleware(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.middlewares.append(middleware)`."""
    app, given = this.state if isinstance(this, Instance) else None, machine.argument(arguments, 0)
    if isinstance(app, Instance) and given is not None:
        _normalise(machine, app, given)
    return NONE


def _wrapper(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`SwaggerDocs(app)`: adds routes to the application it is given."""
    return Instance(None, _ROUTER, state=router_of(machine.argument(arguments, 0, "app")))


def _registration(verb: str = "", place: int = 0) -> Model:
    """`router.add_get(path, handler)`; without a verb `router.add_route(method, path, handler)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        owner = router_of(this)
        if owner is not None:
            method = Text((verb,)) if verb else machine.argument(arguments, 0, "method")
            path = paths(machine, machine.argument(arguments, place, "path"), rewritten)
            add(machine, owner, arguments, method, path, machine.argument(arguments, place + 1, "handler"))
        return Unknown("a route")

    return model


def _add_resource(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`router.add_resource(path)`: gives an object whose `add_route` adds methods to the path."""
    path = paths(machine, machine.argument(arguments, 0, "path"), rewritten)
    return Instance(None, _RESOURCE, state=(router_of(this), path), location=arguments.location)


def _resource_route(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`resource.add_route(method, handler)`."""
    owner, path = this.state if isinstance(this, Instance) else (None, ())
    if isinstance(owner, Instance):
        method, handler = machine.argument(arguments, 0, "method"), machine.argument(arguments, 1, "handler")
        add(machine, owner, arguments, method, path, handler)
    return Unknown("a route")


def _static(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`router.add_static(prefix, folder)`."""
    owner = router_of(this)
    if owner is not None:
        prefix = tuple(map(trimmed, paths(machine, machine.argument(arguments, 0, "prefix"))))
        machine.emit(Mounted(owner, None, prefix, arguments.location, machine.conditions(), "files", static=True))
    return NONE


def _definition(verb: str = "", place: int = 0) -> Model:
    """`web.get(path, handler)`, `web.view(path, View)`, `web.route(method, path, handler)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        method = Text((verb,)) if verb else machine.argument(arguments, 0, "method")
        handler = machine.argument(arguments, place + 1, "handler")
        return Instance(None, _DEFINITION, state=_Defined(method, arguments, handler, place, machine.conditions()))

    return model


def _files(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`web.static(prefix, folder)`, `routes.static(prefix, folder)`."""
    defined = _Defined(None, arguments, None, 0)
    _collect(this, defined)
    return Instance(None, _DEFINITION, state=defined)


def _table(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    table = this if isinstance(this, Instance) else Instance(None, _TABLE, location=arguments.location)
    table.state = List([])
    return table


def _table_decorator(verb: str = "", place: int = 0) -> Model:
    """`@routes.get(path)`, `@routes.view(path)`, `@routes.route(method, path)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            handler = machine.argument(inner, 0) or NONE
            method = Text((verb,)) if verb else machine.argument(arguments, 0, "method")
            _collect(this, _Defined(method, arguments, handler, place, machine.conditions()))
            return handler

        return Native("a route decorator", register)

    return model


def _collect(table: Value | None, defined: _Defined) -> None:
    if isinstance(table, Instance) and isinstance(table.state, List):
        table.state.items.append(Instance(None, _DEFINITION, state=defined))


def _items(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this.state if isinstance(this, Instance) and isinstance(this.state, List) else Unknown("a route table")


def _add_routes(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.add_routes([web.get(…), …])` or of a route table."""
    owner = router_of(this)
    if owner is not None:
        for one in options(machine.argument(arguments, 0, "routes")) or (NONE,):
            _add_defined(machine, arguments, owner, one)
    return NONE


def _add_defined(machine: Machine, arguments: Arguments, owner: Instance, value: Value) -> None:
    state = value.state if isinstance(value, Instance) else None
    if isinstance(state, _Defined) and state.method is None:
        _static(machine, state.arguments, owner)
    elif isinstance(state, _Defined):
        path = paths(machine, machine.argument(state.arguments, state.position, "path"), rewritten)
        add(machine, owner, state.arguments, state.method, path, state.handler, state.condition)
    elif isinstance(state, List) or isinstance(value, List):
        items = state if isinstance(state, List) else value
        for item in items.items if isinstance(items, List) else ():
            _add_defined(machine, arguments, owner, machine.force(item))
        if isinstance(items, List) and items.open:
            _gap(machine, arguments, owner, (EMPTY,), "further routes of a list")
    else:
        _gap(machine, arguments, owner, (EMPTY,), why_not(value, "a list of routes"))


def _gap(machine: Machine, arguments: Arguments, owner: Instance, at: tuple[Text, ...], reason: str) -> None:
    machine.emit(Mounted(owner, None, at, arguments.location, machine.conditions(), reason))


def _mount(position: int) -> Model:
    """`app.add_subapp(prefix, other)`; `app.add_domain(domain, other)` without a prefix."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        owner = router_of(this)
        given = machine.argument(arguments, 0, "prefix") if position == 0 else None
        prefix = tuple(map(trimmed, paths(machine, given, rewritten)))
        for child in options(machine.argument(arguments, 1, "subapp")) or (NONE,):
            if owner is not None and isinstance(child, Instance):
                machine.emit(Mounted(owner, child, prefix, arguments.location, machine.conditions()))
            elif owner is not None:
                _gap(machine, arguments, owner, prefix, why_not(child, "an application"))
        return NONE

    return model


_ADDERS: dict[str, Model] = {
    **{f"add_{verb}": _registration(verb.upper()) for verb in _VERBS},
    "add_view": _registration(ANY),
    "add_route": _registration(place=1),
    "add_resource": _add_resource,
    "add_static": _static,
    "add_routes": _add_routes,
}
_TABLE_METHODS: dict[str, Model] = {
    **{verb: _table_decorator(verb.upper()) for verb in _VERBS},
    "view": _table_decorator(ANY),
    "route": _table_decorator(place=1),
    "static": _files,
    "__iter__": _items,
}
_DOCUMENTED = ("SwaggerDocs", "SwaggerFile")

ADAPTER = Adapter(
    id="aiohttp",
    side=Side.BACKEND,
    symbols={
        _APPLICATION: _application,
        "aiohttp.web_app.Application": _application,
        _TABLE: _table,
        **{f"aiohttp.web.{verb}": _definition(verb.upper()) for verb in _VERBS},
        "aiohttp.web.view": _definition(ANY),
        "aiohttp.web.route": _definition(place=1),
        "aiohttp.web.static": _files,
        **{f"aiohttp_swagger3.{name}": _wrapper for name in _DOCUMENTED},
    },
    methods={
        _APPLICATION: {"add_routes": _add_routes, "add_subapp": _mount(0), "add_domain": _mount(1)},
        _ROUTER: _ADDERS,
        _RESOURCE: {"add_route": _resource_route},
        _MIDDLEWARES: {"append": _add_middleware, "extend": _add_middleware, "insert": _add_middleware},
        _TABLE: _TABLE_METHODS,
    },
    constructors=(_APPLICATION,),
    hot=("add_routes", "add_subapp", "add_route", "add_get", "add_post", "add_view"),
)
