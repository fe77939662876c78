"""What Django's adapters share: paths and regular expressions as route paths, and the methods a view answers.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/http/urls/ and
https://docs.djangoproject.com/en/5.2/ref/class-based-views/).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.adapter import Machine
from auditor.adapter.endpoints import ANY, UNREAD, lineage, methods_named
from auditor.adapter.pathtext import converter_of, parameter
from auditor.model.value import Arguments, Class, Closure, Instance, Symbol, Text, Value
from auditor.model.wrapping import unwrapped

VIEW = "django.views.view"
"""The kind of what `SomeView.as_view()` gives; its state is the class."""

METHODS = "__django_methods__"
"""The attribute under which a decorator keeps the methods of a function view, upper case."""

PATTERN = "django.urls.URLPattern"


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry of `urlpatterns` that a router made; without methods anything may be served below its path."""

    methods: tuple[str, ...]
    path: Text
    handler: Value | None
    arguments: Arguments
    condition: str


_READ, _SUBMIT = ("GET",), ("GET", "POST", "PUT")
# https://docs.djangoproject.com/en/5.2/ref/class-based-views/flattened-index/
_GENERIC = {
    **dict.fromkeys(("TemplateView", "ListView", "DetailView"), _READ),
    **dict.fromkeys(("FormView", "CreateView", "UpdateView"), _SUBMIT),
    "DeleteView": ("GET", "POST", "DELETE"),
    "RedirectView": ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
    "View": (),
}
# https://www.django-rest-framework.org/api-guide/generic-views/#concrete-view-classes
_REST = {
    "ListAPIView": ("GET",), "RetrieveAPIView": ("GET",), "CreateAPIView": ("POST",), "DestroyAPIView": ("DELETE",),
    "UpdateAPIView": ("PUT", "PATCH"), "ListCreateAPIView": ("GET", "POST"), "GenericAPIView": (),
    "RetrieveUpdateAPIView": ("GET", "PUT", "PATCH"), "RetrieveDestroyAPIView": ("GET", "DELETE"),
    "RetrieveUpdateDestroyAPIView": ("GET", "PUT", "PATCH", "DELETE"),
}  # fmt: skip
_MODULES = {"View": ("base",), "TemplateView": ("base",), "RedirectView": ("base",), "ListView": ("list",),
            "DetailView": ("detail",)}  # fmt: skip

BASES: dict[str, tuple[str, ...]] = {
    "django.views.View": (),
    **{f"django.views.generic.{name}": methods for name, methods in _GENERIC.items()},
    **{f"django.views.generic.{_MODULES.get(name, ('edit',))[0]}.{name}": verbs for name, verbs in _GENERIC.items()},
    "rest_framework.views.APIView": (),
    **{f"rest_framework.generics.{name}": methods for name, methods in _REST.items()},
}
"""The methods that the libraries' class-based views answer by themselves."""

_VERBS = ("get", "post", "put", "patch", "delete")
_PLAIN = ("object", "abc.ABC", "typing.Generic")
_SILENT = ("django.contrib.auth.mixins.", "django.utils.", "rest_framework.mixins.")
_VARIABLE = re.compile(r"<(?:\s*([A-Za-z_]\w*):)?([A-Za-z_]\w*)\s*>")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_SPECIAL = frozenset("()[]{}*+?|.^$")


def rewritten(path: str) -> str:
    """`path()` syntax: `users/<int:pk>/` is `users/{pk:int}/`."""
    return _VARIABLE.sub(lambda found: parameter(found[2], "" if found[1] in (None, "str") else found[1]), path)


def expression_paths(expression: str) -> tuple[tuple[str, ...], bool] | None:
    """`re_path()` syntax: the route paths, one per optional slash, and whether nothing may follow; None if unread.

    Only texts, escaped letters, groups of one segment and `/?` are read.
    """
    rest = expression.removeprefix("^")
    closed = rest.endswith(("$", r"\Z")) and not rest.endswith(r"\$")
    rest = rest.removesuffix("$").removesuffix(r"\Z") if closed else rest
    found, place, unnamed = [""], 0, 0
    while place < len(rest):
        letter = rest[place]
        piece, end = letter, place + 1
        if letter == "(":
            end = _group_end(rest, place)
            named = _GROUP.match(rest, place)
            inner = rest[named.end() if named else place + 1 : end - 1]
            if end < 0 or (inner.startswith("?") and not named) or "/" in inner or not _is_segment(inner):
                return None
            unnamed += 0 if named else 1
            piece = parameter(named[1] if named else f"arg{unnamed}", converter_of(inner))
        elif letter == "\\":
            piece, end = rest[place + 1 : place + 2], place + 2
            if not piece or piece.isalnum():
                return None
        elif letter in _SPECIAL:
            return None
        if rest[end : end + 1] == "?" and piece == "/":
            found = [*(one + "/" for one in found), *found]
            end += 1
        elif rest[end : end + 1] in ("*", "+", "?", "{") and rest[end : end + 1]:
            return None
        else:
            found = [one + piece for one in found]
        place = end
    return tuple(dict.fromkeys(found)), closed


def stem(expression: str) -> str:
    """The whole segments in front of the first thing in an expression that is no plain text."""
    plain = re.match(r"[\w/-]*", expression.removeprefix("^"))
    return (plain[0] if plain else "").rpartition("/")[0]


def methods_of(machine: Machine, view: Value | None) -> tuple[tuple[str, ...], Value | None]:
    """The methods a view answers, and its function or class: `*` for a function that checks nothing itself."""
    view = unwrapped(view)
    if isinstance(view, Closure):
        given = (view.attributes or {}).get(METHODS)
        return (methods_named(machine, given) if given is not None else (ANY,)), view
    of = view.state if isinstance(view, Instance) and view.kind == VIEW else None
    if isinstance(of, Symbol):
        return BASES.get(of.name) or (UNREAD,), of
    return (_class_methods(machine, of), of) if isinstance(of, Class) else ((UNREAD,), None)


def _class_methods(machine: Machine, cls: Class) -> tuple[str, ...]:
    """A view sends a request to the function of its method's name, unless it has a `dispatch` of its own."""
    found: dict[str, None] = {}
    for base in lineage(cls):
        if isinstance(base, Class):
            if "dispatch" in base.attributes:
                return (UNREAD,)
            found.update((verb.upper(), None) for verb in _VERBS if verb in base.attributes)
        elif isinstance(base, Symbol) and base.name in BASES:
            found.update((method, None) for method in BASES[base.name])
        elif not isinstance(base, Symbol) or not (base.name in _PLAIN or base.name.startswith(_SILENT)):
            return (UNREAD,)
    allowed = machine.member(cls, "http_method_names")
    names = methods_named(machine, allowed) if any("http_method_names" in _own(one) for one in lineage(cls)) else ()
    if UNREAD in names:
        return (UNREAD,)
    return tuple(method for method in found if not names or method in names) or (UNREAD,)


def _own(base: Value) -> dict[str, Value]:
    return base.attributes if isinstance(base, Class) else {}


def _is_segment(inner: str) -> bool:
    try:
        pattern = re.compile(inner)
    except re.error:
        return False
    return converter_of(inner) != "path" and not any(pattern.fullmatch(text) for text in ("a/b", "1/2", "/", ""))


def _group_end(text: str, start: int) -> int:
    depth, place = 0, start
    while place < len(text):
        if text[place] == "\\":
            place += 1
        else:
            depth += {"(": 1, ")": -1}.get(text[place], 0)
        place += 1
        if depth == 0:
            return place
    return -1
