"""EP301, EP302 and EP304: how routes are registered."""

from __future__ import annotations

import pytest
from graphs import at, call, check, graph, missing, only, route, step, subjects

from auditor.model.finding import Confidence, Severity
from auditor.model.graph import ProjectGraph, Route, RouterDecl, Verdict


def twice(*paths: str, **given: object) -> list[Route]:
    """One handler at several paths."""
    return [route(f"POST {path}", 1, **{"handler": "login", "order": n, **given}) for n, path in enumerate(paths)]


@pytest.mark.parametrize(
    ("paths", "subject"),
    [
        (("/auth/login", "/api/auth/login"), ["/ = /api"]),
        (("/api/v1/auth/login", "/auth/login"), ["/ = /api/v1"]),
        (("/api/jail/run", "/api/deep/jail/run"), ["/api = /api/deep"]),
        (("/a", "/a/b"), ["/a = /a/b"]),
        (("/v1/login", "/v2/login"), []),
        (("/users/list", "/items/list"), []),
        (("/login", "/login/"), []),
        (("/login", "/login"), []),
        (("/login",), []),
    ],
)
def test_one_handler_under_several_prefixes(paths: tuple[str, ...], subject: list[str]) -> None:
    assert subjects("EP301", graph(routes=twice(*paths))) == subject


def test_a_router_included_twice_is_one_finding() -> None:
    routes = [
        route(
            f"GET {prefix}/r{handler}",
            handler,
            order=line + handler,
            provenance=(step("api/main.py", line, f"included under '{prefix}'"),),
        )
        for prefix, line in (("", 50), ("/api", 60))
        for handler in (1, 2, 3)
    ]
    finding = only("EP301", graph(routes=routes))
    assert finding.message == "3 routes are served under / and under /api"
    assert [piece.location.line for piece in finding.evidence] == [1, 50, 60]
    assert [place.location.line for place in finding.places] == [2, 3]
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "other",
    [{"handler": "sign_in"}, {"location": at("api/other.py", 1)}, {"service": "billing"}, {"conditional": "if LEGACY"}],
    ids=lambda given: next(iter(given)),
)
def test_only_the_same_handler_is_a_duplicate(other: dict[str, object]) -> None:
    assert check("EP301", graph(routes=[*twice("/auth/login"), *twice("/api/auth/login", **other)])) == []


@pytest.mark.parametrize(
    ("paths", "twins", "subject"),
    [
        pytest.param(["/x/x/a", "/x/x/b"], [], ["/x/x"], id="the whole file"),
        pytest.param(["/api/x/x/a", "/api/x/x/{id}"], [], ["/api/x/x"], id="below a prefix"),
        pytest.param(["/api/v1/api/v1/a"], [], ["/api/v1/api/v1"], id="a doubled run of two"),
        pytest.param(["/chat/chat", "/chat/history"], [], [], id="a route named like its router"),
        pytest.param(["/chat/chat"], [], [], id="one route proves nothing"),
        pytest.param(["/x/x/a"], ["/x/a"], ["/x/x"], id="the plain path is served too"),
        pytest.param(["/x/x/a"], ["/x/b"], [], id="another plain path"),
        pytest.param(["/{id}/{id}/a", "/{id}/{id}/b"], [], [], id="parameters"),
        pytest.param(["/a/b/a/c", "/a/b/a/d"], [], [], id="not in a row"),
    ],
)
def test_doubled_prefixes(paths: list[str], twins: list[str], subject: list[str]) -> None:
    routes = [
        route(f"GET {path}", line, location=at("api/doubled.py", line)) for line, path in enumerate(paths, start=1)
    ]
    routes += [
        route(f"GET {path}", line, location=at("api/plain.py", line)) for line, path in enumerate(twins, start=20)
    ]
    assert subjects("EP301", graph(routes=routes)) == subject


def test_a_doubled_prefix_shows_its_twin() -> None:
    doubled = route("GET /x/x/a", location=at("api/a.py", 1))
    twin = route("GET /x/a", location=at("api/b.py", 2))
    finding = only("EP301", graph(routes=[doubled, twin]))
    assert [piece.location.file for piece in finding.evidence] == ["api/a.py", "api/b.py"]


ITEM = route("GET /items/{id}", 1)


def shadowed(earlier: Route = ITEM, path: str = "/items/mine", **given: object) -> ProjectGraph:
    """A route on line 5 in the shadow of another."""
    return graph(routes=[earlier, route(f"GET {path}", 5, **{"shadowed_by": earlier.location, **given})])


def test_a_shadowed_route() -> None:
    finding = only("EP302", shadowed())
    assert finding.subject == "GET /items/mine (handler_5)"
    assert [piece.location.line for piece in finding.evidence] == [5, 1]
    assert finding.severity is Severity.HIGH
    assert finding.hint == "register the more exact route first"


def test_an_exact_duplicate_needs_no_order() -> None:
    assert only("EP302", shadowed(path="/items/{id}")).hint == "keep one of them"


@pytest.mark.parametrize(
    ("project", "confidence"),
    [
        (shadowed(conditional="if DEBUG"), Confidence.MEDIUM),
        (shadowed(route("GET /items/{id}", 1, conditional="if DEBUG")), Confidence.MEDIUM),
        (shadowed(route("GET /items/{id}", 1, confidence=Confidence.LOW)), Confidence.LOW),
        (shadowed(shadowed_by=at("api/lost.py", 1)), Confidence.MEDIUM),
    ],
    ids=["conditional", "conditional shadow", "unsure shadow", "shadow without a route"],
)
def test_unsure_shadows(project: ProjectGraph, confidence: Confidence) -> None:
    assert only("EP302", project).confidence is confidence


def test_the_same_registration_twice_is_harmless() -> None:
    assert check("EP302", graph(routes=[ITEM, route("GET /items/{id}", 1, order=9, shadowed_by=ITEM.location)])) == []


@pytest.mark.parametrize(
    ("routes", "open", "count"),
    [(("GET /a",), "", 1), (("GET /a",), "an include could not be resolved", 0), ((), "", 0)],
)
def test_unregistered_routers(routes: tuple[str, ...], open: str, count: int) -> None:
    project = graph(routers=(RouterDecl("reports", at("api/reports.py", 3), routes, open),))
    assert len(check("EP304", project)) == count


def test_a_router_names_its_routes() -> None:
    router = RouterDecl("reports", at("api/reports.py", 3), tuple(f"GET /r{n}" for n in range(5)))
    finding = only("EP304", graph(routers=(router,)))
    assert "GET /r0, GET /r1, GET /r2 and 2 more" in finding.message


def test_calls_of_a_router_that_is_not_included_are_its_places() -> None:
    router = RouterDecl("audit", at("api/audit.py", 1), ("GET /logs", "GET /logs/{log_id}"))
    calls = [call(f"GET /api/audit/logs{end}", missing(Verdict.NO_ROUTE), line) for line, end in ((3, ""), (4, "/{}"))]
    other = call("GET /api/hooks/logs", missing(Verdict.NO_ROUTE), 5)
    finding = only("EP304", graph(routers=(router,), calls=[*calls, other]))
    assert finding.severity is Severity.HIGH
    assert [piece.location.line for piece in (*finding.evidence, *finding.places)] == [1, 3, 4]
