"""Small project graphs by hand: one backend in `api`, one frontend in `web`, each thing on a line of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.model.finding import Confidence, Finding, Side, Step
from auditor.model.graph import (
    CallSite,
    Candidate,
    Kind,
    Missing,
    ProjectGraph,
    Route,
    Service,
    Target,
    UrlLiteral,
    ValuePair,
    Verdict,
)
from auditor.model.shape import EnumType, FieldType, Model, Scalar, Value
from auditor.model.span import Location, Span
from auditor.registry import load
from auditor.rule import Rule

API = Service("api", Side.BACKEND, "fastapi")
WEB = Service("web", Side.FRONTEND, "vite", pairs=("api",))
RULES = {rule.code: rule for rule in load("auditor_rules", "RULE", Rule)}


def at(file: str, line: int) -> Location:
    """The first column of a line."""
    return Location(file, Span(line, 1, line, 10))


def route(label: str, line: int = 1, **given: object) -> Route:
    """A route by its label: "GET /users/{id}", "WS /updates"."""
    method, path = label.split(" ")
    kind = Kind.WEBSOCKET if method == "WS" else Kind.HTTP
    plain = Route(
        kind=kind,
        method="GET" if method == "WS" else method,
        path=path,
        location=at("api/main.py", line),
        handler=f"handler_{line}",
        framework="fastapi",
        service="api",
        order=line,
        category=path.split("/")[1],
    )
    return replace(plain, **given)  # type: ignore[arg-type]  # fields by name; a wrong one fails at once


def call(label: str, target: Target, line: int = 1, **given: object) -> CallSite:
    """A call by its label: "GET /users/{}", "WS /updates"."""
    method, path = label.split(" ")
    kind = Kind.WEBSOCKET if method == "WS" else Kind.HTTP
    plain = CallSite(
        kind=kind,
        method=method,
        path=path,
        location=at("web/client.ts", line),
        client="fetch",
        frontend="web",
        target=target,
    )
    return replace(plain, **given)  # type: ignore[arg-type]  # fields by name; a wrong one fails at once


def missing(verdict: Verdict, *nearest: Route, drift: str = "") -> Missing:
    """A target without a route, and the routes that nearly match."""
    return Missing(verdict, tuple(Candidate(near, "differs") for near in nearest), drift)


def graph(
    *,
    routes: Iterable[Route] = (),
    calls: Iterable[CallSite] = (),
    services: Iterable[Service] = (API, WEB),
    **given: object,
) -> ProjectGraph:
    """A graph with both sides present."""
    plain = ProjectGraph(services=tuple(services), routes=tuple(routes), calls=tuple(calls))
    return replace(plain, **given)  # type: ignore[arg-type]  # fields by name; a wrong one fails at once


def enum(side: Side, *values: str | int | bool, open: bool = False, name: str = "") -> EnumType:
    """A set of constants, one per line from line 10 on."""
    file = "api/models.py" if side is Side.BACKEND else "web/types.ts"
    name = name or ("Kind" if side is Side.BACKEND else "KindName")
    members = tuple(Value(value, "", at(file, 10 + index)) for index, value in enumerate(values))
    return EnumType(f"{file}:{name}", name, side, at(file, 9), members, open, "enum")


def pair(backend: EnumType, frontend: EnumType, direction: str, confidence: Confidence = Confidence.HIGH) -> ValuePair:
    """Two sets that stand for the same thing."""
    return ValuePair(backend, frontend, "same field", direction, confidence, ())


def model(side: Side, *names: str, open: bool = False, optional: Iterable[str] = ()) -> Model:
    """A model with text fields, one per line from line 10 on."""
    file = "api/models.py" if side is Side.BACKEND else "web/types.ts"
    name = "Token" if side is Side.BACKEND else "TokenResponse"
    left_out = frozenset(optional)
    fields = tuple(
        FieldType(field, field, Scalar("string"), field not in left_out, False, at(file, 10 + index))
        for index, field in enumerate(names)
    )
    return Model(f"{file}:{name}", name, side, at(file, 9), fields, open, "pydantic")


def url(
    text: str, line: int = 1, *, side: Side = Side.FRONTEND, fallback: str = "", local: bool = True, uses: int = 0
) -> UrlLiteral:
    """A URL literal with so many places that use it."""
    scheme, _, rest = text.partition("://")
    file = "api/main.py" if side is Side.BACKEND else "web/client.ts"
    used = tuple(at(file, 100 + index) for index in range(uses))
    return UrlLiteral(text, scheme, rest.partition("/")[0], local, fallback, side, at(file, line), used)


def step(file: str, line: int, what: str) -> Step:
    """One link of a reason chain."""
    return Step(at(file, line), what)


def check(code: str, project: ProjectGraph) -> list[Finding]:
    """What one rule says."""
    return list(RULES[code].check(project))


def subjects(code: str, project: ProjectGraph) -> list[str]:
    """What one rule's findings are about."""
    return [finding.subject for finding in check(code, project)]


def only(code: str, project: ProjectGraph) -> Finding:
    """The one finding of a rule; fails if there are more or none."""
    (finding,) = check(code, project)
    return finding
