"""Classic scripts: what one puts on the page, others use."""

from __future__ import annotations

import pytest
from frontend_project import calls

SHARED = {
    "a member of window": (
        "window.Shop = { load(id) { return fetch(`/api/items/${id}`); } };",
        "function show() { Shop.load(1); }\nshow();",
        ["GET /api/items/{}"],
    ),
    "asked for by window": (
        "window.request = (method, url) => fetch(url, { method });",
        "const remove = (id) => window.request('DELETE', '/api/items/' + id);\nremove(1);",
        ["DELETE /api/items/{}"],
    ),
    "in a function that is called on the spot": (
        "(function () { const base = '/api'; window.Shop = { base }; })();",
        "fetch(Shop.base + '/items');",
        ["GET /api/items"],
    ),
    "a function of a classic script": (
        "function request(url) { return fetch('/api' + url); }",
        "request('/items');",
        ["GET /api/items"],
    ),
    "a constant of a classic script": ("const BASE = '/api';", "fetch(BASE + '/items');", ["GET /api/items"]),
    "a part of another": (
        "window.Api = { request: (url) => fetch('/api' + url) };\nwindow.Shop = { api: window.Api };",
        "Shop.api.request('/items');",
        ["GET /api/items"],
    ),
}
NOT_SHARED = {
    "a constant of a module": ("const BASE = '/api';\nexport const other = 1;", "fetch('/x/' + BASE);"),
    "a name of CommonJS": ("const x = require('x');\nconst BASE = '/api';", "fetch('/x/' + BASE);"),
}


@pytest.mark.parametrize(("first", "second", "expected"), SHARED.values(), ids=SHARED)
def test_what_scripts_share(first: str, second: str, expected: list[str]) -> None:
    found = calls({"a.js": first, "b.js": second})
    assert [call.site.label for call in found] == expected


@pytest.mark.parametrize(("first", "second"), NOT_SHARED.values(), ids=NOT_SHARED)
def test_what_modules_keep(first: str, second: str) -> None:
    assert [call.site.label for call in calls({"a.js": first, "b.js": second})] == ["GET /x/{}"]


def test_a_name_that_two_scripts_make_is_nobodys() -> None:
    found = calls({"a.js": "const BASE = '/a';", "b.js": "const BASE = '/b';", "c.js": "fetch('/x/' + BASE);"})
    assert [call.site.label for call in found] == ["GET /x/{}"]
