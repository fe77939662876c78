"""How aiohttp adds one route, and the syntax of its paths.

aiohttp 3.8 to 3.14 (https://docs.aiohttp.org/en/stable/web_reference.html#router).
"""

from __future__ import annotations

import re

from auditor.adapter import Machine, RouteAdded
from auditor.adapter.endpoints import ANY, Answer, class_answers, method_named, options
from auditor.adapter.pathtext import converter_of, parameter
from auditor.model.value import Arguments, Class, Instance, Text, Value

_VIEWS = ("aiohttp.web.View", "aiohttp.web_urldispatcher.View", "aiohttp.abc.AbstractView",
          "aiohttp_cors.CorsViewMixin", "aiohttp_pydantic.PydanticView")  # fmt: skip
_PARAMETER = re.compile(r"\{([_a-zA-Z]\w*)(?::((?:[^{}]|\{[^{}]*\})+))?\}")


def router_of(value: Value | None) -> Instance | None:
    """The application behind itself, its router, or what documents it."""
    if not isinstance(value, Instance):
        return None
    return value.state if isinstance(value.state, Instance) else value


def add(
    machine: Machine,
    owner: Instance,
    arguments: Arguments,
    method: Value | None,
    path: tuple[Text, ...],
    handler: Value | None,
    condition: str = "",
) -> None:
    """Adds a path to an application, for one method or for those of a class view."""
    for one in options(handler) or (None,):
        for answer in _answers(machine, one, method):
            machine.emit(
                RouteAdded(
                    router=owner,
                    kind="http",
                    methods=answer.methods,
                    path=path,
                    handler=answer.handler,
                    location=arguments.location,
                    framework="aiohttp",
                    condition=condition or machine.conditions(),
                    scope=arguments.scope,
                )
            )


def _answers(machine: Machine, handler: Value | None, method: Value | None) -> list[Answer]:
    given = method_named(machine, method)
    if not isinstance(handler, Class):
        return [Answer(given, handler)]
    own = class_answers(handler, _VIEWS)
    return own if given == (ANY,) else [one for one in own if one.methods[0] in given] or [Answer(given, handler)]


def rewritten(path: str) -> str:
    """`/users/{id:\\d+}` as `/users/{id:int}`."""
    return _PARAMETER.sub(lambda found: parameter(found[1], converter_of(found[2]) if found[2] else ""), path)
