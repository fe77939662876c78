"""Modules that an application makes from their files, and what libraries hand back."""

from __future__ import annotations

from served_project import Project, lines

_PAGES = """\
--- api/__init__.py
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
import sys
from quart import Blueprint, Quart
from quart_cors import cors

app = Quart(__name__)
app = cors(app, allow_origin="*")

def pages(folder):
    found = [path for path in folder.glob("*_app.py") if not path.name.startswith(".")]
    found.extend([path for path in folder.glob("*rest/*.py")])
    return found

def register(path):
    name = path.stem.removesuffix("_app")
    spec = spec_from_file_location(name, path)
    page = module_from_spec(spec)
    page.manager = Blueprint(name, name)
    sys.modules[name] = page
    spec.loader.exec_module(page)
    rest = "\\\\rest\\\\" if sys.platform.startswith("win") else "/rest/"
    app.register_blueprint(page.manager, url_prefix="/v1" if rest in f"{path}" else f"/v1/{name}")

[register(path) for folder in [Path(__file__).parent] for path in pages(folder)]

if __name__ == "__main__":
    app.run()
--- api/users_app.py
@manager.route("/list")
def users(): ...
--- api/rest/chats.py
@manager.route("/chats", methods=["POST"])
def chat(): ...
"""


def test_pages_whose_blueprint_is_put_into_them() -> None:
    project = Project(_PAGES)
    assert lines(project.routes()) == ["GET /v1/users/list", "POST /v1/chats"]
    assert project.gaps() == []


def test_a_page_that_ran_before_runs_again_with_its_blueprint() -> None:
    early = "--- aaa.py\nimport api.users_app\n"
    assert lines(Project(early + _PAGES).routes()) == ["GET /v1/users/list", "POST /v1/chats"]


def test_a_module_that_runs_once_registers_its_routes_once() -> None:
    source = """\
--- main.py
import importlib.util
from pathlib import Path
from fastapi import FastAPI
app = FastAPI()
for path in Path(__file__).parent.joinpath("plugins").glob("*.py"):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    app.include_router(module.router)
--- plugins/a.py
from fastapi import APIRouter
router = APIRouter(prefix="/a")
@router.get("/x")
def x(): ...
"""
    project = Project(source)
    assert lines(project.routes()) == ["GET /a/x"]


def test_what_another_library_makes_under_another_name_is_not_the_application() -> None:
    source = """\
--- main.py
from fastapi import FastAPI
from tool import describe
app = FastAPI()
app = describe(FastAPI(), app)
@app.get("/x")
def x(): ...
"""
    assert Project(source).candidates == ()


def test_an_application_that_a_command_makes() -> None:
    source = """\
--- cli.py
import socketio
import typer
from fastapi import FastAPI
cli = typer.Typer()
class Api:
    def __init__(self, app):
        self.app = app
        self.app.add_api_route("/x", self.x)
        self.app.mount("/ws", socketio.ASGIApp(socketio.AsyncServer(), self.app))
    def x(self): ...
@cli.command(help="Starts it")
@configured()
def start(port: int = typer.Option(80)):
    app = FastAPI()
    Api(app)
"""
    assert lines(Project(source).routes()) == ["GET /x"]
