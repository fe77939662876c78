"""EP101 to EP107, WS101 and WS103: what a call without a route becomes, decided by hand-made graphs."""

from __future__ import annotations

import pytest
from graphs import API, WEB, at, call, check, graph, missing, only, route, step, subjects

from auditor.model.absence import open_reason
from auditor.model.finding import Confidence, Severity, Side
from auditor.model.graph import (
    Ambiguous,
    External,
    Kind,
    Matched,
    Missing,
    Own,
    ProjectGraph,
    Service,
    Target,
    Unknown,
    Verdict,
)
from auditor.pipeline import audit_texts

USERS = route("GET /api/users/{id}", 1)
SOCKET = route("WS /ws/updates", 2)
ITEMS = route("POST /api/items/", 3)
ROUTES = (USERS, SOCKET, ITEMS)
ABSENCE_RULES = ("EP101", "EP103", "EP104", "EP106", "EP107", "WS101", "WS103")


@pytest.mark.parametrize(
    ("label", "verdict", "code", "severity"),
    [
        ("GET /api/nothing", Verdict.NO_ROUTE, "EP101", Severity.CRITICAL),
        ("PUT /api/users/{}", Verdict.METHOD, "EP103", Severity.CRITICAL),
        ("GET /api/users", Verdict.ARITY, "EP104", Severity.HIGH),
        ("GET /users/{}", Verdict.PREFIX, "EP106", Severity.HIGH),
        ("GET /api/user/{}", Verdict.NEAR, "EP107", Severity.MEDIUM),
        ("GET /ws/updates", Verdict.TRANSPORT, "WS103", Severity.HIGH),
        ("WS /ws/nothing", Verdict.NO_ROUTE, "WS101", Severity.CRITICAL),
        ("WS /ws/update", Verdict.NEAR, "WS101", Severity.CRITICAL),
        ("WS /updates", Verdict.PREFIX, "WS101", Severity.CRITICAL),
        ("WS /ws", Verdict.ARITY, "WS101", Severity.CRITICAL),
        ("WS /api/items/", Verdict.TRANSPORT, "WS103", Severity.HIGH),
    ],
)
def test_one_cause_one_rule(label: str, verdict: Verdict, code: str, severity: Severity) -> None:
    near = () if verdict is Verdict.NO_ROUTE else (USERS,)
    project = graph(routes=ROUTES, calls=[call(label, missing(verdict, *near, drift="add '/api'"))])
    found = [finding for rule in ABSENCE_RULES for finding in check(rule, project)]
    assert [(finding.code, finding.severity) for finding in found] == [(code, severity)]
    assert [piece.side for piece in found[0].evidence] == [Side.FRONTEND, Side.BACKEND]


@pytest.mark.parametrize(
    "target",
    [Unknown("host"), External("example.org"), Own("web/route.ts"), Matched(USERS), Ambiguous((USERS, ITEMS))],
    ids=lambda target: type(target).__name__,
)
def test_only_missing_is_absent(target: Target) -> None:
    project = graph(routes=ROUTES, calls=[call("GET /api/nothing", target), call("WS /ws/nothing", target)])
    assert [rule for rule in ABSENCE_RULES if check(rule, project)] == []


@pytest.mark.parametrize(
    ("stem", "path", "silent"),
    [
        ("", "/api/x", True),
        ("/api", "/api/x", True),
        ("/api/", "/api", True),
        ("/orgs/{org}", "/orgs/{}/x", True),
        ("/orgs/{org}", "/orgs/acme", True),
        ("/ap", "/api/x", False),
        ("/api/y", "/api/x", False),
        ("/api/x/y", "/api/x", False),
    ],
)
def test_routes_below_an_open_stem_are_not_all_known(stem: str, path: str, silent: bool) -> None:
    project = graph(routes=ROUTES, open_stems={stem: "a router could not be resolved"})
    assert bool(open_reason(project, path)) is silent


def test_a_router_that_is_not_known_does_not_excuse_a_doubled_prefix() -> None:
    files = {
        "api/main.py": """
from fastapi import APIRouter, FastAPI
from missing_module import router as legacy

router = APIRouter(prefix="/users")


@router.get("/me")
def read_me() -> dict[str, str]:
    return {"name": "Ada"}


app = FastAPI()
app.include_router(router, prefix="/api/v1")
app.include_router(legacy, prefix="/api/v1")
""",
        "web/package.json": '{"dependencies": {"axios": "1"}}',
        "web/client.ts": """
import axios from "axios";
const api = axios.create({ baseURL: "/api/v1" });
export const readMe = () => api.get("/api/v1/users/me");
export const readLegacy = () => api.get("/legacy/me");
""",
    }
    report = audit_texts(files, frozenset(("EP101", "EP106")))
    assert [(one.code, one.evidence[1].location.line) for one in report.findings] == [("EP106", 8)]


def test_a_backend_without_routes_proves_nothing() -> None:
    assert check("EP101", graph(calls=[call("GET /x", missing(Verdict.NO_ROUTE))])) == []


def test_calls_of_one_endpoint_are_one_finding() -> None:
    gone = missing(Verdict.NO_ROUTE)
    project = graph(
        routes=ROUTES,
        calls=[
            call("POST /auth/login", gone, 1, confidence=Confidence.MEDIUM),
            call("POST /auth/login", gone, 2, provenance=(step("web/api.ts", 1, "base URL"),)),
            call("GET /auth/login", gone, 3),
            call("POST /auth/login", gone, 4),
        ],
    )
    first, second = check("EP101", project)
    assert (first.subject, second.subject) == ("POST /auth/login", "GET /auth/login")
    assert first.evidence[0].location.line == 2, "the surest call leads"
    assert [place.location.line for place in first.places] == [4, 1]
    assert first.severity is Severity.CRITICAL
    assert first.provenance[0].what == "base URL"
    assert first.details == {"calls": 3}
    assert "3" not in second.message


@pytest.mark.parametrize(
    ("label", "closest"),
    [
        ("GET /api/items/{}/parts", "POST /api/items/"),
        ("GET /api/users/me/x/y", "GET /api/users/{id}"),
        ("GET /elsewhere", "POST /api/items/"),
    ],
)
def test_the_other_side_is_the_closest_route(label: str, closest: str) -> None:
    finding = only("EP101", graph(routes=ROUTES, calls=[call(label, missing(Verdict.NO_ROUTE))]))
    assert finding.evidence[1].label == f"{closest}: closest route"


def test_the_closest_route_is_of_the_paired_backend() -> None:
    other = route("GET /billing/invoices", 9, service="billing", location=at("billing/main.py", 9))
    services = (API, Service("billing", Side.BACKEND, "fastapi"), WEB)
    gone = call("GET /billing/bills", missing(Verdict.NO_ROUTE))
    finding = only("EP101", graph(routes=[*ROUTES, other], calls=[gone], services=services))
    assert finding.evidence[1].location.file == "api/main.py"


def test_the_nearest_route_says_why() -> None:
    finding = only("EP101", graph(routes=ROUTES, calls=[call("GET /x", missing(Verdict.NO_ROUTE, USERS))]))
    assert finding.evidence[1].label == "GET /api/users/{id}: differs"


@pytest.mark.parametrize(
    ("called", "served", "severity"),
    [
        (Confidence.HIGH, Confidence.HIGH, Severity.CRITICAL),
        (Confidence.MEDIUM, Confidence.HIGH, Severity.HIGH),
        (Confidence.HIGH, Confidence.MEDIUM, Severity.HIGH),
        (Confidence.LOW, Confidence.HIGH, Severity.LOW),
    ],
)
def test_confidence_is_that_of_the_weaker_end(called: Confidence, served: Confidence, severity: Severity) -> None:
    near = route("PATCH /users/{id}", 1, confidence=served)
    put = call("PUT /users/{}", missing(Verdict.METHOD, near), confidence=called)
    assert only("EP103", graph(routes=[near], calls=[put])).severity is severity


def test_the_methods_that_are_served_are_named() -> None:
    near = [route("PATCH /users/{id}", 1), route("DELETE /users/{id}", 2)]
    finding = only("EP103", graph(routes=near, calls=[call("PUT /users/{}", missing(Verdict.METHOD, *near))]))
    assert finding.message == "PUT /users/{}: the path is served for DELETE and PATCH only"
    assert len(finding.evidence) == 3


@pytest.mark.parametrize(
    ("redirect", "served", "hint"),
    [(True, "/items/", "add"), (True, "/items", "drop"), (False, "/items/", "")],
)
def test_a_redirect_is_a_finding_of_its_own(redirect: bool, served: str, hint: str) -> None:
    there = route(f"POST {served}", 1)
    target = Matched(there, redirect=redirect)
    project = graph(routes=[there], calls=[call("POST /items", target, 1), call("POST /items", target, 2)])
    found = [(finding.hint.split()[0], len(finding.places)) for finding in check("EP105", project)]
    assert found == ([(hint, 1)] if redirect else [])


def drifting(*calls: tuple[str, str, str], change: str = "remove '/v1'") -> ProjectGraph:
    """Calls as (label, client, "prefix" or "matched"), one per line, with base URLs at web/api.ts:1."""
    targets: dict[str, Target] = {
        "prefix": missing(Verdict.PREFIX, USERS, drift=change),
        "matched": Matched(USERS),
    }
    return graph(
        routes=ROUTES,
        calls=[
            call(label, targets[kind], line, base=client, base_location=at("web/api.ts", 1) if client else None)
            for line, (label, client, kind) in enumerate(calls, start=1)
        ],
    )


def test_a_drift_is_one_finding_at_the_base_url() -> None:
    project = drifting(("GET /v1/a", "api", "prefix"), ("GET /v1/b", "api", "prefix"), ("WS /v1/ws", "", "prefix"))
    finding = only("EP106", project)
    assert finding.evidence[0].location == at("web/api.ts", 1)
    assert [place.location.line for place in finding.places] == [1, 2, 3]
    assert finding.details["affected"] == 3
    assert finding.evidence[1].side is Side.BACKEND
    assert check("WS101", project) == []


@pytest.mark.parametrize(
    "calls",
    [
        pytest.param([("GET /v1/a", "api", "prefix")], id="one call is at fault itself"),
        pytest.param(
            [("GET /v1/a", "api", "prefix"), ("GET /v1/b", "api", "prefix"), ("GET /c", "api", "matched")],
            id="the base URL works for another call",
        ),
        pytest.param([("GET /v1/a", "", "prefix"), ("GET /v1/b", "", "prefix")], id="no base URL"),
    ],
)
def test_a_drift_without_a_culprit_points_to_the_call(calls: list[tuple[str, str, str]]) -> None:
    assert only("EP106", drifting(*calls)).evidence[0].location == at("web/client.ts", 1)


def test_a_drift_counts_what_fails_even_without_it() -> None:
    lost = Missing(Verdict.PREFIX, (), "remove '/v1'", answered=False)
    arriving = missing(Verdict.PREFIX, USERS, drift="remove '/v1'")
    targets = (("GET /v1/a", lost), ("GET /v1/b", arriving), ("WS /v1/ws", lost))
    calls = [call(label, target, line, base="api") for line, (label, target) in enumerate(targets, 1)]
    finding = only("EP106", graph(routes=ROUTES, calls=calls))
    assert finding.message.startswith("2 requests through api and 1 socket miss the backend by a prefix")
    assert finding.hint.endswith("; 2 of the 3 have no route even then")
    assert finding.evidence[-1].location == USERS.location


def test_drifts_of_two_clients_are_two_findings() -> None:
    project = drifting(("GET /v1/a", "api", "prefix"), ("GET /v1/b", "admin", "prefix"))
    assert subjects("EP106", project) == ["api in web: remove '/v1'", "admin in web: remove '/v1'"]


def test_a_socket_with_another_drift_is_missing() -> None:
    http = call("GET /v1/a", missing(Verdict.PREFIX, USERS, drift="remove '/v1'"), 1)
    socket = call("WS /updates", missing(Verdict.PREFIX, SOCKET, drift="add '/ws'"), 2)
    project = graph(routes=ROUTES, calls=[http, socket])
    assert subjects("WS101", project) == ["WS /updates"]
    assert only("EP106", project).details["affected"] == 1


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Kind.SSE, "an EventSource goes to /ws/updates, which is a WebSocket route"),
        (Kind.HTTP, "a request goes to /ws/updates, which is a WebSocket route"),
        (Kind.WEBSOCKET, "a WebSocket goes to /ws/updates, which is an HTTP route"),
    ],
)
def test_the_transports_are_named(kind: Kind, message: str) -> None:
    target = Missing(Verdict.TRANSPORT)
    project = graph(routes=ROUTES, calls=[call("GET /ws/updates", target, kind=kind)])
    assert only("WS103", project).message == message
