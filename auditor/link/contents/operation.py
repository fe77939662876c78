"""What a route takes and how it answers, as its framework would read it from the handler."""

from __future__ import annotations

import re

from auditor.adapter import Dependencies, RouteAdded
from auditor.link.contents.litestar import litestar_operation
from auditor.link.contents.markers import annotated
from auditor.link.contents.names import Callee, Names, Written
from auditor.link.contents.ninja import is_ninja, ninja_operation
from auditor.link.contents.parameters import Reader
from auditor.link.contents.plain import plain_operation
from auditor.link.contents.raised import raised
from auditor.link.contents.responses import responses_of
from auditor.link.contents.schemes import SCHEMES
from auditor.link.contents.status import status_of
from auditor.link.evaluate.walk import called_names, walk
from auditor.model import form
from auditor.model.operation import Answer, Operation
from auditor.model.value import Closure

_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)")
_USUAL = 200
_REQUESTS = ("Request", "HTTPConnection", "WebSocket")
# https://www.starlette.io/requests/: what a request or socket has that is neither its query nor its body.
_OPEN_TO_ALL = """
    app state client user auth session method base_url url_for path_params headers cookies is_disconnected accept close
    send_json send_text send_bytes receive_json receive_text receive_bytes iter_json iter_text
"""
_HARMLESS = frozenset(_OPEN_TO_ALL.split())
_ASKING = frozenset(
    {"flask", "quart", "django", "starlette", "aiohttp", "sanic", "tornado", "falcon", "bottle", "pyramid", "robyn"}
)
"""Frameworks whose handlers are given a request, or have one at hand, and ask it."""


def operation_of(
    effect: RouteAdded,
    path: str,
    converters: tuple[tuple[str, str], ...],
    method: str,
    dependencies: Dependencies,
    names: Names,
) -> Operation | None:
    """What one route takes; None where the handler is unknown.

    `dependencies` are those of the routers and includes above it.
    """
    handler = effect.handler
    if is_ninja(effect):
        return ninja_operation(effect, path, names)
    if effect.framework == "litestar":
        return litestar_operation(effect, path, method, names)
    if effect.framework in _ASKING:
        return plain_operation(effect, path, converters, method, names)
    if effect.framework != "fastapi" or not isinstance(handler, Closure):
        return None
    reader = Reader(names, frozenset(_PARAMETER.findall(path)), SCHEMES)
    answers: dict[int, Answer] = {}
    for file, listed in (*dependencies, *effect.dependencies):
        if not isinstance(listed, form.Array):
            answers |= {one.status: one for one in responses_of(Written(file, listed), names)}
        for item in listed.items if isinstance(listed, form.Array) else ():
            marker = annotated(names, None, Written(file, item))
            if marker.marker:
                reader.parameter("", marker, effect.location, 0)
    bound = handler.owner is not None and handler.kind != "static"
    owner: Callee | None = None
    if handler.owner is not None:
        owner = Callee(handler.owner.scope.file, handler.owner.node, handler.owner.node.name)
        for cls in names.bases(owner):
            reader.fields(cls, 0, only_dependencies=True)
    reader.read(Callee(handler.scope.file, handler.node, handler.node.name, bound, owner))
    found = reader.found
    status, unknown = _status(effect, names)
    return Operation(
        parameters=tuple(found.taken.values()),
        body=tuple(found.parts.values()),
        status=status or _USUAL,
        raises=tuple(sorted(set(raised(found.called, names)))),
        security=tuple((one.name, one.location) for one in found.schemes.values()),
        unknown=(*found.unknown, *unknown),
        untyped=_is_untyped(effect, handler.node),
        answers=tuple(answers.values()),
        schemes=tuple(found.schemes.values()),
        scopes=tuple(found.scopes),
        reads=any(_reads_request(callee, names) for callee in found.called),
    )


def _status(effect: RouteAdded, names: Names) -> tuple[int, tuple[str, ...]]:
    """The declared status of success, and what is not known about it."""
    given = effect.options.get("status_code")
    if given is None or effect.scope is None:
        return 0, ()
    written = names.value(Written(effect.scope.file, given))
    status = status_of(written.node)
    return status, () if status else ("its status is no constant",)


def _is_untyped(effect: RouteAdded, handler: form.Function) -> bool:
    """Whether nothing says what a handler returns. One that calls `SomeResponse(…)` says it in its own way."""
    if handler.returns is not None or effect.options.keys() & {"response_model", "response_class"}:
        return False
    return not any(name.endswith("Response") for name in called_names(handler))


def _reads_request(callee: Callee, names: Names) -> bool:
    """Whether a function looks into the query or body of the request it is given, or hands the request on."""
    if not isinstance(callee.node, form.Function):
        return False
    targets = [
        parameter.target
        for parameter in callee.node.parameters
        if isinstance(parameter.target, form.Name)
        and parameter.annotation is not None
        and names.library(Written(callee.file, parameter.annotation)) in _REQUESTS
    ]
    if not targets:
        return False
    given, nodes = {target.id for target in targets}, list(walk(callee.node))
    harmless: set[form.Node] = {
        *targets,
        *(node.object for node in nodes if isinstance(node, form.Member) and node.name in _HARMLESS),
    }
    return any(isinstance(node, form.Name) and node.id in given and node not in harmless for node in nodes)
