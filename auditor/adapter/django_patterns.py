"""What `path()`, `re_path()` and `include()` of Django give: entries that a URL configuration lists.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/ref/urls/).
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.adapter import Machine
from auditor.adapter.django import PATTERN
from auditor.adapter.django_models import foreign_view
from auditor.model.value import FALSE, Arguments, Instance, List, Model, Text, Unknown, Value

INCLUDE, INCLUDES = "django.urls.include", "django.all includes"
"""The kind of what `include` gives, and the object that knows all of them."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entry of `urlpatterns`. `regular`: its path is a regular expression."""

    regular: bool
    path: Value | None
    view: Value | None
    arguments: Arguments
    condition: str


def pattern(regular: bool) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        path = machine.argument(arguments, 0, "regex" if regular else "route")
        view = machine.argument(arguments, 1, "view")
        if view is None or (isinstance(view, Unknown) and view.wraps is None):
            view = foreign_view(machine, arguments) or view
        state = Pattern(regular, path, view, arguments, machine.conditions())
        return Instance(None, PATTERN, state=state, location=arguments.location)

    return model


def include(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`include("app.urls")`, `include(module)`, `include([…])`, `include((patterns, app_name))`."""
    given = machine.argument(arguments, 0, "arg")
    if isinstance(given, List) and given.kind == "tuple" and given.items:
        given = machine.force(given.items[0])
    made, known = Instance(None, INCLUDE, state=given, location=arguments.location), machine.symbol(INCLUDES)
    if isinstance(known, Instance):
        known.state.append(made)
    return made


def translated(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`i18n_patterns(…)`: below the code of a language; the usual one may go without."""
    inner = Instance(None, INCLUDE, state=List(list(map(machine.force, arguments.positional)), arguments.open))
    fronts = ["{language}/"]
    if machine.argument(arguments, -1, "prefix_default_language") == FALSE:
        fronts.append("")
    return List(
        [
            Instance(None, PATTERN, state=Pattern(False, Text((front,)), inner, arguments, machine.conditions()))
            for front in fronts
        ]
    )


def included(machine: Machine, include: Instance) -> Value:
    """What an include includes: a module by its name, or what it was given."""
    given = machine.force(include.state)
    if isinstance(given, Text) and given.literal and include.location is not None:
        return machine.imported(given.literal, include.location.file)
    return given
