"""Which application and which branch is served: settings, decoys, second servers, gaps.

Each expected list was compared with what FastAPI itself serves (0.115 and 0.165).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

BRANCHES = {
    "setting decides": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        from pydantic_settings import BaseSettings
        class Settings(BaseSettings):
            DEBUG: bool = False
            DOCS: bool = True
        settings = Settings()
        a, b = APIRouter(prefix="/a"), APIRouter(prefix="/b")
        @a.get("/x")
        def ax(): ...
        @b.get("/x")
        def bx(): ...
        app = FastAPI()
        if settings.DEBUG:
            app.include_router(a)
        if settings.DOCS:
            app.include_router(b)
        """,
        ["GET /a/x ?", "GET /b/x"],
    ),
    "constant decides": (
        """
        --- main.py
        from fastapi import FastAPI
        DEBUG = False
        app = FastAPI()
        if DEBUG:
            @app.get("/debug")
            def debug(): ...
        else:
            @app.get("/a")
            def a(): ...
        """,
        ["GET /a"],
    ),
    "nobody decides": (
        """
        --- main.py
        import os
        from fastapi import FastAPI
        app = FastAPI()
        if os.path.exists("dist"):
            @app.get("/dist")
            def dist(): ...
        @app.get("/a")
        def a(): ...
        """,
        ["GET /dist ?", "GET /a"],
    ),
    "optional module that exists": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        try:
            from extra import router
            app.include_router(router, prefix="/extra")
        except ImportError:
            pass
        --- extra.py
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/x")
        def x(): ...
        """,
        ["GET /extra/x"],
    ),
    "second application with fewer routes": (
        """
        --- main.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/a")
        def a(): ...
        @app.get("/b")
        def b(): ...
        --- tests/test_a.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/t1")
        def t1(): ...
        @app.get("/t2")
        def t2(): ...
        @app.get("/t3")
        def t3(): ...
        --- scripts/fake.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/s1")
        def s1(): ...
        @app.get("/s2")
        def s2(): ...
        @app.get("/s3")
        def s3(): ...
        """,
        ["GET /a", "GET /b"],
    ),
    "handlers in modules that are imported for their effects": (
        """
        --- app/__init__.py
        from fastapi import FastAPI
        app = FastAPI()
        from app import views
        --- app/views.py
        from app import app
        @app.get("/a")
        def a(): ...
        """,
        ["GET /a"],
    ),
    "handlers added by the module that is started": (
        """
        --- core.py
        from fastapi import FastAPI
        app = FastAPI()
        --- main.py
        from core import app
        import views
        --- views.py
        from core import app
        @app.get("/a")
        def a(): ...
        """,
        ["GET /a"],
    ),
    "started in a lifespan": (
        """
        --- main.py
        from contextlib import asynccontextmanager
        from fastapi import APIRouter, FastAPI
        r = APIRouter()
        @r.get("/a")
        def a(): ...
        @asynccontextmanager
        async def lifespan(app):
            app.include_router(r, prefix="/late")
            yield
        app = FastAPI(lifespan=lifespan)
        @app.get("/b")
        def b(): ...
        """,
        ["GET /b", "GET /late/a"],
    ),
    "global set by a function": (
        """
        --- main.py
        from fastapi import FastAPI
        app = None
        def setup():
            global app
            app = FastAPI()
            @app.get("/a")
            def a(): ...
        setup()
        """,
        ["GET /a"],
    ),
    "versions": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        app = FastAPI()
        for version in range(1, 3):
            router = APIRouter(prefix=f"/v{version}")
            @router.get("/a")
            def a(): ...
            app.include_router(router)
        """,
        ["GET /v1/a", "GET /v2/a"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), BRANCHES.values(), ids=BRANCHES)
def test_branch(source: str, expected: list[str]) -> None:
    assert lines(Project(source).routes()) == expected


def test_a_second_server_extends_the_first() -> None:
    project = Project(
        """
        --- core/__init__.py
        --- core/main.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/a")
        def a(): ...
        --- cloud/__init__.py
        --- cloud/server.py
        from core.main import app
        @app.get("/billing")
        def billing(): ...
        """
    )
    assert lines(project.routes()) == ["GET /a"]
    assert project.extensions() == {"cloud/server.py": ["GET /a", "GET /billing"]}


def test_routers_nobody_includes_are_declared() -> None:
    project = Project(
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        import admin
        app = FastAPI()
        @app.get("/a")
        def a(): ...
        --- admin.py
        from fastapi import APIRouter
        router = APIRouter(prefix="/admin")
        @router.get("/x")
        def x(): ...
        @router.post("/x")
        def y(): ...
        """
    )
    assert lines(project.routes()) == ["GET /a"]
    assert [(one.name, one.location.file, one.routes) for one in project.unmounted()] == [
        ("admin", "admin.py", ("GET /admin/x", "POST /admin/x"))
    ]


@pytest.mark.parametrize(
    ("included", "gap"),
    [
        ("from core.gone import router", "/g: cannot find the module core.gone"),
        ("from core import router", "/g: core does not define router"),
        ("from library import router", "/g: library.router comes from a library"),
        ("import library\nrouter = library.make()", "/g: what library.make returns"),
    ],
)
def test_what_cannot_be_included_is_a_gap(included: str, gap: str) -> None:
    source = f"""
--- core/__init__.py
--- core/main.py
from fastapi import FastAPI
{included}
app = FastAPI()
app.include_router(router, prefix="/g")
"""
    assert Project(source).gaps() == [gap]


def test_an_optional_module_that_is_missing_is_a_gap() -> None:
    project = Project(
        """
        --- core/__init__.py
        --- core/main.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/a")
        def a(): ...
        try:
            from core.enterprise import router
            app.include_router(router, prefix="/e")
        except ImportError:
            pass
        """
    )
    assert lines(project.routes()) == ["GET /a"]
    assert project.gaps() == ["/e: cannot find the module core.enterprise"]
