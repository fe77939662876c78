"""CherryPy: trees of objects with exposed functions, mounts, dispatch by method, by routes, files.

CherryPy 17 to 18 (https://docs.cherrypy.dev/en/latest/tutorials.html and
https://docs.cherrypy.dev/en/latest/advanced.html#urls-and-routing). The path of an exposed function is made of the
names of the attributes that lead to it; it takes every method, and its parameters from the query, the body or further
segments: all those paths are served, the one with the required parameters counts as its own. `index` stands for its
object, `default` takes what is left. An exposed object with functions named like methods is dispatched by method.
Below an object that decides about its segments itself, anything may be served.

```py
class Users:
    @cherrypy.expose
    def index(self): ...
    @cherrypy.expose
    def show(self, user_id): ...

@cherrypy.expose
class Notes:
    def GET(self): ...
    def POST(self, text): ...

class Root:
    users = Users()
    notes = Notes()

cherrypy.quickstart(Root(), "/api")
# * /api/users/ -> Users.index
# * /api/users/show/{user_id} -> Users.show
# * /api/users/show -> Users.show
# GET /api/notes -> Notes.GET
# POST /api/notes/{text} -> Notes.POST
# POST /api/notes -> Notes.POST
```
"""

from __future__ import annotations

import re

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.cherrypy import ALIASES, ALLOWED, EXPOSED, POPPED, Tree, served
from auditor.adapter.endpoints import ANY, attribute, methods_named, options, why_not
from auditor.adapter.pathtext import EMPTY, begun, converter_of, joined, parameter, paths, trimmed
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    TRUE,
    Arguments,
    Class,
    Closure,
    Instance,
    List,
    Model,
    Native,
    Record,
    Text,
    Value,
)
from auditor.model.wrapping import unwrapped

_TREE, _APPLICATION = "cherrypy.the tree", "cherrypy.Application"
_BY_METHOD, _BY_ROUTES = "cherrypy.dispatch.MethodDispatcher", "cherrypy.dispatch.RoutesDispatcher"
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_VARIABLE = re.compile(r"\{(\w+)(?::([^{}]+))?\}|(?<=/):(\w+)")
_DEPTH = 12


def _mount(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`cherrypy.tree.mount(root, prefix, config)`, `cherrypy.quickstart(root, prefix, config)`."""
    tree = machine.symbol(_TREE)
    if not isinstance(tree, Instance):
        return NONE
    if not tree.state:
        tree.state, tree.location = True, arguments.location
        machine.emit(ApplicationMade(tree, arguments.location, "cherrypy", machine.conditions()))
    return _hang(machine, arguments, tree)


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`cherrypy.Application(root, prefix, config)`: an application of its own, until it is mounted."""
    app = Instance(None, _APPLICATION, location=arguments.location)
    machine.emit(ApplicationMade(app, arguments.location, "cherrypy", machine.conditions()))
    _hang(machine, arguments, app)
    return app


def _hang(machine: Machine, arguments: Arguments, owner: Instance) -> Value:
    given = machine.argument(arguments, 1, "script_name")
    prefix = tuple(map(begun, map(trimmed, paths(machine, given)))) if options(given) else (EMPTY,)
    config, root = machine.argument(arguments, 2, "config"), machine.argument(arguments, 0, "root") or NONE
    if isinstance(root, Instance) and root.kind == _APPLICATION:
        machine.emit(Mounted(owner, root, (EMPTY,), arguments.location, machine.conditions()))
        return root
    by_method: list[str] = []
    for path, section in config.entries.items() if isinstance(config, Record) else ():
        entries = machine.force(section)
        dispatch = machine.force(entries.entries.get("request.dispatch")) if isinstance(entries, Record) else NONE
        if isinstance(dispatch, Instance) and dispatch.kind == _BY_METHOD:
            by_method.append(path.rstrip("/") + "/")
        if isinstance(dispatch, Instance) and dispatch.kind == _BY_ROUTES:
            machine.emit(Mounted(owner, dispatch, prefix, arguments.location, machine.conditions()))
        if isinstance(entries, Record) and "tools.staticdir.dir" in entries.entries:
            where = joined(prefix, (Text((path.rstrip("/"),)),))
            machine.emit(Mounted(owner, None, where, arguments.location, machine.conditions(), "files", static=True))
    # Attributes may still be set on the objects of the tree.
    child = Instance(None, _TREE, location=arguments.location)
    machine.emit(Mounted(owner, child, prefix, arguments.location, machine.conditions()))
    tree = Tree(child, arguments, tuple(by_method), "")
    for one in options(root):
        machine.defer(Native("the tree", lambda machine, inner, _: _serve(machine, tree, inner)), [one], arguments)
    return Instance(None, _APPLICATION, {"root": root}, location=arguments.location)


def _serve(machine: Machine, tree: Tree, arguments: Arguments) -> Value:
    root = machine.argument(arguments, 0) or NONE
    if isinstance(root, Instance | Class):
        for effect in served(machine, tree, root):
            machine.emit(effect)
    else:
        reason = why_not(root, "an object with exposed functions")
        machine.emit(Mounted(tree.owner, None, (EMPTY,), tree.arguments.location, tree.condition, reason))
    return NONE


def _expose(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@expose`, `@expose()`, `@expose("alias")`, `@expose(alias=["a", "b"])`."""
    first = machine.argument(arguments, 0, "func")
    if isinstance(unwrapped(first), Closure | Class):
        return _mark(machine, first or NONE, EXPOSED, TRUE)
    alias = machine.argument(arguments, 1, "alias") or first

    def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        target = machine.argument(inner, 0) or NONE
        if options(alias):
            _mark(machine, target, ALIASES, alias or NONE)
        return _mark(machine, target, EXPOSED, TRUE)

    return Native("a decorator that exposes", register)


def _allow(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@cherrypy.tools.allow(methods=["POST"])`."""
    given = machine.argument(arguments, 0, "methods")
    named = List([given]) if isinstance(given, Text) else given or NONE
    return Native(
        "a tool", lambda machine, inner, _: _mark(machine, machine.argument(inner, 0) or NONE, ALLOWED, named)
    )


def _popargs(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@cherrypy.popargs("user_id")`: segments in front of what the object serves."""
    names = List([machine.force(one) for one in arguments.positional])
    return Native(
        "a decorator", lambda machine, inner, _: _mark(machine, machine.argument(inner, 0) or NONE, POPPED, names)
    )


def _mark(machine: Machine, target: Value, name: str, value: Value) -> Value:
    found = unwrapped(target)
    if isinstance(found, Closure):
        found.attributes = {**(found.attributes or {}), name: value}
    elif isinstance(found, Class):
        found.attributes[name] = value
    return target


def _dispatcher(kind: str) -> Model:
    return lambda machine, arguments, this: Instance(None, kind, location=arguments.location)


def _connect(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`dispatcher.connect(name, route, controller=object, action="index", conditions={"method": ["GET"]})`."""
    if not isinstance(this, Instance):
        return NONE
    controller, action = machine.argument(arguments, 2, "controller"), machine.argument(arguments, -1, "action")
    conditions = machine.argument(arguments, -1, "conditions")
    listed = conditions.entries.get("method") if isinstance(conditions, Record) else None
    name = next((text.literal for one in options(action) for text in machine.texts(one) if text.literal), "index")
    cls = controller.cls if isinstance(controller, Instance) else controller
    machine.emit(
        RouteAdded(
            router=this,
            kind="http",
            methods=(methods_named(machine, machine.force(listed)) if listed is not None else ()) or (ANY,),
            path=tuple(map(begun, paths(machine, machine.argument(arguments, 1, "route"), _rewritten))),
            handler=attribute(cls, name) if isinstance(cls, Class) else None,
            location=arguments.location,
            framework="cherrypy",
            condition=machine.conditions(),
            scope=arguments.scope,
        )
    )
    return NONE


def _rewritten(route: str) -> str:
    return _VARIABLE.sub(
        lambda found: parameter(found[1] or found[3], converter_of(found[2]) if found[2] else ""), route
    )


def _graft(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`cherrypy.tree.graft(application, prefix)`: another WSGI application."""
    tree, prefix = machine.symbol(_TREE), machine.argument(arguments, 1, "script_name")
    child = machine.argument(arguments, 0, "wsgi_callable") or NONE
    if isinstance(tree, Instance):
        known = child if isinstance(child, Instance) else None
        reason = "" if known is not None else why_not(child, "an application")
        where = tuple(map(trimmed, paths(machine, prefix)))
        machine.emit(Mounted(tree, known, where, arguments.location, machine.conditions(), reason))
    return NONE


ADAPTER = Adapter(
    id="cherrypy",
    side=Side.BACKEND,
    symbols={
        **dict.fromkeys(("cherrypy.quickstart", "cherrypy.tree.mount"), _mount),
        _APPLICATION: _application,
        "cherrypy.tree.graft": _graft,
        "cherrypy.expose": _expose,
        "cherrypy.popargs": _popargs,
        "cherrypy.tools.allow": _allow,
        _BY_METHOD: _dispatcher(_BY_METHOD),
        _BY_ROUTES: _dispatcher(_BY_ROUTES),
    },
    methods={_BY_ROUTES: {"connect": _connect}},
    instances={_TREE: lambda machine: Instance(None, _TREE)},
    constructors=("cherrypy.quickstart", _APPLICATION),
    hot=("tree.mount",),
)
