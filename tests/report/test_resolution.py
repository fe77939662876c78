"""The share of calls whose path is known, and why the others are not."""

from __future__ import annotations

from auditor.model.graph import CallSite, Kind, Target, Unknown
from auditor.model.span import Location, Span
from auditor.report.resolution import resolution

_BASE = Unknown("the base URL is only known at run time")


def _call(path: str, target: Target = _BASE) -> CallSite:
    place = Location("a.ts", Span(1, 1, 1, 9))
    return CallSite(Kind.HTTP, "GET", path, place, "fetch", "web", target)


def test_a_path_with_run_time_segments_is_known() -> None:
    found = resolution([_call("/users/{}"), _call("/")])
    assert (found.known, found.percent, found.reasons) == (2, "100.0", ())


def test_what_nobody_decides_is_unknown_with_its_reason() -> None:
    calls = [_call("/a")] * 4 + [
        _call("/{}", Unknown("the URL is the parameter url")),
        _call("/api/{}", Unknown("the URL is the parameter path")),
        _call("/{}"),
    ]
    found = resolution(calls)
    assert found.sentence == (
        "4 of 7 paths known (57.1 %); unknown: the parameter … (2), the base URL is only known at run time (1)"
    )
    assert found.record["reasons"] == [
        {"reason": "the parameter …", "calls": 2},
        {"reason": "the base URL is only known at run time", "calls": 1},
    ]


def test_only_everything_is_a_hundred() -> None:
    calls = [_call("/a")] * 2999 + [_call("/{}", Unknown("the URL is x"))]
    assert resolution(calls).percent == "99.9"


def test_without_calls() -> None:
    assert resolution([]).sentence == "0 of 0 paths known (- %)"
