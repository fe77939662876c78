"""What a Pyramid application serves, from source to routes; the answers were compared with Pyramid 2.1."""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "a package that is scanned, includes with prefixes": (
        r"""
        --- app/__init__.py
        from pyramid.config import Configurator
        def main(global_config, **settings):
            with Configurator(settings=settings) as config:
                config.include(".routes")
                config.include("app.admin", route_prefix="/admin")
                config.add_static_view("static", "app:static")
                config.scan()
            return config.make_wsgi_app()
        --- app/routes.py
        def includeme(config):
            config.add_route("home", "/")
            config.add_route("notes", "notes")
            config.add_route("note", r"/notes/{id:\d+}")
            config.add_route("files", "/files/*rest")
            config.add_route("docs", "https://docs.example.com/{page}")
            config.include(versioned, route_prefix="v1")
        def versioned(config):
            config.add_route("status", "/status", request_method=("GET", "HEAD"))
            config.add_route("old", "/:name/old")
        --- app/admin.py
        def includeme(config):
            config.add_route("admin", "")
            config.add_route("user", "/users/{name}")
        --- app/views/__init__.py
        --- app/views/notes.py
        from pyramid.view import view_config, view_defaults
        @view_config(route_name="home", renderer="home.jinja2")
        def home(request): ...
        @view_config(route_name="files", request_method="GET")
        @view_config(route_name="old")
        def files(request): ...
        class Base:
            def __init__(self, request): ...
        @view_defaults(route_name="notes", renderer="json")
        class Notes(Base):
            @view_config(request_method="GET")
            def find(self): ...
            @view_config(request_method="POST", permission="edit")
            def create(self): ...
            @view_config(route_name="note", request_method=("PUT", "PATCH"))
            def change(self): ...
            @view_config(route_name="note", request_method="PUT", accept="text/plain")
            def change_text(self): ...
        @view_config(route_name="user", request_method="DELETE", attr="drop")
        class User(Base):
            def drop(self): ...
        @view_config(route_name="status")
        @view_config(route_name="admin")
        def status(request): ...
        @view_config(context=ValueError)
        def failed(error, request): ...
        """,
        [
            "* /", "GET /notes", "POST /notes", "PUT /notes/{id}", "PATCH /notes/{id}", "GET /files/{rest}",
            "GET /v1/status", "HEAD /v1/status", "* /v1/{name}/old", "* /admin/", "DELETE /admin/users/{name}",
        ],
    ),
    "decorators of the project's own": (
        """
        --- app/__init__.py
        from pyramid.config import Configurator
        def main(global_config, **settings):
            config = Configurator(settings=settings)
            config.add_route("one", "/one")
            config.add_route("two", "/two")
            config.scan("app.views")
            return config.make_wsgi_app()
        --- app/decorators.py
        import venusian
        from pyramid.view import view_config
        def json_view(**settings):
            settings.setdefault("renderer", "json")
            return view_config(**settings)
        def add_api_view(config, view, **settings):
            config.add_view(view=view, **settings)
            config.add_view(preflight, route_name=settings["route_name"], request_method="OPTIONS")
        def preflight(request): ...
        def api_view(**settings):
            def callback(context, name, view):
                add_api_view(context.config, view=view, **settings)
            def wrapper(wrapped):
                venusian.attach(wrapped, callback)
                return wrapped
            return wrapper
        --- app/views.py
        from app.decorators import api_view, json_view
        @json_view(route_name="one", request_method="GET")
        def one(request): ...
        @api_view(route_name="two", request_method="POST")
        def two(request): ...
        """,
        ["GET /one", "POST /two", "OPTIONS /two"],
    ),
    "one file, views added by hand": (
        """
        --- server.py
        from wsgiref.simple_server import make_server
        from pyramid.config import Configurator
        def hello(request): ...
        class Thing:
            def __init__(self, request): ...
            def __call__(self): ...
            def gone(self): ...
        def unused(request): ...
        if __name__ == "__main__":
            config = Configurator()
            for name in ("one", "two"):
                config.add_route(name, f"/{name}")
                config.add_view(hello, route_name=name, request_method="GET")
            config.add_route("thing", "/thing")
            config.add_view(Thing, route_name="thing", request_method="GET")
            config.add_view(Thing, attr="gone", route_name="thing", request_method="DELETE")
            config.add_view("server.hello", route_name="thing", request_method="PUT")
            make_server("", 6543, config.make_wsgi_app()).serve_forever()
        """,
        ["GET /one", "GET /two", "GET /thing", "DELETE /thing", "PUT /thing"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    project = Project(source)
    assert sorted(lines(project.routes())) == sorted(expected)
    assert not project.gaps()


def test_handlers() -> None:
    source, _ = PROJECTS["one file, views added by hand"]
    handlers = [route.handler for route in Project(source).routes()]
    assert handlers == ["server:hello", "server:hello", "server:Thing.__call__", "server:Thing.gone", "server:hello"]


def test_what_cannot_be_read_may_serve_anything() -> None:
    project = Project(
        """
        --- app.py
        from pyramid.config import Configurator
        from pyramid.view import view_config
        def main(global_config, **settings):
            config = Configurator(settings=settings)
            config.include("pyramid_jinja2")
            config.include("pyramid_debugtoolbar")
            config.include("library", route_prefix="/lib")
            config.add_route("lonely", "/lonely")
            config.add_route("x", "/x", request_method=METHODS)
            config.scan()
            return config.make_wsgi_app()
        @view_config(route_name="x")
        def x(request): ...
        """
    )
    assert lines(project.routes()) == ["{} /x"]
    assert project.gaps() == [
        "/_debug_toolbar: what pyramid_debugtoolbar includes",
        "/lib: what library includes",
        "/lonely: no view was found for the route lonely",
    ]


def test_views_of_a_resource_tree_open_everything() -> None:
    project = Project(
        """
        --- app.py
        from pyramid.config import Configurator
        from pyramid.view import view_config
        class Folder: ...
        @view_config(context=Folder, name="list")
        def listed(context, request): ...
        def main(global_config, **settings):
            config = Configurator(root_factory=Folder)
            config.scan()
            return config.make_wsgi_app()
        """
    )
    assert project.gaps() == [": views that a tree of resources leads to"]
