"""One recommendation for one cause, the worst first."""

from __future__ import annotations

from report_graphs import api

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.span import Location, Span
from auditor.report.recommendations import Recommendation, recommendations
from auditor.report.report import build_report


def found(code: str, subject: str, severity: Severity, file: str = "web/client.ts", **given: object) -> Finding:
    """A finding at the top of a file."""
    side = Side.BACKEND if file.startswith("api/") else Side.FRONTEND
    evidence = (Evidence(side, Location(file, Span(1, 1, 1, 9)), "here"), Evidence(Side.BACKEND, api(1), "there"))
    details = given.get("details", {})
    assert isinstance(details, dict)
    hint = str(given.get("hint", ""))
    return Finding(code, "flaw", "area", severity, Confidence.HIGH, subject, hint, subject, evidence, details=details)


def made(*findings: Finding) -> tuple[Recommendation, ...]:
    """What is recommended."""
    return recommendations(build_report(ProjectGraph(), findings, lambda file: ()))


def told(*findings: Finding) -> list[tuple[str, str, int]]:
    """Priority, title and number of findings of each."""
    return [(str(one.priority), one.title, len(one.findings)) for one in made(*findings)]


def test_requests_to_a_router_that_is_not_included_have_one_cause() -> None:
    router = found(
        "EP304", "audit", Severity.MEDIUM, "api/audit.py", details={"routes": ["GET /logs", "GET /logs/{log_id}"]}
    )
    calls = [found("EP101", f"GET /api/v1/audit/logs{end}", Severity.CRITICAL) for end in ("", "/{}")]
    other = found("EP101", "POST /api/v1/audit/logs", Severity.CRITICAL)
    assert told(router, *calls, other) == [
        ("critical", "audit", 3),
        ("critical", "POST /api/v1/audit/logs", 1),
    ]


def test_a_route_without_a_written_segment_is_nobodys_cause() -> None:
    router = found("EP304", "items", Severity.MEDIUM, "api/items.py", details={"routes": ["GET /{item_id}", "GET /"]})
    assert told(router, found("EP101", "GET /users/{}", Severity.CRITICAL)) == [
        ("critical", "GET /users/{}", 1),
        ("medium", "items", 1),
    ]


def test_a_route_that_ends_many_paths_needs_the_name_of_its_router() -> None:
    router = found("EP304", "audit", Severity.MEDIUM, "api/audit.py", details={"routes": ["GET /logs"]})
    assert len(told(router, found("EP101", "GET /hooks/logs", Severity.CRITICAL))) == 2
    assert len(told(router, found("EP101", "GET /api/audit/logs", Severity.CRITICAL))) == 1


def test_a_client_without_a_server_is_one_cause_from_three_requests_on() -> None:
    paths = ("GET /a", "GET /b", "GET /c", "GET /d")
    assert told(*(found("EP101", path, Severity.HIGH) for path in paths)) == [("high", "web/client.ts", 4)]
    assert told(*(found("EP101", path, Severity.HIGH, hint="drop it") for path in paths[:2])) == [
        ("high", "GET /a, GET /b", 2)
    ]


def test_a_type_that_differs_in_several_ways_is_one_cause() -> None:
    lacking = found("RS101", "User ↔ UserDto", Severity.HIGH, hint="return 'email'")
    kind = found("RS103", "User ↔ UserDto.age", Severity.MEDIUM, hint="declare a number")
    (only,) = made(lacking, kind)
    assert (only.title, only.codes, only.action) == (
        "User",
        ("RS101", "RS103"),
        "align both sides: return 'email'; declare a number",
    )


def test_one_rule_with_many_cures_is_one_recommendation() -> None:
    many = [found("RS201", f"field {number}", Severity.LOW, hint=f"cure {number}") for number in range(12)]
    assert told(*many) == [("low", "flaw", 12)]
    assert len(told(*many[:4])) == 4


def test_of_one_priority_what_has_most_places_comes_first() -> None:
    small = found("UR101", "a", Severity.HIGH, hint="x")
    large = [found("UR102", name, Severity.HIGH, hint="y") for name in "bc"]
    assert [one.title for one in made(small, *large)] == ["b, c", "a"]
