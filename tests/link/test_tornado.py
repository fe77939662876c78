"""What a Tornado application serves, from source to routes; the answers were compared with Tornado 6.5."""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "rules of every kind": (
        r"""
        --- main.py
        import tornado.web
        from tornado.web import Application, RequestHandler, URLSpec, url
        from tornado.websocket import WebSocketHandler
        class Base(RequestHandler):
            def options(self): ...
            def query(self): ...
        class Users(Base):
            def get(self): ...
            async def post(self): ...
        class User(RequestHandler):
            def delete(self, user_id): ...
        class Feed(WebSocketHandler):
            def open(self, room): ...
            def on_message(self, message): ...
        rules = [
            (r"/users/?", Users),
            (r"/users/(?P<user_id>\d+)$", User, dict(limit=3), "user"),
            url(r"/files/(.*)", User),
            URLSpec(r"/feed/([^/]+)", Feed, name="feed"),
            (r"/late", "late.Late"),
            (r"/old", tornado.web.RedirectHandler, {"url": "/new"}),
            (r"/gone", tornado.web.ErrorHandler, {"status_code": 410}),
            (r"/static/(.*)", tornado.web.StaticFileHandler, {"path": "public"}),
        ]
        def make_app():
            return Application(rules, debug=True)
        if __name__ == "__main__":
            make_app().listen(8888)
        --- late.py
        from tornado.web import RequestHandler
        class Late(RequestHandler):
            def put(self): ...
        """,
        [
            "GET /users/",
            "GET /users",
            "POST /users/",
            "POST /users",
            "DELETE /users/{user_id}",
            "DELETE /files/{arg1}",
            "WS /feed/{arg1}",
            "PUT /late",
            "GET /old",
        ],
    ),
    "a subclass of Application, rules of several modules, hosts": (
        r"""
        --- app.py
        from tornado import web
        import notes, users
        class App(web.Application):
            def __init__(self, config):
                handlers = []
                handlers.extend(notes.handlers)
                handlers += users.handlers
                handlers = [(config.get("prefix", "") + path, cls) for path, cls in handlers]
                super().__init__(handlers, static_path="static")
        class Older(web.Application):
            def __init__(self):
                web.Application.__init__(self, [(r"/older", users.User)])
                self.add_handlers(r"(www\.)?example\.com", [(r"/hosted", users.User)])
        def main():
            app = App({"prefix": "/api"})
            app.listen(8000)
        --- notes.py
        from tornado.web import RequestHandler
        class Notes(RequestHandler):
            def get(self): ...
        handlers = [(r"/notes", Notes)]
        --- users.py
        from tornado.web import RequestHandler
        class User(RequestHandler):
            def get(self): ...
        handlers = [(r"/users", User)]
        """,
        ["GET /api/notes", "GET /api/users"],
    ),
    "options of the command line, rules that are rewritten, a class that makes another": (
        r"""
        --- app.py
        from tornado.options import define, options
        from tornado.web import Application, RequestHandler, url
        define("prefix", default="", help="a prefix")
        define("base", default="/v1", type=str)
        class Base(RequestHandler):
            def options(self): ...
        class One(Base):
            def get(self): ...
        class Login(Base):
            def __new__(cls, *args, **kwargs): ...
        class Missing(Base):
            def get(self): ...
        def rewritten(handler, prefix):
            if isinstance(handler, url):
                return url(prefix + handler.regex.pattern, handler.handler_class, handler.kwargs, handler.name)
            return (prefix + handler[0], handler[1])
        rules = [url(r"/one", One, name="one"), (r"/login", Login), (r"/.*", Missing)]
        if options.prefix:
            rules = [rewritten(one, options.prefix) for one in rules]
        app = Application([rewritten(one, options.base) for one in rules])
        """,
        ["GET /v1/one", "{} /v1/login", "GET /v1/{arg1}"],
    ),
    "an application that another class makes, with traits": (
        r"""
        --- server.py
        from tornado.web import Application, RequestHandler
        from traitlets import Unicode
        from traitlets.config import Application as Command
        class Api(RequestHandler):
            def get(self): ...
        def joined(*pieces):
            initial = pieces[0].startswith("/")
            stripped = [piece.strip("/") for piece in pieces]
            result = "/".join(piece for piece in stripped if piece)
            return "/" + result if initial else result
        class WebApplication(Application):
            def __init__(self, command, services):
                handlers = []
                for service in services:
                    handlers.extend(__import__(service, fromlist=["handlers"]).handlers)
                super().__init__([(joined(command.base_url, one[0]), *list(one[1:])) for one in handlers])
        class Server(Command):
            base_url = Unicode("/base/", config=True)
            services = ("notes", "users")
            def init_webapp(self):
                self.web_app = WebApplication(self, self.services)
        --- notes.py
        from server import Api
        handlers = [(r"/notes", Api)]
        --- users.py
        from server import Api
        handlers = [(r"/users/(\d+)", Api, {"limit": 1})]
        """,
        ["GET /base/notes", "GET /base/users/{arg1}"],
    ),
    "routers, nested rules, and an application behind another": (
        r"""
        --- app.py
        from flask import Flask
        from tornado.routing import HostMatches, PathMatches, Rule, RuleRouter
        from tornado.web import Application, FallbackHandler, RequestHandler
        from tornado.wsgi import WSGIContainer
        flask = Flask(__name__, static_folder=None)
        @flask.get("/pages")
        def pages(): ...
        class One(RequestHandler):
            def get(self): ...
        first = Application([
            (r"/first", One),
            (r".*", FallbackHandler, dict(fallback=WSGIContainer(flask))),
        ])
        second = Application([(HostMatches("example.com"), [(r"/second", One)])])
        router = RuleRouter([Rule(PathMatches(r"/first"), first), (r"/second.*", second)])
        """,
        ["GET /first", "GET /pages", "GET /second"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert sorted(lines(Project(source).routes())) == sorted(expected)


def test_what_cannot_be_read_may_serve_anything() -> None:
    project = Project(
        r"""
        --- main.py
        from tornado.web import Application, RequestHandler
        from library import LibraryHandler, more
        class One(RequestHandler):
            def get(self): ...
        class Two(LibraryHandler):
            def get(self): ...
        app = Application([(r"/one", One), (r"/x/(a|b)+", One), (r"/two", Two), (r"/lib", LibraryHandler), *more])
        """
    )
    assert lines(project.routes()) == ["GET /one", "GET /two", "{} /two", "{} /lib"]
    assert [gap.partition(":")[0] for gap in project.gaps()] == ["/x", ""]


def test_handlers_places_and_converters() -> None:
    routes = Project(
        r"""
        --- main.py
        from tornado.web import Application, RequestHandler
        class Item(RequestHandler):
            def get(self, item_id, rest): ...
        app = Application([
            (r"/items/(\d+)/(?P<rest>.+)", Item),
        ])
        """
    ).routes()
    assert [(one.handler, one.location.line, one.converters, one.tail) for one in routes] == [
        ("main:Item.get", 5, (("arg1", "int"), ("rest", "path")), True)
    ]


def test_what_a_handler_returns_is_not_sent() -> None:
    routes = Project(
        """
        --- main.py
        from tornado.web import Application, RequestHandler
        class One(RequestHandler):
            def get(self) -> None: ...
            async def post(self) -> dict[str, int]: ...
        app = Application([(r"/one", One)])
        """
    ).routes()
    assert [route.response for route in routes] == [None, None]
