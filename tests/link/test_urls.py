"""Taking URLs apart: origin, path, holes, and whether a parameter may change their shape."""

from __future__ import annotations

import pytest

from auditor.link.urls import address, has_static, is_anchored, is_glued, is_settled, path_of, placeholders
from auditor.model.value import Hole, Text

P = Hole("a parameter", frozenset({"p"}))  # handed in by a caller
R = Hole("a run-time value")
E = Hole("the variable API", environment="API")
QUERY = Hole("a query string", environment="?")
PROTOCOL = Hole("location.protocol", environment="location.protocol")
HOST = Hole("location.host", environment="location.host")


@pytest.mark.parametrize(
    ("parts", "origin", "host", "path", "external"),
    [
        (("/users",), "", "", "/users", False),
        (("users/1",), "", "", "/users/1", False),
        ((), "", "", "/", False),
        (("/users?page=1",), "", "", "/users", False),
        (("/users#top",), "", "", "/users", False),
        (("/users?page=", R, "&b=/c"), "", "", "/users", False),
        (("/users", QUERY), "", "", "/users", False),
        (("/users&", QUERY), "", "", "/users", False),
        (("/users&",), "", "", "/users", False),
        (("http://backend.:8080/users",), "http://backend.:8080", "backend.", "/users", False),
        (("?page=1",), "", "", "/", False),
        (("/users/", R, "/posts"), "", "", "/users/{}/posts", False),
        (("/users/", R, R, "/posts"), "", "", "/users/{}/posts", False),
        (("//users//1",), "https://users", "users", "/1", False),
        (("/a//b",), "", "", "/a/b", False),
        ((R, "users/", R), "?", "", "/users/{}", False),
        ((R, "users"), "?", "", "/users", False),
        ((R, ".json"), "?", "", "/{}.json", False),
        (("http://localhost:8000/users",), "http://localhost:8000", "localhost", "/users", False),
        (("http://localhost",), "http://localhost", "localhost", "/", False),
        (("HTTPS://api.example.com/users",), "https://api.example.com", "api.example.com", "/users", True),
        (("https://api.example.com/?a=b",), "https://api.example.com", "api.example.com", "/", True),
        (("https://api.example.com?a=b",), "https://api.example.com", "api.example.com", "/", True),
        (("//cdn.example.com/a.js",), "https://cdn.example.com", "cdn.example.com", "/a.js", True),
        (("ws://127.0.0.1:80/ws",), "ws://127.0.0.1:80", "127.0.0.1", "/ws", False),
        (("http://10.1.2.3/a",), "http://10.1.2.3", "10.1.2.3", "/a", False),
        (("http://172.16.0.1/a",), "http://172.16.0.1", "172.16.0.1", "/a", False),
        (("http://172.32.0.1/a",), "http://172.32.0.1", "172.32.0.1", "/a", True),
        (("http://backend:8000/a",), "http://backend:8000", "backend", "/a", False),
        (("http://user:secret@localhost:8000/a",), "http://localhost:8000", "localhost", "/a", False),
        (("https://user@api.example.com/a",), "https://api.example.com", "api.example.com", "/a", True),
        (("http://[::1]:8000/a",), "http://[::1]:8000", "[::1]", "/a", False),
        (("http://[2001:db8::1]/a",), "http://[2001:db8::1]", "[2001:db8::1]", "/a", True),
        (("http://localhost:", R, "/a"), "http://localhost:", "localhost", "/a", False),
        ((E, "/users"), "?", "", "/users", False),
        ((E,), "?", "", "/{}", False),
        ((R, "/users"), "?", "", "/users", False),
        ((E, ":8000/users"), "?", "", "/users", False),
        (("https://", E, "/users"), "?", "", "/users", False),
        (("https://", E, ":8000/users"), "?", "", "/users", False),
        (("https://", E, ".example.com/users"), "?", "", "/users", False),
        (("ws://", HOST, "/ws"), "?", "", "/ws", False),
        ((PROTOCOL, "//", HOST, "/ws"), "?", "", "/ws", False),
        ((PROTOCOL, "//", HOST, R), "?", "", "/{}", False),
        (("https://", E), "?", "", "/", False),
        ((E, R, "/users"), "?", "", "/users", False),
    ],
)
def test_address(parts: tuple[str | Hole, ...], origin: str, host: str, path: str, external: bool) -> None:
    found = address(Text(parts))
    assert (found.origin, found.host, path_of(found.parts), found.external) == (origin, host, path, external)


@pytest.mark.parametrize(
    ("parts", "environment", "host_only"),
    [
        (("https://", E, "/users"), "API", True),
        ((E, "/users"), "API", False),
        ((R, "/users"), "", False),
        (("https://", R, "/users"), "", False),
        (("/users",), "", False),
    ],
)
def test_where_the_origin_comes_from(parts: tuple[str | Hole, ...], environment: str, host_only: bool) -> None:
    found = address(Text(parts))
    assert (found.environment, found.host_only) == (environment, host_only)


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        (("/users/{user_id}",), "/users/{}"),
        (("/users/{user-id}/{b}",), "/users/{}/{}"),
        (("/users/{a}", R), "/users/{}"),
        (("/users/{}",), "/users/{}"),
        (("/users/{1}",), "/users/{1}"),
        (("users",), "/users"),
        (("/users/",), "/users/"),
    ],
)
def test_placeholders(parts: tuple[str | Hole, ...], path: str) -> None:
    assert path_of(placeholders(parts)) == path


@pytest.mark.parametrize(
    ("parts", "settled"),
    [
        (("/users",), True),
        (("/users/", P), True),
        (("/users/", P, "/posts"), True),
        (("/users?q=", P), True),
        (("?q=", P), True),
        ((P,), False),
        ((P, "/users"), False),
        ((R, "/users"), True),
        ((R, P), False),
        ((E, P), False),
        ((E, "/users/", P), True),
        (("/", P), False),
        (("/api/", P), False),
        (("/api/v1/", P), False),
        (("/api/v2.1/", P), False),
        (("/api/v1/users/", P), True),
        (("/apiary/", P), True),
        (("http://localhost:8000/", P), False),
        (("http://localhost:8000/api/", P), False),
        (("http://localhost:8000/users/", P), True),
        (("/users/", R, P), False),
    ],
)
def test_settled(parts: tuple[str | Hole, ...], settled: bool) -> None:
    assert is_settled(Text(parts)) is settled


@pytest.mark.parametrize(
    ("parts", "anchored"),
    [
        ((P, "/users"), True),
        ((P, "/users/", P), True),
        ((P, "/api/users"), True),
        ((P, "/api/"), False),
        ((P, "/api/v1"), False),
        ((P, "users"), False),
        ((P, "/users", P, P), False),
        ((P,), False),
        ((P, P), False),
        ((R, "/users"), False),
        (("/users", P), False),
        ((P, "?q=1"), False),
    ],
)
def test_anchored(parts: tuple[str | Hole, ...], anchored: bool) -> None:
    assert is_anchored(Text(parts)) is anchored


@pytest.mark.parametrize(
    ("parts", "glued"),
    [
        (("/users", P), True),
        (("/users/", P), False),
        (("/users?a=", P), False),
        (("/users", R), False),
        (("/users-", P), False),
        ((P,), False),
        (("/users", P, "/a"), False),
    ],
)
def test_glued(parts: tuple[str | Hole, ...], glued: bool) -> None:
    assert is_glued(Text(parts)) is glued


@pytest.mark.parametrize(
    ("parts", "static"),
    [
        (("/users",), True),
        (("/",), True),
        ((R,), False),
        ((E, "/"), False),
        ((E, "/users"), True),
        (("https://", E, "/", P), False),
    ],
)
def test_has_static(parts: tuple[str | Hole, ...], static: bool) -> None:
    assert has_static(Text(parts)) is static
