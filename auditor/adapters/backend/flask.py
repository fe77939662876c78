"""Flask and Quart: applications, blueprints, rules, shortcuts, views as classes, folders of files.

Flask 2.2 to 3.1 (https://flask.palletsprojects.com/en/stable/api/, and for blueprints
https://flask.palletsprojects.com/en/stable/blueprints/) and Quart 0.18 to 0.22
(https://quart.palletsprojects.com/en/latest/reference/source/quart.app.html). A blueprint's rules stand
behind the prefix it is registered with, else its own; nested blueprints add theirs; `register_blueprint` goes through
the blueprint's `register`, which a subclass may extend. A rule answers GET
unless it or the view names methods; the HEAD and OPTIONS that Flask adds are left out. The applications and
blueprints of APIFlask and Flask-Smorest are subclasses of Flask's.

```py
users = Blueprint("users", __name__, url_prefix="/users")

@users.route("/<int:user_id>", methods=["GET", "PATCH"])
def user(user_id): ...

class Avatars(MethodView):
    def put(self, user_id): ...

users.add_url_rule("/<int:user_id>/avatar/", view_func=Avatars.as_view("avatar"))

def create_app():
    app = Flask(__name__)
    app.register_blueprint(users, url_prefix="/api/users")
    return app
# GET /api/users/{user_id} -> user
# PATCH /api/users/{user_id} -> user
# PUT /api/users/{user_id}/avatar/ -> Avatars.put
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import methods_named, options, why_not
from auditor.adapter.werkzeug import (
    EMPTY,
    answers,
    as_view,
    below,
    is_false,
    place,
    rules,
    unknown_base,
)
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Closure,
    Constant,
    Instance,
    Lazy,
    Model,
    Native,
    Record,
    Text,
    Unknown,
    Value,
)

_SHORTCUTS = ("get", "post", "put", "delete", "patch", "query")  # the last one since Flask 3.2


@dataclass(slots=True)
class BlueprintState:
    """A blueprint's own prefix, one text per alternative."""

    prefix: tuple[Text, ...] = (EMPTY,)


@dataclass(slots=True)
class ApplicationState:
    """An application: Flask's or Quart's."""

    framework: str = "flask"


def _application(framework: str, kind: str) -> Model:
    current = f"{framework}.current_app"

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        app = this if isinstance(this, Instance) else Instance(None, kind, location=arguments.location)
        app.state = ApplicationState(framework)
        app.fields.setdefault("wsgi_app", app)
        app.fields.setdefault("asgi_app", app)
        app.fields.setdefault("url_map", Instance(None, "werkzeug.routing.Map"))
        app.fields.setdefault("config", Record({}, open=True))
        app.fields.setdefault("blueprints", Record({}, kind="dict"))
        machine.emit(ApplicationMade(app, arguments.location, framework, machine.conditions()))
        _static(machine, arguments, app, machine.argument(arguments, 3, "static_folder"), 1, Text(("static",)))
        shared = machine.symbol(current)
        if isinstance(shared, Instance):
            # What a module registers on `current_app`, it registers on the application that imports the module.
            machine.emit(Mounted(app, shared, (EMPTY,), arguments.location))
            shared.fields = app.fields
        return app

    return model


def _blueprint(kind: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        blueprint = this if isinstance(this, Instance) else Instance(None, kind, location=arguments.location)
        given = machine.argument(arguments, 5, "url_prefix")
        blueprint.state = BlueprintState(_prefixes(machine, given) if options(given) else (EMPTY,))
        blueprint.fields["name"] = machine.argument(arguments, 0, "name") or Unknown("the name of a blueprint")
        blueprint.fields["url_prefix"] = given or NONE
        _static(machine, arguments, blueprint, machine.argument(arguments, 2, "static_folder"), 3, NONE)
        return blueprint

    return model


def _static(
    machine: Machine, arguments: Arguments, owner: Instance, folder: Value | None, position: int, default: Value
) -> None:
    """The folder of files of an application or blueprint, served below its name or `static_url_path`."""
    folder = default if folder is None else folder
    if not options(folder):
        return
    given = machine.argument(arguments, position, "static_url_path")
    if options(given):
        where = _prefixes(machine, given)
    else:
        names = (text.literal for text in machine.texts(folder))
        where = tuple(Text((f"/{name.rstrip('/').rpartition('/')[2]}",)) for name in names if name) or (EMPTY,)
    machine.emit(Mounted(owner, None, where, arguments.location, machine.conditions(), "files", static=True))


def _prefixes(machine: Machine, value: Value | None) -> tuple[Text, ...]:
    return tuple(map(below, rules(machine, value)))


def _route(methods: tuple[str, ...] = (), kind: str = "http") -> Model:
    """`app.route(rule)`, `app.get(rule)`, `app.websocket(rule)`: a decorator that registers the function."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            view = machine.argument(inner, 0)
            _add(machine, this, arguments, view, methods, kind, decorator=True)
            return view if view is not None else NONE

        return Native("a route decorator", register)

    return model


def _add_url_rule(kind: str) -> Model:
    """`app.add_url_rule(rule, endpoint, view_func)`: registers at once."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        _add(machine, this, arguments, machine.argument(arguments, 2, "view_func"), (), kind)
        return NONE

    return model


def _add(
    machine: Machine,
    this: Value | None,
    arguments: Arguments,
    view: Value | None,
    methods: tuple[str, ...],
    kind: str,
    decorator: bool = False,
) -> None:
    if not isinstance(this, Instance) or machine.argument(arguments, -1, "build_only") == Constant(True):
        return
    given = methods or methods_named(machine, machine.argument(arguments, -1, "methods"))
    paths = rules(machine, machine.argument(arguments, 0, "rule"))
    if isinstance(this.state, BlueprintState):
        paths = tuple(map(below, paths))
    slashes = machine.argument(arguments, -1, "strict_slashes")
    for one in options(view) or (None,):
        for answer in answers(machine, one, ("GET",) if kind == "websocket" else given):
            machine.emit(
                RouteAdded(
                    router=this,
                    kind=kind,
                    methods=answer.methods,
                    path=paths,
                    handler=answer.handler,
                    location=place(arguments, paths[0], decorator),
                    framework=_framework(this),
                    condition=machine.conditions(),
                    scope=arguments.scope,
                    strict_slashes=not is_false(slashes) if isinstance(slashes, Constant) else None,
                )
            )
        if reason := unknown_base(one):
            machine.emit(Mounted(this, None, paths, arguments.location, machine.conditions(), reason))


def _framework(router: Instance) -> str:
    return "quart" if router.kind.startswith("quart.") else "flask"


def _register_blueprint(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.register_blueprint(blueprint, url_prefix=…)`, also of a blueprint below another."""
    if not isinstance(this, Instance):
        return NONE
    given = machine.argument(arguments, -1, "url_prefix")
    for child in options(machine.argument(arguments, 0, "blueprint")) or (UNDEFINED,):
        own = machine.member(child, "register") if isinstance(child, Instance) and child.cls else NONE
        if isinstance(own, Closure):
            machine.call(own, (this, Record(dict(_forced(machine, arguments.named)), kind="dict")), arguments)
        else:
            _mount(machine, arguments, this, child, given)
    return NONE


def _register(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`blueprint.register(app, options)`: what `register_blueprint` calls, and a subclass may extend."""
    app, given = machine.argument(arguments, 0, "app"), machine.argument(arguments, 1, "options")
    if isinstance(app, Instance) and this is not None:
        _mount(machine, arguments, app, this, given.entries.get("url_prefix") if isinstance(given, Record) else None)
    return NONE


def _mount(machine: Machine, arguments: Arguments, parent: Instance, child: Value, given: Value | None) -> None:
    known = child if isinstance(child, Instance) else None
    own = known.state.prefix if known is not None and isinstance(known.state, BlueprintState) else (EMPTY,)
    prefix = _prefixes(machine, given) if options(given) else own
    reason = "" if known is not None else why_not(child, "a blueprint")
    machine.emit(Mounted(parent, known, prefix, arguments.location, machine.conditions(), reason))
    name, registered = (known.fields.get("name") if known is not None else None), parent.fields.get("blueprints")
    if isinstance(registered, Record):
        if known is not None and isinstance(name, Text) and name.literal:
            registered.entries[name.literal] = known
        else:
            registered.open = True


def _forced(machine: Machine, named: Mapping[str, Lazy | Value]) -> Iterator[tuple[str, Value]]:
    for name, value in named.items():
        yield name, machine.force(value)


def _send_file(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Unknown("a file")


_METHODS: dict[str, Model] = {
    **{verb: _route((verb.upper(),)) for verb in _SHORTCUTS},
    "route": _route(),
    "add_url_rule": _add_url_rule("http"),
    "register_blueprint": _register_blueprint,
    "send_static_file": _send_file,
}
_QUART: dict[str, Model] = {
    **_METHODS,
    "websocket": _route(kind="websocket"),
    "add_websocket": _add_url_rule("websocket"),
}

_APPLICATIONS = {
    "flask": ("flask.Flask", "flask.app.Flask", "apiflask.APIFlask"),
    "quart": ("quart.Quart", "quart.app.Quart"),
}
_BLUEPRINTS = {
    "flask": (
        "flask.Blueprint",
        "flask.blueprints.Blueprint",
        "flask_smorest.Blueprint",
        "flask_smorest.blueprint.Blueprint",
        "apiflask.APIBlueprint",
    ),
    "quart": ("quart.Blueprint", "quart.blueprints.Blueprint"),
}
_VIEWS = tuple(f"{package}.views.{name}" for package in ("flask", "quart") for name in ("View", "MethodView"))

ADAPTER = Adapter(
    id="flask",
    side=Side.BACKEND,
    symbols={
        **{name: _application(framework, name) for framework, names in _APPLICATIONS.items() for name in names},
        **{name: _blueprint(name) for names in _BLUEPRINTS.values() for name in names},
    },
    methods={
        **dict.fromkeys(_APPLICATIONS["flask"], _METHODS),
        **dict.fromkeys(_APPLICATIONS["quart"], _QUART),
        **{name: {**_METHODS, "register": _register} for name in _BLUEPRINTS["flask"]},
        **{name: {**_QUART, "register": _register} for name in _BLUEPRINTS["quart"]},
        **{name: {"as_view": as_view} for name in _VIEWS},
    },
    instances={
        "flask.current_app": lambda machine: Instance(None, "flask.Flask"),
        "quart.current_app": lambda machine: Instance(None, "quart.Quart"),
    },
    constructors=tuple(name for names in _APPLICATIONS.values() for name in names),
    hot=("register_blueprint", "add_url_rule", "init_app"),
)
