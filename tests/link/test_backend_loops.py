"""Routers found by looking at the modules of a folder.

Each expected list was compared with the routes of the running application (FastAPI 0.165).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "pkgutil over a package": (
        """
        --- app/__init__.py
        --- app/main.py
        import importlib, pkgutil
        from fastapi import FastAPI
        import app.routers as routers
        app = FastAPI()
        for info in pkgutil.iter_modules(routers.__path__):
            module = importlib.import_module(f"app.routers.{info.name}")
            if hasattr(module, "router"):
                app.include_router(module.router, prefix="/api")
        --- app/routers/__init__.py
        --- app/routers/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/a")
        def f(): ...
        --- app/routers/b.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/b")
        @router.post("")
        def f(): ...
        --- app/routers/helper.py
        x = 1
        """,
        ["GET /api/a", "POST /api/b"],
    ),
    "pkgutil tuple with walk_packages and prefix": (
        """
        --- app/__init__.py
        --- app/main.py
        import importlib, pkgutil
        from fastapi import FastAPI
        from app import routers
        def load(app):
            for _, name, is_pkg in pkgutil.walk_packages(routers.__path__, prefix=routers.__name__ + "."):
                if is_pkg: continue
                module = importlib.import_module(name)
                router = getattr(module, "router", None)
                if router is not None:
                    app.include_router(router)
        def create_app():
            app = FastAPI()
            load(app)
            return app
        --- app/routers/__init__.py
        --- app/routers/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/a")
        def f(): ...
        --- app/routers/sub/__init__.py
        --- app/routers/sub/c.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/c")
        def f(): ...
        """,
        ["GET /a", "GET /c"],
    ),
    "path glob": (
        """
        --- app/__init__.py
        --- app/main.py
        import importlib
        from pathlib import Path
        from fastapi import FastAPI
        app = FastAPI()
        for file in sorted((Path(__file__).parent / "routers").glob("*.py")):
            if file.stem.startswith("_"):
                continue
            module = importlib.import_module(f"app.routers.{file.stem}")
            app.include_router(module.router, prefix=f"/{file.stem}")
        --- app/routers/__init__.py
        --- app/routers/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/x")
        def f(): ...
        --- app/routers/b.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/y")
        def f(): ...
        """,
        ["GET /a/x", "GET /b/y"],
    ),
    "os.listdir": (
        """
        --- app/__init__.py
        --- app/main.py
        import os, importlib
        from fastapi import FastAPI
        app = FastAPI()
        here = os.path.dirname(__file__)
        for name in os.listdir(os.path.join(here, "routers")):
            if name.endswith(".py") and name != "__init__.py":
                module = importlib.import_module("app.routers." + name[:-3])
                app.include_router(module.router)
        --- app/routers/__init__.py
        --- app/routers/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/x")
        def f(): ...
        """,
        ["GET /x"],
    ),
    "__all__ and relative import_module": (
        """
        --- app/__init__.py
        --- app/main.py
        from importlib import import_module
        from fastapi import FastAPI
        from app import routers
        app = FastAPI()
        for name in routers.__all__:
            module = import_module(f".{name}", package="app.routers")
            app.include_router(module.router)
        --- app/routers/__init__.py
        __all__ = ["a", "b"]
        --- app/routers/a.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/a")
        def f(): ...
        --- app/routers/b.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/b")
        @router.post("")
        def f(): ...
        """,
        ["GET /a", "POST /b"],
    ),
    "registry by decorator at import": (
        """
        --- app/__init__.py
        --- app/registry.py
        ROUTERS = {}
        def register(name):
            def inner(cls):
                ROUTERS[name] = cls()
                return cls
            return inner
        --- app/main.py
        from fastapi import FastAPI
        from app.registry import ROUTERS
        import app.features
        def create_app():
            app = FastAPI()
            for name, feature in ROUTERS.items():
                app.include_router(feature.router, prefix=f"/{name}")
            return app
        --- app/features/__init__.py
        import pkgutil, importlib
        for _, name, _ in pkgutil.iter_modules(__path__):
            importlib.import_module(f"{__name__}.{name}")
        --- app/features/x.py
        from fastapi import APIRouter
        from app.registry import register
        @register("x")
        class X:
            def __init__(self):
                self.router = APIRouter()
                self.router.add_api_route("/go", self.go, methods=["POST"])
            def go(self): ...
        """,
        ["POST /x/go"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    project = Project(source)
    assert sorted(lines(project.routes())) == sorted(expected)
    assert project.gaps() == []


def test_modules_of_another_folder_are_unknown() -> None:
    project = Project(
        """
        --- main.py
        import importlib
        import os
        import pkgutil
        from fastapi import FastAPI
        app = FastAPI()
        for one in pkgutil.iter_modules([os.environ["PLUGINS"]]):
            app.include_router(importlib.import_module(one.name).router)
        @app.get("/x")
        def x(): ...
        """
    )
    assert lines(project.routes()) == ["GET /x"]
    assert project.gaps() == [": a module whose name is computed"]
