"""What a Litestar application serves, from source to routes.

Each expected list was compared with the routes of the running application (Litestar 2.25), without its own
documents and OPTIONS.
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "handlers": (
        """
        --- main.py
        from litestar import HttpMethod, Litestar, WebSocket, delete, get, patch, post, put, route, websocket
        from litestar.handlers import websocket_listener
        @get("/")
        async def index() -> str: ...
        @get(["/a", "/b/", "c/{name:str}"])
        async def several(name: str = "") -> str: ...
        @post()
        async def create() -> None: ...
        @put("/x/{id:uuid}")
        async def x(id: str) -> None: ...
        @patch(path="/y")
        async def y() -> None: ...
        @route("/z", http_method=[HttpMethod.GET, "DELETE"], status_code=200)
        async def z() -> None: ...
        @route("/w", http_method="POST")
        async def w() -> None: ...
        @websocket("/ws")
        async def ws(socket: WebSocket) -> None: ...
        @websocket_listener("/listen/{room:int}")
        async def listen(data: str) -> str: ...
        @get("/unused")
        async def unused() -> None: ...
        app = Litestar([index, several, create, x, y, z, w, ws, listen])
        """,
        [
            "GET /",
            "GET /a",
            "GET /b",
            "GET /c/{name}",
            "POST /",
            "PUT /x/{id}",
            "PATCH /y",
            "GET /z",
            "DELETE /z",
            "POST /w",
            "WS /ws",
            "WS /listen/{room}",
        ],
    ),
    "controllers and layers": (
        """
        --- main.py
        from litestar import Litestar, Router
        from users import UserController, health
        from litestar import get
        inner = Router(path="/inner", route_handlers=[health])
        api = Router("/api/v1/", route_handlers=[UserController, inner])
        @get("/late")
        async def late() -> str: ...
        app = Litestar(route_handlers=[api, UserController])
        app.register(late)
        inner2 = Router(path="/two", route_handlers=[])
        inner2.register(health)
        app.register(inner2)
        --- users.py
        from litestar import Controller, delete, get, post
        class Base(Controller):
            @get()
            async def find(self) -> list[str]: ...
        class UserController(Base):
            path = "/users"
            tags = ["users"]
            @post("/")
            async def create(self) -> None: ...
            @delete("/{user_id:int}/")
            async def drop(self, user_id: int) -> None: ...
        @get("/health")
        async def health() -> str: ...
        """,
        [
            "POST /api/v1/users",
            "DELETE /api/v1/users/{user_id}",
            "GET /api/v1/users",
            "GET /api/v1/inner/health",
            "POST /users",
            "DELETE /users/{user_id}",
            "GET /users",
            "GET /late",
            "GET /two/health",
        ],
    ),
    "what runs when the application is made": (
        """
        --- main.py
        from litestar import Litestar, get
        from litestar.plugins import InitPluginProtocol
        @get("/a")
        async def a() -> str: ...
        @get("/b")
        async def b() -> str: ...
        @get("/c")
        async def c() -> str: ...
        def hook(config):
            config.route_handlers.append(b)
            return config
        class Plugin(InitPluginProtocol):
            def on_app_init(self, app_config):
                app_config.route_handlers.extend([c])
                return app_config
        def create_app() -> Litestar:
            return Litestar(route_handlers=[a], path="/api", on_app_init=[hook], plugins=[Plugin()])
        """,
        ["GET /api/a", "GET /api/b", "GET /api/c"],
    ),
    "a configuration, a listener class, a function used twice": (
        """
        --- main.py
        from litestar import Litestar, get, post
        from litestar.config.app import AppConfig
        from litestar.handlers import WebsocketListener
        from litestar.static_files import create_static_files_router
        class Feed(WebsocketListener):
            path = "/feed"
            def on_receive(self, data: str) -> str: ...
        async def f() -> None: ...
        handlers = [get("/one", status_code=204)(f), post("/two")(f)]
        files = create_static_files_router(path="/static", directories=["."])
        app = Litestar.from_config(AppConfig(route_handlers=[Feed, files, *handlers]))
        """,
        ["WS /feed", "GET /one", "POST /two"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert lines(Project(source).routes()) == expected


def test_handlers_types_and_slashes() -> None:
    project = Project(
        """
        --- main.py
        from dataclasses import dataclass
        from litestar import Controller, Litestar, get, post
        @dataclass
        class User:
            id: int
        @dataclass
        class Service:
            name: str
        class Users(Controller):
            path = "/users"
            @get("/{rest:path}")
            async def read(self, rest: str) -> User: ...
            @post()
            async def create(self, service: Service, data: User) -> User: ...
            @post("/dto", dto=UserDTO)
            async def other(self, data: User) -> User: ...
        class Converted(Controller):
            path = "/converted"
            return_dto = UserDTO
            @get()
            async def read(self) -> User: ...
        app = Litestar([Users, Converted])
        """
    )
    routes = project.routes()
    assert [(one.handler, one.tail, one.strict_slashes, one.framework) for one in routes] == [
        ("main:Users.read", True, False, "litestar"),
        ("main:Users.create", False, False, "litestar"),
        ("main:Users.other", False, False, "litestar"),
        ("main:Converted.read", False, False, "litestar"),
    ]
    assert [one.response is not None for one in routes] == [True, True, False, False]
    assert [getattr(one.request, "key", None) for one in routes] == [None, "main.py:User", None, None]
    assert project.candidates[0].backend.application.framework == "litestar"


def test_what_cannot_be_resolved_is_a_gap_or_any_method() -> None:
    project = Project(
        """
        --- main.py
        from litestar import Litestar, route
        from litestar.plugins.sqlalchemy import SQLAlchemyPlugin
        from vendor import METHODS, Admin, handler, handlers
        @route("/x", http_method=METHODS)
        async def x() -> None: ...
        app = Litestar([x, handler, *handlers], plugins=[SQLAlchemyPlugin(), Admin()])
        """
    )
    assert lines(project.routes()) == ["{} /x"]
    assert project.gaps() == [
        ": a plugin: what vendor.Admin returns",
        ": vendor.handler comes from a library",
        ": further handlers of a list",
    ]


def test_a_router_nobody_registers_is_declared() -> None:
    project = Project(
        """
        --- main.py
        from litestar import Litestar, Router, get
        @get("/x")
        async def x() -> str: ...
        idle = Router(path="/idle", route_handlers=[x])
        app = Litestar([x])
        """
    )
    assert lines(project.routes()) == ["GET /x"]
    assert [one.routes for one in project.unmounted()] == [("GET /x",)]
