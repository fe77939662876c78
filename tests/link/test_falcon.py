"""What a Falcon application serves, from source to routes; the answers were compared with Falcon 4.4."""

from __future__ import annotations

import pytest
from served_project import Project, lines

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "resources, suffixes, bases": (
        """
        --- main.py
        import falcon
        from things import Thing, health
        class Base:
            def on_get(self, req, resp): ...
        class Things(Base):
            def on_post(self, req, resp): ...
            @falcon.before(print)
            def on_put_bulk(self, req, resp): ...
            def on_patch_bulk(self, req, resp): ...
        app = falcon.App()
        things = Things()
        app.add_route("/things", things)
        app.add_route("/things/bulk", things, suffix="bulk")
        app.add_route("/things/{thing_id:int(min=1)}", Thing())
        app.add_route("/files/{rest:path}", Thing())
        app.add_route("/health", health)
        for version in ("v1", "v2"):
            app.add_route(f"/{version}/things", Thing())
        app.add_static_route("/assets", "/srv/assets")
        --- things/__init__.py
        from things.thing import Thing
        --- things/thing.py
        class Thing:
            def on_delete(self, req, resp, **rest): ...
        --- things/health.py
        def on_get(req, resp): ...
        """,
        [
            "GET /things", "POST /things", "PUT /things/bulk", "PATCH /things/bulk", "DELETE /things/{thing_id}",
            "DELETE /files/{rest}", "GET /health", "DELETE /v1/things", "DELETE /v2/things",
        ],
    ),
    "a factory, a subclass, sockets": (
        """
        --- service.py
        import falcon.asgi
        class Feed:
            async def on_get(self, req, resp): ...
            async def on_websocket(self, req, ws): ...
        class Service(falcon.asgi.App):
            def __init__(self, feed):
                super().__init__()
                self.add_route("/feed", feed)
        def create():
            return Service(Feed())
        --- serve.py
        from service import create
        application = create()
        """,
        ["GET /feed", "WS /feed"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert sorted(lines(Project(source).routes())) == sorted(expected)


def test_what_cannot_be_read_may_serve_anything() -> None:
    project = Project(
        """
        --- main.py
        import falcon
        from library import Remote
        class Own(Remote):
            def on_get(self, req, resp): ...
        def proxy(req, resp): ...
        app = falcon.App()
        app.add_route("/remote", Remote())
        app.add_route("/own", Own())
        app.add_sink(proxy, "/proxy")
        """
    )
    assert lines(project.routes()) == ["{} /remote", "GET /own", "{} /own"]
    assert project.gaps() == ["/proxy: a sink answers: proxy"]
