"""Which route answers: tables of routes, a call, and the answer in short."""

from __future__ import annotations

from dataclasses import replace

import pytest
from match_routes import request_of, route, routes

from auditor.link.match import Matcher
from auditor.model.graph import Ambiguous, Kind, Matched, Missing, Target, Unknown


def short(target: Target) -> str:
    """`/a`, `/a redirect`, `/a | /b`, `missing method`, `unknown`."""
    match target:
        case Matched(found, redirect):
            return found.path + (" redirect" if redirect else "")
        case Ambiguous(several):
            return " | ".join(one.path for one in several) + (" ?" if len(several) == 1 else "")
        case Missing(verdict):
            return f"missing {verdict}"
        case Unknown():
            return "unknown"
        case _:
            raise AssertionError(target)


def ask(labels: str, label: str, open_head: str = "") -> str:
    return short(Matcher(routes(*labels.split(", "))).target(*request_of(label), open_head=open_head))


@pytest.mark.parametrize(
    ("labels", "label", "expected"),
    [
        ("GET /a/{x}", "GET /a/1", "/a/{x}"),
        ("GET /a/{x}", "GET /a/{}", "/a/{x}"),
        ("GET /a/{x}", "GET /a/1/2", "missing no-route"),
        ("GET /a/{x}, GET /a/b", "GET /a/b", "/a/{x}"),  # the first wins, though the second is more exact
        ("GET /a/b, GET /a/{x}", "GET /a/b", "/a/b"),
        ("GET /a/b, GET /a/{x}", "GET /a/{}", "/a/{x}"),
        ("POST /a/{x}, GET /a/{y}", "GET /a/{}", "/a/{y}"),  # another method is passed over
        ("GET /", "GET /", "/"),
        ("GET /a", "HEAD /a", "/a"),
        ("* /a", "PATCH /a", "/a"),
        ("GET /a, POST /a", "* /a", "/a | /a"),
        ("GET /a, POST /b", "* /a", "/a"),
        ("GET /a", " /a", "/a"),
        # holes where names are served
        ("GET /a/b/z, GET /a/c/z", "GET /a/{}/z", "/a/b/z | /a/c/z"),
        ("GET /a/b/z", "GET /a/{}/z", "/a/b/z ?"),
        (
            "GET /a/me/settings, GET /a/{x}/{y}",
            "GET /a/{}/settings",
            "/a/me/settings | /a/{y}".replace("{y}", "{x}/{y}"),
        ),
        ("GET /a/me/settings, GET /a/{x}/settings", "GET /a/{}/settings", "/a/{x}/settings"),
        # parameters that do not take every value
        ("GET /a/{x:int}, GET /a/{y}", "GET /a/7", "/a/{x}"),
        ("GET /a/{x:int}, GET /a/{y}", "GET /a/b", "/a/{y}"),
        ("GET /a/{x:int}, GET /a/{y}", "GET /a/{}", "/a/{x} | /a/{y}"),
        ("GET /a/{x:int}", "GET /a/{}", "/a/{x}"),
        ("GET /a/{x:int}", "GET /a/n-{}", "missing no-route"),
        ("GET /a/{x:uuid}", "GET /a/123e4567-e89b-12d3-a456-426614174000", "/a/{x}"),
        # segments that vary in part
        ("GET /a/res.{kind}", "GET /a/res.csv", "/a/res.{kind}"),
        ("GET /a/res.{kind}", "GET /a/res.{}", "/a/res.{kind}"),
        ("GET /a/res.{kind}", "GET /a/{}", "/a/res.{kind} ?"),
        ("GET /a/{x}.{kind}, GET /a/{x}", "GET /a/{}", "/a/{x}"),
        ("GET /a/res.{kind}", "GET /a/other.csv", "missing no-route"),
        ("GET /my-providers, GET /your-providers, GET /else", "GET /{}-providers", "/my-providers | /your-providers"),
        ("GET /my-providers, GET /{x}", "GET /{}-providers", "/my-providers | /{x}"),
        ("GET /users", "GET /users{}", "/users"),
        ("GET /users, GET /users/{id}", "GET /users{}", "/users"),
        ("GET /users/{id}", "GET /users{}", "/users/{id} ?"),
        ("GET /users-old", "GET /users{}", "/users-old ?"),
        ("GET /users/u-{id}, GET /users/{name}", "GET /users/u-{}", "/users/u-{id}"),
        ("GET /users/{name}, GET /users/u-{id}", "GET /users/u-{}", "/users/{name}"),
        ("GET /users/", "GET /users{}", "/users/ redirect"),
        ("POST /users", "GET /users{}", "missing method"),
        # tails
        ("GET /files/{rest:path}", "GET /files/a/b", "/files/{rest}"),
        ("GET /files/{rest:path}", "GET /files/{}", "/files/{rest}"),
        ("GET /files/{rest:path}", "GET /files/", "/files/{rest}"),
        ("GET /files/{rest:path}", "GET /files", "/files/{rest} redirect"),
        ("GET /files/{rest:path}/raw", "GET /files/a/b/raw", "/files/{rest}/raw"),
        ("GET /files/{rest:path}/raw", "GET /files/raw", "missing no-route"),
        # a last hole that may hold several segments
        ("GET /admin/a/b, GET /admin/c/d", "GET /admin/{}", "/admin/a/b | /admin/c/d"),
        ("GET /users/{id}/posts, GET /users/x/y", "GET /users/{}", "missing no-route"),  # it is an id
        ("GET /api/a/b, GET /api/c", "GET /api/{}", "unknown"),
        ("GET /api/{x}, GET /api/c/d", "GET /api/{}", "/api/{x}"),
        ("GET /files/{folder}/{name}", "GET /files/{}", "/files/{folder}/{name} ?"),  # it may be a path
        # nothing is known
        ("GET /a, GET /b", "GET /{}", "unknown"),
        ("GET /{x}", "GET /{}", "/{x}"),
        ("GET /a, GET /{x}", "GET /{}", "unknown"),
        ("GET /a/b", "GET /{}/{}", "unknown"),
        ("GET /a/b", "GET /{}/c", "unknown"),
        ("GET /api/v1/b, GET /api/v1/c", "GET /{}/c", "/api/v1/c ?"),
        # a piece of the backend is not known
        ("GET /{?}/users", "GET /x/y/users", "/{?}/users ?"),
        ("GET /{?}/users, GET /a", "GET /users", "/{?}/users ?"),
        ("GET /{?}/users, GET /a", "GET /b", "missing no-route"),
    ],
)
def test_answers(labels: str, label: str, expected: str) -> None:
    assert ask(labels, label) == expected


@pytest.mark.parametrize(
    ("labels", "label", "expected"),
    [
        ("GET /a/", "GET /a", "/a/ redirect"),
        ("GET /a", "GET /a/", "/a redirect"),
        ("GET /a, GET /a/", "GET /a/", "/a/"),
        ("GET /a/{x}/", "GET /a/{}", "/a/{x}/ redirect"),
        ("POST /a/, GET /a", "GET /a/", "missing method"),  # 405 comes before any redirect
        ("POST /a/", "GET /a", "missing method"),  # redirected, then 405
        ("WS /a", "WS /a/", "missing near"),  # sockets are not redirected
        ("GET /a/{x}", "GET /a/", "missing no-route"),
    ],
)
def test_trailing_slashes(labels: str, label: str, expected: str) -> None:
    assert ask(labels, label) == expected


def test_flask_asks_the_more_exact_route_first() -> None:
    given = [route(label, order, framework="flask") for order, label in enumerate(["GET /a/{x}", "GET /a/b"])]
    assert short(Matcher(given).target(Kind.HTTP, "GET", "/a/b")) == "/a/b"


def test_flask_adds_a_slash_but_drops_none() -> None:
    plain, slashed = (route(label, framework="flask") for label in ("GET /a", "GET /b/"))
    matcher = Matcher([plain, slashed])
    assert short(matcher.target(Kind.HTTP, "GET", "/b")) == "/b/ redirect"
    assert short(matcher.target(Kind.HTTP, "GET", "/a/")) == "missing near"


@pytest.mark.parametrize(
    ("labels", "label", "expected"),
    [
        ("GET /api/users, GET /api/jobs", "GET /users", "/api/users"),
        ("GET /api/users, GET /api/jobs", "GET /api/users", "/api/users"),
        ("GET /api/v1/a, GET /api/v1/b, GET /api/v2/a, GET /api/v2/b", "GET /a", "/api/v1/a | /api/v2/a"),
        ("GET /api/users, GET /api/jobs", "GET /nothing", "unknown"),
        ("GET /api/users, GET /api/jobs", "GET /", "unknown"),
        ("GET /api/users, GET /api/jobs", "GET /{}", "unknown"),
        ("GET /, GET /a", "GET /", "unknown"),  # nothing of the path is left: it is all in the base URL
        ("GET /api/a, GET /api/b, * /{rest:path}", "GET /a", "/api/a"),
        ("GET /api/a, GET /api/b, * /{rest:path}", "GET /c", "unknown"),
    ],
)
def test_half_known_base(labels: str, label: str, expected: str) -> None:
    assert ask(labels, label, open_head="base URL comes from VITE_API") == expected


def test_the_reason_of_a_half_known_base_is_kept() -> None:
    target = Matcher(routes("GET /api/a")).target(Kind.HTTP, "GET", "/b", open_head="VITE_API is not defined")
    assert target == Unknown("VITE_API is not defined")


@pytest.mark.parametrize(
    ("stems", "label", "expected"),
    [
        ({"/admin": "plugins"}, "GET /admin/x", Unknown("plugins")),
        ({"/admin": "plugins", "/admin/x": "closer"}, "GET /admin/x/y", Unknown("closer")),
        ({"": "everything"}, "GET /b", Unknown("everything")),
        ({"/admin": "plugins"}, "GET /a", Matched(route("GET /a"))),
    ],
)
def test_open_stems(stems: dict[str, str], label: str, expected: Target) -> None:
    assert Matcher(routes("GET /a"), stems).target(*request_of(label)) == expected


def test_open_stems_say_nothing_about_other_paths() -> None:
    matcher = Matcher(routes("GET /a"), {"/admin": "plugins"})
    assert short(matcher.target(Kind.HTTP, "GET", "/administrators")) == "missing no-route"


def test_a_shadowed_route_is_not_reached() -> None:
    first, second = routes("GET /a/{x}", "GET /a/b")
    matcher = Matcher([first, replace(second, shadowed_by=first.location)])
    assert matcher.target(Kind.HTTP, "GET", "/a/b") == Matched(first)


def test_registration_order_decides_not_the_order_given() -> None:
    first, second = routes("GET /a/{x}", "GET /a/b")
    assert Matcher([second, first]).target(Kind.HTTP, "GET", "/a/b") == Matched(first)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("GET /mcp/tools", "unknown"),
        ("WS /mcp/tools", "unknown"),
        ("POST /mcp", "unknown"),
        ("GET /a", "/a"),
        ("GET /mcp-b", "missing no-route"),
    ],
)
def test_a_mounted_application_swallows_what_is_below_it(label: str, expected: str) -> None:
    mount = route("MOUNT /mcp", 1, handler="fastmcp.FastMCP")
    matcher = Matcher([*routes("GET /a"), mount, route("GET /mcp/tools", 2)])
    assert short(matcher.target(*request_of(label))) == expected


def test_a_mount_is_named_in_the_reason() -> None:
    target = Matcher([route("MOUNT /mcp", handler="fastmcp.FastMCP")]).target(Kind.HTTP, "GET", "/mcp/x")
    assert target == Unknown("served by fastmcp.FastMCP, mounted at /mcp")


@pytest.mark.parametrize(
    ("mount", "label", "expected"),
    [
        ("MOUNT /static", "GET /static/logo", "unknown"),
        ("MOUNT /static", "POST /static/logo", "missing no-route"),
        ("MOUNT /", "GET /logo.png", "unknown"),
        ("MOUNT /", "GET /api/nothing", "missing no-route"),
        ("MOUNT /", "GET /api/a", "/api/a"),
    ],
)
def test_a_folder_of_files_answers_for_files_only(mount: str, label: str, expected: str) -> None:
    matcher = Matcher([route(mount, 0, handler="starlette.staticfiles.StaticFiles"), route("GET /api/a", 1)])
    assert short(matcher.target(*request_of(label))) == expected


@pytest.mark.parametrize(
    ("labels", "label", "expected"),
    [
        ("GET /api/a, GET /{rest:path}", "GET /api/b", "missing no-route"),  # a page is no answer to an API call
        ("GET /api/a, GET /{rest:path}", "GET /about/us", "/{rest}"),
        ("GET /api/a, GET /{rest:path}", "POST /about", "missing no-route"),
        ("GET /api/a, * /{rest:path}", "GET /api/b", "/{rest}"),  # a proxy is
    ],
)
def test_root_catch_all(labels: str, label: str, expected: str) -> None:
    assert ask(labels, label) == expected


def test_nothing_is_missing_from_a_backend_without_routes() -> None:
    assert isinstance(Matcher([]).target(Kind.HTTP, "GET", "/a"), Unknown)
