"""Flask-AppBuilder: exposed functions of APIs and views, what the model APIs and views answer by themselves.

Flask-AppBuilder 3.4 to 5 (https://flask-appbuilder.readthedocs.io/en/latest/rest_api.html and
https://flask-appbuilder.readthedocs.io/en/latest/views.html). An API stands below `/api/<version>/<resource>`, a view
below its class's name, unless they have a `route_base`; both are served once they are added. Names outside
`include_route_methods` or in `exclude_route_methods` are not. What the security views and pages of the package
itself serve is not listed.

```py
class Notes(ModelRestApi):
    resource_name = "notes"
    exclude_route_methods = {"info", "put", "delete"}

    @expose("/<int:pk>/related", methods=["GET", "POST"])
    @protect()
    def related(self, pk): ...

app = Flask(__name__)
appbuilder = AppBuilder(app, db.session)
appbuilder.add_api(Notes)
# GET /api/v1/notes/ -> ModelRestApi.get_list
# POST /api/v1/notes/ -> ModelRestApi.post
# GET /api/v1/notes/{pk} -> ModelRestApi.get
# GET /api/v1/notes/{pk}/related -> Notes.related
# POST /api/v1/notes/{pk}/related -> Notes.related
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.adapter import Adapter, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import attribute, lineage, methods_named, options, why_not
from auditor.adapter.werkzeug import EMPTY, below, joined, rules
from auditor.model.finding import Side
from auditor.model.span import Location
from auditor.model.value import (
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
from auditor.model.wrapping import unwrapped

_BUILDER, _URLS = "flask_appbuilder.AppBuilder", "__appbuilder_urls__"
_PACKAGES = ("flask_appbuilder.", "flask_appbuilder.api.", "flask_appbuilder.views.", "flask_appbuilder.baseviews.")
_GET, _POST, _BOTH = ("GET",), ("POST",), ("GET", "POST")
_MODEL_API = {
    "info": ("/_info", _GET), "get_list": ("/", _GET), "post": ("/", _POST), "get": ("/<pk>", _GET),
    "put": ("/<pk>", ("PUT",)), "delete": ("/<pk>", ("DELETE",)),
}  # fmt: skip
_MODEL_VIEW = {
    "list": ("/list/", _GET), "show": ("/show/<pk>", _GET), "add": ("/add", _BOTH), "edit": ("/edit/<pk>", _BOTH),
    "delete": ("/delete/<pk>", _BOTH), "download": ("/download/<filename>", _GET),
    "action": ("/action/<name>/<pk>", _BOTH), "action_post": ("/action_post", _POST),
}  # fmt: skip
_FORM = {"this_form_get": ("/form", _GET), "this_form_post": ("/form", _POST)}
_OWN: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "BaseApi": {}, "ModelRestApi": _MODEL_API, "BaseView": {}, "ModelView": _MODEL_VIEW, "SimpleFormView": _FORM,
    "PublicFormView": _FORM, "MultipleView": {"list": ("/list/", _GET)}, "IndexView": {"index": ("/", _GET)},
}  # fmt: skip
"""The functions that the package's own classes expose, by class and name."""

_PAGES = (
    "/login", "/logout", "/register", "/users", "/roles", "/groups", "/permissions", "/viewmenus",
    "/permissionviews", "/userinfoeditview", "/resetpassword", "/resetmypassword", "/userstatschartview",
    "/registeruser", "/lang", "/back", "/swagger", "/api/v1/security", "/api/v1/_openapi", "/oauth-authorized",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Url:
    rule: Value
    methods: tuple[str, ...]
    location: Location


def _builder(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    builder = this if isinstance(this, Instance) else Instance(None, _BUILDER, location=arguments.location)
    _attach(machine, arguments, builder)
    return builder


def _attach(machine: Machine, arguments: Arguments, builder: Value | None) -> Value:
    """`AppBuilder(app, session)`, `appbuilder.init_app(app, session)`."""
    for app in options(machine.argument(arguments, 0, "app")):
        if isinstance(app, Instance) and isinstance(builder, Instance):
            place, reason = arguments.location, "pages of Flask-AppBuilder"
            machine.emit(Mounted(app, builder, (EMPTY,), place, machine.conditions()))
            pages = tuple(Text((page,)) for page in _PAGES)
            machine.emit(Mounted(builder, None, pages, place, machine.conditions(), reason))
            builder.fields["app"] = app
    return NONE


def _expose(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@expose(url, methods)`; one function may have several."""
    rule = machine.argument(arguments, 0, "url") or Text(("/",))
    methods = methods_named(machine, machine.argument(arguments, 1, "methods")) or _GET

    def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        target = machine.argument(inner, 0) or NONE
        function = unwrapped(target)
        if isinstance(function, Closure):
            known = (function.attributes or {}).get(_URLS)
            url = Instance(None, _URLS, state=_Url(rule, methods, arguments.location))
            items = [url, *known.items] if isinstance(known, List) else [url]
            function.attributes = {**(function.attributes or {}), _URLS: List(list(items))}
        return target

    return Native("a decorator that exposes", register)


def _add(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`appbuilder.add_api(Api)`, `appbuilder.add_view(View, "Name")`, `appbuilder.add_view_no_menu(View())`."""
    given = machine.argument(arguments, 0, "baseview")
    for one in options(given) or (NONE,):
        cls = one.cls if isinstance(one, Instance) else one
        if isinstance(this, Instance) and isinstance(cls, Class):
            _add_class(machine, arguments, this, cls)
        elif isinstance(this, Instance):
            reason = why_not(one, "a view")
            machine.emit(Mounted(this, None, (EMPTY,), arguments.location, machine.conditions(), reason))
    return given or NONE


def _add_class(machine: Machine, arguments: Arguments, builder: Instance, cls: Class) -> None:
    bases = {name.removeprefix(package) for name in _libraries(cls) for package in _PACKAGES}
    prefix = _prefix(machine, cls, "BaseApi" in bases or "ModelRestApi" in bases)
    if not bases & _OWN.keys():
        reason = next((f"the functions of {name}" for name in _libraries(cls)), "what an unknown base class exposes")
        machine.emit(Mounted(builder, None, prefix, arguments.location, machine.conditions(), reason))
    wanted, unwanted = _names(machine, cls, "include_route_methods"), _names(machine, cls, "exclude_route_methods")
    for name, handler, url in _exposed(cls, bases, arguments.location):
        if (wanted is not None and name not in wanted) or name in (unwanted or ()):
            continue
        machine.emit(
            RouteAdded(
                router=builder,
                kind="http",
                methods=url.methods,
                path=joined(prefix, tuple(map(below, rules(machine, url.rule)))),
                handler=handler,
                location=url.location,
                framework="flask",
                condition=machine.conditions(),
                scope=arguments.scope,
            )
        )


def _exposed(cls: Class, bases: set[str], location: Location) -> Iterator[tuple[str, Value, _Url]]:
    """Names, functions and URLs: the project's own first, then the package's that are not overridden."""
    seen: set[str] = set()
    for base in lineage(cls):
        for name, value in base.attributes.items() if isinstance(base, Class) else ():
            function = unwrapped(value)
            if name not in seen and isinstance(function, Closure):
                urls = (function.attributes or {}).get(_URLS)
                for one in urls.items if isinstance(urls, List) else ():
                    if isinstance(one, Instance):
                        yield name, function, one.state
            seen.add(name)
    for known in sorted(bases & _OWN.keys()):
        for name, (rule, methods) in _OWN[known].items():
            if name not in seen:
                seen.add(name)
                handler = Symbol(f"flask_appbuilder.{known}.{name}")
                yield name, handler, _Url(Text((rule,)), methods, location)


def _prefix(machine: Machine, cls: Class, api: bool) -> tuple[Text, ...]:
    base = attribute(cls, "route_base")
    if options(base):
        return tuple(map(below, rules(machine, base)))
    named = attribute(cls, "resource_name")
    names = machine.texts(named) if named is not None else (Text((cls.node.name.lower(),)),)
    if not api:
        return joined((Text(("/",)),), (Text((cls.node.name.lower(),)),))
    version = attribute(cls, "version")
    versions = machine.texts(version) if version is not None else (Text(("v1",)),)
    return joined(joined(joined((Text(("/api/",)),), versions), (Text(("/",)),)), names)


def _names(machine: Machine, cls: Class, option: str) -> frozenset[str] | None:
    """The names in a class's option; None where it is not given or not read."""
    given = attribute(cls, option)
    if not isinstance(given, List) or given.open:
        return None
    texts = (text.literal for item in given.items for text in machine.texts(machine.force(item)))
    return frozenset(text for text in texts if text)


def _libraries(cls: Class) -> Iterator[str]:
    for base in lineage(cls):
        if isinstance(base, Symbol):
            yield base.name


_METHODS: dict[str, Model] = {"init_app": _attach, **dict.fromkeys(("add_api", "add_view", "add_view_no_menu"), _add)}

ADAPTER = Adapter(
    id="flask-appbuilder",
    side=Side.BACKEND,
    symbols={
        **dict.fromkeys((_BUILDER, "flask_appbuilder.base.AppBuilder"), _builder),
        **{f"{package}expose": _expose for package in _PACKAGES},
    },
    methods={_BUILDER: _METHODS},
    hot=("add_api", "add_view", "add_view_no_menu"),
)
