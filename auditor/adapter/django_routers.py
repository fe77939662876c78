"""What a router of Django REST framework makes of a viewset: its routes, and the methods that these send where.

Django REST framework 3.14 to 3.16 (https://www.django-rest-framework.org/api-guide/routers/#custom-routers).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.adapter import Machine
from auditor.adapter.endpoints import UNREAD, attribute, lineage, methods_named
from auditor.adapter.expressions import expression_paths
from auditor.adapter.pathtext import converter_of, parameter
from auditor.model.value import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Model,
    Record,
    Symbol,
    Text,
    Value,
)
from auditor.model.wrapping import unwrapped

ACTION = "__rest_action__"
"""The attribute under which `@action` keeps methods, whether it belongs to one object, and its path."""

_ROUTE, _DYNAMIC = "rest_framework.routers.Route", "rest_framework.routers.DynamicRoute"
_FIELDS = {False: ("url", "mapping", "name", "detail", "initkwargs"), True: ("url", "name", "detail", "initkwargs")}
_LIST = {"get": "list", "post": "create"}
_DETAIL = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}
_MIXINS = {
    "rest_framework.mixins.ListModelMixin": ("list",),
    "rest_framework.mixins.CreateModelMixin": ("create",),
    "rest_framework.mixins.RetrieveModelMixin": ("retrieve",),
    "rest_framework.mixins.UpdateModelMixin": ("update", "partial_update"),
    "rest_framework.mixins.DestroyModelMixin": ("destroy",),
    "rest_framework.viewsets.ReadOnlyModelViewSet": ("list", "retrieve"),
    "rest_framework.viewsets.ModelViewSet": (*_LIST.values(), *_DETAIL.values()),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A route of a router. `path` has the places `{prefix}`, `{lookup}`, `{url_path}`; `slashed`: a slash may follow.
    `mapping` are functions by method; None: one route for each action that belongs to (`detail`) one object."""

    path: str
    slashed: bool
    detail: bool
    mapping: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method of a path, and the function of the viewset that answers it."""

    method: str
    path: str
    slashed: bool
    action: str


def usual_routes() -> List:
    """The `routes` that routers have by themselves."""
    return List(
        [
            _route("{prefix}{trailing_slash}", False, _LIST),
            _route("{prefix}/{url_path}{trailing_slash}", False, None),
            _route("{prefix}/{lookup}{trailing_slash}", True, _DETAIL),
            _route("{prefix}/{lookup}/{url_path}{trailing_slash}", True, None),
        ]
    )


def route_made(dynamic: bool) -> Model:
    """`Route(url=…, mapping={…}, name=…, detail=…, initkwargs={…})`, `DynamicRoute(…)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        fields = {name: machine.argument(arguments, place, name) or NONE for place, name in enumerate(_FIELDS[dynamic])}
        return Instance(None, _DYNAMIC if dynamic else _ROUTE, fields, location=arguments.location)

    return model


def plans_of(machine: Machine, router: Instance) -> tuple[Plan, ...] | None:
    """The routes that a router has, None if one of them cannot be read."""
    named = "routes" in router.fields or (router.cls is not None and attribute(router.cls, "routes") is not None)
    routes = machine.member(router, "routes") if named else usual_routes()
    if not isinstance(routes, List):
        return None
    found = [_plan(machine, machine.force(one)) for one in routes.items]
    return None if routes.open or None in found else tuple(one for one in found if one is not None)


def endpoints(machine: Machine, viewset: Class, prefix: str, plans: Sequence[Plan]) -> Iterator[Endpoint]:
    """What the routes make of a viewset, paths without the slash at the end; the first of two that are alike."""
    allowed = methods_named(machine, attribute(viewset, "http_method_names"))
    names = {name for base in lineage(viewset) for name in _names(base)}
    seen: set[tuple[str, str]] = set()
    for plan in plans:
        where = plan.path.replace("{prefix}", prefix).replace("{lookup}", key_of(viewset))
        where = where if prefix and not prefix.endswith("/") else where.replace(f"{prefix}/", prefix, 1)
        for method, path, name in _of_plan(machine, viewset, names, plan, where):
            if (method, path) not in seen and (not allowed or method in allowed or UNREAD in (*allowed, method)):
                seen.add((method, path))
                yield Endpoint(method, path, plan.slashed, name)


def key_of(viewset: Class, begin: str = "") -> str:
    """The parameter for one object: `lookup_url_kwarg`, `lookup_field`, `lookup_value_regex`."""
    kwarg = attribute(viewset, "lookup_url_kwarg") or attribute(viewset, "lookup_field")
    name = (kwarg.literal if isinstance(kwarg, Text) else None) or "pk"
    converter, regex = attribute(viewset, "lookup_value_converter"), attribute(viewset, "lookup_value_regex")
    if isinstance(converter, Text):
        return parameter(begin + name, "" if converter.literal in (None, "str") else converter.literal or "")
    return parameter(begin + name, converter_of(regex.literal) if isinstance(regex, Text) and regex.literal else "")


def _of_plan(
    machine: Machine, viewset: Class, names: set[str], plan: Plan, where: str
) -> Iterator[tuple[str, str, str]]:
    if plan.mapping is not None:
        yield from ((method.upper(), where, name) for method, name in plan.mapping.items() if name in names)
        return
    for base in lineage(viewset):
        for own, value in base.attributes.items() if isinstance(base, Class) else ():
            action = unwrapped(machine.force(value))
            kept = (action.attributes or {}).get(ACTION) if isinstance(action, Closure) else None
            if not isinstance(kept, Instance):
                continue
            methods, deep, path = kept.state
            read = expression_paths(own if path is None else path) if deep == plan.detail else None
            for tail in read[0] if read is not None else ():
                whole = where.replace("{url_path}", tail).replace("{url_name}", tail)
                yield from ((method, whole, own) for method in methods)


def _names(base: Value) -> Sequence[str]:
    if isinstance(base, Class):
        return tuple(base.attributes)
    return _MIXINS.get(base.name, ()) if isinstance(base, Symbol) else ()


def _route(url: str, detail: bool, mapping: Mapping[str, str] | None) -> Instance:
    fields: dict[str, Value] = {"url": Text((url,)), "detail": TRUE if detail else FALSE}
    if mapping is not None:
        fields["mapping"] = Record({method: Text((name,)) for method, name in mapping.items()}, kind="dict")
    return Instance(None, _DYNAMIC if mapping is None else _ROUTE, fields)


def _plan(machine: Machine, route: Value) -> Plan | None:
    url = machine.member(route, "url") if isinstance(route, Instance) and route.kind in (_ROUTE, _DYNAMIC) else None
    if not isinstance(route, Instance) or not isinstance(url, Text) or not url.literal:
        return None
    whole = url.literal.removeprefix("^").removesuffix("$")
    path = whole.removesuffix("{trailing_slash}")
    detail = machine.member(route, "detail")
    deep = bool(detail.value) if isinstance(detail, Constant) else "{lookup}" in path
    if any(sign in path for sign in "\\[(*+?"):
        return None
    if route.kind == _DYNAMIC:
        return Plan(path, path != whole, deep, None)
    mapping = machine.member(route, "mapping")
    if not isinstance(mapping, Record) or mapping.open:
        return None
    named = {method: machine.force(one) for method, one in mapping.entries.items()}
    known = {method: one.literal for method, one in named.items() if isinstance(one, Text) and one.literal}
    return Plan(path, path != whole, deep, known) if len(known) == len(named) else None
