"""Proxies and rewrites: where a path comes out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from own_project import facts_of, machine_of, texts_of

from auditor.config import Config, Rewrite
from auditor.link.own import own_paths
from auditor.link.proxies import Forwarded, PathRewrite, answer, apply, from_base_url, rewrites_of
from auditor.model.finding import Unresolved
from auditor.model.graph import External, Own, Unknown

VITE = "import { defineConfig, loadEnv } from 'vite';\n"


def rules(
    files: Mapping[str, str], root: str = "web", config: Config | None = None
) -> tuple[tuple[PathRewrite, ...], tuple[Unresolved, ...]]:
    own = own_paths(facts_of(files), [], [root])
    found, unread = rewrites_of(machine_of(files), facts_of(files), texts_of(files), [root], config or Config(), own)
    return found[root], unread


def sent(files: Mapping[str, str], method: str, path: str) -> object:
    """The path that comes out, or what becomes of the request."""
    found, _ = rules(files)
    result = answer(found, own_paths(facts_of(files), [], ["web"]), "web", method, path)
    return result.path if isinstance(result, Forwarded) else result


@pytest.mark.parametrize(
    ("file", "source", "paths"),
    [
        (
            "web/vite.config.ts",
            VITE + "export default defineConfig({ server: { proxy: { '/api': 'http://localhost:8000' } } });",
            {"/api/users/{}": "/api/users/{}", "/apix": "/apix", "/other": None},
        ),
        (
            "web/vite.config.ts",
            VITE + "export default defineConfig({ server: { proxy: { '^/api': { target: 'http://localhost:8000/base',"
            " rewrite: (path) => path.replace(/^\\/api/, '') } } } });",
            {"/api/users/{}": "/base/users/{}", "/x/api": None},
        ),
        (
            "web/vite.config.js",
            VITE + "export default defineConfig(({ mode }) => { const env = loadEnv(mode, '.');"
            " return { server: { proxy: { '/api': { target: env.BACKEND, changeOrigin: true } } } }; });",
            {"/api/x": "/v2/api/x"},
        ),
        (
            "web/vite.config.ts",
            VITE + "export default defineConfig({ server: { proxy: { '^/(users|items)': 'http://api:8000' } } });",
            {"/users": "/users", "/items/{}": "/items/{}", "/api": None},
        ),
        (
            "web/vite.config.ts",
            VITE + "export default defineConfig({ server: { proxy: { '/api': { target: 'http://localhost:8000',"
            " rewrite: unknownFunction } } } });",
            {"/api/x": Unknown("the path function of web/vite.config.ts cannot be read")},
        ),
        (
            "web/vite.config.ts",
            VITE + "export default defineConfig({ server: { proxy: { '/maps': 'https://maps.example.com' } } });",
            {"/maps/tile": External("maps.example.com")},
        ),
        (
            "web/next.config.mjs",
            "const config = { async rewrites() { return [{ source: '/api/:path*',"
            " destination: `${process.env.API ?? 'http://localhost:8000'}/v1/:path*` }]; } };\n"
            "export default withPlugin({})(config);",
            {"/api/users/{}": "/v1/users/{}", "/api": "/v1", "/api/users/": "/v1/users", "/other": None},
        ),
        (
            "web/next.config.js",
            "module.exports = { rewrites: () => ({"
            " beforeFiles: [{ source: '/a/:id', destination: 'http://api:80/one/:id' }],"
            " fallback: [{ source: '/:path*', destination: 'http://api:80/all/:path*' }] }) };",
            {"/a/{}": "/one/{}", "/a/{}/b": "/all/a/{}/b"},
        ),
        (
            "web/next.config.js",
            "module.exports = { rewrites: async () => [{ source: '/v1/:path*', destination: '/api/:path*' },"
            " { source: '/api/:path*', destination: 'http://localhost:8000/:path*' }] };",
            {"/v1/users": "/users"},
        ),
        (
            "web/next.config.js",
            "module.exports = { rewrites: async () => [{ source: '/api/:path*', has: [{ type: 'cookie', key: 'x' }],"
            " destination: 'http://localhost:8000/:path*' }] };",
            {"/api/users": Unknown("a rewrite of web/next.config.js takes it under conditions")},
        ),
        (
            "web/vue.config.js",
            "module.exports = { devServer: { proxy: { '/api': { target: 'http://localhost:8000',"
            " pathRewrite: { '^/api': '/v1', '^/v1': '/never' } } } } };",
            {"/api/users": "/v1/users"},
        ),
        (
            "web/webpack.config.js",
            "module.exports = { devServer: { proxy: [{ context: ['/api', '/auth/**'],"
            " target: 'http://localhost:8000/' }] } };",
            {"/api/users": "/api/users", "/auth": "/auth", "/auth/a/b": "/auth/a/b", "/x": None},
        ),
        (
            "web/src/setupProxy.js",
            "const { createProxyMiddleware } = require('http-proxy-middleware');\nmodule.exports = function (app) {"
            " app.use('/api', createProxyMiddleware({ target: 'http://localhost:8000',"
            " pathRewrite: { '^/api': '' } })); };",
            {"/api/users": "/users", "/x": None},
        ),
        (
            "web/nuxt.config.ts",
            "export default defineNuxtConfig({ nitro: { devProxy: { '/api/': 'http://localhost:8000/v1' } },"
            " routeRules: { '/files/**': { proxy: 'http://localhost:8000/static/**' } } });",
            {"/api/users": "/v1/users", "/files/a/b": "/static/a/b"},
        ),
        (
            "web/nuxt.config.js",
            "export default { proxy: { '/api': { target: 'http://localhost:8000',"
            " pathRewrite: { '^/api/': '/' } } } };",
            {"/api/users": "/users"},
        ),
        (
            "web/proxy.conf.json",
            '{"/api/*": {"target": "http://localhost:8000", "pathRewrite": {"^/api": ""}}, "/ws": {"target": "ws://localhost:8000"}}',
            {"/api/users": "/users", "/ws/1": "/ws/1"},
        ),
        ("web/package.json", '{"proxy": "http://localhost:8000/base"}', {"/users": "/base/users"}),
        (
            "deploy/nginx.conf",
            "server { location / { proxy_pass http://frontend:3000; }\n"
            " location /api/ { proxy_pass http://backend:8000/; }\n"
            " location /raw { proxy_pass http://backend:8000; }\n"
            " location ~ ^/v(\\d+)/(.*)$ { proxy_pass http://backend/$2; }\n"
            " location /old/ { rewrite ^/old/(.*)$ /new/$1 break; proxy_pass http://backend; }\n"
            " location /_next/ { proxy_pass http://frontend:3000; } }",
            {
                "/api/users/{}": "/users/{}", "/raw/x": "/raw/x", "/v2/a/b": "/a/b", "/old/a": "/new/a",
                "/page": None, "/_next/x": None,
            },
        ),
        (
            "Caddyfile",
            "{\n\tadmin off\n}\nexample.com {\n\t@files path /files/* /media/*\n"
            "\thandle_path /api/* {\n\t\treverse_proxy backend:8000\n\t}\n"
            "\thandle /v2/* {\n\t\turi strip_prefix /v2\n\t\trewrite * /new{uri}\n\t\treverse_proxy backend:8000\n\t}\n"
            "\treverse_proxy /raw/* backend:8000 # as it is\n\treverse_proxy @files backend:8000\n"
            "\thandle {\n\t\treverse_proxy frontend:3000\n\t}\n}\n",
            {
                "/api/users/{}": "/users/{}", "/v2/a": "/new/a", "/raw/x": "/raw/x", "/media/x": "/media/x",
                "/page": None,
            },
        ),
        (
            "Caddyfile",
            ":80\nreverse_proxy /api/* localhost:8000\n",
            {"/api/users": "/api/users", "/page": None},
        ),
    ],
)  # fmt: skip
def test_configuration(file: str, source: str, paths: Mapping[str, object]) -> None:
    files = {file: source, "web/.env": "BACKEND=http://localhost:9000/v2\n"}
    assert {path: sent(files, "GET", path) for path in paths} == paths


def test_what_cannot_be_read_is_on_the_ledger() -> None:
    files = {
        "web/vite.config.ts": VITE + "import { table } from 'elsewhere';\n"
        "export default defineConfig({ server: { proxy: table } });",
        "web/next.config.js": "module.exports = { rewrites: async () => load() };",
        "web/webpack.config.js": "module.exports = { devServer: { proxy: [{ context: (p) => p, target: 'http://x' }]"
        " } };",
    }
    found, unread = rules(files)
    assert found == ()
    assert {entry.location.file for entry in unread} == {
        "web/next.config.js",
        "web/webpack.config.js",
        "web/vite.config.ts",
    }


def test_source_and_target_are_shown() -> None:
    source = VITE + "export default defineConfig({ server: { proxy: {\n '/api': { target: 'http://localhost:8000',\n"
    source += " rewrite: (path) => path.replace(/^\\/api/, '/v1') } } } });"
    [rule], _ = rules({"web/vite.config.ts": source})
    assert (rule.source, rule.target, rule.catch_all, rule.external) == ("/api", "/v1", True, False)
    assert (rule.location.file, rule.location.line) == ("web/vite.config.ts", 3)
    path, steps = apply([rule], "/api/users")
    assert (path, [step.what for step in steps]) == ("/v1/users", ["the proxy /api: /api/users becomes /v1/users"])
    assert apply([rule], "/other") == ("/other", ())


def test_the_configuration_of_the_auditor_comes_first() -> None:
    files = {"web/vite.config.ts": VITE + "export default defineConfig({ server: { proxy: { '/api': 'http://x' } } });"}
    found, _ = rules(files, config=Config(file="auditor.yaml", rewrites=(Rewrite("/api", "/v3"),)))
    assert apply(found, "/api/users")[0] == "/v3/users"


def test_base_urls() -> None:
    base = (Rewrite("https://api.example.com", "/"), Rewrite("https://api.example.com/v2/", "/new"))
    assert from_base_url(base, "https://api.example.com/users") == "/users"
    assert from_base_url(base, "https://api.example.com/v2/users") == "/new/users"
    assert from_base_url(base, "https://api.example.community/users") is None


NEXT = """
import { backend } from "../../../lib/backend";
async function forward(request, params) {
  const path = params.path.join("/");
  const target = path === "health" || path.startsWith("health/") ? `/${path}` : `/v1/${path}`;
  return fetch(`${await backend()}${target}${request.nextUrl.search}`, { method: request.method });
}
export async function GET(request, context) { return forward(request, await context.params); }
export async function POST(request, { params }) { return forward(request, await params); }
"""
BACKEND = """
export async function backend() {
  if (await fetch("http://localhost:8000/alive")) return "http://localhost:8000";
  return process.env.BACKEND_URL;
}
"""
HANDLERS = {
    "web/app/api/[...path]/route.ts": NEXT,
    "web/lib/backend.ts": BACKEND,
    "web/app/api/session/route.ts": "export function GET() {}",
    "web/app/auth/[...all]/route.ts": "import { handle } from 'auth';\nexport const { GET, POST } = handle();\n"
    "export function PUT() { return new Response(); }",
    "web/app/raw/[...path]/route.ts": "export async function GET(request) { return fetch(rewritten(request)); }",
    "web/pages/api/old/[...path].ts": "import { NextApiRequest } from 'next';\nexport default async (req, res) => {"
    " const { path } = req.query; await fetch(`${process.env.API}/o/${path.join('/')}`); };",
    "web/nuxt.config.ts": "export default defineNuxtConfig({});",
    "web/server/api/n/[...path].ts": "export default defineEventHandler((event) =>"
    " proxyRequest(event, 'http://localhost:8000' + event.path.replace(/^\\/api\\/n/, '/nitro')));",
    "web/src/routes/k/[...path]/+server.ts": "export const GET = ({ params, fetch, url }) =>"
    " fetch(`http://localhost:8000/kit/${params.path}${url.search}`);",
}


@pytest.mark.parametrize(
    ("method", "path", "wanted"),
    [
        ("GET", "/api/users/{}", "/v1/users/{}"),
        ("POST", "/api/health", "/health"),
        ("GET", "/api/health/ready", "/health/ready"),
        ("GET", "/api/session", Own("web/app/api/session/route.ts")),
        ("POST", "/api/session", Unknown("web/app/api/session/route.ts answers /api/session, but not POST")),
        ("DELETE", "/api/users", Unknown("web/app/api/[...path]/route.ts does not answer DELETE")),
        ("PUT", "/auth/login", Own("web/app/auth/[...all]/route.ts")),
        ("GET", "/raw/x", Unknown("goes through the proxy web/app/raw/[...path]/route.ts")),
        ("GET", "/api/old/a/{}", "/o/a/{}"),
        ("PATCH", "/api/n/a", "/nitro/a"),
        ("GET", "/k/a/{}", "/kit/a/{}"),
        ("GET", "/page", None),
    ],
)
def test_handlers_that_forward(method: str, path: str, wanted: object) -> None:
    assert sent(HANDLERS, method, path) == wanted


def test_a_path_that_a_handler_treats_in_several_ways_is_unknown() -> None:
    found = sent(HANDLERS, "GET", "/api/{}")
    assert isinstance(found, Unknown)
    assert "/{} or /v1/{}" in found.reason


@pytest.mark.parametrize(("version", "path"), [("^2.0.6", "/api/users"), ("^3.0.0", "/users")])
def test_mounted_middleware_sees_the_rest_of_the_path_since_version_3(version: str, path: str) -> None:
    files = {
        "web/src/setupProxy.js": "const { createProxyMiddleware } = require('http-proxy-middleware');\n"
        "module.exports = (app) => { app.use('/api', createProxyMiddleware({ target: 'http://localhost:8000' })); };",
        "web/package.json": f'{{"dependencies": {{"http-proxy-middleware": "{version}"}}}}',
    }
    assert sent(files, "GET", "/api/users") == path
