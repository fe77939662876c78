"""django-ninja and ninja-extra: operations of an API, of its routers and of controllers.

django-ninja 1.0 to 1.4 (https://django-ninja.dev/guides/routers/) and ninja-extra 0.20 to 0.30
(https://eadwincode.github.io/django-ninja-extra/api_controller/). `api.urls` is served where a URL configuration of
Django puts it. The pages and the schema that the API documents itself with are not listed.

```py
api = NinjaAPI()
api.add_router("/users", router)  # router = Router(); or its dotted name
@router.get("/{int:pk}", response=UserOut)
def read_user(request, pk: int): ...
urlpatterns = [path("api/", api.urls)]
# GET /api/users/{pk} -> read_user
```
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.adapter import Adapter, Machine, Mounted, RouteAdded
from auditor.adapter.django_ninja import APIS
from auditor.adapter.django_paths import rewritten
from auditor.adapter.endpoints import lineage, methods_named
from auditor.adapter.pathtext import EMPTY, begun, parameter, paths
from auditor.adapter.writing import writing_of
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.value import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Class,
    Closure,
    Instance,
    List,
    Model,
    Module,
    Native,
    Text,
    Value,
)
from auditor.model.wrapping import unwrapped

_ROUTER, _CONTROLLER, _OPERATION = "ninja.Router", "__ninja_controller__", "__ninja_operation__"
_VERBS = ("get", "post", "put", "patch", "delete")
_TYPED = re.compile(r"\{(\w+):(\w+)\}")


def _api(kind: str) -> Model:
    return lambda machine, arguments, this: _begun(
        machine, arguments, this if isinstance(this, Instance) else Instance(None, kind, location=arguments.location)
    )


def _begun(machine: Machine, arguments: Arguments, api: Instance) -> Value:
    api.fields["urls"] = api
    for name, usual in (("openapi_url", "/openapi.json"), ("docs_url", "/docs")):
        given = machine.argument(arguments, -1, name)
        where = paths(machine, given, str) if given is not None else (Text((usual,)),)
        if given != NONE:
            machine.emit(Mounted(api, None, where, arguments.location, reason="the API's own documentation"))
    return api


def _router(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this if isinstance(this, Instance) else Instance(None, _ROUTER, location=arguments.location)


def _add_router(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`add_router(prefix, router)`; the router may be named by its dotted name."""
    if not isinstance(this, Instance):
        return NONE
    router = machine.argument(arguments, 1, "router")
    if isinstance(router, Text) and router.literal:
        module, _, name = router.literal.rpartition(".")
        found = machine.imported(module, arguments.location.file)
        router = machine.force(machine.member(found, name)) if isinstance(found, Module) else None
    child = router if isinstance(router, Instance) else None
    prefix = tuple(begun(text) for text in paths(machine, machine.argument(arguments, 0, "prefix"), _path))
    reason = "" if child is not None else "a router that cannot be read"
    machine.emit(
        Mounted(this, child, prefix, arguments.location, machine.conditions(), reason, tags=_tags(machine, arguments))
    )
    return NONE


def _operation(methods: tuple[str, ...]) -> Model:
    """`@router.get(path)`, `@router.api_operation([methods], path)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        if not isinstance(this, Instance):
            return NONE
        position = 0 if methods else 1
        named = methods or methods_named(machine, machine.argument(arguments, 0, "methods"))

        def add(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            function = machine.argument(inner, 0) or NONE
            machine.emit(_route(machine, this, arguments, named, position, function))
            return function

        return Native("a decorator", add)

    return model


def _route(
    machine: Machine, owner: Instance, arguments: Arguments, methods: tuple[str, ...], position: int, function: Value
) -> RouteAdded:
    where = paths(machine, machine.argument(arguments, position, "path"), _path)
    return RouteAdded(
        router=owner,
        kind="http",
        methods=methods,
        path=tuple(begun(text) if text.parts else EMPTY for text in where),
        handler=function,
        location=arguments.location,
        framework="django",
        condition=machine.conditions(),
        options=_options(arguments),
        scope=arguments.scope,
        own_tags=_tags(machine, arguments),
        in_schema=machine.argument(arguments, -1, "include_in_schema") != FALSE,
        deprecated=machine.argument(arguments, -1, "deprecated") == TRUE,
        writing=writing_of(machine, arguments, "", aliases=False),
    )


def _options(arguments: Arguments) -> Mapping[str, form.Expression]:
    """`auth=…`, and `response=Model`, or of `response={200: Model, 404: Error}` what a success gives."""
    given = arguments.expression(-1, "response")
    if isinstance(given, form.Object):
        successes = [
            entry.value
            for entry in given.entries
            if isinstance(entry.key, form.Literal) and isinstance(entry.key.value, int) and 200 <= entry.key.value < 300
        ]
        given = successes[0] if successes else None
    guard = arguments.expression(-1, "auth")
    return {
        **({} if given is None else {"response_model": given}),
        **({} if guard is None else {"auth": guard}),
    }


def _tags(machine: Machine, arguments: Arguments) -> tuple[str, ...]:
    given = machine.argument(arguments, -1, "tags")
    items = given.items if isinstance(given, List) else []
    return tuple(text.literal for item in items for text in machine.texts(machine.force(item)) if text.literal)


def _path(path: str) -> str:
    """`/{int:pk}` is `/{pk:int}`; the way of Django's own paths is taken as well."""
    typed = _TYPED.sub(lambda found: parameter(found[2], "" if found[1] == "str" else found[1]), path)
    return re.sub("//+", "/", rewritten(typed))


# -- ninja-extra -----------------------------------------------------------------------------------


def _controller(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@api_controller(prefix)` of a class, also without parentheses."""

    def keep(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        cls = machine.argument(inner, 0) or NONE
        if isinstance(cls, Class):
            cls.attributes[_CONTROLLER] = Instance(None, _CONTROLLER, state=arguments, location=arguments.location)
        return cls

    plain = machine.argument(arguments, 0, "prefix_or_class")
    return keep(machine, arguments, None) if isinstance(plain, Class) else Native("a decorator", keep)


def _method(methods: tuple[str, ...]) -> Model:
    """`@http_get(path)`, `@route.get(path)`, `@route.generic(path, methods=[…])` of a controller."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        named = methods or methods_named(machine, machine.argument(arguments, 1, "methods"))

        def keep(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            function = machine.argument(inner, 0) or NONE
            if isinstance(function, Closure):
                kept = Instance(None, _OPERATION, state=(arguments, named), location=arguments.location)
                function.attributes = {**(function.attributes or {}), _OPERATION: kept}
            return function

        return Native("a decorator", keep)

    return model


def _register(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`api.register_controllers(One, Other)`."""
    if not isinstance(this, Instance):
        return NONE
    for given in arguments.positional:
        cls = machine.force(given)
        made = cls.attributes.get(_CONTROLLER) if isinstance(cls, Class) else None
        if not isinstance(cls, Class) or not isinstance(made, Instance):
            machine.emit(Mounted(this, None, (EMPTY,), arguments.location, reason="a controller that cannot be read"))
            continue
        own = made.state
        prefix = machine.argument(own, 0, "prefix_or_class")
        where = tuple(map(begun, paths(machine, prefix, _path))) if isinstance(prefix, Text) else (EMPTY,)
        child = Instance(None, _ROUTER, location=own.location)
        machine.emit(Mounted(this, child, where, own.location, machine.conditions(), tags=_tags(machine, own)))
        for base in lineage(cls):
            for value in base.attributes.values() if isinstance(base, Class) else ():
                function = unwrapped(machine.force(value))
                kept = (function.attributes or {}).get(_OPERATION) if isinstance(function, Closure) else None
                if isinstance(kept, Instance) and isinstance(function, Closure):
                    where_written, methods = kept.state
                    machine.emit(_route(machine, child, where_written, methods, 0, function))
    return NONE


_OPERATIONS: dict[str, Model] = {
    **{verb: _operation((verb.upper(),)) for verb in _VERBS},
    "api_operation": _operation(()),
    "add_router": _add_router,
}
_EXTRA = "ninja_extra"

ADAPTER = Adapter(
    id="django-ninja",
    side=Side.BACKEND,
    symbols={
        **{name: _api(name) for name in APIS},
        **dict.fromkeys((_ROUTER, "ninja.router.Router", f"{_EXTRA}.Router"), _router),
        f"{_EXTRA}.api_controller": _controller,
        **{f"{_EXTRA}.http_{verb}": _method((verb.upper(),)) for verb in _VERBS},
        **{f"{_EXTRA}.route.{verb}": _method((verb.upper(),)) for verb in _VERBS},
        **dict.fromkeys((f"{_EXTRA}.http_generic", f"{_EXTRA}.route.generic"), _method(())),
    },
    methods={
        **dict.fromkeys((*APIS, _ROUTER, "ninja.router.Router", f"{_EXTRA}.Router"), _OPERATIONS),
        f"{_EXTRA}.NinjaExtraAPI": {**_OPERATIONS, "register_controllers": _register},
    },
)
