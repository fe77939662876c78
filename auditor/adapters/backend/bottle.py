"""Bottle: applications, the default application, routes as decorators and calls, mounts, merges.

Bottle 0.12 and 0.13 (https://bottlepy.org/docs/dev/routing.html and
https://bottlepy.org/docs/dev/api.html#bottle.Bottle). The functions of the module register on the default application,
which all files share. `<name>` takes one segment, `<name:filter>` what the filter takes; a route without a path is
called like its function. What is mounted stands behind the prefix, what is merged where it is. A route whose plugin
makes it a socket is one.

```py
@route("/notes/<note_id:int>", method=["GET", "PUT"])
def note(note_id): ...

admin = Bottle()

@admin.delete("/users/<name>")
def drop(name): ...

default_app().mount("/admin/", admin)
run(port=8080)
# GET /notes/{note_id} -> note
# PUT /notes/{note_id} -> note
# DELETE /admin/users/{name} -> drop
```
"""

from __future__ import annotations

import re

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import ANY, UNREAD, options, why_not
from auditor.adapter.pathtext import EMPTY, begun, converter_of, parameter, paths, trimmed
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    Arguments,
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

_APPLICATION, _DEFAULT = "bottle.Bottle", "bottle.the default application"
_SHORTCUTS = ("get", "post", "put", "delete", "patch")
_WILDCARD = re.compile(
    r"<(?P<name>[A-Za-z_]\w*)?(?::(?P<filter>[A-Za-z_]*)(?::(?P<config>(?:\\.|[^\\>])+)?)?)?>"
    r"|:(?P<old>[A-Za-z_]\w*)(?:#(?P<expression>[^#]*)#)?"
)


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    app = this if isinstance(this, Instance) else Instance(None, _APPLICATION, location=arguments.location)
    machine.emit(ApplicationMade(app, arguments.location, "bottle", machine.conditions()))
    return app


def _default_app(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`default_app()`, `app()`: the application is made where it is asked for."""
    app = machine.symbol(_DEFAULT)
    if isinstance(app, Instance) and not app.state:
        app.state = True
        machine.emit(ApplicationMade(app, arguments.location, "bottle", machine.conditions()))
    return app


def _run(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`run()` serves the default application unless it is given another."""
    given = machine.argument(arguments, 0, "app")
    return _default_app(machine, arguments, None) if not options(given) else NONE


def _owner(machine: Machine, arguments: Arguments, this: Value | None) -> Instance | None:
    """The application of a method, or the default one: made by the first file unless another asks for it."""
    if isinstance(this, Instance):
        return this
    app = machine.symbol(_DEFAULT)
    if isinstance(app, Instance) and app.state is None:
        app.state = False
        machine.defer(Native("the default application", _default_app), (), arguments)
    return app if isinstance(app, Instance) else None


def _route(verb: str = "") -> Model:
    """`app.route(path, method)`, `app.get(path)`, `@route` without a path, `app.route(path, callback=function)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        first = machine.argument(arguments, 0, "path")
        callback = machine.argument(arguments, 2, "callback")
        if isinstance(unwrapped(first), Closure):
            first, callback = None, first

        def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
            function = machine.argument(inner, 0) or NONE
            _add(machine, this, arguments, first, function, verb)
            return function

        if options(callback):
            _add(machine, this, arguments, first, callback, verb)
            return callback or NONE
        return Native("a route decorator", register)

    return model


def _add(
    machine: Machine, this: Value | None, arguments: Arguments, path: Value | None, handler: Value | None, verb: str
) -> None:
    owner = _owner(machine, arguments, this)
    if owner is None:
        return
    given = machine.argument(arguments, 1, "method")
    methods = _methods(machine, given) if options(given) else (verb or "GET",)
    socket = _is_socket(machine, machine.argument(arguments, -1, "apply"))
    machine.emit(
        RouteAdded(
            router=owner,
            kind="websocket" if socket else "http",
            methods=methods,
            path=_paths(machine, path, handler),
            handler=handler,
            location=arguments.location,
            framework="bottle",
            condition=machine.conditions(),
            scope=arguments.scope,
        )
    )


def _methods(machine: Machine, value: Value | None) -> tuple[str, ...]:
    """A method or a list of them; `ANY` is every method."""
    items = value.items if isinstance(value, List) else [value]
    names = [text.literal for item in items for text in machine.texts(machine.force(item))]
    if (isinstance(value, List) and value.open) or not all(names):
        return (UNREAD,)
    return tuple(dict.fromkeys(ANY if name.upper() == "ANY" else name.upper() for name in names if name))


def _paths(machine: Machine, value: Value | None, handler: Value | None) -> tuple[Text, ...]:
    """The paths of a route: one, a list of them, or those made of the function's name and parameters."""
    if isinstance(value, List):
        return tuple(path for item in value.items for path in _paths(machine, machine.force(item), handler))
    if options(value):
        return tuple(map(begun, paths(machine, value, _rewritten)))
    function = unwrapped(handler)
    if not isinstance(function, Closure):
        return (EMPTY,)
    own = [one for one in function.node.parameters if isinstance(one.target, form.Name) and one.kind not in _REST]
    stem = "/" + function.node.name.replace("__", "/").lstrip("/")
    needed = sum(one.default is None for one in own)
    names = [f"/{parameter(one.target.id)}" for one in own if isinstance(one.target, form.Name)]
    return tuple(Text((stem + "".join(names[:count]),)) for count in range(needed, len(names) + 1))


_REST = ("rest", "keywords")


def _is_socket(machine: Machine, plugins: Value | None) -> bool:
    found = [machine.force(one) for one in plugins.items] if isinstance(plugins, List) else list(options(plugins))
    return any(isinstance(one, Symbol) and one.name.endswith(".websocket") for one in found)


def _mount(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.mount(prefix, other)`; 0.12 also took them the other way round."""
    owner, first, second = _owner(machine, arguments, this), machine.argument(arguments, 0, "prefix"), None
    second = machine.argument(arguments, 1, "app")
    if isinstance(first, Instance):
        first, second = second, first
    if owner is not None:
        _put(machine, arguments, owner, second, tuple(map(trimmed, paths(machine, first, _rewritten))))
    return NONE


def _merge(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.merge(other)`: the other's routes, as they are."""
    owner = _owner(machine, arguments, this)
    if owner is not None:
        _put(machine, arguments, owner, machine.argument(arguments, 0, "routes"), (EMPTY,))
    return NONE


def _put(machine: Machine, arguments: Arguments, owner: Instance, value: Value | None, where: tuple[Text, ...]) -> None:
    for child in options(value) or (NONE,):
        known = child if isinstance(child, Instance) else None
        reason = "" if known is not None else why_not(child, "an application")
        machine.emit(Mounted(owner, known, where, arguments.location, machine.conditions(), reason))


def _rewritten(path: str) -> str:
    """`/notes/<note_id:int>` as `/notes/{note_id:int}`."""
    return _WILDCARD.sub(_wildcard, path)


def _wildcard(found: re.Match[str]) -> str:
    if found["old"]:
        return parameter(found["old"], converter_of(found["expression"]) if found["expression"] else "")
    kind, name = found["filter"] or "", found["name"] or "anonymous"
    if kind in ("", "re"):
        return parameter(name, converter_of(found["config"]) if found["config"] else "")
    return parameter(name, kind)


_METHODS: dict[str, Model] = {
    **{verb: _route(verb.upper()) for verb in _SHORTCUTS},
    "route": _route(),
    "mount": _mount,
    "merge": _merge,
}

ADAPTER = Adapter(
    id="bottle",
    side=Side.BACKEND,
    symbols={
        **dict.fromkeys((_APPLICATION, "bottle.app.push", "bottle.AppStack.push"), _application),
        **dict.fromkeys(("bottle.default_app", "bottle.app", "bottle.apps.default"), _default_app),
        "bottle.run": _run,
        **{f"bottle.{name}": model for name, model in _METHODS.items()},
    },
    methods={_APPLICATION: _METHODS},
    instances={_DEFAULT: lambda machine: Instance(None, _APPLICATION)},
    constructors=(_APPLICATION,),
    hot=("default_app",),
)
