"""Classes as views for FastAPI, and other ways to register that only look unusual.

Each expected list was compared with the routes of the running application (FastAPI 0.165, fastapi-utils 0.8,
classy-fastapi 0.7).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "fastapi-utils cbv": (
        """
        --- main.py
        from fastapi import APIRouter, Depends, FastAPI
        from fastapi_utils.cbv import cbv
        from fastapi_utils.inferring_router import InferringRouter
        router = InferringRouter(prefix="/items")
        def dep(): return 1
        @cbv(router)
        class Items:
            value: int = Depends(dep)
            @router.get("/{id}")
            def read(self, id: int) -> int: ...
            @router.post("/new")
            def create(self) -> int: ...
        other = APIRouter()
        @cbv(other)
        class Other:
            @other.get("/other")
            def f(self): ...
        app = FastAPI()
        app.include_router(router, prefix="/api")
        app.include_router(other)
        """,
        ["GET /api/items/{id}", "POST /api/items/new", "GET /other"],
    ),
    "fastapi-utils Resource": (
        """
        --- main.py
        from fastapi import FastAPI
        from fastapi_utils import Resource, Api, set_responses
        class Thing(Resource):
            def get(self): ...
            @set_responses(int)
            def post(self): ...
        def create_app():
            app = FastAPI()
            api = Api(app)
            thing = Thing()
            api.add_resource(thing, "/thing/{id}", "/other")
            return app
        """,
        ["GET /thing/{id}", "POST /thing/{id}", "GET /other", "POST /other"],
    ),
    "classy-fastapi": (
        """
        --- main.py
        from fastapi import FastAPI
        from classy_fastapi import Routable, get, post
        from classy_fastapi.decorators import route
        class Users(Routable):
            def __init__(self, dao) -> None:
                super().__init__(prefix="/users")
                self.dao = dao
            @get("/{id}")
            def read(self, id: int): ...
            @post("/")
            def create(self): ...
            @route("/any", methods=["PUT", "PATCH"])
            def anyone(self): ...
        class Plain(Routable):
            @get("/plain")
            def read(self): ...
        app = FastAPI()
        app.include_router(Users(1).router, prefix="/api")
        app.include_router(Plain().router)
        """,
        ["GET /api/users/{id}", "POST /api/users/", "PUT /api/users/any", "PATCH /api/users/any", "GET /plain"],
    ),
    "cbv with urls": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        from fastapi_utils.cbv import cbv
        router = APIRouter(prefix="/r")
        @cbv(router, "/a", "/b/{id}")
        class Items:
            def get(self): ...
            def delete(self): ...
            def helper(self): ...
        app = FastAPI()
        app.include_router(router)
        """,
        ["GET /r/a", "DELETE /r/a", "GET /r/b/{id}", "DELETE /r/b/{id}"],
    ),
    "include wrappers and stacked decorators": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        app = FastAPI()
        PREFIX = "/api"
        def include(router, prefix="", **kw):
            app.include_router(router, prefix=f"{PREFIX}{prefix}", **kw)
        a = APIRouter()
        @a.get("/x")
        @a.head("/x")
        @a.post("/y")
        def f(): ...
        include(a, "/a", tags=["a"])
        include(prefix="/b", router=a)
        app.get("/call")(f)
        app.api_route("/r", methods=["GET", "DELETE"])(f)
        app.add_api_websocket_route("/ws", f)
        """,
        [
            "POST /api/a/y",
            "HEAD /api/a/x",
            "GET /api/a/x",
            "POST /api/b/y",
            "HEAD /api/b/x",
            "GET /api/b/x",
            "GET /call",
            "GET /r",
            "DELETE /r",
            "WS /ws",
        ],
    ),
    "router subclass in project": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        class Versioned(APIRouter):
            def __init__(self, *args, version=1, prefix="", **kw):
                super().__init__(*args, prefix=f"/v{version}{prefix}", **kw)
        r = Versioned(version=2, prefix="/x")
        @r.get("/a")
        def a(): ...
        app = FastAPI()
        app.include_router(r)
        """,
        ["GET /v2/x/a"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert sorted(lines(Project(source).routes())) == sorted(expected)


def test_a_view_says_what_its_decorator_says() -> None:
    project = Project(
        """
        --- main.py
        from classy_fastapi import Routable, get
        from fastapi import FastAPI
        from pydantic import BaseModel
        class User(BaseModel):
            id: int
        class Users(Routable):
            @get("/{id}", response_model=User, tags=["people"])
            def read(self, id: int): ...
        app = FastAPI()
        app.include_router(Users().router)
        """
    )
    (route,) = project.routes()
    assert (route.handler, route.location.line, route.tags) == ("main:Users.read", 7, ("people",))
    assert getattr(route.response, "key", None) == "main.py:User"
