"""Where credentials are demanded, read, set and sent."""

from __future__ import annotations

import pytest
from frontend_project import calls
from typed_project import facts_of

from auditor.link.auth.credentials import credentials


def told(source: str, file: str) -> list[str]:
    """`act label` of each."""
    facts = facts_of({file: source})
    return [f"{one.act} {one.label}" for one in credentials(facts, facts)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("scheme = HTTPBearer()", ["demands header Authorization: Bearer …"]),
        ("scheme = HTTPBearer(auto_error=False)", ["reads header Authorization: Bearer …"]),
        ('key = APIKeyHeader(name="X-API-Key")', ["demands header X-API-Key"]),
        ('key = APIKeyCookie(name="sid")', ["demands cookie sid"]),
        ('k = request.headers.get("Authorization")', ["reads header Authorization"]),
        ('k = request.headers["x-access-token"]', ["reads header x-access-token"]),
        ('k = request.headers.get("x-csrf-token")', []),
        ('k = request.headers.get("accept")', []),
        ('k = request.cookies.get("session")', ["reads cookie session"]),
        ('response.set_cookie("session", token)', ["sets cookie session"]),
        ('k = options.get("token")', []),
    ],
)
def test_the_backend(source: str, expected: list[str]) -> None:
    assert told(source, "main.py") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fetch(u, { headers: { Authorization: `Bearer ${t}` } })", ["sends header Authorization: Bearer …"]),
        ('fetch(u, { headers: { authorization: "Token " + t } })', ["sends header authorization: Token …"]),
        ('config.headers["X-API-Key"] = key', ["sends header X-API-Key"]),
        (
            "api.defaults.headers.common.Authorization = t ? `Bearer ${t}` : ''",
            ["sends header Authorization: Bearer …"],
        ),
        ('headers.set("Authorization", value())', ["sends header Authorization"]),
        ("fetch(u, { credentials: 'include' })", ["sends cookie *"]),
        ("axios.create({ withCredentials: true })", ["sends cookie *"]),
        ("const user = { token: made() }", []),
        ("const o = { 'X-API-Key': 'the key of your account' }", []),
        ("storage.set('auth-token', t)", []),
    ],
)
def test_the_frontend(source: str, expected: list[str]) -> None:
    assert told(source, "client.ts") == expected


def test_a_demanded_header_that_any_file_names_is_named() -> None:
    facts = facts_of({"main.py": 'key = APIKeyHeader(name="X-API-Key")', "sdk/core.ts": 'const name = "x-api-key";'})
    found = credentials(facts, ["main.py"])
    assert [(one.act, one.location.file) for one in found] == [("demands", "main.py"), ("names", "sdk/core.ts")]


def test_what_nuxt_auth_sends_is_not_known() -> None:
    config = (
        'export default defineNuxtConfig({ auth: { strategies: { local: { endpoints: { user: { url: "/me" } } } } } });'
    )
    (call,) = calls({"nuxt.config.ts": config})
    assert call.site.carried is not None
    assert call.site.carried.headers.open
