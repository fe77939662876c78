"""What a Robyn application serves, from source to routes.

Each expected list was compared with the routes of the running application (Robyn 0.88).
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "decorators, calls and sockets": (
        """
        --- main.py
        from robyn import HttpMethod, Robyn
        app = Robyn(__file__)
        @app.get("/")
        def index(request): ...
        @app.post("/a/:id/b/:name")
        async def a(request): ...
        @app.get("/files/*path")
        def files(request): ...
        @app.delete("x/")
        def x(request): ...
        @app.websocket("/ws")
        async def ws(websocket): ...
        def added(request): ...
        app.add_route("PUT", "/added", added)
        app.add_route(HttpMethod.PATCH, "/added", added)
        """,
        ["GET /", "POST /a/{id}/b/{name}", "GET /files/{path}", "DELETE /x", "WS /ws", "PUT /added", "PATCH /added"],
    ),
    "sub-routers": (
        """
        --- main.py
        from robyn import Robyn
        from users import users
        from items import items
        app = Robyn(__file__)
        app.include_router(users)
        app.include_router(items)
        if __name__ == "__main__":
            app.start(port=8080)
        --- users.py
        from robyn import SubRouter
        users = SubRouter(__name__, prefix="/users")
        roles = SubRouter(prefix="roles")
        @users.get("/")
        def find(request): ...
        @users.get("/:user_id")
        def read(request): ...
        @users.websocket("/live")
        async def live(websocket): ...
        @roles.post("/:role")
        def add(request): ...
        users.include_router(roles)
        --- items.py
        from robyn import SubRouter
        items = SubRouter(__file__, "/items/")
        @items.put("/:id")
        def put(request): ...
        """,
        ["GET /users", "GET /users/{user_id}", "WS /users/live", "POST /users/roles/{role}", "PUT /items/{id}"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert lines(Project(source).routes()) == expected


def test_the_framework_and_what_cannot_be_resolved() -> None:
    project = Project(
        """
        --- main.py
        from robyn import Robyn
        from vendor import METHOD, router
        app = Robyn(__file__)
        @app.get("/files/*")
        def files(request): ...
        app.add_route(METHOD, "/x", files)
        app.include_router(router)
        """
    )
    assert [(one.label, one.handler, one.tail) for one in project.routes()] == [
        ("GET /files/{rest}", "main:files", True),
        ("{} /x", "main:files", False),
    ]
    assert {one.strict_slashes for one in project.routes()} == {False}
    assert project.gaps() == [": vendor.router comes from a library"]
    assert project.candidates[0].backend.application.framework == "robyn"
