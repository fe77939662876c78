"""What does a handler read from the request by name, where its framework hands it the whole request?

Flask https://flask.palletsprojects.com/en/stable/api/#flask.Request, Django
https://docs.djangoproject.com/en/5.2/ref/request-response/, Django REST framework
https://www.django-rest-framework.org/api-guide/requests/, Starlette https://www.starlette.io/requests/, aiohttp
https://docs.aiohttp.org/en/stable/web_reference.html#request, Sanic https://sanic.dev/en/guide/basics/request.html,
Falcon https://falcon.readthedocs.io/en/stable/api/request_and_response_wsgi.html, Bottle
https://bottlepy.org/docs/dev/api.html#the-request-object, Tornado
https://www.tornadoweb.org/en/stable/web.html#input.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.evaluate.walk import walk
from auditor.model import form
from auditor.model.operation import Part, Taken
from auditor.model.shape import FieldType, Inline, ListOf, Scalar, Shape, UnknownShape
from auditor.model.span import Location

_PLACES = {
    "args": "query", "query_args": "query", "query_params": "query", "GET": "query", "query": "query",
    "params": "query", "form": "form", "forms": "form", "POST": "form", "files": "file", "FILES": "file",
    "headers": "header", "cookies": "cookie", "COOKIES": "cookie", "json": "json", "data": "json", "json_body": "json",
    "media": "json",
}  # fmt: skip
_CALLED = {"get_json": "json", "json": "json", "form": "form", "post": "form", "get_media": "json"}
_ONE = frozenset({"get", "getone", "getunicode", "pop"})
_MANY = frozenset({"getlist", "getall", "get_list"})
_METHODS = {  # of Tornado's handlers and Falcon's requests: the place that is read
    "get_argument": "query", "get_arguments": "query", "get_query_argument": "query", "get_query_arguments": "query",
    "get_body_argument": "form", "get_body_arguments": "form", "get_param": "query", "get_param_as_int": "query",
    "get_param_as_bool": "query", "get_param_as_list": "query", "get_param_as_float": "query", "get_header": "header",
    "get_cookie": "cookie", "get_secure_cookie": "cookie", "get_signed_cookie": "cookie",
}  # fmt: skip
_TYPES = {"int": "integer", "float": "number", "bool": "boolean", "str": "string"}
_REQUESTS = ("request", "req", "_request")
_PACKAGES = ("flask", "quart", "bottle", "cherrypy", "robyn", "starlette", "sanic", "falcon", "pyramid", "webob")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters and pieces of the body that are read by name."""

    taken: tuple[Taken, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    place: str
    name: str
    required: bool
    shape: Shape
    default: str | int | float | bool | None
    location: Location


def asked_by(callee: Callee, names: Names) -> Asked:
    """What one function reads. That a body has further keys is always possible."""
    if not isinstance(callee.node, form.Function):
        return Asked()
    reader = _Reader(callee, names, _request_names(callee, names))
    found: dict[tuple[str, str], _Read] = {}
    whole: Location | None = None
    certain = set(_certain(callee.node))
    written: set[form.Node] = set()
    own: set[tuple[str, str]] = set()
    for node in walk(callee.node):
        if node in written:
            continue
        if isinstance(node, form.Bind | form.Assign) and isinstance(node.target, form.Index) and not node.operator:
            written.add(node.target)
            own.update((one.place, one.name) for one in reader.reads(node.target))
        match node:
            case form.Bind(form.Name(id), value) if value is not None and (place := reader.place(value)):
                reader.locals[id] = place
                whole = whole or (callee.location if place == "json" else None)
            case _:
                pass
        for read in reader.reads(node):
            read = replace(read, required=read.required and node in certain and (read.place, read.name) not in own)
            key = (read.place, read.name)
            before = found.get(key)
            found[key] = read if before is None or (read.required and not before.required) else before
    taken = [
        Taken(one.name, one.place, one.shape, one.required, one.location, one.default)
        for one in found.values()
        if one.place in ("query", "header", "cookie")
    ]
    parts = [
        Part(one.name, one.place, one.shape, one.required, one.location)
        for one in found.values()
        if one.place in ("form", "file")
    ]
    fields = tuple(
        FieldType(one.name, one.name, one.shape, one.required, False, one.location, one.default)
        for one in found.values()
        if one.place == "json"
    )
    if fields or whole is not None:
        at = fields[0].location if fields else callee.location
        parts.append(Part("body", "json", Inline(fields, open=True), any(one.required for one in fields), at))
    return Asked(tuple(taken), tuple(parts))


def _certain(function: form.Function) -> Iterator[form.Node]:
    """What runs whenever the function does: up to the first statement in which it may end."""
    for statement in function.body:
        plain = not isinstance(statement, form.If | form.For) and getattr(statement, "kind", "") != "try"
        if plain:
            yield from walk(statement)
        if not plain and any(isinstance(node, form.Return | form.Stop) for node in walk(statement)):
            return


def _request_names(callee: Callee, names: Names) -> frozenset[str]:
    """The parameters that hold the request: one of that name or type among the first two."""
    assert isinstance(callee.node, form.Function)
    found: set[str] = set()
    for parameter in callee.node.parameters[:3]:
        name = getattr(parameter.target, "id", "")
        annotated = parameter.annotation is not None and names.library(Written(callee.file, parameter.annotation)) in (
            "Request",
            "HttpRequest",
            "ASGIRequest",
            "WSGIRequest",
            "LocalProxy",
        )
        if name in _REQUESTS or annotated:
            found.add(name)
    return frozenset(found)


class _Reader:
    def __init__(self, callee: Callee, names: Names, requests: frozenset[str]) -> None:
        self._callee, self._names, self._requests = callee, names, requests
        self.locals: dict[str, str] = {}

    def place(self, node: form.Expression) -> str:
        """Where a collection comes from: "query" for `request.args`; "" for anything else."""
        match node:
            case form.Call(form.Member(object, name)) if name in _CALLED and self._is_request(object):
                return _CALLED[name]
            case form.Member(form.Member(object, "rel_url"), "query") if self._is_request(object):
                return "query"
            case form.Member(object, name) if name in _PLACES and self._is_request(object):
                return _PLACES[name]
            case form.Name(id):
                return self.locals.get(id, "")
            case form.Binary("or", left, _):
                return self.place(left)
            case _:
                return ""

    def reads(self, node: form.Node) -> Iterator[_Read]:
        match node:
            case form.Index(object, form.Literal(str(name))) if place := self.place(object):
                yield self._read(place, name, True, node, None)
            case form.Call(form.Member(object, method)) if method in _ONE | _MANY and (place := self.place(object)):
                yield from self._got(place, node, method in _MANY)
            case form.Call(form.Member(object, method)) if method in _METHODS and self._is_handler(object):
                yield from self._got(_METHODS[method], node, method.endswith(("s", "_list")), strict=method)
            case _:
                pass

    def _got(self, place: str, call: form.Call, many: bool, strict: str = "") -> Iterator[_Read]:
        plain = [one.value for one in call.arguments if one.name is None and not one.spread]
        named = {one.name: one.value for one in call.arguments if one.name}
        name = plain[0] if plain else named.get("name", named.get("key"))
        if not isinstance(name, form.Literal) or not isinstance(name.value, str):
            return
        default = plain[1] if len(plain) > 1 else named.get("default")
        required = named.get("required")
        # Tornado's `get_argument` without a default raises; Falcon is told `required`.
        must = (strict.endswith("_argument") and default is None) or (
            isinstance(required, form.Literal) and required.value is True
        )
        shape: Shape = Scalar("string", "binary" if place == "file" else "")
        if place == "json":
            shape = UnknownShape("what is read by name has no declared type")
        kind = next((_TYPES[word] for word in ("int", "float", "bool") if strict.endswith(f"_as_{word}")), "")
        if isinstance(wanted := named.get("type"), form.Name):
            kind = _TYPES.get(wanted.id, "")
        shape = Scalar(kind) if kind else shape
        literal = default.value if isinstance(default, form.Literal) else None
        yield self._read(place, name.value, must, call, literal, ListOf(shape) if many else shape)

    def _read(
        self,
        place: str,
        name: str,
        required: bool,
        node: form.Expression,
        default: str | int | float | bool | None,
        shape: Shape | None = None,
    ) -> _Read:
        usual: Shape = (
            UnknownShape("what is read by name has no declared type") if place == "json" else Scalar("string")
        )
        at = place_of(Written(self._callee.file, node.index if isinstance(node, form.Index) else node))
        return _Read(place, name, required, shape or usual, default, at)

    def _is_request(self, node: form.Expression) -> bool:
        match node:
            case form.Name(id) if id in self._requests:
                return True
            case form.Name() | form.Member(form.Name(), "request"):
                if isinstance(node, form.Member) and getattr(node.object, "id", "") == "self":
                    return True
                full = self._names.types.library(self._callee.file, node)
                return full.endswith(".request") and full.partition(".")[0] in _PACKAGES
            case _:
                return False

    def _is_handler(self, node: form.Expression) -> bool:
        return (isinstance(node, form.Name) and node.id == "self") or self._is_request(node)
