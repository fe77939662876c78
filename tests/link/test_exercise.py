"""Which routes, handlers and message types tests exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Config
from auditor.pipeline import audit
from auditor.report.coverage import endpoint_coverage, total
from auditor.report.renderers import json, markdown

API = """
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.get("/api/users/{user_id}")
def read_user(user_id: int) -> str:
    return "x"


@app.post("/api/users")
def create_user(name: str) -> str:
    return name


@app.delete("/api/users/{user_id}")
def delete_user(user_id: int) -> None:
    return None


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"type": "greeting", "text": "x"})
"""


def exercised(folder: Path, name: str, text: str) -> list[tuple[str, str, int]]:
    files = {
        "backend/api.py": API,
        "frontend/package.json": "{}",
        "frontend/src/a.ts": 'fetch("/api/users/1");',
        name: text,
    }
    for file, content in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content, encoding="utf-8")
    report = audit(folder, Config(), 1)
    assert f'"how": "{report.graph.exercised[0].how}"' in json.render(report) if report.graph.exercised else True
    assert total(endpoint_coverage(report.graph)).tested == sum(one.route is not None for one in report.graph.exercised)
    assert ("Tested" in markdown.render(report)) is any(one.route for one in report.graph.exercised)
    return [(one.what, one.how, one.place.line) for one in report.graph.exercised]


PYTHON, SCRIPT = "backend/tests/test_a.py", "frontend/src/a.test.ts"
READ, CREATE, DELETE = "GET /api/users/{user_id}", "POST /api/users", "DELETE /api/users/{user_id}"
SOCKET = """def test(c):
    with c.websocket_connect("/live") as s:
        assert s.receive_json()["type"] == "greeting"
"""
HANDLER = "from backend.api import create_user\ndef test():\n    create_user('x')\n"
MOCKED = 'await fetch("http://localhost:8000/api/users", { method: "POST" });\n'
NOTHING = 'def test(client, path):\n    client.get(path)\n    client.get(f"{path}/{path}")\n'


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (PYTHON, 'def test(client):\n    client.get("/api/users/1")\n', [(READ, "request", 2)]),
        (PYTHON, 'def test(client, n):\n    client.delete(f"/api/users/{n}?x=1")\n', [(DELETE, "request", 2)]),
        (PYTHON, 'BASE = "/api"\ndef test(c):\n    c.post(BASE + "/users")\n', [(CREATE, "request", 3)]),
        (PYTHON, 'def test(c, url):\n    c.post(f"{url}/users")\n', [(CREATE, "request", 2)]),
        (PYTHON, HANDLER, [(CREATE, "handler", 3)]),
        (PYTHON, SOCKET, [("WS /live", "request", 2), ("greeting", "message", 3)]),
        (SCRIPT, 'http.get("*/api/users/:id", () => 1);\n', [(READ, "request", 1)]),
        (SCRIPT, MOCKED, [(CREATE, "request", 1)]),
        (PYTHON, 'def test(client):\n    client.get("/other")\n    x = {}.get("/api")\n', []),
        (PYTHON, NOTHING, []),
        ("backend/helpers.py", 'def helper(client):\n    client.delete("/api/users/1")\n', []),
    ],
)
def test_what_a_test_exercises(tmp_path: Path, name: str, text: str, found: list[tuple[str, str, int]]) -> None:
    assert exercised(tmp_path, name, text) == found


def test_a_route_without_test_is_no_gap(tmp_path: Path) -> None:
    assert exercised(tmp_path, "backend/README.txt", "") == []
