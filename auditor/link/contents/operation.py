"""What a route takes and how it answers, as its framework would read it from the handler."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.adapter import Dependencies, RouteAdded
from auditor.link.contents.markers import annotated
from auditor.link.contents.names import Callee, Names, Written
from auditor.link.contents.parameters import Reader
from auditor.link.contents.status import status_of
from auditor.link.evaluate.walk import called_names, walk
from auditor.model import form
from auditor.model.operation import Operation
from auditor.model.value import Closure

# https://fastapi.tiangolo.com/reference/security/
SCHEMES = (
    "OAuth2PasswordBearer", "OAuth2AuthorizationCodeBearer", "OAuth2", "HTTPBearer", "HTTPBasic", "HTTPDigest",
    "APIKeyHeader", "APIKeyQuery", "APIKeyCookie", "OpenIdConnect",
)  # fmt: skip
_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)")
_USUAL = 200
_REQUESTS = ("Request", "HTTPConnection", "WebSocket")
# https://www.starlette.io/requests/: what a request or socket has that is neither its query nor its body.
_OPEN_TO_ALL = """
    app state client user auth session method base_url url_for path_params headers cookies is_disconnected accept close
    send_json send_text send_bytes receive_json receive_text receive_bytes iter_json iter_text
"""
_HARMLESS = frozenset(_OPEN_TO_ALL.split())


def operation_of(effect: RouteAdded, path: str, dependencies: Dependencies, names: Names) -> Operation | None:
    """What one route takes; None where its framework reads nothing from the signature, or the handler is unknown.

    `dependencies` are those of the routers and includes above it.
    """
    handler = effect.handler
    if effect.framework != "fastapi" or not isinstance(handler, Closure):
        return None
    reader = Reader(names, frozenset(_PARAMETER.findall(path)), SCHEMES)
    for file, listed in (*dependencies, *effect.dependencies):
        for item in listed.items if isinstance(listed, form.Array) else ():
            marker = annotated(names, None, Written(file, item))
            if marker.marker:
                reader.parameter("", marker, effect.location, 0)
    bound = handler.owner is not None and handler.kind != "static"
    own = Callee(handler.scope.file, handler.node, handler.node.name, bound)
    if handler.owner is not None:
        for cls in names.bases(Callee(handler.owner.scope.file, handler.owner.node, handler.owner.node.name)):
            reader.fields(cls, 0, only_dependencies=True)
    reader.read(own)
    found = reader.found
    return Operation(
        parameters=tuple(found.taken.values()),
        body=tuple(found.parts.values()),
        status=status_of(effect.options.get("status_code")) or _USUAL,
        raises=tuple(sorted(set(_raised(found.called, names)))),
        security=tuple(found.security.items()),
        unknown=tuple(found.unknown),
        untyped=_is_untyped(effect, handler.node),
        reads=any(_reads_request(callee, names) for callee in found.called),
    )


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


def _raised(called: Sequence[Callee], names: Names) -> Iterator[int]:
    """The status codes of the exceptions that functions raise, and functions that they call by name."""
    for callee in called:
        yield from _raised_in(callee, names)
        for node in walk(callee.node):
            if isinstance(node, form.Call) and isinstance(node.callee, form.Name | form.Member):
                helper = names.callee(Written(callee.file, node.callee))
                if helper is not None and isinstance(helper.node, form.Function):
                    yield from _raised_in(helper, names)


def _raised_in(callee: Callee, names: Names) -> Iterator[int]:
    for node in walk(callee.node):
        if isinstance(node, form.Stop) and isinstance(node.value, form.Call):
            call = node.value
            if names.library(Written(callee.file, call)) == "HTTPException":
                given = [one.value for one in call.arguments if one.name in (None, "status_code")][:1]
                status = status_of(given[0]) if given else 0
                if status:
                    yield status
