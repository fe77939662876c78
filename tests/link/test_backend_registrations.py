"""The ways to register a route: decorators, calls, sockets, paths from elsewhere.

Each expected list was compared with what FastAPI itself serves (0.115 and 0.165).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

REGISTRATIONS = {
    "add_api_route": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI, WebSocket
        router = APIRouter(prefix="/r")
        def f(): ...
        async def s(socket: WebSocket): ...
        router.add_api_route("/a", f)
        router.add_api_route("/b", f, methods=["POST", "PUT"])
        router.add_api_route(path="/c", endpoint=f, methods=["DELETE"])
        router.add_api_websocket_route("/ws", s)
        app = FastAPI()
        app.include_router(router)
        app.add_api_route("/d", f, methods={"PATCH"})
        """,
        ["GET /r/a", "POST /r/b", "PUT /r/b", "DELETE /r/c", "WS /r/ws", "PATCH /d"],
    ),
    "api_route": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        METHODS = ["GET", "POST"]
        @app.api_route("/a")
        def a(): ...
        @app.api_route("/b", methods=METHODS)
        def b(): ...
        """,
        ["GET /a", "GET /b", "POST /b"],
    ),
    "stacked decorators": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/a")
        @app.post("/b")
        @app.head("/c")
        def f(): ...
        """,
        ["HEAD /c", "POST /b", "GET /a"],
    ),
    "decorator applied as a call": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        def f(): ...
        app.get("/a")(f)
        app.post("/b", tags=["x"])(lambda: 1)
        """,
        ["GET /a", "POST /b"],
    ),
    "decorator kept in a name": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        get = app.get
        @get("/a")
        def f(): ...
        register = app.post("/b")
        register(f)
        """,
        ["GET /a", "POST /b"],
    ),
    "decorator below another": (
        """
        --- main.py
        from functools import wraps
        from fastapi import FastAPI
        app = FastAPI()
        def logged(level):
            def outer(f):
                @wraps(f)
                def inner(*a, **kw):
                    return f(*a, **kw)
                return inner
            return outer
        @app.get("/a")
        @logged("info")
        def f(): ...
        """,
        ["GET /a"],
    ),
    "verb by name": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        def f(): ...
        for verb in ("get", "post"):
            getattr(app, verb)("/a")(f)
        """,
        ["GET /a", "POST /a"],
    ),
    "sockets": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI, WebSocket
        app = FastAPI()
        router = APIRouter(prefix="/r")
        @router.websocket("/ws/{room}")
        async def s(socket: WebSocket, room: str): ...
        app.include_router(router, prefix="/p")
        @app.websocket("/ws")
        async def t(socket: WebSocket): ...
        """,
        ["WS /p/r/ws/{room}", "WS /ws"],
    ),
    "path converters": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/files/{path:path}")
        def files(path: str): ...
        @app.get("/items/{id:int}")
        def item(id: int): ...
        """,
        ["GET /files/{path}", "GET /items/{id}"],
    ),
    "path from elsewhere": (
        """
        --- main.py
        from fastapi import FastAPI
        from paths import Paths, ITEMS, users
        app = FastAPI()
        @app.get(Paths.HOME)
        def home(): ...
        @app.get(ITEMS["one"])
        def item(id: int): ...
        @app.get(path=users("x"))
        def user(): ...
        --- paths.py
        class Paths:
            HOME = "/home"
        ITEMS = {"one": Paths.HOME + "/{id}"}
        def users(name):
            return f"/users/{name}"
        """,
        ["GET /home", "GET /home/{id}", "GET /users/x"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), REGISTRATIONS.values(), ids=REGISTRATIONS)
def test_registration(source: str, expected: list[str]) -> None:
    assert lines(Project(source).routes()) == expected
