"""Events of the application that a library hands to registered functions: what these are given.

fastapi-events 0.12 (https://github.com/melvinkcx/fastapi-events#event-handlers): a handler is given the pair of name
and payload, for the names that it is registered for.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.channels.origins import Origins
from auditor.link.channels.results import argument_of
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Code, Const, Made, Origin
from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.span import NOWHERE

_PACKAGE = "fastapi_events"
_MOST = 40


def given_events(origins: Origins) -> dict[tuple[form.Function, int], tuple[Origin, ...]]:
    """What the parameters of registered functions are given, by function and position."""
    found: dict[tuple[form.Function, int], dict[Origin, None]] = {}
    for call, scope in origins.index.calls.get("register", ()):
        if not _uses(origins.index.facts[scope.file]):
            continue
        for functions, names in _registrations(origins, call, scope):
            for function in functions:
                first = function.parameters[0].target if function.parameters else None
                position = 1 if isinstance(first, form.Name) and first.id in ("self", "cls") else 0
                for name in names:
                    pair = (form.Literal(name.value, name.location.span), form.Name("payload", NOWHERE))
                    place = origins.index.modules[name.location.file]
                    made = Made(form.Array(pair, "tuple", name.location.span), place)
                    found.setdefault((function, position), {})[made] = None
    return {place: tuple(made) for place, made in found.items()}


def _registrations(
    origins: Origins, call: form.Call, scope: Scope
) -> Iterator[tuple[list[form.Function], list[Const]]]:
    """Functions with the names they are registered for; once for each call of a function that registers what it is
    given."""
    given = {one.name: one.value for one in call.arguments}
    function, name = given.get("_func"), given.get("event_name")
    if function is None or name is None:
        return
    around = scope.function
    callers = list(origins.callers(around))[:_MOST] if around is not None else []
    if around is None or not callers:
        yield _read(origins, function, name, scope)
        return
    for one, inside in callers:
        values = {
            (around, position): origins.of(argument, inside)
            for position in range(len(around.parameters))
            if (argument := argument_of(one, around, position)) is not None
        }
        if values:
            with origins.rooted(values):
                yield _read(origins, function, name, scope)


def _read(
    origins: Origins, function: form.Expression, name: form.Expression, scope: Scope
) -> tuple[list[form.Function], list[Const]]:
    functions = [one.node for one in origins.of(function, scope) if isinstance(one, Code)]
    return functions, [one for one in origins.of(name, scope) if isinstance(one, Const)]


def _uses(facts: FileFacts) -> bool:
    return any(isinstance(one, form.Import) and one.module.partition(".")[0] == _PACKAGE for one in facts.body)
