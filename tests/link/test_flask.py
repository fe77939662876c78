"""What a Flask or Quart application serves: blueprints, views, factories, resources, from source to routes.

Each expected list was compared with the URL map of the running application (Flask 3.1, Flask-RESTful 0.3.10,
Flask-RESTX 1.3, Flask-Smorest 0.47, Quart 0.22), without static folders, the documents of Flask-RESTX, and the HEAD and
OPTIONS that the framework adds.
"""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from flask_extension_projects import EXTENSIONS, VIEWS
from flask_projects import APPLICATIONS
from served_project import Project, lines

from auditor.adapters.backend import flask, flask_restful, werkzeug

PROJECTS = {**APPLICATIONS, **VIEWS, **EXTENSIONS}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert sorted(lines(Project(source).routes())) == sorted(expected)


GAPS = {
    "a blueprint that cannot be resolved": (
        """
        --- main.py
        from flask import Flask
        from vendor.pages import blueprint
        from werkzeug.utils import import_string
        app = Flask(__name__)
        app.register_blueprint(blueprint, url_prefix="/vendor")
        app.register_blueprint(import_string("pages"))
        @app.get("/x")
        def x(): ...
        """,
        ["/vendor: vendor.pages.blueprint comes from a library", ": what werkzeug.utils.import_string returns"],
    ),
    "a view that inherits from a library": (
        """
        --- main.py
        from flask import Flask
        from flask.views import MethodView
        from vendor import Exporting
        class Report(Exporting, MethodView):
            def get(self): ...
        app = Flask(__name__)
        app.add_url_rule("/report", view_func=Report.as_view("report"))
        """,
        ["/report: the methods of vendor.Exporting"],
    ),
    "a namespace of a library": (
        """
        --- main.py
        from flask import Flask
        from flask_restx import Api
        from vendor import namespaces
        app = Flask(__name__)
        api = Api(app, prefix="/api")
        for one in namespaces:
            api.add_namespace(one, path="/more")
        @app.get("/x")
        def x(): ...
        """,
        ["/api/more: an item of something unknown"],
    ),
}


@pytest.mark.parametrize("name", GAPS)
def test_what_may_be_served_besides(name: str) -> None:
    source, expected = GAPS[name]
    assert Project(source).gaps() == expected


def test_methods_that_cannot_be_read_are_unknown() -> None:
    project = Project(
        """
        --- main.py
        from flask import Flask
        from vendor import METHODS, resource
        from flask_restful import Api
        app = Flask(__name__)
        @app.route("/x", methods=METHODS)
        def x(): ...
        Api(app).add_resource(resource, "/y")
        """
    )
    assert lines(project.routes()) == ["{} /x", "{} /y"]


def test_the_setting_decides_and_the_other_way_is_conditional() -> None:
    project = Project(
        """
        --- main.py
        import os
        from flask import Flask
        app = Flask(__name__)
        if os.environ.get("DEBUG", "") == "1":
            @app.get("/debug")
            def debug(): ...
        @app.get("/x")
        def x(): ...
        """
    )
    assert lines(project.routes()) == ["GET /debug ?", "GET /x"]


def test_converters_handlers_and_slashes() -> None:
    project = Project(
        """
        --- main.py
        from functools import wraps
        from flask import Flask
        from flask.views import MethodView
        def checked(function):
            @wraps(function)
            def inner(*args): ...
            return inner
        class Base(MethodView):
            def get(self, id): ...
        class Item(Base):
            @checked
            def put(self, id): ...
        app = Flask(__name__)
        app.add_url_rule("/items/<int:id>", view_func=checked(Item.as_view("item")))
        @app.route("/files/<path:name>", strict_slashes=False)
        @checked
        def file(name): ...
        """
    )
    assert [(one.label, one.handler, one.converters, one.tail, one.strict_slashes) for one in project.routes()] == [
        ("GET /items/{id}", "main:Base.get", (("id", "int"),), False, True),
        ("PUT /items/{id}", "main:Item.put", (("id", "int"),), False, True),
        ("GET /files/{name}", "main:file", (("name", "path"),), True, False),
    ]


def test_the_place_of_a_route_is_where_its_rule_is_written() -> None:
    project = Project(
        """
        --- main.py
        from flask import Flask
        from flask_restful import Api, Resource
        class Things(Resource):
            def get(self): ...
        class Prefixed(Api):
            def add(self, resource, *urls):
                self.add_resource(resource, *["/api" + url for url in urls])
        app = Flask(__name__)
        api = Prefixed(app)
        def page(rule):
            return app.route(rule + "/")
        def add(rule, view):
            app.add_url_rule("/v1" + rule, rule, view)
        api.add(
            Things,
            "/a",
            "/b",
        )
        add("/c", lambda: "")
        @app.route("/d")
        def d(): ...
        """
    )
    assert [(one.path, one.location.line) for one in project.routes()] == [
        ("/api/a", 16), ("/api/b", 17), ("/v1/c", 19), ("/d", 20)
    ]  # fmt: skip


def test_a_status_or_a_text_is_no_response_model() -> None:
    project = Project(
        """
        --- main.py
        from typing import TypedDict
        from flask import Flask
        class User(TypedDict):
            id: int
        app = Flask(__name__)
        @app.get("/a")
        def a() -> tuple[User, int]: ...
        @app.get("/b")
        def b() -> str: ...
        @app.get("/c")
        def c() -> User: ...
        """
    )
    assert [one.response is not None for one in project.routes()] == [False, False, True]


def test_slashes_as_the_application_says() -> None:
    project = Project(
        """
        --- main.py
        from flask import Flask
        app = Flask(__name__)
        app.url_map.strict_slashes = False
        @app.get("/a")
        def a(): ...
        @app.get("/b", strict_slashes=True)
        def b(): ...
        """
    )
    assert [(one.path, one.strict_slashes) for one in project.routes()] == [("/a", False), ("/b", True)]


def test_each_server_has_the_routes_of_its_own_imports() -> None:
    project = Project(
        """
        --- main.py
        from flask import Flask
        app = Flask(__name__)
        with app.app_context():
            import public
        --- internal.py
        from flask import Flask
        app = Flask(__name__)
        with app.app_context():
            import private
        --- public.py
        from flask import current_app
        @current_app.get("/public")
        def public(): ...
        @current_app.get("/more")
        def more(): ...
        --- private.py
        from flask import current_app
        @current_app.get("/private")
        def private(): ...
        """
    )
    assert [lines(project.routes(0)), lines(project.routes(1))] == [["GET /public", "GET /more"], ["GET /private"]]


def test_a_blueprint_nobody_registers() -> None:
    project = Project(
        """
        --- main.py
        from flask import Flask
        import pages
        app = Flask(__name__)
        @app.get("/x")
        def x(): ...
        --- pages.py
        from flask import Blueprint
        pages = Blueprint("pages", __name__)
        @pages.route("/lost", methods=["GET", "POST"])
        def lost(): ...
        """
    )
    assert [(one.name, one.routes) for one in project.unmounted()] == [("pages", ("GET /lost", "POST /lost"))]


def test_a_blueprint_that_is_made_for_several_applications() -> None:
    project = Project(
        """
        --- main.py
        from flask import Flask
        from pages import make_pages
        def create_app():
            app = Flask(__name__)
            app.register_blueprint(make_pages(), url_prefix="/p")
            return app
        app = create_app()
        --- preview.py
        from pages import make_pages
        shown = make_pages()
        --- pages.py
        from flask import Blueprint
        def make_pages():
            pages = Blueprint("pages", __name__)
            @pages.route("/found")
            def found(): ...
            return pages
        """
    )
    assert lines(project.routes()) == ["GET /p/found"]
    assert project.unmounted() == ()


@pytest.mark.parametrize("adapter", [flask, flask_restful, werkzeug])
def test_the_page_of_the_adapter(adapter: ModuleType) -> None:
    page = adapter.__doc__ or ""
    code = page.split("```py\n")[1].split("```")[0]
    imports = """
from flask import Blueprint, Flask
from flask.views import MethodView
from flask_restful import Api, Resource
from werkzeug.middleware.dispatcher import DispatcherMiddleware
"""
    routes = Project(f"--- main.py{imports}{code}").routes()
    found = sorted(f"{one.label} -> {one.handler.partition(':')[2]}" for one in routes)
    assert found == sorted(re.findall(r"^# (.+ -> .+)$", code, re.MULTILINE))


def test_plugins_that_a_folder_has() -> None:
    project = Project(
        """
        --- app/__init__.py
        from flask import Flask
        def create_app():
            app = Flask(__name__, static_folder=None)
            from app.plugins import load_all
            load_all(app)
            return app
        --- app/plugins/__init__.py
        import glob
        import importlib
        import os
        from flask import current_app
        def names():
            found = []
            for path in sorted(glob.glob(current_app.plugins + "/*")):
                if os.path.isdir(path):
                    found.append(os.path.basename(path))
            return found
        def load_all(app):
            app.plugins = os.path.dirname(__file__)
            for name in names():
                importlib.import_module("." + name, package="app.plugins").load(app)
        --- app/plugins/one/__init__.py
        def load(app):
            app.add_url_rule("/one", view_func=lambda: "")
        --- app/plugins/two/__init__.py
        def load(app):
            app.add_url_rule("/two", view_func=lambda: "")
        """
    )
    assert lines(project.routes()) == ["GET /one", "GET /two"]


def test_one_backend_for_the_scripts_that_make_the_same_application() -> None:
    project = Project(
        """
        --- app.py
        from flask import Flask
        def create_app():
            app = Flask(__name__)
            @app.get("/x")
            def x(): ...
            return app
        --- wsgi.py
        from app import create_app
        application = create_app()
        --- manage.py
        from app import create_app
        app = create_app()
        """
    )
    assert len(project.candidates) == 1
