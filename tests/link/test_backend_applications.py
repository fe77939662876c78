"""Applications: factories, mounts, Starlette.

Each expected list was compared with what FastAPI itself serves (0.115 and 0.165).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

APPLICATIONS = {
    "factory that is called": (
        """
        --- main.py
        from factory import create_app
        app = create_app()
        --- factory.py
        from fastapi import FastAPI
        def create_app(prefix="/api"):
            app = FastAPI()
            @app.get(prefix + "/a")
            def a(): ...
            return app
        """,
        ["GET /api/a"],
    ),
    "factory that only a process manager calls": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        r = APIRouter()
        @r.get("/a")
        def a(): ...
        def create_app(prefix: str = "/api") -> FastAPI:
            app = FastAPI()
            app.include_router(r, prefix=prefix)
            return app
        --- Dockerfile
        CMD ["uvicorn", "main:create_app", "--factory"]
        """,
        ["GET /api/a"],
    ),
    "factory that only a test calls": (
        """
        --- service/main.py
        from fastapi import FastAPI
        def create_app():
            app = FastAPI()
            @app.get("/a")
            def a(): ...
            @app.get("/b")
            def b(): ...
            return app
        app = create_app
        --- tests/test_a.py
        from service.main import create_app
        client = TestClient(create_app())
        --- worker/main.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/w")
        def w(): ...
        """,
        ["GET /a", "GET /b"],
    ),
    "what a command names cannot be followed": (
        """
        --- service/main.py
        from fastapi import FastAPI
        from settings import load_versioned
        def create_app():
            app = FastAPI()
            @app.get("/a")
            def a(): ...
            @app.get("/b")
            def b(): ...
            return app
        app = load_versioned("service.main")
        --- worker/main.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/w")
        def w(): ...
        --- Dockerfile
        CMD uvicorn service.main:app
        --- Dockerfile.worker
        CMD uvicorn worker.main:app
        """,
        ["GET /a", "GET /b"],
    ),
    "factory in steps": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        r = APIRouter()
        @r.get("/a")
        def a(): ...
        def _routers(app):
            app.include_router(r, prefix="/r")
        def _health(app):
            @app.get("/health")
            def health(): ...
        def create_app():
            app = FastAPI()
            for step in (_routers, _health):
                step(app)
            return app
        if __name__ == "__main__":
            import uvicorn
            uvicorn.run(create_app())
        """,
        ["GET /r/a", "GET /health"],
    ),
    "factory called twice": (
        """
        --- main.py
        from fastapi import FastAPI
        def make(path):
            app = FastAPI()
            @app.get(path)
            def read(): ...
            return app
        app = FastAPI()
        app.mount("/one", make("/a"))
        app.mount("/two", make("/b"))
        """,
        ["GET /one/a", "GET /two/b"],
    ),
    "class that holds the application": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        r = APIRouter()
        @r.get("/a")
        def a(): ...
        class Server:
            def __init__(self, prefix="/api"):
                self.app = FastAPI()
                self.prefix = prefix
                self._setup()
            def _setup(self):
                self.app.include_router(r, prefix=self.prefix)
                self.app.add_api_route("/status", self.status)
            def status(self): ...
        app = Server().app
        """,
        ["GET /api/a", "GET /status"],
    ),
    "class nobody instantiates": (
        """
        --- main.py
        from fastapi import FastAPI
        class Server:
            def __init__(self):
                self.app = FastAPI()
                self.app.get("/a")(self.read)
            def read(self): ...
        """,
        ["GET /a"],
    ),
    "sub-application": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        api = FastAPI()
        @api.get("/a")
        def a(): ...
        r = APIRouter()
        @r.get("/b")
        def b(): ...
        api.include_router(r, prefix="/r")
        app = FastAPI()
        app.mount("/api/v1", app=api)
        @app.get("/")
        def root(): ...
        """,
        ["GET /api/v1/a", "GET /api/v1/r/b", "GET /"],
    ),
    "routes given to the constructor": (
        """
        --- main.py
        from fastapi import FastAPI
        from starlette.applications import Starlette
        from starlette.routing import Mount, Route, WebSocketRoute
        async def f(request): ...
        async def s(socket): ...
        inner = Starlette(routes=[Route("/x", f, methods=["POST"])])
        app = FastAPI(routes=[
            Route("/a", f),
            Route("/b", endpoint=f, methods=["PUT", "DELETE"]),
            WebSocketRoute("/ws", s),
            Mount("/m", app=inner),
            Mount("/n", routes=[Route("/y", f), Mount("/o", routes=[Route("/z", f)])]),
        ])
        """,
        ["GET /a", "PUT /b", "DELETE /b", "WS /ws", "POST /m/x", "GET /n/y", "GET /n/o/z"],
    ),
    "starlette": (
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.routing import Route
        async def f(request): ...
        routes = [Route("/a", f)]
        routes += [Route("/b", f, methods=["POST"])]
        app = Starlette(debug=True, routes=routes)
        app.add_route("/c", f, methods=["PATCH"])
        """,
        ["GET /a", "POST /b", "PATCH /c"],
    ),
    "starlette endpoint class": (
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.endpoints import HTTPEndpoint
        from starlette.routing import Route
        class Items(HTTPEndpoint):
            async def get(self, request): ...
            async def post(self, request): ...
        app = Starlette(routes=[Route("/items", Items)])
        """,
        ["GET /items", "POST /items"],
    ),
    "starlette router mounted": (
        """
        --- main.py
        from starlette.applications import Starlette
        from starlette.routing import Mount, Route, Router
        async def f(request): ...
        router = Router(routes=[Route("/x", f)])
        app = Starlette(routes=[Mount("/r", app=router)])
        """,
        ["GET /r/x"],
    ),
    "folder of files": (
        """
        --- main.py
        from fastapi import FastAPI
        from fastapi.staticfiles import StaticFiles
        app = FastAPI()
        app.mount("/static", StaticFiles(directory="static"), name="static")
        class Spa(StaticFiles): ...
        app.mount("/", Spa(directory="dist", html=True))
        @app.get("/a")
        def a(): ...
        """,
        ["GET /a"],
    ),
    "application wrapped in a middleware": (
        """
        --- main.py
        from fastapi import FastAPI
        from starlette.middleware.cors import CORSMiddleware
        api = FastAPI()
        @api.get("/a")
        def a(): ...
        app = CORSMiddleware(api, allow_origins=["*"])
        """,
        ["GET /a"],
    ),
    "mounted behind a middleware": (
        """
        --- main.py
        from fastapi import FastAPI
        from starlette.middleware.gzip import GZipMiddleware
        api = FastAPI()
        @api.get("/a")
        def a(): ...
        app = FastAPI()
        app.mount("/api", GZipMiddleware(api))
        """,
        ["GET /api/a"],
    ),
    "mounted below a prefix, or by another setting at a host": (
        """
        --- main.py
        from fastapi import FastAPI
        from pydantic_settings import BaseSettings
        class Settings(BaseSettings):
            HOST: str | None = None
        settings = Settings()
        inner = FastAPI()
        @inner.get("/a")
        def a(): ...
        app = FastAPI()
        if settings.HOST is None:
            app.mount("/inner", inner)
        else:
            app.host(settings.HOST, inner)
        """,
        ["GET /inner/a"],
    ),
    "route on a router, Starlette's way": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        router = APIRouter(prefix="/r")
        @router.route("/s", methods=["GET", "PUT"])
        async def s(request): ...
        @router.get("/t")
        def t(): ...
        app = FastAPI()
        app.include_router(router, prefix="/p")
        """,
        ["GET /p/s", "PUT /p/s", "GET /p/r/t"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), APPLICATIONS.values(), ids=APPLICATIONS)
def test_application(source: str, expected: list[str]) -> None:
    assert lines(Project(source).routes()) == expected
