"""Which body does a route answer with on success?"""

from __future__ import annotations

import re

from auditor.adapter import RouteAdded
from auditor.link.answers import Answers
from auditor.link.contents.names import Callee
from auditor.link.evaluate.walk import called_name, walk
from auditor.link.rest import rest_method, rest_response, view_of
from auditor.link.types.resolve import Types
from auditor.link.types.written import as_written
from auditor.model import form
from auditor.model.shape import AnyShape, ListOf, MapOf, OneOf, Scalar, Shape, UnknownShape
from auditor.model.value import Class, Closure, Instance, Value

_RESPONSES = (
    "Response", "JSONResponse", "ORJSONResponse", "UJSONResponse", "HTMLResponse", "PlainTextResponse",
    "RedirectResponse", "StreamingResponse", "FileResponse", "EventSourceResponse", "JsonResponse", "jsonify",
)  # fmt: skip
# https://flask.palletsprojects.com/en/stable/quickstart/#about-responses
_TUPLES = frozenset({"flask", "quart"})
# A text is sent as it is, so it may be JSON already; where a handler writes, what it returns is not sent at all.
_TEXTS = _TUPLES | {"bottle", "cherrypy", "pyramid"}
_MUTE = frozenset({"tornado", "falcon"})
_WRITING = frozenset({"fastapi", "starlette", "flask", "quart", "django"})


def response_of(effect: RouteAdded, method: str, path: str, types: Types, answers: Answers) -> Shape | None:
    """The declared response model, else the return annotation; None where the handler makes its own response."""
    view = view_of(effect.handler) if effect.framework == "django" else None
    told = rest_response(view, method, path, types) if view is not None else None
    if told is not None:
        return told
    if view is not None and view is effect.handler:
        return _of_method(view, method, path, answers)
    if is_converted(effect):
        return None
    written = _written_response(effect, types, answers)
    if written is not None or _responds_itself(effect.handler):
        return written
    declared = effect.options.get("response_model")
    if declared is not None and effect.scope is not None:
        if isinstance(declared, form.Literal) and declared.value is None:
            return None
        shape = _filled(effect, types.shape(effect.scope.file, declared), answers)
        return as_written(types, shape, effect.writing)
    handler = effect.handler
    if isinstance(handler, Closure) and handler.node.returns is not None:
        shape = types.shape(handler.scope.file, handler.node.returns)
        if effect.framework in _MUTE or (effect.framework in _TEXTS and isinstance(shape, Scalar)):
            return None
        if effect.framework in _TUPLES and _is_tuple(handler.node.returns):
            return None
        if isinstance(shape, UnknownShape):
            return None
        return as_written(types, _filled(effect, shape, answers), effect.writing)
    return None


def _filled(effect: RouteAdded, shape: Shape, answers: Answers) -> Shape:
    """The declared model, with what the handler writes into its fields that may hold anything."""
    handler = effect.handler
    if effect.framework not in _WRITING or not isinstance(handler, Closure) or handler.node.generator:
        return shape
    return answers.filling(shape, handler.scope.file, handler.node)


def _written_response(effect: RouteAdded, types: Types, answers: Answers) -> Shape | None:
    """The object that a handler without a response model writes in place."""
    handler, declared = effect.handler, effect.options.get("response_model")
    if effect.framework not in _WRITING or not isinstance(handler, Closure) or handler.node.generator:
        return None
    plain = declared is None or (isinstance(declared, form.Literal) and declared.value is None)
    returns = handler.node.returns
    if not plain and declared is not None and effect.scope is not None:
        vague = _is_vague(types.shape(effect.scope.file, declared))
    else:
        vague = returns is None or _is_vague(types.shape(handler.scope.file, returns))
    # FastAPI leaves the model aside where the handler makes its own response.
    if not vague and not _responds_itself(handler):
        return None
    owner = _class_of(handler)
    inside = Callee(owner.scope.file, owner.node, owner.node.name) if owner is not None else None
    return answers.of(handler.scope.file, handler.node, inside)


def _class_of(handler: Closure) -> Class | None:
    """The class whose object a method belongs to, which may only have inherited it."""
    match handler.this:
        case Class() as cls:
            return cls
        case Instance(cls=Class() as cls):
            return cls
        case _:
            return handler.owner


def _of_method(view: Class, method: str, path: str, answers: Answers) -> Shape | None:
    """What the method of a class-based view answers, where the project writes it."""
    found = rest_method(view, method, path)
    if found is None:
        return None
    owner, function = found
    return answers.of(owner.scope.file, function, Callee(owner.scope.file, owner.node, owner.node.name))


def _is_vague(shape: Shape) -> bool:
    """Whether a return annotation says nothing about the keys."""
    match shape:
        case MapOf() | AnyShape() | UnknownShape():
            return True
        case ListOf(item):
            return _is_vague(item)
        case OneOf(options):
            return any(_is_vague(option) for option in options)
        case _:
            return False


def is_converted(effect: RouteAdded) -> bool:
    """Whether Litestar sends and takes something else than the annotations say
    (https://docs.litestar.dev/2/usage/dto/index.html)."""
    return effect.framework == "litestar" and any(name in effect.options for name in ("dto", "return_dto"))


def _is_tuple(annotation: form.Expression) -> bool:
    """Whether a handler may return body, status and headers side by side; a text alone is no JSON either."""
    names = (getattr(node, "id", "") or getattr(node, "name", "") for node in walk(annotation))
    return any(name in ("tuple", "Tuple") for name in names)


def _responds_itself(handler: Value | None) -> bool:
    """Whether a handler returns a response object on success: FastAPI then leaves its models aside."""
    if not isinstance(handler, Closure):
        return False
    returned = [node.value for node in walk(handler.node) if isinstance(node, form.Return)]
    return any(isinstance(value, form.Call) and is_success(value) for value in returned)


def is_success(call: form.Call) -> bool:
    """Whether a call makes a response, and none for an error."""
    if called_name(call) not in _RESPONSES:
        return False
    named = next((one.value for one in call.arguments if one.name in ("status_code", "status")), None)
    # Django REST framework: `Response(data, status)`.
    placed = [one.value for one in call.arguments if one.name is None][1:2] if called_name(call) == "Response" else []
    status = named or (placed[0] if placed else None)
    if isinstance(status, form.Literal) and isinstance(status.value, int):
        return status.value < 400
    if isinstance(status, form.Member):
        return not re.match(r"(HTTP_)?[45]|BAD_|NOT_FOUND|FORBIDDEN|UNAUTHORIZED|CONFLICT|INTERNAL", status.name)
    return status is None
