"""Django REST framework: routers and the methods that their viewsets answer.

Django REST framework 3.14 to 3.16 (https://www.django-rest-framework.org/api-guide/routers/). Listed are the usual
routes, those of `@action` and, of a `DefaultRouter`, the list of its prefixes; the same paths with the suffix of a
format are not. A router may have `routes` of its own, or change those that it has
(https://www.django-rest-framework.org/api-guide/routers/#custom-routers). What is below the prefix of a viewset stays
open where a base of an unknown library, or a router with ways of its own, may serve more there.
`rest_framework_nested` puts routers below one object of another.

```py
router = DefaultRouter()
router.register("users", UserViewSet)  # a ReadOnlyModelViewSet
urlpatterns = [path("api/", include(router.urls))]
# GET /api/users/ -> UserViewSet
# GET /api/users/{pk}/ -> UserViewSet
```
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from auditor.adapter import Adapter, Machine
from auditor.adapter.django import PATTERN, Ready
from auditor.adapter.django_routers import ACTION, endpoints, key_of, plans_of, route_made, usual_routes
from auditor.adapter.django_views import BASES
from auditor.adapter.endpoints import attribute, lineage, methods_named
from auditor.adapter.expressions import expression_paths, stem
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
    Unknown,
    Value,
)

_KNOWN = ("rest_framework.", "django.", "typing.", "abc.")
_ROUTER = "rest_framework.routers.SimpleRouter"
_DEFAULT, _NESTED = "rest_framework.routers.DefaultRouter", "rest_framework_nested.routers"


@dataclass(slots=True)
class _Router:
    """A router. `front` stands before every prefix of a nested one; `suffixes`: it serves formats as well."""

    slash: str = "/"
    front: str = ""
    suffixes: bool = False
    viewsets: dict[str, Class] = field(default_factory=dict)


def _router(suffixes: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        router = this if isinstance(this, Instance) else Instance(None, _ROUTER, location=arguments.location)
        state, urls = _begun(router), _list_of(router)
        if router.cls is None or attribute(router.cls, "routes") is None:
            router.fields["routes"] = usual_routes()
        state.suffixes = suffixes
        if machine.argument(arguments, -1, "trailing_slash") == FALSE:
            state.slash = ""
        if suffixes and machine.argument(arguments, -1, "include_root_view") != FALSE:
            root = Symbol("rest_framework.routers.APIRootView")
            urls.items.append(_entry(machine, arguments, ("GET",), state.front, root))
        return router

    return model


def _nested(suffixes: bool) -> Model:
    """`NestedSimpleRouter(parent, "users", lookup="user")`: below `users/{user_pk}/`."""
    plain = _router(False)

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        router = plain(machine, arguments, this)
        parent = machine.argument(arguments, 0, "parent_router")
        above = parent.state if isinstance(parent, Instance) else None
        prefix = machine.argument(arguments, 1, "parent_prefix")
        named = machine.argument(arguments, -1, "lookup")
        if not isinstance(router, Instance) or not isinstance(above, _Router) or not isinstance(prefix, Text):
            return Unknown("a router below one that cannot be read")
        begin = (named.literal if isinstance(named, Text) else None) or "nested_1"
        viewset = above.viewsets.get(prefix.literal or "")
        key = key_of(viewset, f"{begin}_") if viewset is not None else parameter(f"{begin}_pk")
        read = expression_paths(prefix.literal) if prefix.literal else None
        router.state.front = f"{above.front}{read[0][0]}/{key}/" if read is not None else ""
        router.state.suffixes = suffixes
        return router if read is not None else Unknown("a router below one that cannot be read")

    return model


def _begun(router: Instance) -> _Router:
    """What is known of a router; one that a class of the project made may not have been set up by the library's."""
    if not isinstance(router.state, _Router):
        router.state = _Router()
    return router.state


def _list_of(router: Instance) -> List:
    urls = router.fields.get("urls")
    if not isinstance(urls, List):
        urls = List([])
        router.fields["urls"] = router.fields["registry"] = urls
    return urls


def _register(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`router.register(prefix, viewset, basename)`."""
    if not isinstance(this, Instance):
        return NONE
    state, urls = _begun(this), _list_of(this).items
    viewset = machine.argument(arguments, 1, "viewset")
    for text in machine.texts(machine.argument(arguments, 0, "prefix") or NONE):
        literal = text.literal or ""
        read = expression_paths(literal) if text.literal is not None else None
        if read is None or not isinstance(viewset, Class):
            urls.append(_entry(machine, arguments, (), state.front + stem(literal + "/"), None))
            continue
        state.viewsets[literal] = viewset
        if not _is_known(viewset) or (this.cls is not None and _has_ways_of_its_own(this.cls)):
            urls.append(_entry(machine, arguments, (), state.front + stem(literal + "/"), None))
        elif state.suffixes and literal:
            urls.append(_entry(machine, arguments, (), f"{state.front}{read[0][0]}.json", None))
        plans = plans_of(machine, this)
        if plans is None:
            urls.append(_entry(machine, arguments, (), state.front + stem(literal + "/"), None))
        for prefix in read[0]:
            for one in endpoints(machine, viewset, state.front + prefix, plans or ()):
                handler = attribute(viewset, one.action)
                handler = replace(handler, this=viewset) if isinstance(handler, Closure) else viewset
                for slash in _slashes(machine, this, state) if one.path and one.slashed else ("",):
                    urls.append(_entry(machine, arguments, (one.method,), one.path + slash, handler))
    return NONE


def _slashes(machine: Machine, router: Instance, state: _Router) -> tuple[str, ...]:
    """How paths end: `trailing_slash = "/?"` of a router of the project takes both."""
    own = router.fields.get("trailing_slash")
    if own is None and router.cls is not None:
        own = attribute(router.cls, "trailing_slash")
    if own is None:
        return (state.slash,)
    text = machine.force(own)
    return ("/", "") if text == Text(("/?",)) else ("",) if text in (Text(()), FALSE) else ("/",)


def _entry(machine: Machine, arguments: Arguments, methods: tuple[str, ...], path: str, of: Value | None) -> Instance:
    """A route, or without methods a place below which more may be served."""
    where = Text((path,) if path else (), (arguments.location,))
    ready = Ready(methods, where, of, arguments, machine.conditions())
    return Instance(None, PATTERN, state=ready, location=arguments.location)


def _is_known(viewset: Class) -> bool:
    """Whether nothing of a library that is not known may add routes."""
    return not any(
        not isinstance(base, Class)
        and not (isinstance(base, Symbol) and (base.name in BASES or base.name.startswith(_KNOWN)))
        for base in lineage(viewset)
    )


def _has_ways_of_its_own(router: Class) -> bool:
    return any(attribute(router, name) is not None for name in ("get_urls", "get_routes", "get_lookup_regex"))


def _action(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@action(methods, detail, url_path)`: GET where no methods are named."""
    methods = methods_named(machine, machine.argument(arguments, 0, "methods")) or ("GET",)
    deep = machine.argument(arguments, 1, "detail") != FALSE
    path = machine.argument(arguments, 2, "url_path")
    state = (list(methods), deep, path.literal if isinstance(path, Text) else None)

    def keep(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        function = machine.argument(inner, 0)
        if isinstance(function, Closure):
            kept = Instance(None, ACTION, state=state)
            function.attributes = {**(function.attributes or {}), ACTION: kept, "mapping": kept}
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
        _ROUTER: _router(False),
        _DEFAULT: _router(True),
        f"{_NESTED}.NestedSimpleRouter": _nested(False),
        f"{_NESTED}.NestedDefaultRouter": _nested(True),
        f"{_NESTED}.SimpleRouter": _router(False),
        f"{_NESTED}.DefaultRouter": _router(True),
        "rest_framework.decorators.action": _action,
        "rest_framework.routers.Route": route_made(False),
        "rest_framework.routers.DynamicRoute": route_made(True),
    },
    methods={
        **dict.fromkeys((_ROUTER, _DEFAULT), _MODEL),
        **{
            f"{_NESTED}.{name}": _MODEL
            for name in ("SimpleRouter", "DefaultRouter", "NestedSimpleRouter", "NestedDefaultRouter")
        },
        ACTION: _MAPPING,
    },
)
