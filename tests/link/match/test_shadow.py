"""Which routes an earlier one covers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from match_routes import route, routes

from auditor.link.match import shadowed
from auditor.model.graph import Route


def covered(*given: Route) -> list[int]:
    """The positions of the routes that are never reached."""
    return [index for index, one in enumerate(shadowed(given)) if one.shadowed_by]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("GET /a", "GET /a", True),
        ("GET /a", "POST /a", False),
        ("* /a", "POST /a", True),
        ("POST /a", "* /a", False),
        ("GET /a/{x}", "GET /a/b", True),
        ("GET /a/{x}", "GET /a/{y}", True),
        ("GET /a/b", "GET /a/{x}", False),
        ("GET /a/{x}", "GET /a/b/c", False),
        ("GET /a/{x}", "GET /a/b/", False),
        ("GET /a", "GET /a/", False),
        ("GET /{x}/b", "GET /a/{y}", False),
        ("GET /a/{x:int}", "GET /a/b", False),
        ("GET /a/{x:int}", "GET /a/7", True),
        ("GET /a/{x:int}", "GET /a/{y:int}", True),
        ("GET /a/{x:int}", "GET /a/{y}", False),
        ("GET /a/{x:int}", "GET /a/{y:uuid}", False),
        ("GET /a/{x}", "GET /a/{y:int}", True),
        ("GET /a/{x:path}", "GET /a/b/{y}/c", True),
        ("GET /a/{x:path}", "GET /a", False),
        ("GET /a/{x}", "GET /a/{y:path}", False),
        ("GET /a/{x:path}", "GET /a/b/{y:path}", True),
        ("GET /a/{x:path}/z", "GET /a/{y}/z", True),
        ("GET /a/{x}", "GET /a/res.{kind}", True),
        ("GET /a/res.{kind}", "GET /a/res.csv", True),
        ("GET /a/res.{kind}", "GET /a/{x}", False),
        ("GET /a/{x}.{y}", "GET /a/res.{kind}", False),  # true, but not proven here
        ("WS /a/{x}", "GET /a/b", False),
        ("WS /a/{x}", "WS /a/b", True),
        ("SSE /a", "GET /a", True),
        ("MOUNT /a", "GET /a/b", True),
        ("MOUNT /a", "WS /a/b", True),
        ("MOUNT /a", "GET /a", False),
        ("GET /a/{?}", "GET /a/b", False),
        ("GET /a/{x}", "GET /a/{?}", False),
    ],
)
def test_coverage(earlier: str, later: str, expected: bool) -> None:
    assert covered(*routes(earlier, later)) == ([1] if expected else [])


def test_the_first_that_covers_is_named() -> None:
    given = routes("GET /b", "GET /a/{x}", "GET /a/{y}", "GET /a/c")
    assert [one.shadowed_by for one in shadowed(given)] == [None, None, given[1].location, given[1].location]


def test_order_of_registration_decides() -> None:
    first, second = routes("GET /a/{x}", "GET /a/b")
    assert [bool(one.shadowed_by) for one in shadowed([second, first])] == [True, False]


def test_applications_do_not_shadow_each_other() -> None:
    first, second = routes("GET /a", "GET /a")
    assert covered(first, replace(second, service="other")) == []


@pytest.mark.parametrize(
    ("earlier", "later", "expected"), [("x", "", False), ("", "x", True), ("x", "x", True), ("x", "y and x", True)]
)
def test_conditions(earlier: str, later: str, expected: bool) -> None:
    given = (route("GET /a", 0, conditional=earlier), route("GET /a", 1, conditional=later))
    assert covered(*given) == ([1] if expected else [])


def test_a_folder_of_files_covers_nothing() -> None:
    assert covered(route("MOUNT /", 0, handler="StaticFiles"), route("GET /a", 1)) == []


@pytest.mark.parametrize(("earlier", "expected"), [("GET /a/{x}", False), ("GET /a/b", True)])
def test_flask_asks_the_more_exact_route_first(earlier: str, expected: bool) -> None:
    given = (route(earlier, 0, framework="flask"), route("GET /a/b", 1, framework="flask"))
    assert covered(*given) == ([1] if expected else [])
