"""Applications and routers with classes of their own, and views that are classes.

Each expected list was compared with what FastAPI itself serves (0.115 and 0.165).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

CLASSES = {
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
            "GET /users",
            "GET /users/{id}",
            "DELETE /users/{id}",
            "GET /people",
            "GET /people/{id}",
            "DELETE /people/{id}",
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
}


@pytest.mark.parametrize(("source", "expected"), CLASSES.values(), ids=CLASSES)
def test_router_class(source: str, expected: list[str]) -> None:
    assert lines(Project(source).routes()) == expected
