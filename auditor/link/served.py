"""Which application a server is told to serve: by the code that starts one, or by a command in a settings file.

https://www.uvicorn.org/#command-line-options (0.34), https://docs.gunicorn.org/en/stable/run.html (23),
https://fastapi.tiangolo.com/fastapi-cli/ (0.0.7); `web.run_app(app)` of aiohttp, `app.run()` of Flask, Quart and Sanic,
`app.start()` of Robyn, `app.listen()` and `HTTPServer(app)` of Tornado; `run_simple` of Werkzeug, `make_server` of the
standard library, `WSGIServer` of gevent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.link.evaluate.machine import Machine
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.value import Closure, Instance, Lazy, Scope, Unknown, Value

_SERVER = re.compile(
    r"\b(?:uvicorn|gunicorn|hypercorn|granian|daphne|waitress-serve|sanic|quart)\b(?P<rest>(?:[^\n]|\\\n)*)"
)
_NAMED = re.compile(r"(?<![\w./:@-])(?P<module>[A-Za-z_][\w.]*):(?P<name>[A-Za-z_]\w*)(?![\w:/.])")
_FASTAPI = re.compile(r"\bfastapi\W+(?:run|dev)\W+(?P<path>[\w./-]+)\.py\b")
_STARTERS = {
    **dict.fromkeys(("run", "run_app", "serve", "Config", "Granian", "start", "listen", "HTTPServer"), 0),
    "WSGIServer": 1,
    **dict.fromkeys(("run_simple", "make_server"), 2),
}
"""What starts an application, and at which position it takes it."""
_LAYERS = 8


@dataclass(frozen=True, slots=True)
class Started:
    """What is served: application objects by identity, functions that make one, and files of which something is
    served that could not be followed: each application that is made there may be it."""

    instances: frozenset[int]
    factories: tuple[Closure, ...]
    files: frozenset[str] = frozenset()

    def __contains__(self, application: object) -> bool:
        """Whether an application is served, or made by a function that is."""
        if not isinstance(application, Instance):
            return False
        place = application.location
        return id(application) in self.instances or (
            place is not None
            and (
                place.file in self.files
                or any(
                    one.scope.file == place.file and one.node.span.start_line <= place.line <= one.node.span.end_line
                    for one in self.factories
                )
            )
        )


def started(machine: Machine, texts: Mapping[str, str]) -> Started:
    """What the evaluated modules and the settings files start."""
    commanded = list(_in_commands(machine, texts))
    found = [*_in_code(machine), *(value for _, value in commanded)]
    instances = frozenset(id(one) for value in found for one in _inside(machine, value))
    lost = frozenset(file for file, value in commanded if not isinstance(value, Instance | Closure))
    return Started(instances, tuple(value for value in found if isinstance(value, Closure)), lost)


def _in_code(machine: Machine) -> Iterator[Value]:
    for file, facts in machine.facts.items():
        if _STARTERS.keys().isdisjoint(facts.called) or file not in machine.modules:
            continue
        scope = machine.modules[file].scope
        for statement in facts.body:
            for node in walk(statement):
                if isinstance(node, form.Call) and called_name(node) in _STARTERS:
                    yield from _named(machine, file, scope, node)


def _named(machine: Machine, file: str, scope: Scope, call: form.Call) -> Iterator[Value]:
    given = [one.value for one in call.arguments if one.name in ("app", "application", "target")]
    plain = [one.value for one in call.arguments if one.name is None][_STARTERS[called_name(call)] :]
    candidates = (given or plain)[:1]
    if isinstance(call.callee, form.Member):
        candidates.append(call.callee.object)
    for node in candidates:
        inner = node.callee if isinstance(node, form.Call) else node
        if isinstance(inner, form.Literal) and isinstance(inner.value, str):
            for found in _NAMED.finditer(inner.value):
                yield from (value for _, value in _of_name(machine, found["module"], found["name"]))
        elif isinstance(inner, form.Name) and inner.id in scope.names:
            yield _known(machine, scope.names[inner.id])


def _in_commands(machine: Machine, texts: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    for text in texts.values():
        for command in _SERVER.finditer(text):
            for found in _NAMED.finditer(command["rest"]):
                yield from _of_name(machine, found["module"], found["name"])
        for found in _FASTAPI.finditer(text):
            yield from _of_name(machine, found["path"].strip("./").replace("/", "."), "app")


def _of_name(machine: Machine, module: str, name: str) -> Iterator[tuple[str, Value]]:
    """What `module:name` may mean, and where: the folder in which a server is started is not known."""
    path = module.replace(".", "/")
    for file, state in machine.modules.items():
        if f"/{file}".endswith((f"/{path}.py", f"/{path}/__init__.py")):
            yield file, _known(machine, state.scope.names.get(name, Unknown(f"the name {name}")))


def _known(machine: Machine, value: Lazy | Value) -> Value:
    return machine.force(value)


def _inside(machine: Machine, value: Value) -> Iterator[Instance]:
    """An application, and what it is wrapped around."""
    for _ in range(_LAYERS):
        if not isinstance(value, Instance):
            return
        yield value
        if "app" not in value.fields:
            return
        value = machine.force(value.fields["app"])
