"""Reports against demands: what counts as met."""

from __future__ import annotations

from benchmarks.gaps import score_gaps

REPORT = {
    "findings": [
        {"code": "ER101", "severity": "medium", "message": "CacheError", "locations": [{"file": "a.py"}], "places": []}
    ],
    "coverage": {"auth": [{"step": "login", "route": "POST /login"}]},
}


def test_a_demand_wants_code_texts_and_places() -> None:
    wanted = {"gap": "1", "what": "classes", "codes": ["ER101"], "at": ["a.py"], "says": ["CacheError"]}
    assert score_gaps([wanted], REPORT).whole == 1
    for other in ({"says": ["OtherError"]}, {"codes": ["ER102"]}, {"places": 2}, {"at": ["b.py"]}):
        assert score_gaps([{**wanted, **other}], REPORT).notes == ("1: classes",)


def test_what_must_never_be_said_may_be_said_quietly() -> None:
    wanted = {"gap": "1", "what": "trap", "codes": ["ER101"], "never": True}
    assert score_gaps([wanted], REPORT).met == 0
    quiet = {**REPORT, "findings": [{**REPORT["findings"][0], "severity": "low"}]}  # type: ignore[index]
    assert score_gaps([wanted], quiet).met == 1


def test_tables_can_be_demanded_and_a_gap_is_whole_with_all_its_demands() -> None:
    row = {"gap": "1", "what": "row", "in": "auth", "says": ["login", "POST /login"]}
    score = score_gaps([row, {**row, "says": ["logout"]}], REPORT)
    assert (score.demands, score.met, score.gaps, score.whole) == (2, 1, 1, 0)
