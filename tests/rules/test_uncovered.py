"""EP201, EP202 and WS102: when a route counts as unused."""

from __future__ import annotations

import pytest
from graphs import API, WEB, call, check, graph, missing, only, route, subjects

from auditor.model.finding import Confidence, Severity, Side
from auditor.model.graph import Ambiguous, CallSite, External, Kind, Matched, Route, Service, Target, Unknown, Verdict

HOME = route("GET /api/home", 1, category="home")
REPORT = route("GET /api/reports/{id}", 2, category="reports")
CALLED = call("GET /api/home", Matched(HOME))
BLANK = Unknown("the URL is a parameter")


def test_unused_is_low() -> None:
    finding = only("EP201", graph(routes=[HOME, REPORT], calls=[CALLED]))
    assert (finding.subject, finding.severity, finding.confidence) == (REPORT.label, Severity.LOW, Confidence.HIGH)


@pytest.mark.parametrize(
    "target",
    [
        Matched(REPORT),
        Ambiguous((HOME, REPORT)),
        missing(Verdict.NEAR, REPORT),
        missing(Verdict.METHOD, REPORT),
        missing(Verdict.PREFIX, REPORT),
    ],
    ids=["matched", "possibly", "narrowly missed", "other method", "drifting"],
)
def test_what_is_reached_or_nearly_is_used(target: Target) -> None:
    assert check("EP201", graph(routes=[HOME, REPORT], calls=[CALLED, call("GET /x", target, 2)])) == []


def test_the_nearest_of_a_missing_endpoint_is_unused() -> None:
    gone = call("GET /x", missing(Verdict.NO_ROUTE, REPORT), 2)
    assert subjects("EP201", graph(routes=[HOME, REPORT], calls=[CALLED, gone])) == [REPORT.label]


@pytest.mark.parametrize(
    "quiet",
    [
        route("GET /api/x", 5, in_schema=False),
        route("GET /api/x", 5, deprecated=True),
        route("GET /api/x", 5, shadowed_by=HOME.location),
        route("GET /api/{rest}", 5, tail=True),
        route("GET /", 5, category=""),
        route("GET /api/v1", 5),
        route("GET /api/v1/health", 5),
        route("GET /health/database", 5),
        route("GET /metrics", 5),
        route("GET /docs", 5),
        route("GET /api/version", 5),
        route("GET /oauth/google/callback", 5),
        route("POST /payments/webhook", 5),
        route("HEAD /api/x", 5),
        route("GET /api/home/{id}", 1, handler=HOME.handler),
        route("GET /files", 5, kind=Kind.MOUNT),
    ],
    ids=lambda quiet: quiet.label,
)
def test_routes_that_need_no_caller(quiet: Route) -> None:
    assert check("EP201", graph(routes=[HOME, quiet], calls=[CALLED])) == []


@pytest.mark.parametrize("path", ["/api/metrics/latency", "/docs/{id}", "/webhooks", "/api/admin/metrics"])
def test_resources_are_no_probes(path: str) -> None:
    assert subjects("EP201", graph(routes=[HOME, route(f"GET {path}", 5)], calls=[CALLED])) == [f"GET {path}"]


@pytest.mark.parametrize(
    ("label", "confidence"),
    [
        pytest.param("GET {}/reports/{}", None, id="the known end fits"),
        pytest.param("GET /reports/{}", None, id="only the base is unknown"),
        pytest.param("{} {}/reports/{}", None, id="any method"),
        pytest.param("POST {}/reports/{}", Confidence.HIGH, id="another method"),
        pytest.param("GET {}/other/{}", Confidence.HIGH, id="the known end does not fit"),
        pytest.param("GET /api/{}", Confidence.MEDIUM, id="the same static prefix"),
        pytest.param("GET /else/{}", Confidence.HIGH, id="another static prefix"),
        pytest.param("WS {}/reports/{}", Confidence.HIGH, id="another transport"),
    ],
)
def test_unresolved_calls(label: str, confidence: Confidence | None) -> None:
    project = graph(routes=[HOME, REPORT], calls=[CALLED, call(label, BLANK, 2)])
    expected = [] if confidence is None else [confidence]
    assert [finding.confidence for finding in check("EP201", project)] == expected


@pytest.mark.parametrize(("resolved", "confidence"), [(20, Confidence.HIGH), (5, Confidence.MEDIUM)])
def test_many_blank_calls_make_every_claim_doubtful(resolved: int, confidence: Confidence) -> None:
    calls = [call("GET /api/home", Matched(HOME), line) for line in range(resolved)]
    project = graph(routes=[HOME, REPORT], calls=[*calls, call("GET {}", BLANK, 99)])
    assert only("EP201", project).confidence is confidence


MOBILE = Service("mobile", Side.FRONTEND, "expo", pairs=("api",))
DOCS = Service("docs", Side.FRONTEND, "astro", pairs=("other",))


@pytest.mark.parametrize(
    ("services", "calls", "confidence"),
    [
        pytest.param((API,), [], None, id="no frontend"),
        pytest.param((API, WEB), [], None, id="a frontend without calls"),
        pytest.param((API, WEB), [call("GET {}", BLANK)], None, id="only unresolved calls"),
        pytest.param((API, WEB), [call("GET /x", External("x.org"))], None, id="only other hosts"),
        pytest.param((API, WEB, MOBILE), [CALLED], Confidence.MEDIUM, id="a second frontend without calls"),
        pytest.param((API, WEB, DOCS), [CALLED], Confidence.HIGH, id="the second belongs to another backend"),
        pytest.param(
            (API, WEB, MOBILE),
            [CALLED, call("GET {}", BLANK, frontend="mobile")],
            None,
            id="a second frontend that could not be read",
        ),
        pytest.param(
            (API, WEB, MOBILE),
            [CALLED, call("GET /x", External("x.org"), frontend="mobile")],
            Confidence.HIGH,
            id="a second frontend that calls other hosts",
        ),
    ],
)
def test_frontends(services: tuple[Service, ...], calls: list[CallSite], confidence: Confidence | None) -> None:
    project = graph(routes=[HOME, REPORT], calls=calls, services=services)
    reports = [finding for finding in check("EP201", project) if finding.subject == REPORT.label]
    assert [finding.confidence for finding in reports] == ([] if confidence is None else [confidence])


@pytest.mark.parametrize(
    ("given", "confidence"),
    [({"conditional": "if DEBUG"}, Confidence.MEDIUM), ({"confidence": Confidence.LOW}, Confidence.LOW)],
)
def test_unsure_routes(given: dict[str, object], confidence: Confidence) -> None:
    unsure = route("GET /reports", 5, **given)
    assert only("EP201", graph(routes=[HOME, unsure], calls=[CALLED])).confidence is confidence


def group(size: int, **given: object) -> list[Route]:
    """Routes of the category "admin", from line 10 on."""
    return [route(f"GET /admin/r{line}", line, category="admin", **given) for line in range(10, 10 + size)]


@pytest.mark.parametrize(
    ("size", "given", "severity"),
    [
        (4, {}, None),
        (5, {}, Severity.MEDIUM),
        (9, {}, Severity.MEDIUM),
        (10, {}, Severity.HIGH),
        (10, {"confidence": Confidence.MEDIUM}, Severity.MEDIUM),
        (5, {"confidence": Confidence.MEDIUM}, Severity.LOW),
        (10, {"category": ""}, None),
    ],
)
def test_a_whole_group(size: int, given: dict[str, object], severity: Severity | None) -> None:
    routes = [route(f"GET /admin/r{n}", n, **{"category": "admin", **given}) for n in range(10, 10 + size)]
    project = graph(routes=[HOME, *routes], calls=[CALLED])
    found = check("EP202", project)
    assert [finding.severity for finding in found] == ([] if severity is None else [severity])
    assert len(check("EP201", project)) == (size if severity is None else 0), "the group speaks for its routes"


def test_a_group_names_its_routes() -> None:
    finding = only("EP202", graph(routes=[HOME, *group(5)], calls=[CALLED]))
    assert finding.subject == "admin in api"
    assert finding.evidence[0].location.line == 10
    assert [place.location.line for place in finding.places] == [11, 12, 13, 14]
    assert finding.details["count"] == 5


@pytest.mark.parametrize(
    "target",
    [
        lambda routes: Matched(routes[0]),
        lambda routes: missing(Verdict.PREFIX, routes[0]),
        lambda routes: Unknown("host"),
    ],
    ids=["called", "drifting", "perhaps called"],
)
def test_one_reached_route_saves_the_group(target: object) -> None:
    routes = group(6)
    assert callable(target)
    project = graph(routes=[HOME, *routes], calls=[CALLED, call("GET {}/admin/r10", target(routes), 2)])
    assert check("EP202", project) == []
    assert len(check("EP201", project)) == 5


def test_categories_of_two_backends_are_two_groups() -> None:
    other = Service("other", Side.BACKEND, "fastapi")
    halves = [*group(3), *(route(f"GET /admin/s{n}", n, category="admin", service="other") for n in range(3))]
    services = (API, other, Service("web", Side.FRONTEND, "vite", pairs=("api", "other")))
    assert check("EP202", graph(routes=[HOME, *halves], calls=[CALLED], services=services)) == []


SOCKET = route("WS /ws/metrics", 3)


@pytest.mark.parametrize(
    ("calls", "severity"),
    [
        pytest.param([CALLED], Severity.MEDIUM, id="nobody"),
        pytest.param([], None, id="no calls at all"),
        pytest.param([CALLED, call("WS /ws/metrics", Matched(SOCKET))], None, id="a client"),
        pytest.param([CALLED, call("WS {}/other/{}", BLANK)], Severity.LOW, id="an unresolved socket"),
        pytest.param([CALLED, call("WS {}/metrics", BLANK)], None, id="an unresolved socket that fits"),
        pytest.param([CALLED, call("WS /ws/metric", missing(Verdict.NEAR, SOCKET))], None, id="a near miss"),
        pytest.param([CALLED, call("GET /ws/metrics", missing(Verdict.TRANSPORT, SOCKET))], None, id="a request"),
    ],
)
def test_sockets(calls: list[CallSite], severity: Severity | None) -> None:
    project = graph(routes=[HOME, SOCKET], calls=calls)
    assert [finding.severity for finding in check("WS102", project)] == ([] if severity is None else [severity])
    assert SOCKET.label not in subjects("EP201", project)
