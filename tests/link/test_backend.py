"""What a FastAPI application serves: routers and includes, from source to routes.

Each expected list was compared with what FastAPI itself serves (0.115 and 0.165).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

INCLUDES = {
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
}


@pytest.mark.parametrize(("source", "expected"), INCLUDES.values(), ids=INCLUDES)
def test_include(source: str, expected: list[str]) -> None:
    assert lines(Project(source).routes()) == expected
