"""Steps of signing in are told by method and path, words with other meanings only in the right company."""

from __future__ import annotations

import pytest
from graphs import call, graph, route

from auditor.model.graph import Candidate, Matched, Missing, Unknown, Verdict
from auditor.model.signin import Reach, flow, step_of


@pytest.mark.parametrize(
    ("label", "step"),
    [
        ("POST /api/v1/auth/login", "login"),
        ("POST /login/access-token", "login"),
        ("POST /api/token", "login"),
        ("POST /auth/jwt/create/", "login"),
        ("POST /items/{id}/token", None),
        ("GET /login", None),
        ("POST /auth/token/refresh", "refresh"),
        ("POST /queries/{id}/refresh", None),
        ("POST /providers/refresh", None),
        ("POST /users/{id}/avatar/refresh", None),
        ("GET /auth/refresh", "refresh"),
        ("POST /auth/logout", "logout"),
        ("GET /users/me", "me"),
        ("PATCH /users/me", None),
        ("GET /me", "me"),
        ("GET /notes/me", None),
        ("POST /users/{id}", None),
        ("POST /courses/register", None),
    ],
)
def test_steps(label: str, step: str | None) -> None:
    assert step_of(*label.split(" ")) == step


def test_a_step_that_an_unresolved_call_may_mean_is_unknown() -> None:
    login, logout = route("POST /auth/login", 1), route("POST /auth/logout", 2)
    calls = [call("POST /auth/login", Matched(login))]
    told = flow(graph(routes=[login, logout], calls=calls))
    assert [(row.step, row.reach) for row in told] == [("login", Reach.BOTH), ("logout", Reach.UNUSED)]
    vague = [*calls, call("POST /{}/logout", Unknown("base"), 2)]
    assert [row.reach for row in flow(graph(routes=[login, logout], calls=vague))] == [Reach.BOTH, Reach.UNKNOWN]


def test_a_call_by_another_method_is_a_mismatch_and_one_without_a_route_is_missing() -> None:
    refresh = route("GET /auth/refresh", 1)
    wrong = call("POST /auth/refresh", Missing(Verdict.METHOD, (Candidate(refresh, "method is GET"),)))
    gone = call("POST /auth/login", Missing(Verdict.NO_ROUTE), 2)
    told = flow(graph(routes=[refresh], calls=[wrong, gone]))
    assert [(row.step, row.reach) for row in told] == [("login", Reach.MISSING), ("refresh", Reach.MISMATCH)]
