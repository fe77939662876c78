"""Does a method of a REST view that the project writes still answer what the framework's own would?

Django REST framework 3.14 to 3.16: https://www.django-rest-framework.org/api-guide/generic-views/#mixins. It does where
each success hands on to `super()`, or sends the `data` of the view's own serializer as the mixins themselves do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.link.evaluate.walk import called_name, children
from auditor.model import form

_FAILURE = re.compile(r"HttpResponse(BadRequest|Forbidden|NotFound|NotAllowed|Gone|ServerError)|HTTP_[45]\d\d_")


def keeps_answer(function: form.Function) -> bool:
    """Whether every success of the method is the framework's own answer, unchanged."""
    returned = [one for one in _returned(function.body) if not _fails(one)]
    return bool(returned) and all(_is_kept(function, one) for one in returned)


def _is_kept(function: form.Function, value: form.Expression) -> bool:
    match value:
        case form.Call(callee=form.Member(form.Call(callee=form.Name("super")), name)):
            return name == function.name
        case form.Call(callee=form.Member(form.Name("self"), "get_paginated_response"), arguments=[one, *_]):
            return _is_data(function, one.value)
        case form.Call(arguments=[one, *_]) if called_name(value) == "Response":
            return _is_data(function, one.value)
        case form.Name(name):
            made = _bound(function, name)
            return bool(made) and all(_is_kept(function, one) for one in made) and not _is_changed(function, name)
        case _:
            return False


def _is_data(function: form.Function, value: form.Expression) -> bool:
    """Whether it is `data` of what `self.get_serializer(…)` gives."""
    match value:
        case form.Member(form.Name(name), "data"):
            made = _bound(function, name)
            return bool(made) and all(_is_own_serializer(one) for one in made)
        case form.Member(made, "data"):
            return _is_own_serializer(made)
        case _:
            return False


def _is_own_serializer(value: form.Expression) -> bool:
    return isinstance(value, form.Call) and isinstance(value.callee, form.Member) and _is_self(value.callee)


def _is_self(callee: form.Member) -> bool:
    return callee.name == "get_serializer" and isinstance(callee.object, form.Name) and callee.object.id == "self"


def _bound(function: form.Function, name: str) -> list[form.Expression]:
    return [
        node.value
        for node in _inside(function.body)
        if isinstance(node, form.Bind)
        and isinstance(node.target, form.Name)
        and node.target.id == name
        and node.value is not None
    ]


def _is_changed(function: form.Function, name: str) -> bool:
    """Whether something of the answer is set after it was made, or it is handed to others."""
    for node in _inside(function.body):
        match node:
            case form.Bind(target=form.Member() | form.Index() as target) if _root(target) == name:
                return True
            case form.Call(callee=form.Member() as callee) if _root(callee) == name:
                return True
            case form.Call(arguments=arguments) if any(_root(one.value) == name for one in arguments):
                return True
            case _:
                pass
    return False


def _root(node: form.Expression) -> str:
    while isinstance(node, form.Member | form.Index):
        node = node.object
    return node.id if isinstance(node, form.Name) else ""


def _fails(value: form.Expression) -> bool:
    """Whether it answers an error: by its class, or by the status that is written."""
    if not isinstance(value, form.Call):
        return False
    status = next((one.value for one in value.arguments if one.name == "status"), None)
    if isinstance(status, form.Literal) and isinstance(status.value, int):
        return status.value >= 400
    told = status.name if isinstance(status, form.Member) else called_name(value)
    return _FAILURE.match(told) is not None


def _returned(body: tuple[form.Statement, ...]) -> Iterator[form.Expression]:
    for node in _inside(body):
        if isinstance(node, form.Return) and node.value is not None:
            yield node.value


def _inside(body: tuple[form.Statement, ...]) -> Iterator[form.Node]:
    """The nodes of a body, without those of functions and classes in it."""
    stack: list[form.Node] = list(reversed(body))
    while stack:
        node = stack.pop()
        if isinstance(node, form.Def | form.Class | form.Function):
            continue
        yield node
        stack.extend(reversed(children(node)))
