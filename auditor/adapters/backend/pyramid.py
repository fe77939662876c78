"""Pyramid: routes by name, views as functions and classes, scans, includes with a prefix, files.

Pyramid 1.10 to 2.1 (https://docs.pylonsproject.org/projects/pyramid/en/2.1-branch/narr/urldispatch.html,
https://docs.pylonsproject.org/projects/pyramid/en/2.1-branch/narr/viewconfig.html and
https://docs.pylonsproject.org/projects/pyramid/en/2.1-branch/api/config.html). A route is served by the views that
name it: those given to `add_view`, and those of the packages that are scanned. It takes the methods that both it and
its view take. Where a route has no view, where a view is found by its context, and below an include that cannot be
read, anything may be served.

```py
@view_config(route_name="note", request_method="GET")
def note(request): ...

@view_defaults(route_name="notes")
class Notes:
    @view_config(request_method="POST")
    def create(self): ...

def routes(config):
    config.add_route("notes", "/notes")
    config.add_route("note", "/notes/{id}")

def main(global_config, **settings):
    config = Configurator(settings=settings)
    config.include(routes, route_prefix="api")
    config.scan()
    return config.make_wsgi_app()
# POST /api/notes -> Notes.create
# GET /api/notes/{id} -> note
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import ANY, options, why_not
from auditor.adapter.pathtext import EMPTY, begun, joined, paths, trimmed
from auditor.adapter.pyramid import (
    Collected,
    Config,
    Named,
    View,
    by_traversal,
    folder_of,
    handler_of,
    methods_both,
    methods_of,
    patterns,
    resolved,
    view_arguments,
)
from auditor.adapter.pyramid_scan import (
    ATTACHED,
    VIEWS,
    attach,
    call_attached,
    kept,
    scanned_views,
    view_config,
    view_defaults,
)
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    TRUE,
    Arguments,
    Closure,
    Instance,
    Model,
    Module,
    Native,
    Record,
    Symbol,
    Text,
    Unknown,
    Value,
)

_CONFIG, _REGISTRY = "pyramid.config.Configurator", "pyramid.registry.Registry"
# Packages whose `includeme` adds no routes, by their own pages.
_SILENT = (
    "pyramid_jinja2", "pyramid_mako", "pyramid_sanity", "pyramid_mailer.debug", "pyramid_chameleon", "pyramid_tm",
    "pyramid_retry", "pyramid_exclog",
    "pyramid_services", "pyramid_mailer", "pyramid_beaker", "pyramid_nacl_session", "pyramid_session_redis",
    "pyramid_redis_sessions", "pyramid_jwt", "pyramid_multiauth", "pyramid_zodbconn", "pyramid_storage",
    "pyramid_sqlalchemy", "pyramid_layout", "pyramid_webassets", "pyramid_celery", "pyramid_googleauth",
    "pyramid_authsanity", "pyramid_scheduler", "zope.sqlalchemy", "pyramid.testing", "ziggurat_foundations.ext.pyramid",
)  # fmt: skip
_PAGES = {"pyramid_debugtoolbar": "/_debug_toolbar"}


def _configurator(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    root = this if isinstance(this, Instance) else Instance(None, _CONFIG, location=arguments.location)
    given = machine.argument(arguments, -1, "route_prefix")
    prefix = tuple(map(trimmed, patterns(machine, given))) if options(given) else (EMPTY,)
    root.state = Config(root, Collected(), prefix, arguments.location.file)
    settings = machine.argument(arguments, -1, "settings")
    known = settings if isinstance(settings, Record) else Record({}, open=True)
    root.fields["registry"] = Instance(None, _REGISTRY, {"settings": known})
    machine.emit(ApplicationMade(root, arguments.location, "pyramid", machine.conditions()))
    machine.defer(Native("the application", _serve), (root,), arguments)
    return root


def _settings(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    registry = this.fields.get("registry") if isinstance(this, Instance) else None
    return registry.fields["settings"] if isinstance(registry, Instance) else Record({}, open=True)


def _add_route(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`config.add_route(name, pattern, request_method=…)`; a route to another host or for links only is none."""
    config = this.state if isinstance(this, Instance) else None
    pattern = machine.argument(arguments, 1, "pattern") or machine.argument(arguments, -1, "path")
    if not isinstance(config, Config) or machine.argument(arguments, -1, "static") == TRUE:
        return NONE
    if any((text.literal or "").startswith(("http://", "https://", "//")) for text in machine.texts(pattern or NONE)):
        return NONE
    where = joined(config.prefix, patterns(machine, pattern))
    if pattern == Text(()) and machine.argument(arguments, -1, "inherit_slash") == TRUE:
        where = config.prefix
    names = tuple(text.literal or "" for text in machine.texts(machine.argument(arguments, 0, "name") or NONE))
    methods = methods_of(machine, machine.argument(arguments, -1, "request_method"))
    config.collected.routes.append(Named(names, where, methods, arguments, machine.conditions()))
    return NONE


def _add_view(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`config.add_view(view, route_name=…)`."""
    config = this.state if isinstance(this, Instance) else None
    if isinstance(config, Config):
        target = machine.argument(arguments, 0, "view")
        if isinstance(target, Text):
            target = resolved(machine, config, target)
        own = view_arguments(machine, arguments)
        config.collected.views.append(View(target, own, arguments.location, machine.conditions()))
    return NONE


def _scan(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`config.scan()`, `config.scan("app.views")`, `config.scan(module)`."""
    config = this.state if isinstance(this, Instance) else None
    if isinstance(config, Config):
        for given in options(machine.argument(arguments, 0, "package")) or (NONE,):
            found = resolved(machine, config, given) if isinstance(given, Text) else given
            config.collected.scanned.append(folder_of(found, arguments.location.file))
    return NONE


def _include(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`config.include(function or module or dotted name, route_prefix=…)`."""
    config = this.state if isinstance(this, Instance) else None
    if not isinstance(config, Config) or not isinstance(this, Instance):
        return NONE
    given = machine.argument(arguments, -1, "route_prefix") or machine.argument(arguments, 1, "route_prefix")
    own = tuple(map(trimmed, patterns(machine, given))) if options(given) else (EMPTY,)
    prefix = joined(config.prefix, own)
    for one in options(machine.argument(arguments, 0, "callable")) or (NONE,):
        found = resolved(machine, config, one) if isinstance(one, Text) else one
        inner = found
        if isinstance(found, Module):
            inner = machine.force(machine.member(found, "includeme"))
        if isinstance(inner, Closure):
            state = Config(config.root, config.collected, prefix, inner.scope.file)
            child = Instance(None, _CONFIG, this.fields, state, arguments.location)
            machine.call(inner, [child], arguments)
            continue
        name = inner.name if isinstance(inner, Symbol) else (one.literal or "") if isinstance(one, Text) else ""
        if name not in _SILENT and name.removesuffix(".includeme") not in _SILENT:
            at = joined(prefix, (Text((_PAGES.get(name, ""),)),))
            reason = f"what {name} includes" if name else why_not(inner, "a function that configures")
            machine.emit(Mounted(config.root, None, at, arguments.location, machine.conditions(), reason))
    return NONE


def _static_view(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`config.add_static_view(name, path)`: files below the name, unless it is another host."""
    config = this.state if isinstance(this, Instance) else None
    if isinstance(config, Config):
        named = paths(machine, machine.argument(arguments, 0, "name"))
        own = [begun(trimmed(text)) for text in named if "//" not in (text.literal or "")]
        if own:
            where, place = joined(config.prefix, own), arguments.location
            machine.emit(Mounted(config.root, None, where, place, machine.conditions(), "files", static=True))
    return NONE


def _make(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`config.make_wsgi_app()`."""
    return this.state.root if isinstance(this, Instance) and isinstance(this.state, Config) else NONE


def _serve(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """Brings routes and views together, once everything is loaded."""
    root = machine.argument(arguments, 0)
    config = root.state if isinstance(root, Instance) else None
    if not isinstance(config, Config) or not isinstance(root, Instance):
        return NONE
    collected = config.collected
    call_attached(machine, root, collected)
    views = [*collected.views, *scanned_views(machine, collected)]
    by_name: dict[str, list[View]] = {}
    for view in views:
        named = view.given("route_name")
        if options(named):
            for text in machine.texts(named or NONE):
                by_name.setdefault(text.literal or "", []).append(view)
        elif by_traversal(view):
            place, reason = view.location, "views that a tree of resources leads to"
            machine.emit(Mounted(root, None, (EMPTY,), place, view.condition, reason))
    for route in collected.routes:
        _add(machine, root, route, [view for name in route.names for view in by_name.get(name, ())])
    return NONE


def _add(machine: Machine, root: Instance, route: Named, views: list[View]) -> None:
    """One entry per method of a route: of several views for one method a request decides."""
    found: dict[str, View] = {}
    for view in views:
        for method in methods_both(route.methods, methods_of(machine, view.given("request_method"))):
            found.setdefault(method, view)
    for method in sorted(found, key=lambda method: method == ANY):
        machine.emit(
            RouteAdded(
                router=root,
                kind="http",
                methods=(method,),
                path=route.path,
                handler=handler_of(machine, found[method]),
                location=route.arguments.location,
                framework="pyramid",
                condition=route.condition or found[method].condition,
                scope=route.arguments.scope,
            )
        )
    if not views:
        reason = f"no view was found for the route {', '.join(route.names)}"
        machine.emit(Mounted(root, None, route.path, route.arguments.location, route.condition, reason))


def _unread(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """What changes the prefix for a while is not followed."""
    config = this.state if isinstance(this, Instance) else None
    if isinstance(config, Config):
        place, reason = arguments.location, "routes below a prefix that is set for a while"
        machine.emit(Mounted(config.root, None, (EMPTY,), place, machine.conditions(), reason))
    return Unknown("a context")


_METHODS: dict[str, Model] = {
    "add_route": _add_route,
    "add_view": _add_view,
    "add_static_view": _static_view,
    "include": _include,
    "scan": _scan,
    "get_settings": _settings,
    "make_wsgi_app": _make,
    "route_prefix_context": _unread,
}

ADAPTER = Adapter(
    id="pyramid",
    side=Side.BACKEND,
    symbols={
        _CONFIG: _configurator,
        "pyramid.view.view_config": view_config,
        "pyramid.view.view_defaults": view_defaults,
        "venusian.attach": attach,
    },
    methods={_CONFIG: _METHODS},
    instances={name: kept(name) for name in (VIEWS, ATTACHED)},
    constructors=(_CONFIG,),
    hot=("make_wsgi_app",),
)
