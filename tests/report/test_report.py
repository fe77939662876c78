"""The report sorts, counts and judges."""

from __future__ import annotations

import pytest
from report_graphs import BACKEND, FRONTEND, api, drifted, finding, report

from auditor.model.finding import Evidence, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.report.report import Health


def test_findings_are_sorted_by_severity_code_and_place() -> None:
    late = finding(evidence=(Evidence(Side.FRONTEND, api(7), ""),))
    early = finding(evidence=(Evidence(Side.FRONTEND, api(1), ""),))
    other = finding(code="AA100", evidence=(Evidence(Side.FRONTEND, api(9), ""),))
    made = report(*drifted(), late, early, other)
    assert [(one.code, one.evidence[0].location.line) for one in made.findings] == [
        ("AA100", 9), ("EP101", 1), ("EP101", 3), ("EP101", 7), ("RS101", 5), ("EP201", 4), ("XT001", 5),
    ]  # fmt: skip


def test_the_order_of_the_rules_does_not_matter() -> None:
    assert report(*drifted()).findings == report(*reversed(drifted())).findings


@pytest.mark.parametrize(
    ("severity", "health"),
    [
        (Severity.CRITICAL, Health.FAILING),
        (Severity.HIGH, Health.AT_RISK),
        (Severity.MEDIUM, Health.FAIR),
        (Severity.LOW, Health.HEALTHY),
        (Severity.INFO, Health.HEALTHY),
    ],
)
def test_health_is_the_worst_severity(severity: Severity, health: Health) -> None:
    assert report(finding(severity=severity), finding(severity=Severity.LOW)).health is health


def test_counts_have_every_severity() -> None:
    assert dict(report(*drifted()).counts) == {"critical": 1, "high": 1, "medium": 0, "low": 1, "info": 1}


def test_a_project_of_one_side_is_not_healthy() -> None:
    alone = report(graph=ProjectGraph(services=(BACKEND,)))
    assert (alone.health, alone.absent_sides) == (Health.UNKNOWN, (Side.FRONTEND,))
    both = report(graph=ProjectGraph(services=(BACKEND, FRONTEND)))
    assert (both.health, both.absent_sides) == (Health.HEALTHY, ())


def test_info_findings_are_ledger_entries_once() -> None:
    elsewhere = finding("XT001", "unresolved-call", Severity.INFO, "told nowhere else", evidence=())
    made = report(*drifted(), elsewhere)
    assert [(note.kind, note.reason) for note in made.ledger] == [
        ("call", "base URL comes from VITE_API"),
        ("unresolved-call", "told nowhere else"),
    ]
    assert [one.code for one in made.gaps] == ["EP101", "RS101", "EP201"]


def test_losses_are_what_strict_refuses() -> None:
    assert report().losses == ("backend/app/old.py: cannot be read as Python",)
    partly = ProjectGraph(services=(BACKEND, FRONTEND), open_stems={"/admin": "include in a loop over plugins"})
    assert report(graph=partly).losses == ("routes below /admin: include in a loop over plugins",)
