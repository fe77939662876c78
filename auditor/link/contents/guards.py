"""Who may call a handler: decorators and class attributes that demand credentials.

Flask-Login, Flask-JWT-Extended, Flask-HTTPAuth, Flask-Security, Django's own decorators and mixins, Django REST
framework (https://www.django-rest-framework.org/api-guide/permissions/), Tornado, Litestar, Sanic-JWT; and decorators
of the project that answer 401 or 403.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.contents.raised import raised
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.span import Location

_DECORATORS = frozenset(
    {
        "login_required", "fresh_login_required", "jwt_required", "auth_required", "auth_token_required",
        "http_auth_required", "token_required", "roles_required", "roles_accepted", "permissions_required",
        "permissions_accepted", "permission_required", "user_passes_test", "staff_member_required", "authenticated",
        "protected", "verify_jwt_in_request", "require_auth", "requires_auth", "has_access", "has_access_api",
        "protect",
    }
)  # fmt: skip
_LIBRARIES = (
    "flask_login", "flask_jwt_extended", "flask_jwt", "flask_httpauth", "flask_security", "flask_principal",
    "flask_appbuilder", "django", "tornado", "sanic_jwt", "sanic_ext", "quart_auth", "quart_jwt_extended", "apiflask",
    "authlib", "starlette", "rest_framework", "aiohttp_security", "litestar",
)  # fmt: skip
_OPEN = frozenset({"AllowAny", "IsAuthenticatedOrReadOnly", "DjangoModelPermissionsOrAnonReadOnly"})
_READING = ("GET", "HEAD", "OPTIONS")
_MIXINS = frozenset({"LoginRequiredMixin", "PermissionRequiredMixin", "UserPassesTestMixin"})
_LISTS = ("decorators", "method_decorators")
_REFUSED = (401, 403)
_SIGN_IN = re.compile(r"log_?-?in\b|sign_?-?in\b", re.IGNORECASE)
_DEPTH = 8


def guards_of(
    decorators: Sequence[Written], owner: Callee | None, method: str, names: Names
) -> Iterator[tuple[str, Location]]:
    """The names of what is demanded, with the place of each."""
    for one in decorators:
        yield from _decorator(one, method, names)
    for cls in names.bases(owner) if owner is not None else ():
        assert isinstance(cls.node, form.Class)
        for base in cls.node.bases:
            name = names.library(Written(cls.file, base))
            if name in _MIXINS:
                yield name, place_of(Written(cls.file, base))
    yield from _attributes(owner, method, names)


def has_permissions(owner: Callee, names: Names) -> bool:
    """Whether a class of Django REST framework says itself who may call it."""
    return _attribute(owner, "permission_classes", names) is not None


def _decorator(one: Written, method: str, names: Names) -> Iterator[tuple[str, Location]]:
    callee = one.node.callee if isinstance(one.node, form.Call) else one.node
    full = names.types.library(one.file, callee)
    name = full.rpartition(".")[2]
    if name == "permission_classes" and isinstance(one.node, form.Call):
        yield from _permissions([one.other(argument.value) for argument in one.node.arguments], method, names)
        return
    if name in ("method_decorator", "decorator_from_middleware") and isinstance(one.node, form.Call):
        for argument in one.node.arguments[:1]:
            yield from _decorator(one.other(argument.value), method, names)
        return
    if name in _DECORATORS:
        made = names.value(one.other(callee.object)) if isinstance(callee, form.Member) else None
        if made is not None and isinstance(made.node, form.Call):  # `auth.login_required` of `auth = HTTPBasicAuth()`
            full = names.types.library(made.file, made.node.callee)
        if full.partition(".")[0] in _LIBRARIES and not _is_optional(one.node):
            yield name, place_of(one)
            return
    bound = names.value(one)  # `staff_only = user_passes_test(is_staff)`
    if isinstance(bound.node, form.Call) and bound.node is not one.node and any(_decorator(bound, method, names)):
        yield name or getattr(callee, "id", ""), place_of(one)
        return
    if any(_refuses(own, names) for own in _project_decorator(one, names)):
        yield name or getattr(callee, "id", ""), place_of(one)


def _refuses(callee: Callee, names: Names) -> bool:
    """Whether a decorator answers 401 or 403, or sends who is not known to where one signs in."""
    if any(status in _REFUSED for status in raised([callee], names)):
        return True
    for node in walk(callee.node):
        if isinstance(node, form.Call) and called_name(node) in ("redirect", "redirect_to_login"):
            texts = [one.value for one in walk(node) if isinstance(one, form.Literal) and isinstance(one.value, str)]
            if called_name(node) == "redirect_to_login" or any(_SIGN_IN.search(text) for text in texts):
                return True
    return False


def _project_decorator(one: Written, names: Names) -> Iterator[Callee]:
    """The function, or the `__call__` of the class, that a decorator is; also of `admin = needs("admin")`."""
    value = names.value(one)
    made = value.other(value.node.callee) if isinstance(value.node, form.Call) else value
    own = names.callee(made)
    if own is None:
        return
    if isinstance(own.node, form.Function):
        yield own
        return
    for cls in names.bases(own):
        assert isinstance(cls.node, form.Class)
        for part in cls.node.body:
            if isinstance(part, form.Def) and part.function.name == "__call__":
                yield Callee(cls.file, part.function, f"{cls.name}.__call__", True, own)


def _is_optional(node: form.Expression) -> bool:
    """`@jwt_required(optional=True)`, `@auth.login_required(optional=True)`."""
    given = node.arguments if isinstance(node, form.Call) else ()
    return any(
        one.name == "optional" and isinstance(one.value, form.Literal) and one.value.value is True for one in given
    )


def _attributes(owner: Callee | None, method: str, names: Names) -> Iterator[tuple[str, Location]]:
    if owner is None:
        return
    permissions = _attribute(owner, "permission_classes", names)
    if permissions is not None:
        yield from _permissions([permissions], method, names)
    for listed in _LISTS:
        found = _attribute(owner, listed, names)
        for item in _items(found, names) if found is not None else ():
            yield from _decorator(item, method, names)


def _items(written: Written, names: Names, depth: int = 0) -> Iterator[Written]:
    """The items of a list, also of `Base.decorators + [one]`."""
    value = names.value(written)
    match value.node:
        case form.Array(items):
            yield from map(value.other, items)
        case form.Binary("+", left, right) if depth < _DEPTH:
            for side in (left, right):
                yield from _items(value.other(side), names, depth + 1)
        case form.Member(object, name) if depth < _DEPTH:
            cls = names.callee(value.other(object))
            inherited = _attribute(cls, name, names) if cls is not None else None
            if inherited is not None:
                yield from _items(inherited, names, depth + 1)
        case _:
            pass


def _attribute(owner: Callee, name: str, names: Names) -> Written | None:
    for cls in names.bases(owner):
        assert isinstance(cls.node, form.Class)
        for part in cls.node.body:
            if isinstance(part, form.Field) and part.name == name and part.value is not None:
                return Written(cls.file, part.value)
    return None


def _permissions(given: Sequence[Written], method: str, names: Names) -> Iterator[tuple[str, Location]]:
    for one in given:
        value = names.value(one)
        match value.node:
            case form.Array(items):
                yield from _permissions([value.other(item) for item in items], method, names)
            case form.Binary("&" | "|" as operator, left, right):
                sides = [list(_permissions([value.other(side)], method, names)) for side in (left, right)]
                if operator == "&" or all(sides):  # one that lets everybody in opens an alternative
                    yield from (found for side in sides for found in side)
            case form.Name() | form.Member():
                name = names.library(value) or getattr(value.node, "id", "")
                if name not in _OPEN or (name != "AllowAny" and method not in _READING):
                    yield name, place_of(value)
            case _:
                pass
