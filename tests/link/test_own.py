"""The frontend's own server: which file answers which path."""

from __future__ import annotations

import pytest
from own_project import facts_of

from auditor.link.own import OwnPaths, own_paths

FILES = {
    "web/next.config.js": "module.exports = {};",
    "web/app/api/users/route.ts": "export async function GET() {}\nexport const POST = async () => {};",
    "web/app/api/users/[id]/route.ts": "import { handler } from './h';\nexport { handler as PUT };",
    "web/src/app/(site)/@slot/api/health/route.js": "export function GET() {}",
    "web/app/api/files/[...path]/route.ts": "export function GET() {}",
    "web/app/about/page.tsx": "export default function Page() {}",
    "web/app/lib/route.ts": "export const route = 1;",
    "web/pages/api/legacy/index.ts": "export default function handler(req, res) {}",
    "web/pages/api/legacy/[name].js": "export default (req, res) => {};",
    "web/pages/api/model.ts": "export interface Model {}",
    "nuxt/nuxt.config.ts": "export default defineNuxtConfig({});",
    "nuxt/server/api/items/[id].get.ts": "export default defineEventHandler(() => 1);",
    "nuxt/server/routes/feed.ts": "export default defineEventHandler(() => 1);",
    "nuxt/server/middleware/log.ts": "export default defineEventHandler(() => {});",
    "express/server/api/items.ts": "export default 1;",
    "kit/src/routes/api/[slug=word]/+server.ts": "export async function DELETE() {}",
    "kit/src/routes/all/+server.ts": "export const fallback = () => {};",
    "remix/app/routes/api.notes.$id.ts": 'import { json } from "@remix-run/node";\nexport const loader = 1;',
    "remix/app/routes/notes.ts": 'import { json } from "@remix-run/node";\nexport const loader = 1;\nexport default 2;',
}
PUBLIC = ["web/public/data/list.json", "kit/static/robots.txt", "ng/src/assets/i18n/en.json"]
ROOTS = ["web", "nuxt", "express", "kit", "remix", "ng"]


@pytest.fixture(scope="module")
def own() -> OwnPaths:
    return own_paths(facts_of(FILES), PUBLIC, ROOTS)


@pytest.mark.parametrize(
    ("frontend", "method", "path", "file"),
    [
        ("web", "GET", "/api/users", "web/app/api/users/route.ts"),
        ("web", "HEAD", "/api/users", "web/app/api/users/route.ts"),
        ("web", "POST", "/api/users", "web/app/api/users/route.ts"),
        ("web", "DELETE", "/api/users", None),
        ("web", "PUT", "/api/users/{}", "web/app/api/users/[id]/route.ts"),
        ("web", "PUT", "/api/users/7", "web/app/api/users/[id]/route.ts"),
        ("web", "PUT", "/api/users/7/more", None),
        ("web", "GET", "/api/{}", None),
        ("web", "GET", "/api/health", "web/src/app/(site)/@slot/api/health/route.js"),
        ("web", "GET", "/api/files/a/b", None),
        ("web", "GET", "/lib", None),
        ("web", "GET", "/about", None),
        ("web", "PATCH", "/api/legacy", "web/pages/api/legacy/index.ts"),
        ("web", "PATCH", "/api/legacy/{}", "web/pages/api/legacy/[name].js"),
        ("web", "GET", "/api/model", None),
        ("web", "GET", "/data/list.json", "web/public/data/list.json"),
        ("web", "POST", "/data/list.json", None),
        ("kit", "GET", "/data/list.json", None),
        ("nuxt", "GET", "/api/items/{}", "nuxt/server/api/items/[id].get.ts"),
        ("nuxt", "POST", "/api/items/{}", None),
        ("nuxt", "POST", "/feed", "nuxt/server/routes/feed.ts"),
        ("nuxt", "GET", "/log", None),
        ("express", "GET", "/api/items", None),
        ("kit", "DELETE", "/api/{}", "kit/src/routes/api/[slug=word]/+server.ts"),
        ("kit", "PUT", "/all", "kit/src/routes/all/+server.ts"),
        ("kit", "GET", "/robots.txt", "kit/static/robots.txt"),
        ("ng", "GET", "/assets/i18n/en.json", "ng/src/assets/i18n/en.json"),
        ("remix", "GET", "/api/notes/{}", "remix/app/routes/api.notes.$id.ts"),
        ("remix", "POST", "/api/notes/{}", None),
        ("remix", "GET", "/notes", None),
    ],
)
def test_owner(own: OwnPaths, frontend: str, method: str, path: str, file: str | None) -> None:
    assert own.owner(frontend, method, path) == file


def test_catch_alls_are_kept_apart(own: OwnPaths) -> None:
    assert [route.stem for route in own.catch_alls["web"]] == ["/api/files"]
    assert own.catch_alls["web"][0].parameters("/api/files/a/{}") == {"path": ("a", "{}")}
    assert own.catch_alls["web"][0].parameters("/api/files") is None


def test_constant_paths_come_first() -> None:
    files = {
        "app/api/[kind]/route.ts": "export function GET() {}",
        "app/api/users/route.ts": "export function GET() {}",
        "app/api/[[...rest]]/route.ts": "export function GET() {}",
    }
    own = own_paths(facts_of(files), [], ["."])
    assert own.owner(".", "GET", "/api/users") == "app/api/users/route.ts"
    assert own.owner(".", "GET", "/api/users", dynamic=False) == "app/api/users/route.ts"
    assert own.owner(".", "GET", "/api/other") == "app/api/[kind]/route.ts"
    assert own.owner(".", "GET", "/api/other", dynamic=False) is None
    assert own.catch_alls["."][0].parameters("/api") == {"rest": ()}
