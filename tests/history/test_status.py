"""The history of gaps over several audits."""

from __future__ import annotations

import pytest

from auditor.history.status import Status, StatusError, read_status, status_text, updated
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.span import Location, Span


def finding(subject: str, line: int = 1, message: str = "m") -> Finding:
    place = Evidence(Side.FRONTEND, Location("a.ts", Span(line, 1, line, 2)), "x")
    return Finding("EP101", "missing", "endpoints", Severity.HIGH, Confidence.HIGH, message, "", subject, (place,))


ALL = frozenset({"EP101"})


def history(*audits: tuple[str, list[Finding]]) -> Status:
    status = Status()
    for revision, findings in audits:
        status = read_status(status_text(updated(status, findings, revision, ALL)))
    return status


def test_a_gap_is_seen_resolved_and_seen_again() -> None:
    one, two = finding("GET /a"), finding("GET /b")
    status = history(("r1", [one]), ("r2", [finding("GET /a", 9, "moved"), two]), ("r3", [two]), ("r4", [one, two]))
    first, second = status.gaps
    assert (first.first_seen, first.last_seen, first.resolved_in, first.reopened_in) == ("r1", "r4", "", "r4")
    assert (second.first_seen, second.last_seen, second.resolved_in) == ("r2", "r4", "")


def test_what_is_resolved_keeps_the_revision_in_which_it_was() -> None:
    status = history(("r1", [finding("GET /a")]), ("r2", []), ("r3", []))
    assert [(gap.last_seen, gap.resolved_in) for gap in status.gaps] == [("r1", "r2")]
    assert status.open == 0


def test_nothing_is_resolved_that_was_not_looked_for() -> None:
    status = updated(history(("r1", [finding("GET /a")])), [], "r2", frozenset({"EN101"}))
    assert status.open == 1


def test_the_same_audit_again_gives_the_same_bytes() -> None:
    once = history(("r1", [finding("GET /a"), finding("GET /b")]))
    assert status_text(once) == status_text(updated(once, [finding("GET /a"), finding("GET /b")], "r1", ALL))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 9, "gaps": []}', '{"version": 1, "gaps": [1]}', "\0"])
def test_a_file_that_is_no_status(text: str) -> None:
    with pytest.raises(StatusError):
        read_status(text)
