"""What the calls of one client say together about its base URL."""

from __future__ import annotations

from match_routes import call, route

from auditor.link.match import prefix_drifts
from auditor.model.finding import Confidence
from auditor.model.graph import Candidate, Matched, Missing, Target, Unknown, Verdict

A = route("GET /api/a")
ADD = Missing(Verdict.PREFIX, (Candidate(A, "answers after: add '/api'"),), "add '/api'")
REMOVE = Missing(Verdict.PREFIX, (Candidate(A, "answers after: remove '/v1'"),), "remove '/v1'")
GONE = Missing(Verdict.NO_ROUTE)
MEDIUM = Confidence.MEDIUM


def told(*targets: Target, confidence: Confidence = MEDIUM) -> list[Target]:
    calls = [call("GET /a", target, line, confidence, base="api") for line, target in enumerate(targets, start=1)]
    return [one.target for one in prefix_drifts(calls)]


def test_an_uncertain_base_of_which_every_call_drifts_is_unknown() -> None:
    first, second = told(ADD, ADD)
    assert isinstance(first, Unknown)
    assert first == second
    assert "add '/api'" in first.reason


def test_a_call_that_matches_nothing_even_so_stays_missing() -> None:
    assert told(ADD, ADD, GONE)[2] == GONE


def test_a_certain_base_keeps_the_drift() -> None:
    assert told(ADD, ADD, ADD, GONE, confidence=Confidence.HIGH) == [ADD, ADD, ADD, GONE]


def test_one_certain_call_proves_the_base() -> None:
    calls = [
        call("GET /a", ADD, 1, MEDIUM, "api"),
        call("GET /a", ADD, 2, MEDIUM, "api"),
        call("GET /a", ADD, 3, base="api"),
    ]
    assert prefix_drifts(calls) == tuple(calls)


def test_an_arriving_call_proves_the_base() -> None:
    assert told(ADD, ADD, Matched(A)) == [ADD, ADD, Matched(A)]


def test_different_changes_have_no_common_cause() -> None:
    assert told(ADD, ADD, REMOVE) == [ADD, ADD, REMOVE]


def test_few_drifts_among_many_failures_prove_nothing() -> None:
    assert told(ADD, ADD, GONE, GONE) == [ADD, ADD, GONE, GONE]


def test_one_call_is_no_habit() -> None:
    assert told(ADD) == [ADD]


def test_clients_are_judged_apart() -> None:
    calls = [call("GET /a", ADD, line, MEDIUM, base) for line, base in enumerate(["one", "one", "two"], start=1)]
    assert [isinstance(one.target, Unknown) for one in prefix_drifts(calls)] == [True, True, False]
