"""What a FastAPI application serves: routers, includes and registrations, from source to routes.

Each expected list was compared with what FastAPI itself serves (0.115 and 0.165).
"""

from __future__ import annotations

import pytest

from tests.link.served_project import Project, lines

REGISTRATIONS = {
    "prefix of router and include": (
        """
        --- main.py
        from fastapi import FastAPI
        from api.users import router
        app = FastAPI()
        app.include_router(router, prefix="/api/v1")
        --- api/__init__.py
        --- api/users.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/users")
        @router.get("/{user_id}")
        def read(user_id: int): ...
        @router.post("")
        def create(): ...
        @router.get("/")
        def find(): ...
        """,
        ["GET /api/v1/users/{user_id}", "POST /api/v1/users", "GET /api/v1/users/"],
    ),
    "nested includes": (
        """
        --- main.py
        from fastapi import FastAPI
        from api import api_router
        app = FastAPI()
        app.include_router(api_router, prefix="/api")
        --- api/__init__.py
        from fastapi import APIRouter
        from . import items, users
        api_router = APIRouter(prefix="/v1")
        api_router.include_router(users.router, prefix="/users")
        api_router.include_router(items.router)
        --- api/users.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/me")
        def me(): ...
        --- api/items.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/items")
        @router.delete("/{id}")
        def drop(id: int): ...
        """,
        ["GET /api/v1/users/me", "DELETE /api/v1/items/{id}"],
    ),
    "loop over tuples": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        a, b = APIRouter(), APIRouter()
        @a.get("/x")
        def ax(): ...
        @b.get("/x")
        def bx(): ...
        app = FastAPI()
        for router, prefix in ((a, "/a"), (b, "/b")):
            app.include_router(router, prefix=prefix)
        """,
        ["GET /a/x", "GET /b/x"],
    ),
    "loop over a dict": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        a, b = APIRouter(), APIRouter()
        @a.get("/x")
        def ax(): ...
        @b.get("/x")
        def bx(): ...
        app = FastAPI()
        for name, router in {"a": a, "b": b}.items():
            app.include_router(router, prefix=f"/{name}", tags=[name])
        """,
        ["GET /a/x", "GET /b/x"],
    ),
    "loop over modules": (
        """
        --- main.py
        from fastapi import FastAPI
        from api import a, b
        app = FastAPI()
        for module in [a, b]:
            app.include_router(module.router, prefix="/api")
        --- api/__init__.py
        --- api/a.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/a")
        @router.get("/x")
        def ax(): ...
        --- api/b.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/b")
        @router.get("/x")
        def bx(): ...
        """,
        ["GET /api/a/x", "GET /api/b/x"],
    ),
    "list of routers in a config": (
        """
        --- main.py
        from fastapi import FastAPI
        from config import ROUTERS
        app = FastAPI()
        [app.include_router(one) for one in ROUTERS]
        --- config.py
        from fastapi import APIRouter
        from api import router
        extra = APIRouter(prefix="/extra")
        @extra.get("")
        def root(): ...
        ROUTERS = [router]
        ROUTERS.append(extra)
        --- api.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/a")
        @router.get("/x")
        def ax(): ...
        """,
        ["GET /a/x", "GET /extra"],
    ),
    "modules named by text": (
        """
        --- main.py
        import importlib
        from fastapi import FastAPI
        app = FastAPI()
        for name in ("a", "b"):
            module = importlib.import_module(f"api.{name}")
            app.include_router(module.router, prefix=f"/{name}")
        --- api/__init__.py
        --- api/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/x")
        def ax(): ...
        --- api/b.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/y")
        def by(): ...
        """,
        ["GET /a/x", "GET /b/y"],
    ),
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
    "wrapper that prepends a global prefix": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        PREFIX = "/api"
        def include(app, router, prefix="", **options):
            app.include_router(router, prefix=PREFIX + prefix, **options)
        users = APIRouter()
        @users.get("/{id}")
        def read(id: int): ...
        app = FastAPI()
        include(app, users, prefix="/users", tags=["users"])
        include(app, users)
        """,
        ["GET /api/users/{id}", "GET /api/{id}"],
    ),
    "wrapper that rewrites the route prefixes": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Settings:
            prefix = "api/v2"
        def normalised(prefix):
            return prefix if prefix.startswith("/") else "/" + prefix
        def include(app, router):
            app.include_router(router, prefix=normalised(Settings.prefix))
        a = APIRouter(prefix="/a")
        @a.get("/x")
        def x(): ...
        app = FastAPI()
        include(app, a)
        """,
        ["GET /api/v2/a/x"],
    ),
    "application class with its own include": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Service(FastAPI):
            def __init__(self, base, **options):
                super().__init__(**options)
                self.base = base
            def include_router(self, router, prefix="", **options):
                super().include_router(router, prefix=self.base + prefix, **options)
        r = APIRouter()
        @r.get("/x")
        def x(): ...
        app = Service("/base", title="t")
        app.include_router(r, prefix="/r")
        @app.get("/direct")
        def direct(): ...
        """,
        ["GET /base/r/x", "GET /direct"],
    ),
    "router subclass with its own constructor": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Versioned(APIRouter):
            def __init__(self, name, **kw):
                super().__init__(prefix=f"/v1/{name}", tags=[name], **kw)
        r = Versioned("users")
        @r.get("/{id}")
        def read(id: int): ...
        app = FastAPI()
        app.include_router(r)
        """,
        ["GET /v1/users/{id}"],
    ),
    "router subclass that registers in its constructor": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Crud(APIRouter):
            def __init__(self, schema, prefix=None):
                name = schema.__name__.lower()
                super().__init__(prefix=prefix or f"/{name}s")
                self.add_api_route("", self._all, methods=["GET"])
                self.add_api_route("/{id}", self._one, methods=["GET"])
                super().add_api_route("/{id}", self._drop, methods=["DELETE"])
            def _all(self): ...
            def _one(self, id: int): ...
            def _drop(self, id: int): ...
        class User: ...
        app = FastAPI()
        app.include_router(Crud(User))
        app.include_router(Crud(User, prefix="/people"))
        """,
        [
            "GET /users", "GET /users/{id}", "DELETE /users/{id}",
            "GET /people", "GET /people/{id}", "DELETE /people/{id}",
        ],
    ),
    "router subclass with its own api_route": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Slashed(APIRouter):
            def api_route(self, path, **kw):
                bare = super().api_route(path.rstrip("/"), **kw)
                slashed = super().api_route(path.rstrip("/") + "/", include_in_schema=False, **kw)
                def decorator(f):
                    slashed(f)
                    return bare(f)
                return decorator
            def get(self, path, **kw):
                return self.api_route(path, methods=["GET"], **kw)
        r = Slashed(prefix="/r")
        @r.get("/a")
        def a(): ...
        app = FastAPI()
        app.include_router(r)
        """,
        ["GET /r/a/", "GET /r/a"],
    ),
    "router subclass with its own add_api_route": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Both(APIRouter):
            def add_api_route(self, path, endpoint, **kw):
                super().add_api_route("/extra" + path, endpoint, **kw)
        r = Both(prefix="/r")
        @r.get("/a")
        def a(): ...
        r.add_api_route("/b", a)
        app = FastAPI()
        app.include_router(r)
        """,
        ["GET /r/extra/a", "GET /r/extra/b"],
    ),
    "class-based view": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        from fastapi_utils.cbv import cbv
        router = APIRouter(prefix="/items")
        @cbv(router)
        class Items:
            def __init__(self): ...
            @router.get("/")
            def find(self): ...
            @router.get("/{id}")
            def read(self, id: int): ...
        app = FastAPI()
        app.include_router(router)
        """,
        ["GET /items/", "GET /items/{id}"],
    ),
    "own class decorator": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        def controller(router):
            def decorator(cls):
                cls.router = router
                return cls
            return decorator
        router = APIRouter(prefix="/items")
        @controller(router)
        class Items:
            @router.get("/{id}")
            def read(self, id: int): ...
        app = FastAPI()
        app.include_router(Items.router)
        """,
        ["GET /items/{id}"],
    ),
    "controller that registers its methods": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Base:
            prefix = ""
            def __init__(self):
                self.router = APIRouter(prefix=self.prefix)
                self.routes()
            def routes(self):
                self.router.add_api_route("/", self.find, methods=["GET"])
            def find(self): ...
        class Users(Base):
            prefix = "/users"
        class Items(Base):
            prefix = "/items"
            def routes(self):
                super().routes()
                self.router.post("/")(self.create)
            def create(self): ...
        app = FastAPI()
        for controller in (Users, Items):
            app.include_router(controller().router)
        """,
        ["GET /users/", "GET /items/", "POST /items/"],
    ),
    "function that builds a router": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        def make(prefix, name="x"):
            router = APIRouter(prefix=prefix)
            @router.get(f"/{name}")
            def read(): ...
            return router
        app = FastAPI()
        app.include_router(make("/a"))
        app.include_router(make("/b", name="y"), prefix="/c")
        """,
        ["GET /a/x", "GET /c/b/y"],
    ),
    "function that takes the application": (
        """
        --- main.py
        from fastapi import FastAPI
        from health import register
        app = FastAPI()
        register(app)
        --- health.py
        def register(app, prefix="/health"):
            @app.get(prefix + "/live")
            def live(): ...
            @app.get(f"{prefix}/ready")
            def ready(): ...
        """,
        ["GET /health/live", "GET /health/ready"],
    ),
    "one router twice": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        r = APIRouter(prefix="/r")
        @r.get("/x")
        def x(): ...
        app = FastAPI()
        app.include_router(r, prefix="/v1")
        app.include_router(r, prefix="/v2")
        """,
        ["GET /v1/r/x", "GET /v2/r/x"],
    ),
    "prefix changed after a registration": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        r = APIRouter(prefix="/r")
        @r.get("/x")
        def x(): ...
        r.prefix = "/s"
        @r.get("/y")
        def y(): ...
        app = FastAPI()
        app.include_router(r)
        """,
        ["GET /r/x", "GET /s/y"],
    ),
    "prefix read from a router": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        r = APIRouter(prefix="/r")
        s = APIRouter(prefix=r.prefix + "/s")
        @s.get("/x")
        def x(): ...
        app = FastAPI()
        app.include_router(s)
        """,
        ["GET /r/s/x"],
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
