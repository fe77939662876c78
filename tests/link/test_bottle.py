"""What a Bottle application serves, from source to routes; the answers were compared with Bottle 0.13."""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "the default application, in several files": (
        """
        --- main.py
        import bottle
        from bottle import get, post, route
        import users
        @route("/a")
        @route("/b", method="POST")
        def a(): ...
        @get(["/c", "/d"])
        def c(): ...
        @post("/e/<name:re:[a-z]+>/<rest:path>")
        def e(name, rest): ...
        @bottle.route("/many", method=["PUT", "patch"])
        def many(): ...
        @bottle.route("/any", "ANY")
        def whatever(): ...
        if __name__ == "__main__":
            bottle.run(host="localhost")
        --- users.py
        from bottle import delete, route
        @delete("/users/<user_id:int>")
        def drop(user_id): ...
        @route
        def list__users(page, size=10): ...
        """,
        [
            "GET /a", "POST /b", "GET /c", "GET /d", "POST /e/{name}/{rest}", "PUT /many", "PATCH /many", "* /any",
            "DELETE /users/{user_id}", "GET /list/users/{page}", "GET /list/users/{page}/{size}",
        ],
    ),
    "applications, mounts and merges": (
        """
        --- server.py
        from bottle import Bottle, run
        from admin import admin
        app = Bottle()
        def health(): ...
        app.route("/health", "GET", health)
        app.route("/ready", callback=health)
        other = Bottle()
        @other.put("/merged")
        def merged(): ...
        app.merge(other)
        app.mount("/admin/", admin)
        class Server:
            def __init__(self):
                self.app = Bottle()
                self.app.get("/of-method", callback=self.one)
            def one(self): ...
        app.mount("/server/", Server().app)
        run(app)
        --- admin.py
        from bottle import Bottle
        admin = Bottle()
        @admin.get("/")
        def index(): ...
        @admin.get("/users/<name>")
        def user(name): ...
        """,
        [
            "GET /health", "GET /ready", "PUT /merged", "GET /admin/", "GET /admin/users/{name}",
            "GET /server/of-method",
        ],
    ),
    "the default application is not served beside another": (
        """
        --- server.py
        from bottle import Bottle, route, run
        app = Bottle()
        @app.get("/served")
        def served(): ...
        @route("/declared")
        def declared(): ...
        run(app)
        """,
        ["GET /served"],
    ),
    "a copy of the framework, carried along": (
        """
        --- start.py
        import sys
        sys.path.insert(0, "lib")
        import bottle
        from own.paths import PATH
        app = bottle.Bottle()
        @app.get(PATH)
        def shown(): ...
        bottle.run(app)
        --- lib/own/paths.py
        PATH = "/shown"
        --- lib/bottle.py
        class Bottle:
            def get(self, path): return lambda function: function
        def run(app): ...
        """,
        ["GET /shown"],
    ),
    "sockets by plugin": (
        """
        --- server.py
        from bottle import get, run
        from bottle.ext.websocket import GeventWebSocketServer, websocket
        @get("/feed", apply=[websocket])
        def feed(ws): ...
        run(server=GeventWebSocketServer)
        """,
        ["WS /feed"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert sorted(lines(Project(source).routes())) == sorted(expected)


def test_one_application_for_the_whole_project() -> None:
    source, _ = PROJECTS["the default application, in several files"]
    assert len(Project(source).candidates) == 1


def test_what_cannot_be_read_may_serve_anything() -> None:
    project = Project(
        """
        --- main.py
        from bottle import Bottle
        from library import other
        app = Bottle()
        @app.route("/x", method=METHODS)
        def x(): ...
        app.mount("/other", other)
        """
    )
    assert lines(project.routes()) == ["{} /x"]
    assert project.gaps() == ["/other: library.other comes from a library"]


def test_a_text_may_be_json_already() -> None:
    routes = Project(
        """
        --- main.py
        from bottle import Bottle
        app = Bottle()
        @app.get("/a")
        def a() -> str: ...
        @app.get("/b")
        def b() -> dict[str, int]: ...
        """
    ).routes()
    assert [route.response is not None for route in routes] == [False, True]
