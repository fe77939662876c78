"""What an aiohttp application serves, from source to routes.

Each expected list was compared with the router of the running application (aiohttp 3.14), without the HEAD that
aiohttp adds to GET, and with the methods of a class view in place of `*`.
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

from auditor.link.match import Matcher
from auditor.model.graph import Kind, Missing

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "methods of the router": (
        """
        --- main.py
        from aiohttp import web
        async def f(request): ...
        app = web.Application()
        app.router.add_get("/a", f)
        app.router.add_post("/a", f)
        app.router.add_put("/a/{id}", f, name="put")
        app.router.add_patch(path="/a/{id}", handler=f)
        app.router.add_delete("/a/{id}", f)
        app.router.add_route("post", "/b", f)
        app.router.add_route("*", "/c", f)
        one = app.router.add_resource("/d/{name}", name="d")
        one.add_route("GET", f)
        one.add_route("DELETE", f)
        router = app.router
        for name in ("x", "y"):
            router.add_get(f"/{name}", f)
        """,
        [
            "GET /a",
            "POST /a",
            "PUT /a/{id}",
            "PATCH /a/{id}",
            "DELETE /a/{id}",
            "POST /b",
            "* /c",
            "GET /d/{name}",
            "DELETE /d/{name}",
            "GET /x",
            "GET /y",
        ],
    ),
    "definitions in lists": (
        """
        --- main.py
        from aiohttp import web
        from aiohttp.web import View, get, post
        from api import ROUTES
        async def f(request): ...
        class Items(View):
            async def get(self): ...
            async def post(self): ...
        app = web.Application(client_max_size=1024)
        app.add_routes([
            web.get("/a", f),
            get("/b", f, allow_head=False),
            post("/b", f),
            web.route("PATCH", "/c", f),
            web.view("/items", Items),
            web.static("/static", "."),
        ])
        app.router.add_routes(ROUTES)
        app.add_routes(web.delete(path, f) for path in ("/e", "/f"))
        --- api.py
        from aiohttp import web
        async def g(request): ...
        ROUTES = [web.put("/g", g)]
        ROUTES += [web.delete("/g", g)]
        """,
        [
            "GET /a",
            "GET /b",
            "POST /b",
            "PATCH /c",
            "GET /items",
            "POST /items",
            "PUT /g",
            "DELETE /g",
            "DELETE /e",
            "DELETE /f",
        ],
    ),
    "route tables": (
        """
        --- main.py
        from aiohttp import web
        from api import other, routes as more
        routes = web.RouteTableDef()
        @routes.get("/a")
        @routes.post("/a")
        async def a(request): ...
        @routes.view("/items/{id}")
        class Item(web.View):
            async def get(self): ...
            async def delete(self): ...
        @routes.route("PUT", "/p")
        async def p(request): ...
        routes.static("/files", ".")
        app = web.Application()
        app.add_routes(routes)
        app.add_routes([*more, *other])
        --- api.py
        from aiohttp import web
        routes = web.RouteTableDef()
        other = web.RouteTableDef()
        @routes.get("/more")
        async def more(request): ...
        @other.patch("/other")
        async def f(request): ...
        """,
        ["POST /a", "GET /a", "GET /items/{id}", "DELETE /items/{id}", "PUT /p", "GET /more", "PATCH /other"],
    ),
    "sub-applications": (
        """
        --- main.py
        from aiohttp import web
        async def f(request): ...
        def make_api(version):
            api = web.Application()
            api.add_routes([web.get("/users", f), web.get("/", f), web.get("", f)])
            admin = web.Application()
            admin.router.add_post(f"/reset{version}", f)
            api.add_subapp("/admin/", admin)
            return api
        async def create_app():
            app = web.Application()
            app.router.add_get("/health", f)
            for version in (1, 2):
                app.add_subapp(f"/api/v{version}", make_api(version))
            site = web.Application()
            site.router.add_get("/site", f)
            app.add_domain("example.org", site)
            return app
        if __name__ == "__main__":
            web.run_app(create_app())
        """,
        [
            "GET /health",
            "GET /api/v1/users",
            "GET /api/v1/",
            "GET /api/v1",
            "POST /api/v1/admin/reset1",
            "GET /api/v2/users",
            "GET /api/v2/",
            "GET /api/v2",
            "POST /api/v2/admin/reset2",
            "GET /site",
        ],
    ),
    "parameters with expressions": (
        r"""
        --- main.py
        from aiohttp import web
        async def f(request): ...
        app = web.Application()
        app.router.add_get(r"/a/{id:\d+}/{kind:(?:x|y)}", f)
        app.router.add_get("/b/{tail:.*}", f)
        app.router.add_get("/c/{hash:[0-9a-f]{8}}.{ext}", f)
        """,
        ["GET /a/{id}/{kind}", "GET /b/{tail}", "GET /c/{hash}.{ext}"],
    ),
    "views that inherit, and a class of one's own": (
        """
        --- main.py
        from aiohttp import web
        class Base(web.View):
            async def get(self): ...
        class Thing(Base):
            async def put(self): ...
        class Handlers:
            def __init__(self, prefix):
                self.prefix = prefix
            async def find(self, request): ...
            async def save(self, request): ...
            def setup(self, app):
                app.router.add_get(self.prefix, self.find)
                app.router.add_post(self.prefix, self.save)
        class Server:
            def __init__(self):
                self.app = web.Application()
                Handlers("/handled").setup(self.app)
                self.app.router.add_view("/thing", Thing)
        app = Server().app
        """,
        ["GET /handled", "POST /handled", "GET /thing", "PUT /thing"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert lines(Project(source).routes()) == expected


def test_handlers_converters_and_framework() -> None:
    project = Project(
        r"""
        --- main.py
        from aiohttp import web
        class Item(web.View):
            async def get(self): ...
        async def file(request): ...
        app = web.Application()
        app.router.add_view(r"/items/{id:\d+}/{code:[a-z]+}", Item)
        app.router.add_get("/files/{rest:.+}", file)
        """
    )
    assert [(one.handler, one.converters, one.tail, one.framework) for one in project.routes()] == [
        ("main:Item.get", (("id", "int"), ("code", "regex")), False, "aiohttp"),
        ("main:file", (("rest", "path"),), True, "aiohttp"),
    ]
    assert project.candidates[0].backend.application.framework == "aiohttp"


def test_a_handler_that_makes_a_socket_is_one() -> None:
    project = Project(
        """
        --- main.py
        from aiohttp import web
        async def live(request):
            socket = web.WebSocketResponse()
            await socket.prepare(request)
            return socket
        async def either(request):
            socket = web.WebSocketResponse()
            if not socket.can_prepare(request):
                return web.Response(text="use a socket")
            return socket
        async def events(request):
            async with sse_response(request) as response: ...
        app = web.Application()
        app.add_routes([web.get("/live", live), web.get("/either", either), web.get("/events", events)])
        """
    )
    assert lines(project.routes()) == ["WS /live", "WS /either", "GET /either", "GET /events"]
    assert [route.kind.value for route in project.routes()] == ["websocket", "websocket", "http", "sse"]


def test_what_cannot_be_resolved_is_a_gap_or_any_method() -> None:
    project = Project(
        """
        --- main.py
        from aiohttp import web
        from vendor import METHOD, Exporting, routes, subapp
        async def f(request): ...
        class Report(Exporting, web.View):
            async def get(self): ...
        app = web.Application()
        app.router.add_route(METHOD, "/x", f)
        app.router.add_view("/report", Report)
        app.add_routes(routes)
        app.add_routes([web.get("/y", f), *routes])
        app.add_subapp("/sub", subapp)
        """
    )
    assert lines(project.routes()) == ["{} /x", "GET /report", "{} /report", "GET /y"]
    assert project.gaps() == [
        ": vendor.routes comes from a library",
        ": further routes of a list",
        "/sub: vendor.subapp comes from a library",
    ]


def test_a_route_table_under_a_condition() -> None:
    project = Project(
        """
        --- main.py
        import os
        from aiohttp import web
        routes = web.RouteTableDef()
        @routes.get("/a")
        async def a(request): ...
        if os.environ.get("DEBUG"):
            @routes.get("/debug")
            async def debug(request): ...
        app = web.Application()
        app.add_routes(routes)
        """
    )
    assert lines(project.routes()) == ["GET /a", "GET /debug ?"]


@pytest.mark.parametrize(
    ("middlewares", "strict"),
    [
        ("", True),
        ("app = web.Application(middlewares=[own])", True),
        ("app = web.Application(middlewares=[own, web.normalize_path_middleware(append_slash=True)])", False),
        ("app = web.Application(middlewares=vendor.MIDDLEWARES)", False),
        ("app.middlewares.append(web.normalize_path_middleware())", False),
    ],
)
def test_a_middleware_may_redirect_to_the_other_slash(middlewares: str, strict: bool) -> None:
    project = Project(
        f"""
--- main.py
import vendor
from aiohttp import web
@web.middleware
async def own(request, handler): ...
async def f(request): ...
app = web.Application()
{middlewares}
app.router.add_get("/x", f)
"""
    )
    (route,) = project.routes()
    assert route.strict_slashes is strict
    target = Matcher(project.routes()).target(Kind.HTTP, "GET", "/x/")
    assert isinstance(target, Missing) is strict
