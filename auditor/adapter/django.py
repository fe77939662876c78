"""What Django's adapters share: the entries of `urlpatterns`, and the methods a view answers.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/http/urls/ and
https://docs.djangoproject.com/en/5.2/ref/class-based-views/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.adapter import Machine
from auditor.adapter.django_views import BASES, READY, answers_nothing
from auditor.adapter.endpoints import ANY, UNREAD, attribute, lineage, methods_named
from auditor.model import form
from auditor.model.value import Arguments, Class, Closure, Instance, Symbol, Text, Value
from auditor.model.wrapping import unwrapped

VIEW = "django.views.view"
"""The kind of what `SomeView.as_view()` gives; its state is a `View`."""

METHODS = "__django_methods__"
"""The attribute under which a decorator keeps the methods of a function view, upper case."""

PATTERN = "django.urls.URLPattern"


@dataclass(frozen=True, slots=True)
class View:
    """A class-based view. `actions`: the function for each method, upper case, where `as_view` was told."""

    of: Class | Symbol
    actions: Mapping[str, str] | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry of `urlpatterns` that a router made; without methods anything may be served below its path."""

    methods: tuple[str, ...]
    path: Text
    handler: Value | None
    arguments: Arguments
    condition: str
    options: Mapping[str, form.Expression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """The handler of each method. `whole`: the view answers no other method."""

    handlers: tuple[tuple[str, Value | None], ...]
    whole: bool = True


_VERBS = ("get", "post", "put", "patch", "delete")


def answers_of(machine: Machine, view: Value | None) -> Answers:
    """The methods a view answers: `*` for a function that checks nothing itself, `UNREAD` if none can be read."""
    view = unwrapped(view)
    if isinstance(view, Closure):
        given = (view.attributes or {}).get(METHODS)
        methods = methods_named(machine, given) if given is not None else (ANY,)
        return Answers(tuple((method, view) for method in methods))
    if isinstance(view, Symbol) and view.name in READY:
        return Answers(tuple((method, view) for method in READY[view.name]))
    if isinstance(view, Instance) and view.cls is not None:
        called = attribute(view.cls, "__call__")
        return Answers(((ANY, called if isinstance(called, Closure) else view.cls),))
    of = view.state if isinstance(view, Instance) and view.kind == VIEW else None
    if not isinstance(of, View) or of.unread:
        return Answers(((UNREAD, of.of if isinstance(of, View) else None),), whole=False)
    if of.actions is not None:
        return Answers(tuple((method, _function(of.of, name)) for method, name in of.actions.items()))
    if isinstance(of.of, Symbol):
        methods = BASES.get(of.of.name, ())
        return Answers(tuple((one, of.of) for one in methods or (UNREAD,)), whole=bool(methods))
    return _class_answers(machine, of.of)


def _class_answers(machine: Machine, cls: Class) -> Answers:
    """A view sends a request to the function of its method's name, unless it has a `dispatch` of its own."""
    found: dict[str, None] = {}
    whole = True
    for base in lineage(cls):
        if isinstance(base, Class):
            whole = whole and not _dispatches(base.attributes.get("dispatch"))
            found.update((verb.upper(), None) for verb in _VERBS if verb in base.attributes)
        elif isinstance(base, Symbol) and base.name in BASES:
            found.update((method, None) for method in BASES[base.name])
        elif not isinstance(base, Symbol) or not answers_nothing(base.name):
            whole = False
    allowed = attribute(cls, "http_method_names")
    names = methods_named(machine, allowed) if allowed is not None else ()
    methods = tuple(method for method in found if not names or method in names or UNREAD in names)
    handlers = tuple((method, _function(cls, method.lower())) for method in methods)
    return Answers(handlers or ((UNREAD, cls),), whole and bool(handlers) and UNREAD not in names)


def _function(of: Class | Symbol, name: str) -> Value:
    """The function of a class that a method leads to, the class itself where a library has it."""
    found = attribute(of, name) if isinstance(of, Class) else None
    return found if isinstance(found, Closure) else of


def _dispatches(value: Value | None) -> bool:
    """Whether a `dispatch` answers by itself, instead of handing on to the one it overrides."""
    function = unwrapped(value)
    if not isinstance(function, Closure):
        return function is not None
    return not _calls(function.node, "dispatch")


def _calls(node: form.Node, method: str) -> bool:
    """Whether something calls a method of that name."""
    stack: list[object] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, form.Call) and isinstance(current.callee, form.Member) and current.callee.name == method:
            return True
        if isinstance(current, tuple):
            stack += current
        elif isinstance(current, form.Node):
            stack += [getattr(current, name) for name in current.__struct_fields__]
    return False
