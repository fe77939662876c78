"""Routes of the graph: what an application serves, with names, types and the chain that proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.adapter import RouteAdded
from auditor.link.answers import Answers
from auditor.link.applications import Application, Served
from auditor.link.contents.markers import DEPENDS, annotated
from auditor.link.contents.names import Names, Written
from auditor.link.contents.operation import operation_of
from auditor.link.contents.pages import is_page
from auditor.link.contents.streaming import streaming
from auditor.link.evaluate.walk import called_name, called_names, walk
from auditor.link.modules.python import PythonModules
from auditor.link.responses import is_converted, is_success, response_of
from auditor.link.rest import rest_request, view_of
from auditor.link.types.resolve import Types
from auditor.model import form
from auditor.model.finding import Confidence, Step
from auditor.model.graph import Kind, Route
from auditor.model.operation import Operation
from auditor.model.shape import ListOf, OneOf, Ref, Shape
from auditor.model.span import Location
from auditor.model.value import Class, Closure, Constant, Hole, Instance, Native, Symbol, Text, Value
from auditor.model.wrapping import unwrapped

_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)(?::(\w+))?\}")
_GENERAL = re.compile(r"^(api|rest|v\d+(\.\d+)?)$", re.IGNORECASE)
# https://flask.palletsprojects.com/en/stable/quickstart/#about-responses
_TUPLES = frozenset({"flask", "quart"})
_NO_BODY = (*DEPENDS, "Path", "Query", "Header", "Cookie", "Dependency")
_BODY_METHODS = ("POST", "PUT", "PATCH")


def routes_of(
    application: Application, service: str, modules: PythonModules, types: Types, names: Names
) -> Iterator[Route]:
    """The routes of one application in registration order, one per method."""
    strict = _strict_slashes(application)
    answers = Answers(names, types, is_success)
    for order, served in enumerate(application.routes):
        effect = replace(served.effect, handler=unwrapped(served.effect.handler))
        path, tail, converters = _path(served.path)
        streams = streaming(effect, names)
        page = not streams and is_page(effect, names)
        above = tuple(one for mount in served.mounts for one in mount.dependencies)
        for kind, method in ((kind, method) for method in effect.methods for kind in _kinds(effect, streams)):
            operation = operation_of(effect, path, converters, method, above, names)
            yield Route(
                kind=kind,
                method=method,
                path=path,
                location=effect.location,
                handler=_handler(effect.handler, modules),
                framework=effect.framework,
                service=service,
                order=order,
                category=_category(served, path),
                tags=tuple(dict.fromkeys((*served.tags, *effect.own_tags))),
                conditional=served.condition,
                tail=tail,
                in_schema=effect.in_schema and all(mount.in_schema for mount in served.mounts),
                deprecated=effect.deprecated or any(mount.deprecated for mount in served.mounts),
                request=_request(effect, method, path, types, names, operation) or _declared_body(effect, operation),
                response=response_of(effect, method, path, types, answers) or _declared_answer(effect, operation),
                auth=", ".join(dict.fromkeys(name for name, _ in operation.security)) if operation is not None else "",
                streams=streams,
                page=page,
                confidence=Confidence.MEDIUM if _is_guessed(served.path) else Confidence.HIGH,
                provenance=tuple(_steps(served)),
                converters=converters,
                operation=operation,
                strict_slashes=strict if effect.strict_slashes is None else effect.strict_slashes,
            )


def written(text: Text) -> str:
    """A route path as text: `{?}` stands for a piece that could not be resolved."""
    return "".join(part if isinstance(part, str) else "{?}" for part in text.parts)


def _path(text: Text) -> tuple[str, bool, tuple[tuple[str, str], ...]]:
    raw = written(text) or "/"
    converters = tuple((found.group(1), found.group(2)) for found in _PARAMETER.finditer(raw) if found.group(2))
    tail = raw.endswith(":path}")
    return _PARAMETER.sub(r"{\1}", raw), tail, converters


def _strict_slashes(application: Application) -> bool:
    """Whether a path is served only as written: not under Werkzeug's `app.url_map.strict_slashes = False`, or where
    the application itself says so."""
    rules = application.instance.fields.get("url_map", application.instance)
    return not (isinstance(rules, Instance) and rules.fields.get("strict_slashes") == Constant(False))


def _is_guessed(text: Text) -> bool:
    return any(isinstance(part, Hole) for part in text.parts)


def _handler(value: Value | None, modules: PythonModules) -> str:
    match value:
        case Closure():
            owner = f"{value.owner.node.name}." if value.owner is not None else ""
            return f"{modules.dotted(value.scope.file)}:{owner}{value.node.name}"
        case Class():
            return f"{modules.dotted(value.scope.file)}:{value.node.name}"
        case Symbol(name) | Native(name=name):
            return name
        case Instance(kind=kind, cls=cls):
            return cls.node.name if cls is not None else kind
        case _:
            return ""


def _category(served: Served, path: str) -> str:
    """The tag of the nearest router, else the route's own tag, else the first telling path segment."""
    tags = (*served.tags,)
    if tags:
        return tags[-1]
    if served.effect.own_tags:
        return served.effect.own_tags[0]
    return telling_segment(path)


def telling_segment(path: str) -> str:
    """The first segment of a path that names something: neither a version nor a parameter; "root" for none."""
    for segment in path.strip("/").split("/"):
        if segment and not segment.startswith("{") and not _GENERAL.match(segment):
            return segment
    return "root"


def _kinds(effect: RouteAdded, streams: str) -> tuple[Kind, ...]:
    """How a route is reached: in aiohttp the handler of a GET decides, by the response it makes."""
    if effect.kind == "websocket":
        return (Kind.WEBSOCKET,)
    usual = Kind.SSE if streams == "sse" else Kind.HTTP
    if effect.framework != "aiohttp" or not isinstance(effect.handler, Closure):
        return (usual,)
    called = called_names(effect.handler.node)
    if "WebSocketResponse" not in called:
        return (usual,)
    return (Kind.WEBSOCKET, usual) if "can_prepare" in called else (Kind.WEBSOCKET,)


def _request(
    effect: RouteAdded, method: str, path: str, types: Types, names: Names, operation: Operation | None
) -> Shape | None:
    """The model of the body: the first parameter that is a model and not a dependency."""
    handler = effect.handler
    view = view_of(handler) if effect.framework == "django" else None
    if view is not None:
        return rest_request(view, method, path, types)
    if method not in _BODY_METHODS or not isinstance(handler, Closure) or is_converted(effect):
        return None
    if effect.framework == "fastapi" and operation is not None:  # also what stands behind aliases is known here
        return _whole_body(operation)
    for parameter in handler.node.parameters:
        if parameter.annotation is None or _is_dependency(parameter):
            continue
        if annotated(names, Written(handler.scope.file, parameter.annotation), None).marker in _NO_BODY:
            continue
        if effect.framework == "litestar" and getattr(parameter.target, "id", "") != "data":
            continue
        shape = types.shape(handler.scope.file, parameter.annotation)
        if isinstance(shape, Ref) and shape.key in types.models:
            return shape
    return None


def _whole_body(operation: Operation) -> Shape | None:
    """The model of a body that has one part, which is not under a name of its own."""
    match operation.body:
        case (part,) if part.kind == "json" and not part.embedded and isinstance(part.shape, Ref | ListOf | OneOf):
            return part.shape
        case _:
            return None


def _declared_body(effect: RouteAdded, operation: Operation | None) -> Shape | None:
    """The model that a decorator of a handler reads the body by."""
    bodies = operation.body if operation is not None and effect.framework in _TUPLES else ()
    whole = [part.shape for part in bodies if part.kind == "json"]
    return whole[0] if len(whole) == 1 and isinstance(whole[0], Ref | ListOf) else None


def _declared_answer(effect: RouteAdded, operation: Operation | None) -> Shape | None:
    """The model that a decorator of a handler writes the answer by."""
    answers = operation.answers if operation is not None and effect.framework in _TUPLES else ()
    return next((one.shape for one in answers if one.status < 300 and one.shape is not None), None)


def _is_dependency(parameter: form.Parameter) -> bool:
    calls = [node for value in (parameter.default, parameter.annotation) if value is not None for node in walk(value)]
    return any(isinstance(node, form.Call) and called_name(node) in ("Depends", "Security", "Query") for node in calls)


def _steps(served: Served) -> Iterator[Step]:
    seen: set[Location] = set()
    for mount in served.mounts:
        prefix = written(mount.prefix[0]) if mount.prefix else ""
        yield Step(mount.location, f"included under {prefix!r}" if prefix else "included without a prefix")
        seen.add(mount.location)
    for location in served.path.trail:
        if location not in seen:
            seen.add(location)
            yield Step(location, "a piece of the path")
    yield Step(served.effect.location, "registered here")
