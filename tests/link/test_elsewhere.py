"""Calls that a server in another language, or in JavaScript, may answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Config
from auditor.model.graph import Matched, Missing, Target, Unknown
from auditor.pipeline import link_project

_API = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/api/users')\ndef users(): return []\n"
_WEB = """\
fetch('/api/users');
fetch(`/api/orders/${id}`, { method: 'POST' });
fetch('/api/nothing');
"""
_SERVERS = {
    "Go": {"gateway/main.go": 'import "net/http"\nfunc main() { http.HandleFunc("/api/orders/", orders) }\n'},
    "Java": {"shop/Orders.java": '@RestController\n@RequestMapping("/api/orders")\nclass Orders {}\n'},
    "Ruby": {"config/routes.rb": 'Rails.application.routes.draw do\n  scope "/api" do resources :orders end\nend\n'},
    "C#": {"Shop/OrdersController.cs": '[Route("api/[controller]")]\npublic class OrdersController { }\n'},
    "Express": {
        "gateway/package.json": '{"dependencies": {"express": "^4"}}',
        "gateway/index.js": "const app = require('express')();\napp.use('/api', require('./orders'));\n",
        "gateway/orders.js": "import { Router } from 'express';\nRouter().post('/orders/:id', pay);\n",
    },
}
_NO_SERVERS = {
    "a client in Go": {"client/main.go": 'func main() { get("/api/orders/") }\n'},
    "a test in Go": {"gateway/main_test.go": 'import "net/http"\nvar path = "/api/orders/"\n'},
    "a development dependency": {
        "mocks/package.json": '{"devDependencies": {"express": "^4"}}',
        "mocks/index.js": "require('express')().post('/api/orders/:id', pay);\n",
    },
}


def _targets(root: Path, files: dict[str, str]) -> list[Target]:
    given = {"api/main.py": _API, "web/package.json": '{"dependencies": {"react": "18"}}', "web/src/main.ts": _WEB}
    for name, text in {**given, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [call.target for call in link_project(root, Config(), 1).calls]


@pytest.mark.parametrize("files", _SERVERS.values(), ids=_SERVERS)
def test_what_another_server_names_is_unknown(tmp_path: Path, files: dict[str, str]) -> None:
    users, orders, nothing = _targets(tmp_path, files)
    assert isinstance(users, Matched)
    assert isinstance(orders, Unknown)
    assert "which is not read" in orders.reason
    assert isinstance(nothing, Missing)


@pytest.mark.parametrize("files", _NO_SERVERS.values(), ids=_NO_SERVERS)
def test_what_no_server_names_is_missing(tmp_path: Path, files: dict[str, str]) -> None:
    assert [type(target) for target in _targets(tmp_path, files)] == [Matched, Missing, Missing]
