"""Masonite: lists of routes, groups, resources, controllers by name.

Masonite 4 (https://docs.masoniteproject.com/the-basics/routing and
https://docs.masoniteproject.com/the-basics/controllers). What is served are the lists called `ROUTES`. `@id` takes one
segment, `@id:integer` digits, `?id` may be left out. A controller by name stands in `app/controllers`.

```py
ROUTES = [
    Route.get("/", "WelcomeController@show"),
    Route.group([Route.put("/users/@id", UserController.update)], prefix="/api"),
    *Route.api("posts", "PostController"),
]
# GET / -> WelcomeController.show
# PUT /api/users/{id} -> UserController.update
# GET /posts -> PostController.index
# POST /posts -> PostController.store
# GET /posts/{id} -> PostController.show
# PUT /posts/{id} -> PostController.update
# PATCH /posts/{id} -> PostController.update
# DELETE /posts/{id} -> PostController.destroy
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import attribute, methods_named, options
from auditor.adapter.pathtext import EMPTY, begun, joined, parameter, paths, trimmed
from auditor.model.finding import Side
from auditor.model.value import NONE, Arguments, Class, Instance, List, Model, Module, Symbol, Text, Value

_ROUTE = "masonite.routes.HTTPRoute"
_VERBS = ("get", "post", "put", "patch", "delete", "options", "head")
_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_VARIABLE = re.compile(r"@(\w+)(?::(\w+))?")
_OPTIONAL = re.compile(r"/\?(\w+)(?::\w+)?$")
_CONVERTERS = {"integer": "int", "int": "int", "string": ""}
_API = (
    ("GET", "", "index"), ("POST", "", "store"), ("GET", "/@id", "show"), ("PUT", "/@id", "update"),
    ("PATCH", "/@id", "update"), ("DELETE", "/@id", "destroy"),
)  # fmt: skip
_RESOURCE = (*_API[:1], ("GET", "/create", "create"), *_API[1:3], ("GET", "/@id/edit", "edit"), *_API[3:])


@dataclass(frozen=True, slots=True)
class _Route:
    methods: tuple[str, ...]
    path: tuple[Text, ...]
    handler: Value | None
    arguments: Arguments


def _verb(*methods: str, position: int = 0) -> Model:
    """`Route.get(url, controller)`; `Route.match(methods, url, controller)` where none is given."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = methods or methods_named(machine, machine.argument(arguments, 0, "request_methods"))
        path = _paths(machine, machine.argument(arguments, position, "url"))
        handler = _controller(machine, arguments, machine.argument(arguments, position + 1, "controller"))
        return _made(_Route(given, path, handler, arguments))

    return model


def _page(name: str) -> Model:
    """`Route.view(url, template)`, `Route.redirect(url, other)`: without a controller."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        path = _paths(machine, machine.argument(arguments, 0, "url"))
        return _made(_Route(("GET",), path, Symbol(f"masonite.routes.Route.{name}"), arguments))

    return model


def _resource(rows: Sequence[tuple[str, str, str]]) -> Model:
    """`Route.resource("posts", "PostController")`, `Route.api(…)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        base = _paths(machine, machine.argument(arguments, 0, "base_url"))
        given = machine.argument(arguments, 1, "controller")
        made: list[Value] = []
        for method, tail, action in rows:
            handler = _controller(machine, arguments, given, action)
            made.append(_made(_Route((method,), joined(base, (Text((_rewritten(tail),)),)), handler, arguments)))
        return List(made)

    return model


def _group(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Route.group([…], prefix="/api")`; a route at the root of a group stands at its prefix."""
    given = machine.argument(arguments, -1, "prefix")
    prefix = tuple(map(trimmed, _paths(machine, given))) if options(given) else (EMPTY,)
    found: list[Value] = []
    for value in arguments.positional:
        for route in _flat(machine, machine.force(value)):
            below = tuple(EMPTY if path == Text(("/",)) and prefix != (EMPTY,) else path for path in route.path)
            found.append(_made(replace(route, path=joined(prefix, below))))
    return List(found)


def _flat(machine: Machine, value: Value) -> Iterator[_Route]:
    """The routes of lists in lists."""
    if isinstance(value, Instance) and isinstance(value.state, _Route):
        yield value.state
    elif isinstance(value, List):
        for item in value.items:
            yield from _flat(machine, machine.force(item))


def _serve(machine: Machine, modules: Sequence[tuple[str, Value]]) -> None:
    """One application for all lists of routes."""
    lists = [(value, routes) for _, value in modules if (routes := list(_flat(machine, value)))]
    if not lists:
        return
    location = lists[0][1][0].arguments.location
    app = Instance(None, "masonite.foundation.Application", location=location)
    machine.emit(ApplicationMade(app, location, "masonite"))
    for value, routes in lists:
        for route in routes:
            machine.emit(
                RouteAdded(
                    router=app,
                    kind="http",
                    methods=route.methods,
                    path=route.path,
                    handler=route.handler,
                    location=route.arguments.location,
                    framework="masonite",
                    scope=route.arguments.scope,
                )
            )
        if isinstance(value, List) and value.open:
            machine.emit(Mounted(app, None, (EMPTY,), location, reason="further routes of a list"))


def _controller(machine: Machine, arguments: Arguments, value: Value | None, action: str = "") -> Value | None:
    """`Controller.method`, or "Controller@method" in the folder of controllers."""
    if isinstance(value, Text) and value.literal:
        name, _, method = value.literal.partition("@")
        module = machine.imported(f"app.controllers.{name}", arguments.location.file)
        found = machine.force(machine.member(module, name.rpartition(".")[2])) if isinstance(module, Module) else NONE
        wanted = action or method or "__call__"
        return attribute(found, wanted) if isinstance(found, Class) else Symbol(value.literal)
    return attribute(value, action) if isinstance(value, Class) and action else value


def _paths(machine: Machine, value: Value | None) -> tuple[Text, ...]:
    """A URL; a segment that may be left out gives two."""
    found: list[Text] = []
    for text in paths(machine, value):
        last = text.parts[-1] if text.parts else ""
        optional = _OPTIONAL.search(last) if isinstance(last, str) else None
        if optional is not None and isinstance(last, str):
            stem = last[: optional.start()]
            found += [replace(text, parts=(*text.parts[:-1], one)) for one in (f"{stem}/@{optional[1]}", stem) if one]
        else:
            found.append(text)
    return tuple(
        begun(replace(text, parts=tuple(_rewritten(one) if isinstance(one, str) else one for one in text.parts)))
        for text in found
    )


def _rewritten(path: str) -> str:
    return _VARIABLE.sub(lambda found: parameter(found[1], _CONVERTERS.get(found[2] or "", found[2] or "")), path)


def _made(route: _Route) -> Instance:
    return Instance(None, _ROUTE, state=route, location=route.arguments.location)


_METHODS: dict[str, Model] = {
    **{verb: _verb(verb.upper()) for verb in _VERBS},
    **{name: _page(name) for name in ("view", "redirect", "permanent_redirect")},
    "any": _verb(*_ANY),
    "match": _verb(position=1),
    "group": _group,
    "resource": _resource(_RESOURCE),
    "api": _resource(_API),
}

ADAPTER = Adapter(
    id="masonite",
    side=Side.BACKEND,
    symbols={
        f"{owner}.{name}": model
        for owner in ("masonite.routes.Route", "masonite.routes.Route.Route")
        for name, model in _METHODS.items()
    },
    variables={"ROUTES": _serve},
)
