"""The scorer of the benchmarks: what counts as found, right, missed and surplus."""

from __future__ import annotations

import pytest

from benchmarks.score import Row, load, normal, same_path, score_calls, score_routes


def _route(method: str, path: str, **more: object) -> Row:
    return {"kind": "http", "method": method, "path": path, "file": "a.py", "line": 1, **more}


def _call(line: int, method: str = "GET", path: str = "/a/{}", **more: object) -> Row:
    return {"kind": "http", "method": method, "path": path, "file": "src/a.ts", "line": line, **more}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/users/{id}", "/users/{}"),
        ("users/:id/", "/users/{}"),
        ("/users/<int:id>?page=1#top", "/users/{}"),
        ("https://host:80/a//b", "/a/b"),
        ("/${id}.json", "/{}.json"),
        ("", "/"),
    ],
)
def test_normal(path: str, expected: str) -> None:
    assert normal(path) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("/a/{x}", "/a/{}", True), ("/a/{}.json", "/a/{}", True), ("/a/1", "/a/{}", False), ("/a", "/a/b", False)],
)
def test_same_path(one: str, other: str, same: bool) -> None:
    assert same_path(one, other) is same


def test_routes() -> None:
    truth = [
        _route("GET", "/a"),
        _route("GET", "/b/{id}"),
        _route("GET", "/docs"),
        _route("POST", "/off", conditional=True),
    ]
    got = [_route("GET", "/b/{key}"), _route("PUT", "/a"), _route("POST", "/off"), _route("OPTIONS", "/a")]
    score = score_routes(truth, got)
    assert (score.truth, score.got, score.recall, score.precision) == (2, 2, 0.5, 0.5)
    assert score.notes == ("missed  GET /a a.py:1", "surplus PUT /a a.py:1")


@pytest.mark.parametrize(
    ("got", "found", "exact"),
    [
        (_call(13), 1.0, 1.0),  # within three lines
        (_call(14), 0.0, 0.0),
        (_call(2, end_line=10), 1.0, 1.0),  # around the label
        (_call(10, method="POST"), 1.0, 0.0),
        (_call(10, path="/b/{}"), 1.0, 1.0),  # an alternative answer
        (_call(10, path="/c/{}"), 1.0, 0.0),
        ({**_call(10), "file": "frontend/src/a.ts"}, 1.0, 1.0),
        ({**_call(10), "file": "frontend/src/ba.ts"}, 0.0, 0.0),
    ],
)
def test_calls(got: Row, found: float, exact: float) -> None:
    score = score_calls([_call(10, alt=["/b/{}"], resolution="literal")], [got])
    assert (score.found, score.exact) == (found, exact)


def test_the_target_is_held_against_the_backend() -> None:
    truth = [
        _call(1, exists_in_backend=True),
        _call(10, exists_in_backend=True),
        _call(20, exists_in_backend=False),
        _call(30, exists_in_backend=True),
        _call(40),
    ]
    got = [
        _call(1, target="ambiguous"),
        _call(10, target="missing"),
        _call(20, target="missing"),
        _call(30, target="unknown"),
    ]
    score = score_calls(truth, got)
    assert (score.target, score.judged, score.lost) == (0.5, 4, 1)


def test_a_claim_where_there_is_no_call() -> None:
    negative: Row = {"file": "src/a.ts", "line": 10, "why": "a cache", "kind": "cache"}
    soft: Row = {"file": "src/a.ts", "line": 10, "why": "a wrapper", "kind": "wrapper-body"}
    assert score_calls([], [_call(10, target="matched")], [negative, soft]).false == 1
    assert score_calls([], [_call(10, target="unknown")], [negative]).false == 0


def test_rows_come_in_a_list_or_under_a_key() -> None:
    assert load('[{"path": "/a"}]', "calls") == load('{"calls": [{"path": "/a"}], "notes": []}', "calls")
    assert load('{"other": 1}', "calls") == ()
