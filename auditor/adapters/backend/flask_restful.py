"""Flask-RESTful, Flask-RESTX and Flask-Smorest: resources, namespaces, blueprints of an API.

Flask-RESTful 0.3 (https://flask-restful.readthedocs.io/en/latest/api.html), Flask-RESTX 1.x
(https://flask-restx.readthedocs.io/en/latest/api.html; Flask-RESTPlus is its former name) and Flask-Smorest
0.40 to 0.47 (https://flask-smorest.readthedocs.io/en/latest/api_reference.html). A URL is the prefix of the
blueprint, the prefix of the API, the path of the namespace and the resource's own part, written one behind
the other. A resource answers the methods that its class has, inherited ones too. The pages and documents
about an API are not routes of the project.

```py
api = Api(prefix="/api")

class Users(Resource):
    def get(self): ...
    def post(self): ...

class User(Resource):
    def get(self, user_id): ...

api.add_resource(Users, "/users", "/people")
api.add_resource(User, "/users/<int:user_id>")

app = Flask(__name__)
api.init_app(app)
# GET /api/users -> Users.get
# GET /api/people -> Users.get
# POST /api/users -> Users.post
# POST /api/people -> Users.post
# GET /api/users/{user_id} -> User.get
```
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.adapter import Adapter, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import methods_named, options
from auditor.adapter.werkzeug import EMPTY, answers, as_view, joined, place, rules, unknown_base
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Instance,
    Model,
    Native,
    Text,
    Unknown,
    Value,
)

_NAMESPACE = "flask_restx.Namespace"


@dataclass(slots=True)
class ApiState:
    """What stands before the URLs of an API or namespace, one text per alternative, and its tags."""

    prefix: tuple[Text, ...] = (EMPTY,)
    tags: tuple[str, ...] = ()


def _api(kind: str, position: int) -> Model:
    """`Api(app, prefix=…)`; the position is that of the prefix."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        api = this if isinstance(this, Instance) else Instance(None, kind, location=arguments.location)
        given = machine.argument(arguments, position, "prefix")
        api.state = ApiState(rules(machine, given) if options(given) else (EMPTY,))
        _attach(machine, arguments, api)
        return api

    return model


def _init_app(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`api.init_app(app)`."""
    if isinstance(this, Instance):
        _attach(machine, arguments, this)
    return NONE


def _attach(machine: Machine, arguments: Arguments, api: Instance) -> None:
    for parent in options(machine.argument(arguments, 0, "app")):
        if isinstance(parent, Instance):
            machine.emit(Mounted(parent, api, _state(api).prefix, arguments.location, machine.conditions()))
            api.fields["app"] = parent


def _add_resource(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`api.add_resource(resource, *urls)`."""
    _add(machine, this, arguments, machine.argument(arguments, 0, "resource"), arguments.positional[1:])
    return NONE


def _decorator(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@api.resource(*urls)`, `@namespace.route(*urls)`."""

    def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        resource = machine.argument(inner, 0)
        _add(machine, this, arguments, resource, arguments.positional)
        return resource if resource is not None else NONE

    return Native("a resource decorator", register)


def _add(machine: Machine, this: Value | None, arguments: Arguments, resource: Value | None, urls: object) -> None:
    if not isinstance(this, Instance):
        return
    given = methods_named(machine, machine.argument(arguments, -1, "methods"))
    parts = [machine.force(url) for url in urls] if isinstance(urls, tuple) else []
    if arguments.open:
        parts.append(Unknown("further URLs"))
    paths = tuple(path for part in parts for path in rules(machine, part))
    for one in options(resource) or (None,):
        for answer in answers(machine, one, given):
            for path in paths:
                machine.emit(
                    RouteAdded(
                        router=this,
                        kind="http",
                        methods=answer.methods,
                        path=(path,),
                        handler=answer.handler,
                        location=place(arguments, path),
                        framework="flask",
                        condition=machine.conditions(),
                        scope=arguments.scope,
                        tags=_state(this).tags,
                    )
                )
        if reason := unknown_base(one):
            machine.emit(Mounted(this, None, paths, arguments.location, machine.conditions(), reason))


def _state(value: Instance) -> ApiState:
    if not isinstance(value.state, ApiState):
        value.state = ApiState()
    return value.state


def _make_namespace(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Namespace(name, description, path=…)`: below its path, else below its name."""
    namespace = this if isinstance(this, Instance) else Instance(None, _NAMESPACE, location=arguments.location)
    name, path = machine.argument(arguments, 0, "name"), machine.argument(arguments, 2, "path")
    names = machine.texts(name) if name is not None else ()
    prefix = rules(machine, path) if options(path) else joined((Text(("/",)),), names)
    namespace.state = ApiState(
        tuple(map(_without_slash, prefix)) or (EMPTY,), tuple(text.literal for text in names if text.literal)
    )
    api = machine.argument(arguments, -1, "api")
    if isinstance(api, Instance):
        _mount(machine, arguments, api, namespace, namespace.state.prefix)
    return namespace


def _namespace(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`api.namespace(name, …)`: makes one and adds it."""
    namespace = _make_namespace(machine, arguments, None)
    if isinstance(this, Instance) and isinstance(namespace, Instance):
        _mount(machine, arguments, this, namespace, _state(namespace).prefix)
    return namespace


def _add_namespace(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`api.add_namespace(namespace, path=…)`: the path given here takes the place of the namespace's own."""
    if isinstance(this, Instance):
        path = machine.argument(arguments, 1, "path")
        for child in options(machine.argument(arguments, 0, "ns")) or (UNDEFINED,):
            own = _state(child).prefix if isinstance(child, Instance) else (EMPTY,)
            _mount(machine, arguments, this, child, rules(machine, path) if options(path) else own)
    return NONE


def _mount(machine: Machine, arguments: Arguments, api: Instance, child: Value, path: tuple[Text, ...]) -> None:
    known = child if isinstance(child, Instance) else None
    reason = child.reason if isinstance(child, Unknown) else "" if known is not None else "it is not a namespace"
    machine.emit(Mounted(api, known, path, arguments.location, machine.conditions(), reason))


def _register_blueprint(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """Flask-Smorest's `api.register_blueprint(blueprint)` hands it to the application."""
    app = this.fields.get("app") if isinstance(this, Instance) else None
    method = machine.member(app, "register_blueprint") if app is not None else NONE
    return method.model(machine, arguments, method.this) if isinstance(method, Native) else NONE


def _without_slash(text: Text) -> Text:
    last = text.parts[-1] if text.parts else ""
    if not isinstance(last, str) or not last.endswith("/"):
        return text
    return Text((*text.parts[:-1], last.rstrip("/")) if last.rstrip("/") else text.parts[:-1], text.trail, text.soft)


_API: dict[str, Model] = {"init_app": _init_app, "add_resource": _add_resource, "resource": _decorator}
_NAMESPACE_METHODS: dict[str, Model] = {"add_resource": _add_resource, "route": _decorator}
_RESTX: dict[str, Model] = {
    **_NAMESPACE_METHODS,
    "init_app": _init_app,
    "namespace": _namespace,
    "add_namespace": _add_namespace,
}
_PACKAGES = ("flask_restx", "flask_restplus")
_APIS, _NAMESPACES, _RESOURCES = (
    ("Api", "api.Api"),
    ("Namespace", "namespace.Namespace"),
    ("Resource", "resource.Resource"),
)

ADAPTER = Adapter(
    id="flask-restful",
    side=Side.BACKEND,
    symbols={
        "flask_restful.Api": _api("flask_restful.Api", 1),
        "flask_smorest.Api": _api("flask_smorest.Api", -1),
        **{f"{package}.{name}": _api(f"{package}.{name}", -1) for package in _PACKAGES for name in _APIS},
        **{f"{package}.{name}": _make_namespace for package in _PACKAGES for name in _NAMESPACES},
    },
    methods={
        "flask_restful.Api": _API,
        "flask_smorest.Api": {"init_app": _init_app, "register_blueprint": _register_blueprint},
        **{f"{package}.{name}": _RESTX for package in _PACKAGES for name in _APIS},
        **{f"{package}.{name}": _NAMESPACE_METHODS for package in _PACKAGES for name in _NAMESPACES},
        **{
            f"{package}.{name}": {"as_view": as_view}
            for package in ("flask_restful", *_PACKAGES)
            for name in _RESOURCES
        },
    },
    hot=("add_resource", "add_namespace", "init_app"),
)
