"""What a Sanic application serves, from source to routes.

Each expected list was compared with the router of the running application (Sanic 25.12); a path that is served with
and without a slash at its end stands here as it was written.
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "decorators and calls": (
        """
        --- main.py
        from sanic import Sanic
        app = Sanic("one")
        @app.get("/a")
        async def a(request): ...
        @app.post("a/<id:int>")
        async def b(request, id): ...
        @app.route("/c", methods=["GET", "put"])
        async def c(request): ...
        @app.route("/plain")
        async def plain(request): ...
        @app.websocket("/feed/<room>")
        async def feed(request, ws, room): ...
        @app.delete("/v", version=2)
        @app.patch("/w", version="v1.1", version_prefix="/api/v")
        async def versions(request): ...
        async def added(request): ...
        async def live(request, ws): ...
        app.add_route(added, "/added", methods=["POST", "DELETE"])
        app.add_route(added, "/default")
        app.add_websocket_route(live, "/live")
        for name in ("x", "y"):
            app.add_route(added, f"/{name}", name=name)
        """,
        [
            "GET /a",
            "POST /a/{id}",
            "GET /c",
            "PUT /c",
            "GET /plain",
            "WS /feed/{room}",
            "PATCH /api/v1.1/w",
            "DELETE /v2/v",
            "POST /added",
            "DELETE /added",
            "GET /default",
            "WS /live",
            "GET /x",
            "GET /y",
        ],
    ),
    "blueprints": (
        """
        --- main.py
        from sanic import Blueprint, Sanic
        from users import bp as users
        app = Sanic("two")
        plain = Blueprint("plain")
        @plain.get("/plain")
        async def f(request): ...
        first = Blueprint("first", url_prefix="/first", version=1)
        @first.get("/")
        async def g(request): ...
        @first.get("/own", version=3)
        async def h(request): ...
        over = Blueprint("over", url_prefix="/over", version=1)
        @over.post("/x")
        async def i(request): ...
        app.blueprint(plain)
        app.blueprint([first])
        app.blueprint(over, url_prefix="/given", version=9)
        app.blueprint(users)
        --- users.py
        from sanic.blueprints import Blueprint
        bp = Blueprint("users", "/users")
        @bp.websocket("/<user_id:uuid>/feed")
        async def feed(request, ws, user_id): ...
        """,
        ["GET /plain", "GET /v1/first/", "GET /v3/first/own", "POST /v9/given/x", "WS /users/{user_id}/feed"],
    ),
    "groups": (
        """
        --- main.py
        from sanic import Blueprint, Sanic
        async def f(request): ...
        def make(name, **options):
            bp = Blueprint(name, **options)
            bp.add_route(f, f"/{name}-route", name=name)
            return bp
        a, b, c = make("a", url_prefix="/a"), make("b", version=5), make("c", url_prefix="/c/")
        d = make("d")
        inner = Blueprint.group(a, b, url_prefix="/inner", version=2)
        outer = Blueprint.group([inner, c], url_prefix="api")
        outer.append(d)
        app = Sanic("three")
        app.blueprint(outer)
        """,
        ["GET /v2/api/inner/a/a-route", "GET /v5/api/inner/b-route", "GET /api/c/c-route", "GET /api/d-route"],
    ),
    "copies": (
        """
        --- main.py
        from sanic import Blueprint, Sanic
        v1 = Blueprint("v1", version=1, url_prefix="/things")
        @v1.get("/x")
        async def x(request): ...
        v2 = v1.copy("v2", version=2)
        @v2.post("/y")
        async def y(request): ...
        v3 = v2.copy("v3", version=3, url_prefix="/other")
        app = Sanic("four")
        app.blueprint(v1)
        app.blueprint(v2)
        app.blueprint(v3)
        """,
        ["GET /v1/things/x", "GET /v2/things/x", "POST /v2/things/y", "GET /v3/other/x", "POST /v3/other/y"],
    ),
    "class views": (
        """
        --- main.py
        from sanic import Blueprint, Sanic
        from sanic.views import HTTPMethodView
        app = Sanic("five")
        bp = Blueprint("bp", url_prefix="/bp")
        class Base(HTTPMethodView):
            async def get(self, request): ...
        class Items(Base):
            async def post(self, request): ...
        class Item(HTTPMethodView, attach=bp, uri="/item/<id>"):
            async def put(self, request, id): ...
            async def delete(self, request, id): ...
        class Late(HTTPMethodView):
            def patch(self, request): ...
        app.add_route(Items.as_view(), "/items")
        Late.attach(app, "/late")
        app.blueprint(bp)
        """,
        ["GET /items", "POST /items", "PATCH /late", "PUT /bp/item/{id}", "DELETE /bp/item/{id}"],
    ),
    "a factory, and a module that asks for the application": (
        """
        --- main.py
        from sanic import Sanic
        def create_app():
            app = Sanic("six")
            import views
            from api import setup
            setup(app, "/api")
            return app
        if __name__ == "__main__":
            create_app().run()
        --- views.py
        from sanic import Sanic
        app = Sanic.get_app("six")
        @app.get("/view")
        async def view(request): ...
        --- api.py
        from sanic import Blueprint
        bp = Blueprint("api")
        @bp.get("/x")
        async def x(request): ...
        def setup(app, prefix):
            app.blueprint(bp, url_prefix=prefix)
        """,
        ["GET /api/x", "GET /view"],
    ),
    "parameters": (
        r"""
        --- main.py
        from sanic import Sanic
        app = Sanic("seven")
        @app.get("/a/<id:int>/<name:str>/<day:ymd>")
        async def a(request, id, name, day): ...
        @app.get("/b/<rest:path>")
        async def b(request, rest): ...
        @app.get(r"/c/<code:[a-z]{3}>")
        async def c(request, code): ...
        """,
        ["GET /a/{id}/{name}/{day}", "GET /b/{rest}", "GET /c/{code}"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert sorted(lines(Project(source).routes())) == sorted(expected)


def test_handlers_converters_and_slashes() -> None:
    project = Project(
        r"""
        --- main.py
        from sanic import Blueprint, Sanic
        from sanic.views import HTTPMethodView
        class Item(HTTPMethodView):
            async def get(self, request, id): ...
        app = Sanic("one")
        bp = Blueprint("bp", strict_slashes=True)
        bp.add_route(Item.as_view(), r"/items/<id:\d+>")
        @app.get("/files/<name:path>")
        async def file(request, name): ...
        @app.get("/x", strict_slashes=True)
        async def x(request): ...
        app.blueprint(bp)
        """
    )
    assert [(one.label, one.handler, one.converters, one.tail, one.strict_slashes) for one in project.routes()] == [
        ("GET /files/{name}", "main:file", (("name", "path"),), True, False),
        ("GET /x", "main:x", (), False, True),
        ("GET /items/{id}", "main:Item.get", (("id", "int"),), False, True),
    ]
    assert project.candidates[0].backend.application.framework == "sanic"


def test_an_application_may_be_strict() -> None:
    project = Project(
        """
        --- main.py
        from sanic import Sanic
        app = Sanic("one", strict_slashes=True)
        @app.get("/x")
        async def x(request): ...
        """
    )
    assert [one.strict_slashes for one in project.routes()] == [True]


def test_what_cannot_be_resolved_is_a_gap_or_any_method() -> None:
    project = Project(
        """
        --- main.py
        from sanic import Blueprint, Sanic
        from vendor import METHODS, blueprint, blueprints
        app = Sanic("one")
        @app.route("/x", methods=METHODS)
        async def x(request): ...
        app.blueprint(blueprint, url_prefix="/vendor")
        app.blueprint(Blueprint.group(*blueprints, url_prefix="/more"))
        """
    )
    assert lines(project.routes()) == ["{} /x"]
    assert project.gaps() == ["/vendor: vendor.blueprint comes from a library", "/more: further blueprints of a group"]


def test_a_blueprint_nobody_registers_is_declared() -> None:
    project = Project(
        """
        --- main.py
        from sanic import Blueprint, Sanic
        import idle
        app = Sanic("one")
        @app.get("/x")
        async def x(request): ...
        --- idle.py
        from sanic import Blueprint
        bp = Blueprint("idle", url_prefix="/idle")
        @bp.get("/y")
        async def y(request): ...
        """
    )
    assert [(one.name, one.routes) for one in project.unmounted()] == [("idle", ("GET /y",))]
