"""Which statuses of errors does a function answer with: exceptions it raises, calls that abort?

Starlette and FastAPI `HTTPException`, werkzeug's exceptions and `abort`
(https://werkzeug.palletsprojects.com/en/stable/exceptions/), Django's `Http404` and REST framework's exceptions
(https://www.django-rest-framework.org/api-guide/exceptions/), aiohttp's `HTTPNotFound`, and classes of the project that
derive from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus

from auditor.link.contents.names import Callee, Names, Written
from auditor.link.contents.status import status_of
from auditor.link.errors.standing import standing
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form

_GIVEN = ("HTTPException", "HTTPError", "HttpError", "SanicException", "HTTPStatus")
_ABORTS = {"abort": 0, "send_error": 0, "get_object_or_404": 404, "get_list_or_404": 404, "first_or_404": 404,
           "get_or_404": 404, "one_or_404": 404}  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|\d+")
_OTHER = {
    "PERMISSION_DENIED": 403, "NOT_AUTHENTICATED": 401, "AUTHENTICATION_FAILED": 401, "VALIDATION": 400,
    "PARSE": 400, "NOT_AUTHORIZED": 401, "THROTTLED": 429, "INVALID_USAGE": 400, "SUSPICIOUS_OPERATION": 400,
    "METHOD_NOT_SUPPORTED": 405, "SERVER": 500, "INTERNAL_SERVER": 500, "CLIENT": 400, "SERVICE_UNAVAILABLE": 503,
}  # fmt: skip
_PACKAGES = frozenset(
    {
        "rest_framework", "django", "werkzeug", "aiohttp", "sanic", "starlette", "litestar", "falcon", "pyramid",
        "tornado", "ninja", "ninja_extra", "quart",
    }
)  # fmt: skip
_RANGE = range(400, 600)


def raised(called: Sequence[Callee], names: Names) -> Iterator[int]:
    """The statuses of functions, and of those that they call by name: one hop, also to methods of their own class."""
    for callee in called:
        yield from statuses_in(callee, names)
        for node in walk(callee.node):
            if isinstance(node, form.Call) and isinstance(node.callee, form.Name | form.Member):
                helper = names.callee(Written(callee.file, node.callee)) or _own_method(callee, node.callee, names)
                if helper is not None and isinstance(helper.node, form.Function) and helper.node is not callee.node:
                    yield from statuses_in(helper, names)


def statuses_in(callee: Callee, names: Names) -> Iterator[int]:
    """The statuses that stand in a function itself."""
    for node in walk(callee.node):
        if isinstance(node, form.Stop) and node.value is not None:
            call = node.value if isinstance(node.value, form.Call) else None
            yield from _of_exception(callee.file, node.value, call, names)
        elif isinstance(node, form.Return) and isinstance(node.value, form.Array) and len(node.value.items) > 1:
            status = status_of(node.value.items[1])  # `return {"error": "no"}, 404`
            if status in _RANGE:
                yield status
        elif isinstance(node, form.Call) and called_name(node) in _ABORTS:
            known = _ABORTS[called_name(node)]
            plain = [one.value for one in node.arguments if one.name in (None, "status_code", "code")]
            status = known or (status_of(plain[0]) if plain else 0)
            if status in _RANGE:
                yield status


def _of_exception(file: str, value: form.Expression, call: form.Call | None, names: Names) -> Iterator[int]:
    named = Written(file, call.callee if call is not None else value)
    own = names.callee(named)
    if own is not None and isinstance(own.node, form.Class):
        given = _status_given(call)
        known = standing(names, own)
        numbers = [known.get(name) for name in ("status_code", "status", "code", "http_status")]
        status = given or next((one for one in numbers if isinstance(one, int) and one in _RANGE), 0)
    elif own is not None:
        return
    else:
        full = names.types.library(file, named.node)
        package, name = full.partition(".")[0], full.rpartition(".")[2]
        by_name = _by_name(name) if package in _PACKAGES else 0
        status = (_status_given(call, positional=True) if name in _GIVEN else 0) or by_name
    if status in _RANGE:
        yield status


def _status_given(call: form.Call | None, positional: bool = False) -> int:
    for one in call.arguments if call is not None else ():
        if one.name in ("status_code", "status", "code") or (positional and one.name is None and not one.spread):
            return status_of(one.value)
    return 0


def _by_name(name: str) -> int:
    """`NotFound`, `HTTPNotFound`, `Http404` and `NotFoundException` are 404."""
    words = [word.upper() for word in _WORD.findall(name)]
    if words[:1] in (["HTTP"], ["H"]):
        words = words[1:]
    if words and words[-1] in ("EXCEPTION", "ERROR"):
        words = words[:-1]
    plain = "_".join(words)
    if plain.endswith("404") or plain.isdigit():
        return int(plain[-3:])
    found = HTTPStatus.__members__.get(plain) if plain not in _OTHER else None
    return int(found) if found is not None else _OTHER.get(plain, 0)


def _own_method(callee: Callee, called: form.Expression, names: Names) -> Callee | None:
    """The method of `self.method()`, where the function stands in a class."""
    match called:
        case form.Member(form.Name("self"), name) if callee.owner is not None:
            for cls in names.bases(callee.owner):
                assert isinstance(cls.node, form.Class)
                for part in cls.node.body:
                    if isinstance(part, form.Def) and part.function.name == name:
                        return Callee(cls.file, part.function, f"{cls.name}.{name}", bound=True)
        case _:
            pass
    return None
