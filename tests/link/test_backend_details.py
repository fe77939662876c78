"""What a route carries beside its path: handler, tags, schema flags, models, streams, order and the chain."""

from __future__ import annotations

import pytest
from served_project import Project

from auditor.model.graph import Kind, Route
from auditor.model.shape import Ref

_HEAD = """
--- main.py
from typing import Annotated
from fastapi import APIRouter, Body, Depends, FastAPI
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel
class Item(BaseModel):
    name: str
class Answer(BaseModel):
    id: int
app = FastAPI()
"""


def only(rest: str) -> Route:
    (route,) = Project(_HEAD + rest).routes()
    return route


def ref(shape: object) -> str:
    return shape.key.rpartition(":")[2].rpartition(".")[2] if isinstance(shape, Ref) else ""


@pytest.mark.parametrize(
    ("rest", "handler"),
    [
        ("@app.get('/a')\ndef read(): ...\n", "main:read"),
        ("class C:\n    def read(self): ...\napp.add_api_route('/a', C().read)\n", "main:C.read"),
        ("import functools\ndef d(f):\n    @functools.wraps(f)\n    def w(): return f()\n    return w\n"
         "@app.get('/a')\n@d\ndef read(): ...\n", "main:read"),
    ],
)  # fmt: skip
def test_handler(rest: str, handler: str) -> None:
    assert only(rest).handler == handler


def test_the_place_of_a_route_is_its_registration() -> None:
    assert only("@app.get(\n    '/a',\n)\ndef read(): ...\n").location.line == 10


def test_a_decorator_that_registers_what_it_wraps_keeps_the_place_and_the_handler() -> None:
    """It may wrap functions and coroutines differently: both wrappers keep the same function."""
    route = only(
        "import functools\ndef guard(f):\n    if is_async(f):\n        @functools.wraps(f)\n"
        "        async def later(*a): return await f(*a)\n        return later\n"
        "    @functools.wraps(f)\n    def now(*a): return f(*a)\n    return now\n"
        "def guarded(method, path):\n    def decorate(f):\n        return method(path)(guard(f))\n    return decorate\n"
        "@guarded(app.get, '/a')\ndef read() -> Answer: ...\n"
    )
    assert (route.location.line, route.handler, ref(route.response)) == (23, "main:read", "Answer")


def test_a_router_class_that_passes_on_keeps_the_place_and_the_model() -> None:
    route = only(
        "class Own(APIRouter):\n    def add_api_route(self, path, endpoint, **kw):\n"
        "        super().add_api_route(path, endpoint, **kw)\nr = Own()\n"
        "@r.get('/a', response_model=Answer)\ndef read(): ...\napp.include_router(r)\n"
    )
    assert (route.location.line, ref(route.response)) == (14, "Answer")


def test_tags_and_category() -> None:
    route = only(
        "r = APIRouter(tags=['router'])\n@r.get('/a', tags=['own'])\ndef read(): ...\n"
        "app.include_router(r, prefix='/api/x', tags=['include'])\n"
    )
    assert (route.tags, route.category) == (("include", "router", "own"), "router")


@pytest.mark.parametrize(("path", "category"), [("/api/v1/users/{id}", "users"), ("/{id}", "root"), ("/", "root")])
def test_category_without_tags(path: str, category: str) -> None:
    assert only(f"@app.get('{path}')\ndef read(): ...\n").category == category


@pytest.mark.parametrize(
    ("rest", "deprecated", "in_schema"),
    [
        ("@app.get('/a')\ndef read(): ...\n", False, True),
        ("@app.get('/a', deprecated=True)\ndef read(): ...\n", True, True),
        ("@app.get('/a', include_in_schema=False)\ndef read(): ...\n", False, False),
        (
            "r = APIRouter(include_in_schema=False)\n@r.get('/a')\ndef read(): ...\napp.include_router(r)\n",
            False,
            False,
        ),
        ("r = APIRouter(deprecated=True)\n@r.get('/a')\ndef read(): ...\napp.include_router(r)\n", True, True),
        ("r = APIRouter()\n@r.get('/a')\ndef read(): ...\napp.include_router(r, deprecated=True)\n", True, True),
        (
            "r = APIRouter()\n@r.get('/a')\ndef read(): ...\napp.include_router(r, include_in_schema=False)\n",
            False,
            False,
        ),
    ],
)
def test_schema_flags(rest: str, deprecated: bool, in_schema: bool) -> None:
    route = only(rest)
    assert (route.deprecated, route.in_schema) == (deprecated, in_schema)


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("item: Item", "Item"),
        ("id: int, item: Item", "Item"),
        ("item: Annotated[Item, Body()]", "Item"),
        ("item: Item = Body(...)", "Item"),
        ("item: Annotated[Item, Depends()], body: Answer", "Answer"),
        ("item: Item = Depends(), body: Answer = Body()", "Answer"),
        ("item: Item | None = None", ""),
        ("id: int", ""),
    ],
)
def test_request_model(signature: str, expected: str) -> None:
    assert ref(only(f"@app.post('/a')\ndef read({signature}): ...\n").request) == expected


def test_a_dependency_under_a_name_is_no_body() -> None:
    named = "Current = Annotated[Item, Depends(lambda: None)]\n"
    assert ref(only(f"{named}@app.post('/a')\ndef read(user: Current, body: Answer): ...\n").request) == "Answer"
    assert ref(only(f"{named}@app.post('/a')\ndef read(user: Current): ...\n").request) == ""


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("@app.get('/a', response_model=Answer)\ndef read(): ...\n", "Answer"),
        ("@app.get('/a')\ndef read() -> Answer: ...\n", "Answer"),
        ("@app.get('/a', response_model=Answer)\ndef read() -> Item: ...\n", "Answer"),
        ("@app.get('/a', response_model=None)\ndef read() -> Item: ...\n", ""),
        ("@app.get('/a', response_model=Answer)\ndef read():\n    return JSONResponse({})\n", ""),
        ("@app.get('/a', response_model=Answer)\ndef read():\n    if a:\n"
         "        return JSONResponse({}, status_code=404)\n    return b\n", "Answer"),
        ("@app.get('/a')\ndef read(): ...\n", ""),
    ],
)  # fmt: skip
def test_response_model(rest: str, expected: str) -> None:
    assert ref(only(rest).response) == expected


def test_an_event_stream() -> None:
    route = only("@app.get('/a')\ndef read():\n    return StreamingResponse(f(), media_type='text/event-stream')\n")
    assert (route.kind, route.streams) == (Kind.SSE, "sse")


@pytest.mark.parametrize(
    ("path", "shown", "tail", "converters"),
    [
        ("/a/{p:path}", "/a/{p}", True, (("p", "path"),)),
        ("/a/{n:int}/b", "/a/{n}/b", False, (("n", "int"),)),
        ("/a/{p:path}/b", "/a/{p}/b", False, (("p", "path"),)),
        ("", "/", False, ()),
        ("/a/", "/a/", False, ()),
    ],
)
def test_path(path: str, shown: str, tail: bool, converters: tuple[tuple[str, str], ...]) -> None:
    route = only(f"@app.get('{path}')\ndef read(): ...\n")
    assert (route.path, route.tail, route.converters) == (shown, tail, converters)


def test_order_is_that_of_registration() -> None:
    routes = Project(
        _HEAD + "@app.get('/{id}')\ndef a(): ...\n@app.api_route('/x', methods=['GET', 'PUT'])\ndef b(): ...\n"
    ).routes()
    assert [(route.method, route.path, route.order) for route in routes] == [
        ("GET", "/{id}", 0), ("GET", "/x", 1), ("PUT", "/x", 1),
    ]  # fmt: skip


def test_the_chain_of_a_route() -> None:
    route = only("r = APIRouter(prefix='/r')\n@r.get('/a')\ndef read(): ...\napp.include_router(r, prefix='/p')\n")
    assert [(step.location.line, step.what) for step in route.provenance] == [
        (13, "included under '/p'"), (13, "a piece of the path"),
        (10, "a piece of the path"), (11, "a piece of the path"), (11, "registered here"),
    ]  # fmt: skip
