"""Sanic: applications, blueprints, groups and copies of them, versions, class views, sockets.

Sanic 21.12 to 25.12 (https://sanic.dev/en/guide/basics/routing.html, .../best-practices/blueprints.html,
.../advanced/versioning.html and .../advanced/class-based-views.html). A version stands before everything, prefixes
included: the route's own, else that given to `app.blueprint`, else the blueprint's, else its group's. A path is served
with and without a slash at its end unless `strict_slashes` says otherwise.

```py
users = Blueprint("users", url_prefix="/users", version=1)

@users.get("/<user_id:int>")
async def user(request, user_id): ...

class Items(HTTPMethodView):
    async def post(self, request): ...

users.add_route(Items.as_view(), "/<user_id>/items")

app = Sanic("shop")
app.blueprint(Blueprint.group(users, url_prefix="/api"))
# GET /v1/api/users/{user_id} -> user
# POST /v1/api/users/{user_id}/items -> Items.post
```
"""

from __future__ import annotations

from dataclasses import replace

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import VERBS, Answer, class_answers, methods_named, options
from auditor.adapter.pathtext import EMPTY, begun, paths, trimmed
from auditor.adapter.sanic import (
    APPLICATION,
    BLUEPRINT,
    GROUP,
    State,
    described,
    front,
    register,
    rewritten,
    state_of,
    strict_of,
)
from auditor.model.finding import Side
from auditor.model.value import (
    FALSE,
    NONE,
    Arguments,
    Class,
    Constant,
    Instance,
    Model,
    Native,
    Unknown,
    Value,
)

_VIEW, _SHARED = "sanic.views.view", "sanic.shared_application"
_VIEWS = ("sanic.views.HTTPMethodView", "sanic.HTTPMethodView")


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    app = this if isinstance(this, Instance) else Instance(None, APPLICATION, location=arguments.location)
    app.state = State(strict=strict_of(machine, arguments))
    app.fields["strict_slashes"] = Constant(bool(app.state.strict))
    machine.emit(ApplicationMade(app, arguments.location, "sanic", machine.conditions()))
    shared = machine.symbol(_SHARED)
    if isinstance(shared, Instance):  # what `Sanic.get_app()` gives to a module is the application that imports it
        machine.emit(Mounted(app, shared, (EMPTY,), arguments.location))
    return app


def _shared(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return machine.symbol(_SHARED)


def _blueprint(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    blueprint = this if isinstance(this, Instance) else Instance(None, BLUEPRINT, location=arguments.location)
    blueprint.state = described(machine, arguments, State(), 1)
    return blueprint


def _decorator(methods: tuple[str, ...] = (), kind: str = "http") -> Model:
    """`app.get(uri)`, `app.route(uri, methods=…)`, `app.websocket(uri)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            handler = machine.argument(inner, 0)
            given = methods or methods_named(machine, machine.argument(arguments, 1, "methods"))
            _add(machine, this, arguments, machine.argument(arguments, 0, "uri"), handler, given, kind)
            return handler or NONE

        return Native("a route decorator", register)

    return model


def _registration(kind: str) -> Model:
    """`app.add_route(handler, uri, methods=…)`, `app.add_websocket_route(handler, uri)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        handler, uri = machine.argument(arguments, 0, "handler"), machine.argument(arguments, 1, "uri")
        _add(
            machine,
            this,
            arguments,
            uri,
            handler,
            methods_named(machine, machine.argument(arguments, 2, "methods")),
            kind,
        )
        return handler or NONE

    return model


def _add(
    machine: Machine,
    this: Value | None,
    arguments: Arguments,
    uri: Value | None,
    handler: Value | None,
    methods: tuple[str, ...],
    kind: str,
) -> None:
    state = state_of(this)
    if state is None or not isinstance(this, Instance):
        return
    strict = strict_of(machine, arguments)
    version = machine.argument(arguments, -1, "version")
    before = machine.argument(arguments, -1, "version_prefix") or state.version_prefix
    for one in options(handler) or (None,):
        for answer in _answers(one, methods, kind):
            effect = RouteAdded(
                router=this,
                kind=kind,
                methods=answer.methods,
                path=tuple(begun(path) for path in paths(machine, uri, rewritten)),
                handler=answer.handler,
                location=arguments.location,
                framework="sanic",
                condition=machine.conditions(),
                scope=arguments.scope,
                strict_slashes=state.strict if strict is None else strict,
                front=front(machine, version, before),
            )
            state.added.append(effect)
            machine.emit(effect)


def _answers(handler: Value | None, methods: tuple[str, ...], kind: str) -> list[Answer]:
    if kind == "websocket":
        return [Answer(("GET",), handler)]
    view = handler.state if isinstance(handler, Instance) and handler.kind == _VIEW else None
    return (
        class_answers(view, _VIEWS, VERBS[:-1]) if isinstance(view, Class) else [Answer(methods or ("GET",), handler)]
    )


def _as_view(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return (
        Instance(None, _VIEW, state=this, location=arguments.location) if isinstance(this, Class) else Unknown("a view")
    )


def _attach(position: int, name: str) -> Model:
    """`Items.attach(app, uri)`, and `class Items(HTTPMethodView, attach=app, uri=…)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        owner = machine.argument(arguments, position, name)
        if owner is not None and owner != NONE:
            view, uri = (
                _as_view(machine, arguments, this),
                machine.argument(arguments, 1 if position == 0 else -1, "uri"),
            )
            _add(machine, owner, arguments, uri, view, (), "http")
        return NONE

    return model


def _static(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    state = state_of(this)
    if state is not None and isinstance(this, Instance):
        where = tuple(trimmed(begun(path)) for path in paths(machine, machine.argument(arguments, 0, "uri")))
        effect = Mounted(this, None, where, arguments.location, machine.conditions(), "files", static=True)
        state.added.append(effect)
        machine.emit(effect)
    return NONE


def _group(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Blueprint.group(one, two, url_prefix=…)`, `BlueprintGroup(url_prefix=…)`."""
    state = described(machine, arguments, State(), -1)
    state.is_group = True
    for item in arguments.positional:
        state.hold(machine, machine.force(item))
    if arguments.open:
        state.hold(machine, Unknown("further blueprints of a group"))
    return Instance(None, GROUP, state=state, location=arguments.location)


def _append(position: int) -> Model:
    """`group.append(blueprint)`, `group.insert(index, blueprint)`, `group.extend(blueprints)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        state, given = state_of(this), machine.argument(arguments, position)
        if state is not None and given is not None:
            state.hold(machine, given)
        return NONE

    return model


def _copy(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`blueprint.copy(name, url_prefix=…, version=…)`: the same routes again; registered where the first one is."""
    old = state_of(this)
    if old is None:
        return Unknown("a copy of a blueprint")
    new = Instance(None, BLUEPRINT, location=arguments.location)
    new.state = described(machine, arguments, old, 1)
    for effect in old.added:
        own = replace(effect, router=new) if isinstance(effect, RouteAdded) else replace(effect, parent=new)
        new.state.added.append(own)
        machine.emit(own)
    for given, app in old.applications:
        register(machine, given, app, new, State())
    return new


def _register_blueprint(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.blueprint(blueprint, url_prefix=…, version=…)` of a blueprint, a group or a list of them."""
    given = described(machine, arguments, State(prefix=()), -1)
    for one in options(machine.argument(arguments, 0, "blueprint")) or (NONE,):
        if isinstance(this, Instance):
            register(machine, arguments, this, one, given)
    return NONE


_ROUTES: dict[str, Model] = {
    **{verb: _decorator((verb.upper(),)) for verb in VERBS[:-1]},
    "route": _decorator(),
    "websocket": _decorator(kind="websocket"),
    "add_route": _registration("http"),
    "add_websocket_route": _registration("websocket"),
    "static": _static,
}
_VIEW_METHODS: dict[str, Model] = {
    "as_view": _as_view, "attach": _attach(0, "to"), "__init_subclass__": _attach(-1, "attach")
}  # fmt: skip
_APPLICATIONS = (APPLICATION, "sanic.app.Sanic")
_BLUEPRINTS = (BLUEPRINT, "sanic.blueprints.Blueprint")
_GROUPS = (GROUP, "sanic.blueprint_group.BlueprintGroup", "sanic.blueprints.BlueprintGroup")

ADAPTER = Adapter(
    id="sanic",
    side=Side.BACKEND,
    symbols={
        **dict.fromkeys(_APPLICATIONS, _application),
        **{f"{name}.get_app": _shared for name in _APPLICATIONS},
        **dict.fromkeys(_BLUEPRINTS, _blueprint),
        **{f"{name}.group": _group for name in _BLUEPRINTS},
        **dict.fromkeys(_GROUPS, _group),
    },
    methods={
        **dict.fromkeys(_APPLICATIONS, _ROUTES | {"blueprint": _register_blueprint, "get_app": _shared}),
        **dict.fromkeys(_BLUEPRINTS, _ROUTES | {"copy": _copy, "group": _group}),
        GROUP: {"append": _append(0), "extend": _append(0), "insert": _append(1)},
        **dict.fromkeys(_VIEWS, _VIEW_METHODS),
    },
    instances={_SHARED: lambda machine: Instance(None, APPLICATION, {"strict_slashes": FALSE})},
    constructors=_APPLICATIONS,
    hot=("blueprint", "add_route", "add_websocket_route"),
)
