"""What was extracted, as tables and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from report_graphs import call, field, project, route

from auditor.model.graph import Kind, Matched, ProjectGraph
from auditor.model.operation import Operation, Part, Taken
from auditor.model.shape import (
    AnyShape,
    Inline,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    Shape,
    UnknownShape,
    Value,
    Values,
)
from auditor.model.span import NOWHERE, Location, Span
from auditor.report.listings import calls_listing, channels_listing, routes_listing, types_listing
from auditor.report.shapes import Speller

HERE = Location("a.ts", NOWHERE)
STRING = Scalar("string")
LITERALS = Values((Value("a", "", HERE), Value(2, "", HERE), Value(True, "", HERE)))


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (Scalar("string", "date-time"), "string(date-time)"),
        (Ref("backend/app/users.py:User"), "User"),
        (ListOf(Ref("gone.py:Gone")), "Gone[]"),
        (LITERALS, '"a" | 2 | true'),
        (ListOf(LITERALS), '("a" | 2 | true)[]'),
        (OneOf((STRING, Scalar("null"))), "string | null"),
        (ListOf(OneOf((STRING, Scalar("null")))), "(string | null)[]"),
        (MapOf(Scalar("integer")), "{[key]: integer}"),
        (Inline((field("id", STRING), field("b", STRING, required=False))), "{id: string, b?: string}"),
        (Inline(tuple(field(name, STRING) for name in "abcdefgh")),
         "{a: string, b: string, c: string, d: string, e: string, f: string, …}"),
        (Inline((), open=True), "{…}"),
        (AnyShape(), "any"),
        (UnknownShape("generic"), "?"),
    ],
)  # fmt: skip
def test_types_are_written_shortly(shape: Shape, text: str) -> None:
    assert Speller(project())(shape) == text


def test_routes_table() -> None:
    assert (
        routes_listing(project()).table
        == """\
method  path              handler    auth  request  response  notes  place
GET     /users            read_user  -     -        User[]    -      backend/app/users.py:4
GET     /users/{user_id}  read_user  -     -        User      -      backend/app/users.py:3
WS      /ws/updates       read_user  -     -        -         -      backend/app/users.py:6

3 routes
"""
    )


def test_routes_json() -> None:
    made = json.loads(routes_listing(project()).json)
    assert list(made) == ["schema_version", "routes"]
    assert made["routes"][0] == {
        "kind": "http",
        "method": "GET",
        "path": "/users",
        "file": "backend/app/users.py",
        "line": 4,
        "handler": "read_user",
        "framework": "fastapi",
        "request": None,
        "response": "User[]",
        "tags": [],
        "auth": None,
        "confidence": "high",
        "provenance": [],
        "service": "backend",
        "category": "users",
        "conditional": None,
        "deprecated": False,
        "shadowed_by": None,
        "streams": None,
        "takes": None,
    }
    assert [one["kind"] for one in made["routes"]] == ["http", "http", "websocket"]


def test_a_websocket_has_the_method_of_its_handshake() -> None:
    socket = route("/ws", method="", kind=Kind.WEBSOCKET)
    graph = ProjectGraph(routes=(socket,), calls=(call("/ws", Matched(socket), method="", kind=Kind.WEBSOCKET),))
    assert json.loads(routes_listing(graph).json)["routes"][0]["method"] == "GET"
    assert json.loads(calls_listing(graph).json)["calls"][0]["method"] == "GET"


def test_calls_table() -> None:
    assert (
        calls_listing(project()).table
        == """\
call              target   route or reason               carries  client  type  place
POST /auth/login  missing  no-route                      -        axios   -     frontend/src/api.ts:3
GET /users/{}     matched  GET /users/{user_id}          -        axios   User  frontend/src/api.ts:4
GET /x/{}         unknown  base URL comes from VITE_API  -        axios   -     frontend/src/api.ts:5

3 calls
3 of 3 paths known (100.0 %)
"""
    )


def test_calls_json() -> None:
    made = json.loads(calls_listing(project()).json)
    assert made["calls"][1] == {
        "kind": "http",
        "method": "GET",
        "path": "/users/{}",
        "file": "frontend/src/api.ts",
        "line": 4,
        "end_line": 4,
        "client": "axios",
        "target": "matched",
        "route": "GET /users/{user_id}",
        "reason": None,
        "type": "User",
        "confidence": "high",
        "provenance": [],
        "frontend": "frontend",
        "query": [],
        "carried": None,
        "operation": None,
    }
    assert [one["target"] for one in made["calls"]] == ["missing", "matched", "unknown"]


def test_types() -> None:
    listing = types_listing(project())
    assert (
        listing.table
        == """\
User  (backend pydantic, backend/app/users.py:6)
    id: integer
    name: string

User  (frontend interface, backend/app/users.py:6)
    id: number
    email: string

backend  frontend  status    differences
User     User      mismatch  only in the frontend: email; only in the backend: name

1 pair
"""
    )
    made = json.loads(listing.json)
    assert list(made) == ["schema_version", "models", "enums", "pairs"]
    assert made["models"][0]["fields"][0] == {
        "name": "id", "wire": "id", "type": "integer", "required": True, "nullable": False, "default": None, "line": 7,
    }  # fmt: skip


def test_channels() -> None:
    assert (
        channels_listing(project()).table
        == """\
kind       path         status     route                   clients
websocket  /ws/updates  no client  backend/app/users.py:6  -

1 channel
"""
    )
    assert json.loads(channels_listing(project()).json)["channels"][0]["status"] == "no client"


def test_empty_lists_say_so() -> None:
    assert routes_listing(ProjectGraph()).table == "0 routes\n"
    assert json.loads(calls_listing(ProjectGraph()).json)["calls"] == []


def test_tables_hold_no_control_characters() -> None:
    graph = ProjectGraph(routes=(route("/a\x1b[31m\n::error::b"),))
    table = routes_listing(graph).table
    assert "\x1b" not in table
    assert "GET     /a␛[31m ::error::b" in table


def test_what_a_route_takes_is_listed() -> None:
    place = Location("backend/app/users.py", Span(3, 1, 3, 9))
    operation = Operation(
        parameters=(Taken("limit", "query", Scalar("integer"), False, place, 10),),
        body=(Part("body", "json", Scalar("string"), True, place),),
        status=201,
        raises=(404,),
        security=(("HTTPBearer", place),),
    )
    graph = ProjectGraph(routes=(replace(route("/a"), operation=operation, streams="ndjson"),))
    made = json.loads(routes_listing(graph).json)["routes"][0]
    assert made["streams"] == "ndjson"
    assert made["takes"] == {
        "parameters": [{"name": "limit", "in": "query", "type": "integer", "required": False, "default": 10}],
        "body": [{"name": "body", "kind": "json", "type": "string", "required": True}],
        "status": 201,
        "raises": [404],
        "declared": [],
        "auth": [{"name": "HTTPBearer", "file": "backend/app/users.py", "line": 3}],
        "unknown": [],
    }
