"""Socket servers that run beside the application: they take any path and have no routes.

websockets 10 to 15 (https://websockets.readthedocs.io/en/stable/reference/asyncio/server.html: `serve(handler, …)`),
ws4py 0.6 (https://ws4py.readthedocs.io/en/latest/sources/servertutorial/: `WebSocketWSGIApplication(handler_cls=…)`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.link.evaluate.walk import called_name, walk
from auditor.link.modules.python import PythonModules
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.graph import CallSite, Kind, Missing, Route, Unknown
from auditor.model.span import Location

FRAMEWORKS = ("websockets", "ws4py")
ANY_PATH = "/"

_SERVING = {"serve": ("websockets", "handler", 0), "unix_serve": ("websockets", "handler", 0),
            "WebSocketWSGIApplication": ("ws4py", "handler_cls", -1)}  # fmt: skip


def socket_servers(facts: Mapping[str, FileFacts], modules: PythonModules) -> tuple[Route, ...]:
    """One route at "/" for each server, with what handles its connections; in the order of places."""
    found: list[Route] = []
    for file, one in facts.items():
        packages = _imported(one) if one.dialect is Dialect.PYTHON else frozenset()
        for call in _calls(one) if packages else ():
            framework, keyword, position = _SERVING[called_name(call)]
            handler = _given(call, keyword, position)
            if framework in packages and handler:
                found.append(
                    Route(
                        kind=Kind.WEBSOCKET,
                        method="GET",
                        path=ANY_PATH,
                        location=Location(file, call.span),
                        handler=f"{modules.dotted(file)}:{handler}",
                        framework=framework,
                        service="",
                        order=len(found),
                        category="",
                        in_schema=False,
                    )
                )
    return tuple(sorted(found, key=lambda route: route.location))


def unsettled(calls: Sequence[CallSite], servers: Sequence[Route]) -> tuple[CallSite, ...]:
    """The calls, where sockets that no route serves may be meant for one of these servers."""
    if not servers:
        return tuple(calls)
    reason = Unknown(f"a socket server of its own ({servers[0].framework}) takes any path")
    return tuple(
        replace(call, target=reason) if call.kind is Kind.WEBSOCKET and isinstance(call.target, Missing) else call
        for call in calls
    )


def _calls(facts: FileFacts) -> Iterable[form.Call]:
    for statement in facts.body:
        for node in walk(statement):
            if isinstance(node, form.Call) and called_name(node) in _SERVING:
                yield node


def _imported(facts: FileFacts) -> frozenset[str]:
    """Those of the packages that a file imports, also below functions."""
    return frozenset(
        node.module.partition(".")[0]
        for statement in facts.body
        for node in walk(statement)
        if isinstance(node, form.Import)
    ) & frozenset(FRAMEWORKS)


def _given(call: form.Call, keyword: str, position: int) -> str:
    """The name of the handler ("self.handle" gives "handle")."""
    given = next((one.value for one in call.arguments if one.name == keyword), None)
    if given is None and 0 <= position < len(call.arguments) and call.arguments[position].name is None:
        given = call.arguments[position].value
    match given:
        case form.Name(name) | form.Member(name=name):
            return name
        case form.Call(callee=form.Name("partial") | form.Member(name="partial"), arguments=arguments) if arguments:
            inner = arguments[0].value
            return inner.id if isinstance(inner, form.Name) else getattr(inner, "name", "")
        case _:
            return ""
