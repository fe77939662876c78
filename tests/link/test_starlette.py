"""What a Starlette application serves: route objects, routers, endpoint classes, mounts and hosts.

Each expected list was compared with the routes of the running application (Starlette 1.10, FastAPI 0.165),
without the HEAD that Starlette adds; 1.x keeps `add_route` and `mount` and has no route decorators.
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "route objects of every kind": (
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
        from starlette.routing import Host, Mount, Route, Router, WebSocketRoute
        async def f(request): ...
        async def s(socket): ...
        class Things(HTTPEndpoint):
            async def get(self, request): ...
            async def delete(self, request): ...
        class Feed(WebSocketEndpoint):
            encoding = "json"
        users = Router([Route("/", f), Route("/{id:int}", f, methods=["GET", "PUT"])])
        site = Router(routes=[Route("/home", f)])
        routes = [
            Route("/a", endpoint=f, methods=["post"]),
            Route("/things/{rest:path}", Things),
            WebSocketRoute("/ws", s),
            WebSocketRoute("/feed/{room}", endpoint=Feed),
            Mount("/users", app=users, name="users"),
            Mount("/v1", routes=[Route("/x", f), Mount("/deep", routes=[Route("/y", f)])]),
            Host("api.example.org", app=site),
        ]
        app = Starlette(debug=True, routes=routes)
        """,
        [
            "POST /a",
            "GET /things/{rest}",
            "DELETE /things/{rest}",
            "WS /ws",
            "WS /feed/{room}",
            "GET /users/",
            "GET /users/{id}",
            "PUT /users/{id}",
            "GET /v1/x",
            "GET /v1/deep/y",
            "GET /home",
        ],
    ),
    "registered by calls": (
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.endpoints import HTTPEndpoint
        from starlette.routing import Route, Router, WebSocketRoute
        async def f(request): ...
        async def s(socket): ...
        class Base(HTTPEndpoint):
            async def get(self, request): ...
        class Both(Base):
            async def post(self, request): ...
        sub = Router()
        sub.add_route("/x", f)
        app = Starlette()
        app.add_route("/a", f, methods=["PATCH"])
        app.add_route("/both", Both)
        app.routes.append(WebSocketRoute("/ws", s))
        app.mount("/sub", sub)
        app.routes.append(Route("/late", f))
        app.router.routes.extend([Route("/later", f, methods=("DELETE",))])
        """,
        ["PATCH /a", "GET /both", "POST /both", "WS /ws", "GET /sub/x", "GET /late", "DELETE /later"],
    ),
    "routes from functions and other modules": (
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.routing import Mount
        from pages import routes as pages, make
        app = Starlette(routes=[*pages, Mount("/made", routes=make(("a", "b")))])
        --- pages.py
        from starlette.routing import Route
        async def f(request): ...
        routes = [Route(f"/{name}", f) for name in ("one", "two")]
        def make(names):
            return [Route("/" + name, f, methods=["POST"]) for name in names]
        """,
        ["GET /one", "GET /two", "POST /made/a", "POST /made/b"],
    ),
    "class nobody instantiates another way": (
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.routing import Route
        class Api(Starlette):
            def __init__(self, prefix="/api"):
                super().__init__(routes=[Route(prefix + "/a", self.a)])
                self.add_route(prefix + "/b", self.b, methods=["POST"])
            async def a(self, request): ...
            async def b(self, request): ...
        app = Api()
        """,
        ["GET /api/a", "POST /api/b"],
    ),
    "routes of FastAPI as objects": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        from fastapi.routing import APIRoute
        def f(): ...
        router = APIRouter(routes=[APIRoute("/x", f, methods=["GET", "POST"])])
        app = FastAPI()
        app.include_router(router, prefix="/p")
        """,
        ["GET /p/x", "POST /p/x"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert lines(Project(source).routes()) == expected


def test_the_service_is_named_after_its_framework() -> None:
    source, _ = PROJECTS["registered by calls"]
    project = Project(source)
    assert project.candidates[0].backend.application.framework == "starlette"
    assert {route.framework for route in project.routes()} == {"starlette"}


def test_a_function_of_an_endpoint_class_is_the_handler() -> None:
    source, _ = PROJECTS["registered by calls"]
    found = [route.handler for route in Project(source).routes() if route.path == "/both"]
    assert found == ["main:Base.get", "main:Both.post"]


def test_methods_that_cannot_be_read_may_be_any() -> None:
    project = Project(
        """
        --- main.py
        import os
        from fastapi import FastAPI
        from starlette.endpoints import HTTPEndpoint
        from starlette.routing import Route
        from vendor import METHODS, Exporting, graphql
        class Things(Exporting, HTTPEndpoint):
            async def get(self, request): ...
        app = FastAPI(routes=[Route("/things", Things), Route("/b", f, methods=METHODS)])
        @app.api_route("/c", methods=METHODS)
        def c(): ...
        @app.api_route("/d", methods=["GET", *METHODS])
        def d(): ...
        @app.api_route("/e", methods=[os.environ["METHOD"]])
        def e(): ...
        """
    )
    assert lines(project.routes()) == ["GET /things", "{} /things", "{} /b", "{} /c", "{} /d", "{} /e"]


def test_what_is_no_route_is_a_gap() -> None:
    project = Project(
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.routing import Route
        from vendor import pages, one
        async def f(request): ...
        app = Starlette(routes=[Route("/a", f), one, *pages])
        """
    )
    assert lines(project.routes()) == ["GET /a"]
    assert project.gaps() == [": vendor.one comes from a library", ": further routes of a list"]
