"""Where calls go, through the whole pipeline: routes, the frontend's own server, other hosts, or nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.config import Config
from auditor.model.finding import Side
from auditor.model.graph import Ambiguous, External, Matched, Missing, Own, ProjectGraph, Target, Unknown
from auditor.pipeline import link_project

MANIFEST = '{ "name": "web", "dependencies": { "react": "18" } }'
BACKEND = """
from fastapi import APIRouter, FastAPI
app = FastAPI()

@app.get("/users")
def users(): return []

@app.get("/users/{user_id}")
def user(user_id: int): return {}

@app.post("/api/v1/items")
def items(): return {}

@app.websocket("/ws/live")
async def live(socket): ...
"""
OPEN = """
from fastapi import FastAPI
import library
app = FastAPI()
app.include_router(library.make_router(), prefix="/auth")

@app.get("/users")
def users(): return []
"""


def _linked(root: Path, files: Mapping[str, str]) -> ProjectGraph:
    given = {"api/main.py": BACKEND, "web/package.json": MANIFEST, **files}
    for name, content in given.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return link_project(root, Config(), processes=1)


def _short(target: Target) -> str:
    match target:
        case Matched(route):
            return f"{route.method} {route.path}"
        case Own(file):
            return file
        case External(host):
            return host
        case Missing():
            return "missing"
        case Ambiguous():
            return "ambiguous"
        case _:
            return "unknown"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("fetch('/users')", {"/users": "GET /users"}),
        ("fetch(`/users/${id}`)", {"/users/{}": "GET /users/{user_id}"}),
        ("fetch('/nothing')", {"/nothing": "missing"}),
        ("fetch('/users', { method: 'DELETE' })", {"/users": "missing"}),
        ("fetch('http://localhost:8000/users')", {"/users": "GET /users"}),
        ("fetch('https://api.example.com/users')", {"/users": "api.example.com"}),
        ("fetch(`${import.meta.env.VITE_API}/users`)", {"/users": "GET /users"}),
        ("fetch(`${import.meta.env.VITE_API}/nothing`)", {"/nothing": "unknown"}),
        ("new WebSocket(`ws://${location.host}/ws/live`)", {"/ws/live": "GET /ws/live"}),
        ("new WebSocket('/ws/none')", {"/ws/none": "missing"}),
        ("fetch(id ? '/users' : '/nothing')", {"/users": "GET /users", "/nothing": "missing"}),
        ("fetch((id ? '/api/v1' : '') + '/items', { method: 'POST' })", {"/api/v1/items": "POST /api/v1/items"}),
        ("fetch(id ? 'https://api.example.com/users' : '/users')", {"/users": "GET /users"}),
        ("fetch('/data/list.json')", {"/data/list.json": "web/public/data/list.json"}),
    ],
)
def test_target(tmp_path: Path, call: str, expected: dict[str, str]) -> None:
    source = f"export const f = (id: string) => {call};\n"
    graph = _linked(tmp_path, {"web/src/main.ts": source, "web/public/data/list.json": "[]"})
    assert {site.path: _short(site.target) for site in graph.calls} == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/users", "GET /users"), ("/auth/login", "unknown"), ("/auth", "unknown"), ("/nothing", "missing")],
)
def test_below_a_router_that_is_not_known(tmp_path: Path, path: str, expected: str) -> None:
    files = {"api/main.py": OPEN, "web/src/main.ts": f"export const f = () => fetch('{path}');\n"}
    assert [_short(site.target) for site in _linked(tmp_path, files).calls] == [expected]


def test_own_routes_come_before_the_backend(tmp_path: Path) -> None:
    files = {
        "web/package.json": '{ "dependencies": { "next": "14", "react": "18" } }',
        "web/next.config.js": "module.exports = {};\n",
        "web/app/users/route.ts": "export async function GET() { return Response.json([]); }\n",
        "web/app/page.tsx": "export const f = () => fetch('/users');\n",
    }
    assert [_short(site.target) for site in _linked(tmp_path, files).calls] == ["web/app/users/route.ts"]


def test_a_proxy_that_takes_a_prefix_away(tmp_path: Path) -> None:
    files = {
        "web/vite.config.ts": "import { defineConfig } from 'vite';\nexport default defineConfig({ server: { proxy: {\n"
        "'/backend': { target: 'http://localhost:8000', rewrite: (p) => p.replace(/^\\/backend/, '') } } } });\n",
        "web/src/main.ts": "export const f = () => fetch('/backend/users');\n",
    }
    graph = _linked(tmp_path, files)
    assert [(site.path, _short(site.target)) for site in graph.calls] == [("/users", "GET /users")]


def test_a_frontend_is_paired_with_the_backend_it_calls(tmp_path: Path) -> None:
    other = "from fastapi import FastAPI\napp = FastAPI()\n\n@app.get('/jobs')\ndef jobs(): return []\n"
    files = {
        "worker/main.py": other,
        "web/src/main.ts": "export const f = () => fetch('/jobs');\n",
        "admin/package.json": MANIFEST,
        "admin/src/main.ts": "export const f = () => fetch('/users');\n",
    }
    graph = _linked(tmp_path, files)
    pairs = {one.root: one.pairs for one in graph.services if one.side is Side.FRONTEND}
    assert pairs == {"admin": ("api",), "web": ("worker",)}
    assert sorted(_short(site.target) for site in graph.calls) == ["GET /jobs", "GET /users"]


def test_a_frontend_is_paired_with_a_further_backend_that_alone_serves_some_calls(tmp_path: Path) -> None:
    head = "from fastapi import FastAPI\napp = FastAPI()\n"
    handler = "@app.get('/{0}')\ndef {0}(): return []\n"
    main, further = [f"a{number}" for number in range(40)], ["jobs", "queues", "workers"]
    files = {
        "api/main.py": head + "".join(map(handler.format, main)),
        "worker/main.py": head + "".join(map(handler.format, further)),
        "web/src/main.ts": "".join(f"fetch('/{name}');\n" for name in [*main, *further, "none"]),
    }
    graph = _linked(tmp_path, files)
    assert [one.pairs for one in graph.services if one.side is Side.FRONTEND] == [("api", "worker")]
    assert [site.path for site in graph.calls if not isinstance(site.target, Matched)] == ["/none"]


def test_one_place_that_goes_wrong_is_one_call(tmp_path: Path) -> None:
    web = "export const f = (all, id) => fetch(`/${all ? 'users' : 'people'}/${id}`, { method: 'DELETE' });"
    graph = _linked(tmp_path, {"web/src/a.ts": web})
    assert [call.label for call in graph.calls] == ["DELETE /users/{}"]


def test_a_path_that_may_be_served_makes_its_other_readings_unsure(tmp_path: Path) -> None:
    web = "export const f = (all, id) => fetch(`/${all ? 'users' : 'people'}/${id}`);"
    graph = _linked(tmp_path, {"web/src/a.ts": web})
    found = {call.label: call.confidence.value for call in graph.calls}
    assert found == {"GET /users/{}": "high", "GET /people/{}": "low"}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/sounds/bell.wav", Unknown),
        ("/engine/loader.js", Unknown),
        ("/sounds/bell", Missing),
        ("/sounds/bell.json", Missing),
        ("/settings.json", Unknown),
    ],
)
def test_a_part_of_a_page_may_be_there_without_being_in_the_repository(tmp_path: Path, path: str, target: type) -> None:
    [call] = _linked(tmp_path, {"web/src/sound.ts": f"export const load = () => fetch('{path}');\n"}).calls
    assert type(call.target) is target


def test_addresses_in_tools_that_call_no_backend_are_not_looked_at(tmp_path: Path) -> None:
    files = {
        "web/src/main.ts": "fetch('http://localhost:8000/users');\n",
        "cli/package.json": '{"bin": "index.js", "dependencies": {"react": "18"}}',
        "cli/index.js": "fetch('http://localhost:9000/x');\n",
    }
    graph = _linked(tmp_path, files)
    assert [one.root for one in graph.frontends] == ["cli", "web"]
    assert [one.location.file for one in graph.urls] == ["web/src/main.ts"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/admin/users/1/roles", "missing"),
        ("/admin/gone", "missing"),
        ("/admin/oauth/claims", "unknown"),
        ("/other", "unknown"),
    ],
)
def test_a_router_that_is_not_known_may_stand_below_a_known_segment(tmp_path: Path, path: str, expected: str) -> None:
    backend = OPEN.replace(', prefix="/auth"', "").replace("/users", "/admin/users/{user_id}")
    files = {"api/main.py": backend, "web/src/main.ts": f"export const f = () => fetch('{path}');\n"}
    assert [_short(site.target) for site in _linked(tmp_path, files).calls] == [expected]


def test_a_file_that_the_backend_imports_is_no_test_whatever_its_name(tmp_path: Path) -> None:
    router = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/claims')\ndef claims(): return {}\n"
    backend = BACKEND + "from login_test import router\napp.include_router(router)\n"
    files = {
        "api/main.py": backend,
        "api/login_test.py": router,
        "api/other_test.py": router.replace("claims", "others"),
        "web/src/main.ts": "export const f = () => fetch('/claims');\n",
    }
    graph = _linked(tmp_path, files)
    assert [_short(site.target) for site in graph.calls] == ["GET /claims"]
    assert graph.files.skipped["test"] == 1
