"""What Python's own HTTP server serves, from source to routes."""

from __future__ import annotations

import re

from served_project import Project, lines

from auditor.adapters.backend import http_server

IMPORTS = "from http.server import BaseHTTPRequestHandler, HTTPServer\nfrom urllib.parse import urlparse\n"


def test_the_page_of_the_adapter() -> None:
    code = (http_server.__doc__ or "").split("```py\n")[1].split("```")[0]
    project = Project(f"--- main.py\n{IMPORTS}{code}")
    found = [f"{one.label} -> {one.handler.partition(':')[2]}" for one in project.routes()]
    assert found == re.findall(r"^# (.+ -> .+)$", code, re.MULTILINE)
    assert project.gaps() == ["/: what POST answers does not depend on a path that is written"]


def test_a_handler_that_inherits() -> None:
    project = Project(
        """
        --- main.py
        import http.server
        class Base(http.server.BaseHTTPRequestHandler):
            def do_DELETE(self):
                match self.path.rstrip("/"):
                    case "/one":
                        ...
                    case "/two":
                        ...
        class Handler(Base):
            def do_PUT(self):
                text = "/not/a/path"
                if text == "/x" or self.headers.get("a") == "/y":
                    return
                if self.path == "/three":
                    ...
        def main():
            http.server.ThreadingHTTPServer(("", 1), Handler).serve_forever()
        """
    )
    assert lines(project.routes()) == ["DELETE /one", "DELETE /two", "PUT /three"]


def test_a_server_without_paths_is_no_backend() -> None:
    source = f"--- main.py\n{IMPORTS}class Probe(BaseHTTPRequestHandler):\n    def do_GET(self): ...\n"
    assert not Project(f"{source}HTTPServer(('', 1), Probe)\nHTTPServer(('', 1), make())").candidates
