"""What Flask-AppBuilder adds to an application, from source to routes; compared with Flask-AppBuilder 5.3."""

from __future__ import annotations

from served_project import Project, lines

SOURCE = """
--- app/__init__.py
from flask import Flask
from flask_appbuilder import AppBuilder
appbuilder = AppBuilder()
def create_app():
    app = Flask(__name__, static_folder=None)
    from app import views
    appbuilder.init_app(app, None)
    return app
--- app/names.py
class Names:
    READ = {"get", "get_list"}
--- app/views.py
from flask_appbuilder import BaseView, ModelRestApi, ModelView, expose, has_access
from flask_appbuilder.api import BaseApi, protect, safe
from app import appbuilder
from app.names import Names
class Base(ModelRestApi):
    def pre_add(self, item): ...
class Notes(Base):
    resource_name = "notes"
    include_route_methods = Names.READ | {"delete", "related"}
    @expose("/<int:pk>/related", methods=["GET", "POST"])
    @protect()
    @safe
    def related(self, pk): ...
    @expose("/", methods=["GET"])
    @protect()
    def get_list(self): ...
    @expose("/hidden")
    def hidden(self): ...
class Greeting(BaseApi):
    version = "v2"
    @expose("/one")
    @expose("/two", methods=("POST",))
    def greet(self): ...
class Pages(BaseView):
    route_base = "/pages"
    @expose("/list/")
    @has_access
    def list(self): ...
class Groups(ModelView): ...
class Never(BaseApi):
    @expose("/never")
    def never(self): ...
appbuilder.add_api(Notes)
appbuilder.add_api(Greeting)
appbuilder.add_view_no_menu(Pages())
appbuilder.add_view(Groups, "Groups", icon="x")
"""


def test_routes() -> None:
    project = Project(SOURCE)
    assert sorted(lines(project.routes())) == sorted([
        "GET /api/v1/notes/", "GET /api/v1/notes/{pk}", "DELETE /api/v1/notes/{pk}",
        "GET /api/v1/notes/{pk}/related", "POST /api/v1/notes/{pk}/related",
        "GET /api/v2/greeting/one", "POST /api/v2/greeting/two", "GET /pages/list/",
        "GET /groups/list/", "GET /groups/show/{pk}", "GET /groups/add", "POST /groups/add",
        "GET /groups/edit/{pk}", "POST /groups/edit/{pk}", "GET /groups/delete/{pk}", "POST /groups/delete/{pk}",
        "GET /groups/download/{filename}", "GET /groups/action/{name}/{pk}", "POST /groups/action/{name}/{pk}",
        "POST /groups/action_post",
    ])  # fmt: skip


def test_pages_of_the_package_may_serve_more() -> None:
    assert "/api/v1/security: pages of Flask-AppBuilder" in Project(SOURCE).gaps()
