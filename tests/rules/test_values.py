"""EN101 to EN104: what becomes of two sets that differ."""

from __future__ import annotations

import pytest
from graphs import check, enum, graph, only, pair

from auditor.model.finding import Confidence, Severity, Side
from auditor.model.graph import ProjectGraph

CODES = ("EN101", "EN102", "EN103", "EN104")


def compared(
    backend: str,
    frontend: str,
    direction: str = "both",
    *,
    open_backend: bool = False,
    open_frontend: bool = False,
    confidence: Confidence = Confidence.HIGH,
) -> ProjectGraph:
    """A graph with one pair of sets, given as words."""
    here = enum(Side.BACKEND, *backend.split(), open=open_backend)
    there = enum(Side.FRONTEND, *frontend.split(), open=open_frontend)
    return graph(values=(pair(here, there, direction, confidence),))


def codes(project: ProjectGraph) -> list[str]:
    return [finding.code for code in CODES for finding in check(code, project)]


@pytest.mark.parametrize(
    ("backend", "frontend", "direction", "expected"),
    [
        pytest.param("a b", "a b", "both", [], id="equal"),
        pytest.param("a b", "b a", "both", [], id="in another order"),
        pytest.param("a b c", "a b", "response", ["EN101"], id="the frontend lacks one"),
        pytest.param("a b c", "a b", "request", [], id="a client may send fewer"),
        pytest.param("a b c", "a b", "both", ["EN101"], id="both ways, the frontend lacks one"),
        pytest.param("a b", "a b c", "request", ["EN102"], id="the backend rejects one"),
        pytest.param("a b", "a b c", "response", [], id="a client may know more"),
        pytest.param("a b c", "b c d", "both", ["EN101", "EN102"], id="both lack one"),
        pytest.param("a b c", "x y z", "both", ["EN103"], id="nothing in common"),
        pytest.param("a b c", "x y z", "request", ["EN103"], id="nothing in common, sent"),
        pytest.param("a b c d e", "a x y z", "both", ["EN103"], id="one of eight in common"),
        pytest.param("a b c d e f g h", "a", "response", ["EN101"], id="a small set inside a large one"),
        pytest.param("a b c d e f g h", "a", "request", [], id="a small set that is only sent"),
        pytest.param("a b c d e f g h i j", "a b x", "both", ["EN101", "EN102"], id="most of a small set"),
        pytest.param("bearer", "Bearer", "response", ["EN104"], id="case"),
        pytest.param("in_progress", "in-progress", "response", ["EN104"], id="separator"),
        pytest.param("inProgress", "IN_PROGRESS", "request", ["EN104"], id="case and separator"),
        pytest.param("bearer mac", "Bearer", "response", ["EN101", "EN104"], id="a case and a missing one"),
        pytest.param("bearer", "bearer Bearer", "response", [], id="both spellings known"),
        pytest.param("a-1 b", "a-2 b", "response", ["EN101"], id="not a spelling"),
    ],
)
def test_which_rule(backend: str, frontend: str, direction: str, expected: list[str]) -> None:
    assert codes(compared(backend, frontend, direction)) == expected


@pytest.mark.parametrize(
    ("backend", "frontend", "direction", "side", "expected"),
    [
        pytest.param("a b c", "a b", "response", "frontend", [], id="an open frontend lacks nothing"),
        pytest.param("a b c", "a b", "response", "backend", ["EN101"], id="an open backend still sends these"),
        pytest.param("a b", "a b c", "request", "backend", [], id="an open backend rejects nothing"),
        pytest.param("a b", "a b c", "request", "frontend", ["EN102"], id="an open frontend still sends these"),
        pytest.param("bearer", "Bearer", "response", "backend", ["EN104"], id="a default against a literal"),
        pytest.param("bearer", "Bearer", "response", "frontend", [], id="the other spelling may be known"),
        pytest.param("bearer", "Bearer", "request", "backend", [], id="the other spelling may be accepted"),
    ],
)
def test_open_sets(backend: str, frontend: str, direction: str, side: str, expected: list[str]) -> None:
    project = compared(backend, frontend, direction, open_backend=side == "backend", open_frontend=side == "frontend")
    assert codes(project) == expected


def test_open_sets_are_never_disjoint() -> None:
    assert check("EN103", compared("a b c", "x y z", open_frontend=True)) == []
    assert check("EN103", compared("a b c", "x y z", open_backend=True)) == []


def test_an_empty_set_was_not_read() -> None:
    assert codes(compared("a b", "")) == []
    assert codes(compared("", "a b")) == []


def test_types_count() -> None:
    here, there = enum(Side.BACKEND, 1, 2), enum(Side.FRONTEND, "1", "2", True)
    finding = only("EN103", graph(values=(pair(here, there, "response"),)))
    assert finding.details["missing"] == [1, 2]
    assert codes(graph(values=(pair(enum(Side.BACKEND, -1), enum(Side.FRONTEND, 1), "response"),))) == ["EN103"]


def test_missing_values_are_in_backend_order() -> None:
    finding = only("EN101", compared("z y x a", "y a", "response"))
    assert finding.details == {"missing": ["z", "x"], "backend": ["z", "y", "x", "a"], "frontend": ["y", "a"]}
    assert finding.message == "KindName lacks 'z' and 'x' of Kind"
    assert finding.subject == "Kind ↔ KindName"
    assert [piece.side for piece in finding.evidence] == [Side.FRONTEND, Side.BACKEND]
    assert finding.severity is Severity.HIGH


def test_many_values_are_counted() -> None:
    finding = only("EN101", compared("a b c d e f g h i j k l", "a b", "response"))
    assert finding.message == "KindName lacks 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j' and 2 more of Kind"
    assert len(finding.details["missing"]) == 10  # type: ignore[arg-type] # a list, by the test above


def test_unknown_values_point_at_the_first() -> None:
    finding = only("EN102", compared("a b", "a x b y", "request"))
    assert finding.evidence[0].location.line == 11
    assert finding.details["missing"] == ["x", "y"]


def test_spellings_are_shown_side_by_side() -> None:
    finding = only("EN104", compared("in_progress done", "done In-Progress", "response"))
    assert finding.message == "KindName spells 'In-Progress' for 'in_progress' of Kind"
    assert [piece.location.line for piece in finding.evidence] == [11, 10]


def test_a_pair_seen_twice_is_one_finding_in_both_directions() -> None:
    here, there = enum(Side.BACKEND, "a", "b", "c"), enum(Side.FRONTEND, "a", "b", "d")
    seen = (pair(here, there, "response", Confidence.MEDIUM), pair(here, there, "request"))
    project = graph(values=seen)
    assert codes(project) == ["EN101", "EN102"]
    assert only("EN101", project).confidence is Confidence.HIGH


def test_confidence_is_that_of_the_pair() -> None:
    finding = only("EN101", compared("a b", "a", "response", confidence=Confidence.MEDIUM))
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("others", "severities"),
    [
        pytest.param("c", [Severity.LOW, Severity.LOW], id="just the rest"),
        pytest.param("b c", [Severity.HIGH, Severity.HIGH], id="a set of its own"),
        pytest.param("a b c", [Severity.HIGH], id="the whole set elsewhere"),
    ],
)
def test_two_types_that_share_a_set_out_are_low(others: str, severities: list[Severity]) -> None:
    here = enum(Side.BACKEND, "a", "b", "c")
    part, rest = (enum(Side.FRONTEND, *values.split(), name=values) for values in ("a b", others))
    project = graph(values=(pair(here, part, "response"), pair(here, rest, "response")))
    assert [finding.severity for finding in check("EN101", project)] == severities


@pytest.mark.parametrize(("direction", "severity"), [("request", Severity.HIGH), ("both", Severity.MEDIUM)])
def test_a_type_that_stands_for_answers_too_may_show_more_than_is_sent(direction: str, severity: Severity) -> None:
    assert only("EN102", compared("a b", "a b c", direction)).severity is severity
