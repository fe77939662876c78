"""Models of what makes a view: `as_view`, and the decorators that say which methods a function takes.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/http/decorators/) and Django REST framework
(https://www.django-rest-framework.org/api-guide/viewsets/#viewset-actions). Views are also found by the names of what
they show (https://docs.djangoproject.com/en/5.2/ref/models/options/#label).
"""

from __future__ import annotations

from auditor.adapter import Machine
from auditor.adapter.django import METHODS, VIEW, View
from auditor.model import form
from auditor.model.value import (
    NONE,
    Arguments,
    Class,
    Closure,
    Instance,
    List,
    Model,
    Native,
    Record,
    Scope,
    Symbol,
    Text,
    Unknown,
    Value,
)


def as_view(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`View.as_view()`, `ViewSet.as_view({"get": "list"})`."""
    if not isinstance(this, Class | Symbol):
        return NONE
    actions = machine.argument(arguments, 0, "actions")
    view = View(this)
    if isinstance(actions, Record):
        named = {method.upper(): machine.force(value) for method, value in actions.entries.items()}
        known = {method: one.literal for method, one in named.items() if isinstance(one, Text) and one.literal}
        view = View(this, known, actions.open or len(known) < len(named))
    elif actions is not None:
        view = View(this, unread=True)
    return Instance(None, VIEW, state=view, location=arguments.location)


def library_view(name: str) -> Model:
    """`as_view` of a class that a library has."""
    return lambda machine, arguments, this: as_view(machine, arguments, Symbol(name))


def foreign_view(machine: Machine, arguments: Arguments) -> Value | None:
    """`View.as_view()` of a class of the project whose bases only a library knows, also inside decorators."""
    written = arguments.expression(1, "view")
    while isinstance(written, form.Call):
        callee = written.callee
        if isinstance(callee, form.Member) and callee.name == "as_view" and arguments.scope is not None:
            of = _named(machine, arguments.scope, callee.object)
            view = View(of, unread=bool(written.arguments)) if isinstance(of, Class) else None
            return None if view is None else Instance(None, VIEW, state=view, location=arguments.location)
        written = written.arguments[0].value if len(written.arguments) == 1 else None
    return None


def only(*methods: str) -> Model:
    """`@require_GET`."""
    named = List([Text((method,)) for method in methods])
    return lambda machine, arguments, this: _limit(machine, named, machine.argument(arguments, 0))


def require(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@require_http_methods([…])`, `@api_view([…])`: GET where none are named."""
    named = machine.argument(arguments, 0) or List([Text(("GET",))])
    return Native("a decorator", lambda machine, inner, _: _limit(machine, named, machine.argument(inner, 0)))


def model_made(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """A class of rows: its `_meta` has the name of the class and the label of the application, which is the package
    that its `models` stand in unless it says otherwise."""
    if not isinstance(this, Class):
        return NONE
    options = this.attributes.get("Meta")
    given = options.attributes.get("app_label") if isinstance(options, Class) else None
    module = machine.member(this, "__module__")
    package = module.literal.split(".") if isinstance(module, Text) and module.literal else []
    package = package[: package.index("models")] if "models" in package else package[:-1]
    label = machine.force(given) if given is not None else Text((package[-1],)) if package else Unknown("a label")
    name = Text((this.node.name,))
    this.attributes["_meta"] = Record(
        {"app_label": label, "model_name": Text((this.node.name.lower(),)), "object_name": name}, open=True
    )
    return NONE


def import_string(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`import_string("package.module.Name")`."""
    given = machine.argument(arguments, 0, "dotted_path")
    path = given.literal if isinstance(given, Text) else None
    if not path or "." not in path:
        return Unknown("something imported by a computed name")
    module, _, name = path.rpartition(".")
    return machine.member(machine.imported(module, arguments.location.file), name)


def _named(machine: Machine, scope: Scope, written: form.Expression) -> Value:
    if isinstance(written, form.Member):
        return machine.member(_named(machine, scope, written.object), written.name)
    return machine.force(scope.lookup(written.id) if isinstance(written, form.Name) else None)


def _limit(machine: Machine, methods: Value, function: Value | None) -> Value:
    if isinstance(function, Closure):
        function.attributes = {**(function.attributes or {}), METHODS: methods}
    return function or NONE
