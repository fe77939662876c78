"""What a CherryPy tree serves, from source to routes; the answers were compared with CherryPy 18.10."""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "a tree of objects": (
        """
        --- server.py
        import cherrypy
        from users import Users
        class Base:
            @cherrypy.expose
            def status(self): ...
        class Root(Base):
            def __init__(self):
                self.users = Users()
            @cherrypy.expose
            def index(self): ...
            @cherrypy.expose(["second", "third"])
            def first(self): ...
            @cherrypy.tools.json_out()
            @cherrypy.expose
            @cherrypy.tools.allow(methods=["POST"])
            def save_all(self): ...
            def hidden(self): ...
            def old(self): ...
            old.exposed = True
        if __name__ == "__main__":
            root = Root()
            root.late = Base()
            cherrypy.quickstart(root, "/app")
        --- users.py
        import cherrypy
        class Users:
            @cherrypy.expose
            def show(self, user_id, full=False): ...
            @cherrypy.expose
            def default(self, *rest, **query): ...
        """,
        [
            "* /app/", "* /app/status", "* /app/first", "* /app/second", "* /app/third", "POST /app/save_all",
            "POST /app/save-all", "* /app/old", "* /app/late/status", "* /app/users/show",
            "* /app/users/show/{user_id}",
            "* /app/users/show/{user_id}/{full}", "* /app/users", "* /app/users/{rest}",
        ],
    ),
    "dispatch by method, mounts": (
        """
        --- server.py
        import cherrypy
        @cherrypy.expose
        class Notes:
            def GET(self, note_id=None): ...
            def POST(self): ...
            def helper(self): ...
        class Api:
            exposed = True
            notes = Notes()
            def GET(self): ...
            @cherrypy.expose
            def unreachable(self): ...
        class Pages:
            @cherrypy.expose
            def about(self): ...
        def start():
            conf = {
                "/": {"request.dispatch": cherrypy.dispatch.MethodDispatcher()},
                "/static": {"tools.staticdir.on": True, "tools.staticdir.dir": "public"},
            }
            cherrypy.tree.mount(Api(), "/api", conf)
            cherrypy.tree.mount(Pages(), "/")
            cherrypy.engine.start()
        start()
        """,
        ["GET /api", "GET /api/notes", "GET /api/notes/{note_id}", "POST /api/notes", "* /about"],
    ),
    "routes, and segments in front": (
        r"""
        --- server.py
        import cherrypy
        class Band:
            def __init__(self):
                self.albums = Albums()
            @cherrypy.expose
            def index(self, name): ...
        Band = cherrypy.popargs("name")(Band)
        @cherrypy.popargs("title")
        class Albums:
            @cherrypy.expose
            def index(self, name, title): ...
        class Root:
            bands = Band()
        class Controller:
            def show(self, id): ...
        routes = cherrypy.dispatch.RoutesDispatcher()
        routes.connect("show", r"/items/{id:\d+}", controller=Controller(), action="show",
                       conditions={"method": ["GET"]})
        cherrypy.tree.mount(None, "/v1", {"/": {"request.dispatch": routes}})
        cherrypy.quickstart(Root())
        """,
        ["GET /v1/items/{id}", "* /bands/{name}/", "* /bands/{name}/albums/{title}/"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert sorted(lines(Project(source).routes())) == sorted(expected)


def test_the_paths_of_a_function_count_once() -> None:
    routes = Project(PROJECTS["a tree of objects"][0]).routes()
    assert [one.path for one in routes if one.handler == "users:Users.show" and one.in_schema] == [
        "/app/users/show/{user_id}"
    ]


def test_what_cannot_be_read_may_serve_anything() -> None:
    project = Project(
        """
        --- server.py
        import cherrypy
        from library import Widgets
        class Free:
            def _cp_dispatch(self, vpath): ...
        class Root:
            free = Free()
            @cherrypy.expose
            def index(self): ...
        cherrypy.tree.mount(Widgets(), "/widgets")
        cherrypy.quickstart(Root())
        """
    )
    assert lines(project.routes()) == ["* /"]
    assert sorted(gap.partition(":")[0] for gap in project.gaps()) == ["/free", "/widgets"]
