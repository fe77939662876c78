"""The browser's path behind a proxy and the server's path in front of the backend meet in one route."""

from __future__ import annotations

import pytest

from auditor.model.graph import Matched
from auditor.pipeline import audit_texts

API = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/users')\ndef users() -> list[str]: ...\n"
COMPOSE = "services:\n  backend:\n    build: ./api\n    ports: ['8000:8000']\n  web:\n    build: ./web\n"
BROWSER = "export function Users() { fetch('/api/users'); return null; }"
SERVER = "export async function load() { return fetch('http://backend:8000/users'); }\nload();"


@pytest.mark.parametrize(
    ("file", "source", "what"),
    [
        (
            "nginx.conf",
            "server {\n location /api/ {\n  proxy_pass http://backend:8000/;\n }\n}",
            "nginx /api/: /api/users becomes /users",
        ),
        (
            "Caddyfile",
            "example.com {\n\thandle_path /api/* {\n\t\treverse_proxy backend:8000\n\t}\n}",
            "Caddy /api/*: /api/users becomes /users",
        ),
        (
            "web/vite.config.ts",
            "export default { server: { proxy: { '/api': { target: 'http://localhost:8000',"
            " rewrite: (path) => path.replace(/^\\/api/, '') } } } };",
            "the proxy /api: /api/users becomes /users",
        ),
        (
            "web/next.config.js",
            "module.exports = { rewrites: async () => [{ source: '/api/:path*',"
            " destination: 'http://backend:8000/:path*' }] };",
            "becomes /users",
        ),
        (
            "web/proxy.conf.js",
            "module.exports = { '/api': { target: 'http://localhost:8000', pathRewrite: { '^/api': '' } } };",
            "the proxy /api: /api/users becomes /users",
        ),
        (
            "web/src/routes/api/[...path]/+server.ts",
            "export const GET = ({ params, fetch }) => fetch(`http://backend:8000/${params.path}`);",
            "becomes /users",
        ),
        (
            "web/app/api/[...path]/route.ts",
            "export async function GET(request, { params }) {"
            " return fetch(`http://backend:8000/${params.path.join('/')}`); }",
            "becomes /users",
        ),
    ],
)
def test_they_meet(file: str, source: str, what: str) -> None:
    report = audit_texts(
        {
            "api/main.py": API,
            "docker-compose.yml": COMPOSE,
            "web/package.json": '{"name": "web", "dependencies": {"react": "^18"}}',
            "web/src/Users.tsx": BROWSER,
            "web/src/server.ts": SERVER,
            file: source,
        }
    )
    calls = {call.location.file: call for call in report.graph.calls}
    browser, server = calls["web/src/Users.tsx"], calls["web/src/server.ts"]
    assert isinstance(browser.target, Matched)
    assert isinstance(server.target, Matched)
    assert browser.target.route.label == server.target.route.label == "GET /users"
    assert any(what in step.what for step in browser.provenance)
