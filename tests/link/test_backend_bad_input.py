"""Backends that are broken or endless: what cannot be followed is left open, nothing hangs."""

from __future__ import annotations

import time

import pytest
from served_project import Project, lines

_HEAD = "--- main.py\nfrom fastapi import APIRouter, FastAPI\napp = FastAPI()\n@app.get('/a')\ndef a(): ...\n"


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("r = APIRouter(prefix='/r')\n@r.get('/x')\ndef x(): ...\nr.include_router(r)\n", id="unused loop"),
        pytest.param("class A(A): ...\nA()\nA.path\n", id="class of itself"),
        pytest.param(
            "class A: ...\nclass B(A): ...\nA.__bases__ = (B,)\nclass A(B): ...\nA().x\nsuper\n", id="class cycle"
        ),
        pytest.param("def f(): return f()\nx = f()\n", id="recursion"),
        pytest.param("f = lambda: g()\ng = lambda: f()\nx = f()\n", id="mutual recursion"),
        pytest.param("x = [0]\nfor i in x:\n    x.append(i)\n", id="growing list"),
        pytest.param("x = []\nx.append(x)\ny = f'{x}'\nz = x[0][0][0]\n", id="list in itself"),
        pytest.param("d = {}\nd['d'] = d\ny = f'{d}'\n", id="dict in itself"),
        pytest.param("while True:\n    x = 1\n", id="endless loop"),
        pytest.param("x = 'a'\nfor i in range(10**9):\n    x += x\n", id="exploding text"),
        pytest.param("x = 'a' * 10**12\n", id="huge text"),
        pytest.param("x = 10 ** 10 ** 10\ny = 1 << 10**10\n", id="huge number"),
        pytest.param("x = [0] * 10**12\n", id="huge list"),
        pytest.param("x = '%' % 1\ny = '%(a' % {}\nz = '%s %s' % ('a',)\nw = '{' .format(1)\n", id="broken formats"),
        pytest.param("x = ''.split('')\ny = 'a'.replace('', 'b')\nz = ''.rpartition('')\n", id="empty separators"),
        pytest.param("x = [][5]\ny = {}['a']\nz = None.a.b()\n", id="absent members"),
        pytest.param("def f(a, a=f): ...\nf(1, 2, 3, 4, b=1)\nf(*f, **f)\n", id="odd arguments"),
        pytest.param("import main\nfrom main import *\nfrom main import app as again\n", id="imports itself"),
        pytest.param("from . import x\nfrom .... import y\n", id="imports above the project"),
        pytest.param(
            "app.get()(a)\napp.get(None)(None)\napp.add_api_route()\napp.include_router()\napp.mount()\n", id="no path"
        ),
        pytest.param("app.include_router\napp.mount\napp.get\n", id="not called"),
        pytest.param(
            "int('x')\nmin([])\nmax()\nlen()\nsorted()\nrange()\nnext(iter([]))\nsum(['a'])\n", id="odd built-ins"
        ),
    ],
)
def test_what_cannot_be_followed_leaves_the_rest(rest: str) -> None:
    start = time.monotonic()
    assert "GET /a" in lines(Project(_HEAD + rest).routes())
    assert time.monotonic() - start < 10  # seconds


def test_a_router_included_into_itself() -> None:
    source = "r = APIRouter(prefix='/r')\n@r.get('/x')\ndef x(): ...\nr.include_router(r)\napp.include_router(r)\n"
    assert lines(Project(_HEAD + source).routes())[:2] == ["GET /a", "GET /r/x"]


def test_routers_included_into_each_other() -> None:
    source = (
        "r, s = APIRouter(prefix='/r'), APIRouter(prefix='/s')\n@r.get('/x')\ndef x(): ...\n"
        "r.include_router(s)\ns.include_router(r)\napp.include_router(r)\n"
    )
    assert lines(Project(_HEAD + source).routes())[:2] == ["GET /a", "GET /r/x"]


def test_modules_that_import_each_other() -> None:
    project = Project(
        """
        --- main.py
        from fastapi import FastAPI
        from a import router
        app = FastAPI()
        app.include_router(router)
        --- a.py
        from fastapi import APIRouter
        from b import PREFIX
        NAME = "n"
        router = APIRouter(prefix=PREFIX)
        @router.get("/x")
        def x(): ...
        --- b.py
        import a
        PREFIX = "/b"
        def name():
            return a.NAME
        """
    )
    assert lines(project.routes()) == ["GET /b/x"]


def test_a_generated_module_of_many_lines() -> None:
    routes = "".join(f"@app.get('/generated/{n}')\ndef f{n}(): ...\n" for n in range(10_000))
    start = time.monotonic()
    found = lines(Project(_HEAD + routes).routes())
    assert (len(found), found[-1]) == (10_001, "GET /generated/9999")
    assert time.monotonic() - start < 60  # seconds


def test_a_module_of_many_constants() -> None:
    table = "TABLE = {\n" + "".join(f"    'k{n}': '/p{n}',\n" for n in range(20_000)) + "}\n"
    assert lines(Project(f"{_HEAD}{table}@app.get(TABLE['k19999'])\ndef b(): ...\n").routes()) == [
        "GET /a",
        "GET /p19999",
    ]


def test_a_settings_object_built_at_run_time() -> None:
    project = Project(
        _HEAD
        + "import yaml\nsettings = yaml.safe_load(open('c.yaml'))\nr = APIRouter()\n@r.get('/x')\ndef x(): ...\n"
        + "app.include_router(r, prefix=settings.prefix)\n"
        + "for module in settings.modules:\n    app.include_router(module.router, prefix='/m')\n"
    )
    assert lines(project.routes()) == ["GET /a", "GET {?}/x"]
    assert project.gaps() == ["/m: an item of something unknown"]
