"""Routers of plugins that package metadata names."""

from __future__ import annotations

import pytest
from served_project import Project, lines

from auditor.adapter import EntryPoint
from auditor.link.packaging import entry_points

_PACKAGE = """
--- shop/__init__.py
--- shop/users.py
from fastapi import APIRouter
router = APIRouter(prefix="/users")
@router.get("/x")
def x(): ...
class Users:
    events = router
--- shop/items.py
from fastapi import APIRouter
router = APIRouter(prefix="/items")
@router.get("/y")
def y(): ...
class Items:
    events = router
class Silent:
    events = None
"""
_TABLE = """
--- pyproject.toml
[project.entry-points."shop.plugins"]
users = "shop.users:Users"
items = "shop.items:Items"
silent = "shop.items:Silent"
"""
_HOSTS = {
    "entry_points with a group": """
from importlib.metadata import entry_points
found = entry_points(group="shop.plugins")
""",
    "select": """
from importlib.metadata import entry_points
found = entry_points().select(group="shop.plugins")
""",
    "get": """
from importlib.metadata import entry_points
found = entry_points().get("shop.plugins", [])
""",
    "by index": """
import importlib.metadata
found = importlib.metadata.entry_points()["shop.plugins"]
""",
    "pkg_resources": """
import pkg_resources
found = pkg_resources.iter_entry_points("shop.plugins")
""",
}
_INCLUDE = """
from fastapi import FastAPI
app = FastAPI()
for point in found:
    plugin = point.load()
    if plugin.events:
        app.include_router(plugin.events, prefix=f"/{point.name}")
"""
_REGISTRY = """
--- main.py
from fastapi import APIRouter, FastAPI
from registry import install, registered
api = APIRouter(prefix="/api")
app = FastAPI()
install()
for plugin in registered.all():
    if plugin.events:
        api.include_router(plugin.events)
app.include_router(api)
--- registry.py
import logging
from importlib.metadata import entry_points
class Registry:
    def __init__(self, paths=None):
        self.paths = [] if paths is None else paths
        self.cache = None
    def add(self, cls):
        self.cache = None
        path = f"{cls.__module__}.{cls.__name__}"
        if path not in self.paths:
            self.paths.append(path)
        return cls
    def instances(self):
        if self.cache is not None:
            return self.cache
        results = []
        for path in self.paths:
            module, name = path.rsplit(".", 1)
            try:
                results.append(getattr(__import__(module, {}, {}, name), name)())
            except Exception:
                logging.exception("cannot load %s", path)
                continue
        self.cache = results
        return results
class Ordered(Registry):
    def all(self, kind=None):
        for plugin in sorted(super().instances(), key=lambda one: type(one).__name__):
            if kind and plugin.kind != kind:
                continue
            yield plugin
registered = Ordered()
def install():
    for point in entry_points().select(group="shop.plugins"):
        try:
            registered.add(point.load())
        except KeyError:
            pass
"""


@pytest.mark.parametrize("host", _HOSTS.values(), ids=_HOSTS)
def test_a_loop_over_plugins_includes_their_routers(host: str) -> None:
    project = Project(f"{_PACKAGE}{_TABLE}--- main.py{host}{_INCLUDE}")
    assert lines(project.routes()) == ["GET /users/users/x", "GET /items/items/y"]
    assert project.gaps() == []


def test_a_registry_that_keeps_plugins_by_their_names() -> None:
    project = Project(_REGISTRY + _PACKAGE + _TABLE)
    assert lines(project.routes()) == ["GET /api/items/y", "GET /api/users/x"]


def test_plugins_of_others_are_a_gap() -> None:
    host = _HOSTS["entry_points with a group"].replace("shop.plugins", "other.plugins")
    project = Project(f"{_PACKAGE}{_TABLE}--- main.py{host}{_INCLUDE}")
    assert project.routes() == ()
    assert project.gaps() == ["/{?}: an item of an open list"]


@pytest.mark.parametrize(
    "text",
    [
        '--- pyproject.toml\n[project.entry-points.g]\na = "p.m:A"\nb = "p.n"\n',
        '--- pyproject.toml\n[tool.poetry.plugins."g"]\na = "p.m:A"\nb = "p.n"\n',
        "--- setup.cfg\n[options.entry_points]\ng =\n    a = p.m:A\n    b = p.n [extra]\n",
        "--- setup.py\nimport setuptools\nsetuptools.setup(name='p', entry_points={'g': ['a=p.m:A', 'b = p.n']})\n",
        "--- setup.py\nfrom setuptools import setup\nsetup(entry_points={'g': '''\n  a = p.m:A\n  b = p.n\n'''})\n",
    ],
)
def test_where_entry_points_are_declared(text: str) -> None:
    project = Project(text)
    file = next(iter({*project.texts, *project.facts}))
    assert entry_points(project.texts, project.facts) == {
        "g": (EntryPoint("a", "p.m", "A", file), EntryPoint("b", "p.n", "", file))
    }


@pytest.mark.parametrize(
    "text",
    [
        "--- pyproject.toml\n[project\n",
        "--- pyproject.toml\nproject = 1\n",
        '--- pyproject.toml\n[project.entry-points]\ng = "p.m:A"\n',
        "--- setup.cfg\noops\n",
        "--- setup.py\nsetup(entry_points=read())\n",
    ],
)
def test_broken_metadata_declares_nothing(text: str) -> None:
    project = Project(text)
    assert entry_points(project.texts, project.facts) == {}
