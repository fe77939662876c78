"""Routers found by looking at the names of a module, and at the functions of a class.

Each expected list was compared with the routes of the running application (FastAPI 0.165).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "own controller decorator with dir/getattr": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        def get(path, **kw):
            def inner(fn):
                fn._route = ("GET", path, kw)
                return fn
            return inner
        def post(path):
            def inner(fn):
                fn._route = ("POST", path, {})
                return fn
            return inner
        def controller(prefix):
            def wrap(cls):
                router = APIRouter(prefix=prefix)
                instance = cls()
                for name in dir(instance):
                    method = getattr(instance, name)
                    if hasattr(method, "_route"):
                        verb, path, kw = method._route
                        router.add_api_route(path, method, methods=[verb], **kw)
                cls.router = router
                return cls
            return wrap
        @controller("/users")
        class Users:
            @get("/{id}")
            def read(self, id: int): ...
            @post("")
            def create(self): ...
        app = FastAPI()
        app.include_router(Users.router)
        """,
        ["GET /users/{id}", "POST /users"],
    ),
    "own controller with inspect.getmembers and vars": (
        """
        --- main.py
        import inspect
        from fastapi import APIRouter, FastAPI
        def route(method, path):
            def inner(fn):
                setattr(fn, "__route__", {"method": method, "path": path})
                return fn
            return inner
        class Base:
            prefix = ""
            def __init__(self):
                self.router = APIRouter(prefix=self.prefix)
                for name, fn in inspect.getmembers(self, predicate=inspect.ismethod):
                    meta = getattr(fn, "__route__", None)
                    if meta:
                        self.router.add_api_route(meta["path"], fn, methods=[meta["method"]])
        class Users(Base):
            prefix = "/users"
            @route("GET", "/{id}")
            def read(self, id: int): ...
        class Static:
            @route("PUT", "/x")
            def x(self): ...
        def build(cls):
            r = APIRouter()
            for name, fn in vars(cls).items():
                if hasattr(fn, "__route__"):
                    r.add_api_route(fn.__route__["path"], fn, methods=[fn.__route__["method"]])
            for name, fn in cls.__dict__.items():
                if callable(fn) and hasattr(fn, "__route__"):
                    r.add_api_route("/again" + fn.__route__["path"], fn, methods=[fn.__route__["method"]])
            return r
        app = FastAPI()
        app.include_router(Users().router)
        app.include_router(build(Static))
        """,
        ["GET /users/{id}", "PUT /x", "PUT /again/x"],
    ),
    "dir of module": (
        """
        --- app/__init__.py
        --- app/main.py
        from fastapi import APIRouter, FastAPI
        from app import routers
        app = FastAPI()
        for name in dir(routers):
            obj = getattr(routers, name)
            if isinstance(obj, APIRouter):
                app.include_router(obj)
        --- app/routers/__init__.py
        from .a import router as a_router
        from .b import b_router
        VERSION = 1
        --- app/routers/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/a")
        def f(): ...
        --- app/routers/b.py
        from fastapi import APIRouter
        b_router = APIRouter(prefix="/b")
        @b_router.post("")
        def f(): ...
        """,
        ["GET /a", "POST /b"],
    ),
    "getmembers of module, vars, package name": (
        """
        --- app/__init__.py
        --- app/main.py
        import inspect, pkgutil
        from importlib import import_module
        from pathlib import Path
        from fastapi import APIRouter, FastAPI
        from app.routers import a
        app = FastAPI()
        for name, obj in inspect.getmembers(a, lambda one: isinstance(one, APIRouter)):
            app.include_router(obj, prefix="/one")
        for obj in vars(a).values():
            if isinstance(obj, APIRouter):
                app.include_router(obj, prefix="/two")
        def auto():
            package_dir = str(Path(__file__).resolve().parent / "routers")
            for _, module_name, _ in pkgutil.iter_modules([package_dir]):
                module = import_module(f"{__package__}.routers.{module_name}")
                for attribute_name in dir(module):
                    attribute = getattr(module, attribute_name)
                    if isinstance(attribute, APIRouter):
                        app.include_router(attribute, prefix="/three")
        auto()
        --- app/routers/__init__.py
        --- app/routers/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/a")
        def f(): ...
        """,
        ["GET /one/a", "GET /two/a", "GET /three/a"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    project = Project(source)
    assert sorted(lines(project.routes())) == sorted(expected)
    assert project.gaps() == []
