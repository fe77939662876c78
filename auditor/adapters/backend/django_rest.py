"""Django REST framework: routers and the methods that their viewsets answer.

Django REST framework 3.14 to 3.16 (https://www.django-rest-framework.org/api-guide/routers/). Listed are the usual
routes and those of `@action`. Below a registered prefix more may be served (bases of libraries, nested routers), so it
stays open: nothing is ever called missing there. A router class of the project is not modelled.

```py
router = DefaultRouter()
router.register("users", UserViewSet)  # a ReadOnlyModelViewSet
urlpatterns = [path("api/", include(router.urls))]
# GET /api/users/ -> UserViewSet
# GET /api/users/{pk}/ -> UserViewSet
```
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.adapter import Adapter, Machine
from auditor.adapter.django import PATTERN, Ready
from auditor.adapter.django_paths import expression_paths, stem
from auditor.adapter.endpoints import UNREAD, attribute, lineage, methods_named
from auditor.adapter.pathtext import parameter
from auditor.model.finding import Side
from auditor.model.value import (
    FALSE,
    NONE,
    Arguments,
    Class,
    Closure,
    Instance,
    List,
    Model,
    Native,
    Symbol,
    Text,
    Value,
)

_ROUTER, _ACTION = "rest_framework.routers.SimpleRouter", "__rest_action__"
_LIST = {"list": "GET", "create": "POST"}
_DETAIL = {"retrieve": "GET", "update": "PUT", "partial_update": "PATCH", "destroy": "DELETE"}
_MIXINS = {
    "rest_framework.mixins.ListModelMixin": ("list",),
    "rest_framework.mixins.CreateModelMixin": ("create",),
    "rest_framework.mixins.RetrieveModelMixin": ("retrieve",),
    "rest_framework.mixins.UpdateModelMixin": ("update", "partial_update"),
    "rest_framework.mixins.DestroyModelMixin": ("destroy",),
    "rest_framework.viewsets.ReadOnlyModelViewSet": ("list", "retrieve"),
    "rest_framework.viewsets.ModelViewSet": (*_LIST, *_DETAIL),
}


def _router(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if this is not None:
        return this
    router = Instance(None, _ROUTER, location=arguments.location)
    router.state = "" if machine.argument(arguments, -1, "trailing_slash") == FALSE else "/"
    router.fields["urls"] = List([])
    return router


def _register(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`router.register(prefix, viewset, basename)`."""
    urls = this.fields.get("urls") if isinstance(this, Instance) else None
    if not isinstance(this, Instance) or not isinstance(urls, List):
        return NONE
    viewset = machine.argument(arguments, 1, "viewset")
    for text in machine.texts(machine.argument(arguments, 0, "prefix") or NONE):
        literal = text.literal or ""
        urls.items.append(_entry(machine, arguments, (), stem(literal + "/"), None))
        read = expression_paths(literal) if text.literal is not None else None
        for prefix in read[0] if read is not None and isinstance(viewset, Class) else ():
            for method, path in _routes(machine, viewset, prefix):
                urls.items.append(_entry(machine, arguments, (method,), path + str(this.state), viewset))
    return NONE


def _entry(machine: Machine, arguments: Arguments, methods: tuple[str, ...], path: str, of: Value | None) -> Instance:
    where = Text((path,) if path else (), (arguments.location,))
    ready = Ready(methods, where, of, arguments, machine.conditions())
    return Instance(None, PATTERN, state=ready, location=arguments.location)


def _routes(machine: Machine, viewset: Value | None, prefix: str) -> Iterator[tuple[str, str]]:
    """Method and path of each route, without the slash at the end."""
    if not isinstance(viewset, Class):
        return
    kwarg = attribute(viewset, "lookup_url_kwarg") or attribute(viewset, "lookup_field")
    name = (kwarg.literal if isinstance(kwarg, Text) else None) or "pk"
    detail = f"{prefix}/{parameter(name)}" if prefix else parameter(name)
    allowed = methods_named(machine, attribute(viewset, "http_method_names"))
    found: dict[tuple[str, str], None] = {}
    for base in lineage(viewset):
        has = base.attributes if isinstance(base, Class) else {}
        known = _MIXINS.get(base.name, ()) if isinstance(base, Symbol) else tuple(has)
        found.update(((_LIST[one], prefix), None) for one in _LIST if one in known)
        found.update(((_DETAIL[one], detail), None) for one in _DETAIL if one in known)
        for own, value in has.items():
            action = machine.force(value)
            kept = (action.attributes or {}).get(_ACTION) if isinstance(action, Closure) else None
            if isinstance(kept, Instance):
                methods, deep, path = kept.state
                read = expression_paths(path or own)
                for tail in read[0] if read is not None else ():
                    above = detail if deep else prefix
                    found.update(((method, f"{above}/{tail}" if above else tail), None) for method in methods)
    # The router puts what belongs to the list, actions included, in front of what takes a key.
    ordered = sorted(found, key=lambda one: one[1] == detail or one[1].startswith(detail + "/"))
    yield from (one for one in ordered if not allowed or one[0] in allowed or UNREAD in (*allowed, one[0]))


def _action(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@action(methods, detail, url_path)`: GET where no methods are named."""
    methods = methods_named(machine, machine.argument(arguments, 0, "methods")) or ("GET",)
    deep = machine.argument(arguments, 1, "detail") != FALSE
    path = machine.argument(arguments, 2, "url_path")
    state = (list(methods), deep, path.literal if isinstance(path, Text) else None)

    def keep(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        function = machine.argument(inner, 0)
        if isinstance(function, Closure):
            kept = Instance(None, _ACTION, state=state)
            function.attributes = {**(function.attributes or {}), _ACTION: kept, "mapping": kept}
        return function or NONE

    return Native("a decorator", keep)


def _mapped(method: str) -> Model:
    """`@first.mapping.patch`: one more method of an action's path."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        if isinstance(this, Instance):
            this.state[0].append(method)
        return machine.argument(arguments, 0) or NONE

    return model


_MAPPING = {verb: _mapped(verb.upper()) for verb in ("get", "post", "put", "patch", "delete")}
_MODEL: dict[str, Model] = {"register": _register}

ADAPTER = Adapter(
    id="django-rest",
    side=Side.BACKEND,
    symbols={
        **dict.fromkeys((_ROUTER, "rest_framework.routers.DefaultRouter"), _router),
        "rest_framework.decorators.action": _action,
    },
    methods={_ROUTER: _MODEL, _ACTION: _MAPPING},
)
