"""Does a value say how an answer went, rather than what is in it?

https://flask.palletsprojects.com/en/stable/quickstart/#about-responses: body, status and headers side by side;
https://docs.djangoproject.com/en/5.2/ref/request-response/#httpresponse-subclasses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.link.evaluate.walk import called_name, children
from auditor.model import form

_REFUSING = re.compile(r"HttpResponse(BadRequest|Forbidden|NotFound|NotAllowed|Gone|ServerError)$|^(abort|HttpError)$")
_RESPONSE = re.compile(r"Response(\w*)$|^HTTPException$")
_BAD = re.compile(
    r"(HTTP_)?[45]\d\d|(BAD|NOT|TOO|REQUEST|PAYLOAD|UNSUPPORTED|INTERNAL|SERVICE)_|FORBIDDEN|UNAUTHORIZED|CONFLICT|GONE"
    r"|UNPROCESSABLE"
)


def is_status(node: form.Expression) -> bool:
    """A status or headers that stand beside a body."""
    return isinstance(node, form.Object | form.Member) or (
        isinstance(node, form.Literal) and isinstance(node.value, int) and 100 <= node.value < 600
    )


def is_failure(node: form.Expression) -> bool:
    """Whether a status is that of an error."""
    if isinstance(node, form.Member):
        return _BAD.match(node.name) is not None
    return isinstance(node, form.Literal) and isinstance(node.value, int) and node.value >= 400


def refuses(call: form.Call) -> bool:
    """Whether a call makes the answer of an error by its name alone."""
    return _REFUSING.search(called_name(call)) is not None


def passed_on(function: form.Function) -> Iterator[form.Expression]:
    """The returned values that were tested to be a response: what a helper refused with, handed on as it is."""
    yield from _guarded(list(function.body))


def _guarded(body: list[form.Node]) -> Iterator[form.Expression]:
    for node in body:
        if isinstance(node, form.Def | form.Class | form.Function):
            continue
        if isinstance(node, form.If) and (name := _tested(node.test)):
            for one in node.then:
                if isinstance(one, form.Return) and isinstance(one.value, form.Name) and one.value.id == name:
                    yield one.value
        yield from _guarded(children(node))


def _tested(test: form.Expression | None) -> str:
    """`x` of `isinstance(x, HttpResponseForbidden)`, "" for any other test."""
    match test:
        case form.Call(form.Name("isinstance"), (form.Argument(value=form.Name(id)), form.Argument(value=kind))):
            kinds = kind.items if isinstance(kind, form.Array) else (kind,)
            names = [getattr(one, "name", getattr(one, "id", "")) for one in kinds]
            return id if all(_RESPONSE.search(name) for name in names) else ""
        case _:
            return ""
