"""Falcon: applications, resources and their responders, suffixes, sinks, folders of files, sockets.

Falcon 2 to 4 (https://falcon.readthedocs.io/en/stable/api/routing.html and
https://falcon.readthedocs.io/en/stable/api/app.html). A resource answers the methods for which it has an `on_…`
function; with a suffix, those of that suffix. `{name}` takes one segment, `{name:path}` the rest. The OPTIONS that
Falcon adds is left out. Below the prefix of a sink anything may be served.

```py
class Notes:
    def on_get(self, req, resp): ...
    def on_get_one(self, req, resp, note_id): ...
    def on_delete_one(self, req, resp, note_id): ...
    async def on_websocket(self, req, ws): ...

app = falcon.asgi.App()
app.add_route("/notes", Notes())
app.add_route("/notes/{note_id:int}", Notes(), suffix="one")
# GET /notes -> Notes.on_get
# GET /notes/{note_id} -> Notes.on_get_one
# DELETE /notes/{note_id} -> Notes.on_delete_one
# WS /notes -> Notes.on_websocket
```
"""

from __future__ import annotations

import re

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import ANY, UNREAD, Answer, class_answers, options, why_not
from auditor.adapter.expressions import stem
from auditor.adapter.pathtext import parameter, paths, trimmed
from auditor.model.finding import Side
from auditor.model.value import (
    NONE,
    Arguments,
    Closure,
    Instance,
    Model,
    Module,
    Symbol,
    Text,
    Value,
)

_APPLICATIONS = (
    "falcon.App", "falcon.API", "falcon.asgi.App", "falcon.app.App", "falcon.api.API", "falcon.asgi.app.App",
)  # fmt: skip
# https://falcon.readthedocs.io/en/stable/api/routing.html#default-router: HTTP and WebDAV methods
_VERBS = (
    "get", "post", "put", "patch", "delete", "head", "options", "trace", "connect", "query", "checkin", "checkout",
    "copy", "lock", "mkcol", "move", "propfind", "proppatch", "report", "uncheckin", "unlock", "update",
    "version_control",
)  # fmt: skip
_SOCKET = "websocket"
_CONVERTERS = {"int": "int", "float": "float", "uuid": "uuid", "path": "path"}
_PARAMETER = re.compile(r"\{([_a-zA-Z]\w*)(?::([_a-zA-Z]\w*)(?:\([^()]*\))?)?\}")


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    app = this if isinstance(this, Instance) else Instance(None, _APPLICATIONS[0], location=arguments.location)
    machine.emit(ApplicationMade(app, arguments.location, "falcon", machine.conditions()))
    return app


def _add_route(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.add_route(template, resource, suffix=…)`."""
    if not isinstance(this, Instance):
        return NONE
    where = paths(machine, machine.argument(arguments, 0, "uri_template"), _rewritten)
    given = machine.argument(arguments, -1, "suffix")
    suffixes = [text.literal for one in options(given) for text in machine.texts(one)] or [""]
    for resource in options(machine.argument(arguments, 1, "resource")) or (None,):
        for suffix in suffixes:
            for answer in _answers(machine, resource, suffix):
                socket = answer.methods == (_SOCKET.upper(),)
                machine.emit(
                    RouteAdded(
                        router=this,
                        kind="websocket" if socket else "http",
                        methods=("GET",) if socket else answer.methods,
                        path=where,
                        handler=answer.handler,
                        location=arguments.location,
                        framework="falcon",
                        condition=machine.conditions(),
                        scope=arguments.scope,
                    )
                )
    return NONE


def _answers(machine: Machine, resource: Value | None, suffix: str | None) -> list[Answer]:
    """The responders of an object, or of a module; `suffix` is None where it cannot be read."""
    behind = f"_{suffix}" if suffix else ""
    if suffix is None:
        return [Answer((UNREAD,), resource)]
    if isinstance(resource, Instance) and resource.cls is not None:
        found = class_answers(resource.cls, (), (*_VERBS, _SOCKET), lambda verb: f"on_{verb}{behind}")
        rest = _responder(machine, resource, f"on_request{behind}")
        return [*found, Answer((ANY,), rest)] if rest is not None else found
    if isinstance(resource, Module):
        named = {verb: _responder(machine, resource, f"on_{verb}{behind}") for verb in (*_VERBS, _SOCKET)}
        return [Answer((verb.upper(),), found) for verb, found in named.items() if found is not None]
    return [Answer((UNREAD,), resource if isinstance(resource, Symbol) else None)]


def _responder(machine: Machine, resource: Value, name: str) -> Value | None:
    found = machine.force(machine.member(resource, name))
    return found if isinstance(found, Closure) else None


def _add_sink(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.add_sink(sink, prefix)`: a function that takes what no route takes, below a prefix or an expression."""
    given = machine.argument(arguments, 1, "prefix")
    sink = machine.argument(arguments, 0, "sink")
    reason = f"a sink answers: {sink.node.name}" if isinstance(sink, Closure) else why_not(sink, "a function")
    for text in machine.texts(given) if given is not None else (Text(("/",)),):
        if isinstance(this, Instance):
            plain = Text((stem(text.literal + "/"),)) if text.literal is not None else text
            machine.emit(Mounted(this, None, (plain,), arguments.location, machine.conditions(), reason))
    return NONE


def _static(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`app.add_static_route(prefix, folder)`."""
    if isinstance(this, Instance):
        prefix = tuple(map(trimmed, paths(machine, machine.argument(arguments, 0, "prefix"))))
        machine.emit(Mounted(this, None, prefix, arguments.location, machine.conditions(), "files", static=True))
    return NONE


def _rewritten(template: str) -> str:
    """`/notes/{note_id:int(min=1)}` as `/notes/{note_id:int}`."""
    return _PARAMETER.sub(lambda found: parameter(found[1], _CONVERTERS.get(found[2], found[2] or "")), template)


_METHODS: dict[str, Model] = {"add_route": _add_route, "add_sink": _add_sink, "add_static_route": _static}

ADAPTER = Adapter(
    id="falcon",
    side=Side.BACKEND,
    symbols=dict.fromkeys(_APPLICATIONS, _application),
    methods=dict.fromkeys(_APPLICATIONS, _METHODS),
    constructors=_APPLICATIONS,
    hot=("add_route", "add_sink", "add_static_route"),
)
