"""Why a call is missing, which routes are shown, and what has to change."""

from __future__ import annotations

import pytest
from match_routes import request_of, routes

from auditor.link.match import Matcher
from auditor.link.match.similar import distance, is_variant
from auditor.model.graph import Missing


def missing(labels: str, label: str) -> Missing:
    target = Matcher(routes(*labels.split(", "))).target(*request_of(label))
    assert isinstance(target, Missing), target
    return target


V1 = "GET /api/v1/users/{id}, GET /api/v1/users, POST /api/v1/jobs/{id}/run, GET /api/v1/health"
PLAIN = "GET /users/{id}, GET /users, POST /jobs/{id}/run"


@pytest.mark.parametrize(
    ("labels", "label", "verdict"),
    [
        (V1, "PUT /api/v1/users/{}", "method"),
        (V1, "PUT /api/v1/users/7", "method"),
        (V1, "PUT /api/v1/users/", "method"),
        (V1, "GET /api/v1/users/search/all", "no-route"),
        (V1, "POST /api/v1/users/search", "no-route"),  # not "GET only" of /users/{id}
        ("WS /live, GET /a", "GET /live", "transport"),
        ("WS /live, GET /a", "SSE /live", "transport"),
        ("SSE /live, GET /a", "WS /live", "transport"),
        ("WS /live/{room}, GET /a", "GET /live/{}", "transport"),
        ("WS /live, GET /live", "POST /live", "method"),
        ("WS /live/{room}, GET /a", "WS /live/rooms/{}", "no-route"),
        (V1, "GET /users/{}", "prefix"),
        (V1, "GET /api/v1/api/v1/users/{}", "prefix"),
        (V1, "GET /api/users/{}", "prefix"),
        (V1, "GET /api/v2/users", "prefix"),
        (PLAIN, "GET /api/v1/users", "prefix"),
        (PLAIN, "POST /api/jobs/{}/run", "prefix"),
        ("GET /api/v1/{x}, GET /api/v1/{x}/{y}", "GET /about", "no-route"),  # only a parameter would match
        ("GET /users/stats, GET /users/list", "GET /stats", "no-route"),  # a resource is no prefix
        ("GET /admin/users, GET /users, GET /admin/jobs", "GET /admin/health", "no-route"),
        ("GET /teams/{t}/members/{m}", "GET /teams/{}/members", "arity"),
        ("GET /api/users/{id}", "GET /api/users", "arity"),
        ("GET /api/users", "GET /api/users/{}", "arity"),
        ("GET /users", "GET /users/{}", "no-route"),  # one name in common is too little
        ("GET /teams/members", "GET /teams/{}/members", "arity"),
        ("GET /teams/{t}/members/{m}/roles/{r}", "GET /teams/{}/members/roles", "no-route"),  # two differ
        ("GET /teams/list/all", "GET /teams/all", "no-route"),  # a name is no parameter
        ("POST /teams/{t}/members/{m}", "GET /teams/{}/members", "no-route"),
        ("GET /projects/{p}/settings", "GET /project/{}/settings", "near"),
        ("GET /user-settings", "GET /user_settings", "near"),
        ("GET /userSettings", "GET /user-settings", "near"),
        ("GET /conversations", "GET /conversatoins", "near"),
        ("GET /projects/{p}/settings", "GET /project/{}/setting", "no-route"),
        ("POST /projects", "GET /project", "no-route"),
        ("POST /data/import", "POST /data/export", "no-route"),
        ("GET /a/{x}/b", "GET /z/{}/b", "no-route"),
        ("GET /a", "GET /b", "no-route"),
    ],
)
def test_verdicts(labels: str, label: str, verdict: str) -> None:
    assert missing(labels, label).verdict == verdict


@pytest.mark.parametrize(
    ("labels", "label", "drift"),
    [
        (V1, "GET /users/{}", "add '/api/v1'"),
        (V1, "GET /api/v1/api/v1/users", "remove the doubled '/api/v1'"),
        (V1, "GET /api/api/v1/users", "remove the doubled '/api'"),
        (V1, "GET /api/users", "replace '/api' by '/api/v1'"),
        (V1, "GET /api/v2/users", "replace '/api/v2' by '/api/v1'"),
        (V1, "GET /v1/users", "add '/api'"),
        (PLAIN, "GET /api/v1/users", "remove '/api/v1'"),
        (PLAIN, "GET /users/nothing/at/all", ""),
        ("WS /api/live/room, GET /api/a", "WS /live/room", "add '/api'"),
    ],
)
def test_drifts(labels: str, label: str, drift: str) -> None:
    assert missing(labels, label).drift == drift


@pytest.mark.parametrize(
    ("labels", "label", "nearest"),
    [
        ("GET /a/{x}, PATCH /a/{x}, GET /b", "PUT /a/{}", [("/a/{x}", "GET and PATCH only")] * 2),
        ("GET /a, PUT /a, POST /a", "DELETE /a", [("/a", "GET, POST and PUT only")] * 3),
        ("GET /a/b, WS /a/c", "WS /a/d", [("/a/c", "segment 2 is 'c', not 'd'")]),
        ("WS /live", "GET /live", [("/live", "WebSocket only")]),
        ("GET /live", "WS /live", [("/live", "HTTP only")]),
        ("GET /api/a, GET /api/b", "GET /a", [("/api/a", "answers after: add '/api'")]),
        ("GET /projects", "GET /project", [("/projects", "segment 1 is 'projects', not 'project'")]),
        (
            "GET /other, GET /a/users/all, GET /a/use, GET /a/x/y/z",
            "GET /a/userful",
            [
                ("/a/use", "segment 2 is 'use', not 'userful'"),
                ("/a/users/all", "segment 2 is 'users', not 'userful'"),
                ("/a/x/y/z", "segment 2 is 'x', not 'userful'"),
            ],
        ),
        (
            "GET /a/{x}",
            "POST /a/search",
            [("/a/{x}", "method is GET")],
        ),
        ("GET /a/b, GET /a", "GET /a/b/c", [("/a/b", "ends before 'c'"), ("/a", "ends before 'b'")]),
        ("GET /a/b/c", "GET /a", [("/a/b/c", "goes on with 'b'")]),
        ("GET /a", "GET /b", []),
    ],
)
def test_nearest(labels: str, label: str, nearest: list[tuple[str, str]]) -> None:
    assert [(near.route.path, near.why) for near in missing(labels, label).nearest] == nearest


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("user", "users", True),
        ("category", "categories", True),
        ("box", "boxes", True),
        ("apiKeys", "api-keys", True),
        ("settings", "setings", True),
        ("teh", "the", True),
        ("lock", "unlock", False),
        ("start", "restart", False),
        ("import", "export", False),
        ("v1", "v2", False),
        ("step1", "step2", False),
        ("cat", "dog", False),
        ("s", "", False),
        ("same", "same", False),
    ],
)
def test_variants(one: str, other: str, expected: bool) -> None:
    assert is_variant(one, other) is expected
    assert is_variant(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "steps"), [("", "abc", 3), ("abc", "acb", 1), ("kitten", "sitting", 3), ("a", "a", 0)]
)
def test_distance(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == steps
