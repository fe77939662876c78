"""Which application is served when a project makes several."""

from __future__ import annotations

import pytest
from served_project import Project, lines

_DECOY = """
decoy = FastAPI()
@decoy.get("/decoy1")
def d1(): ...
@decoy.get("/decoy2")
def d2(): ...
app = FastAPI()
@app.get("/served")
def served(): ...
"""
_HEAD = "--- main.py\nfrom fastapi import FastAPI\nimport uvicorn\n"

STARTED = {
    "the object": 'if __name__ == "__main__":\n    uvicorn.run(app, port=80)\n',
    "its name": 'if __name__ == "__main__":\n    uvicorn.run("main:app", reload=True)\n',
    "in a function": "def main():\n    config = uvicorn.Config(app=app)\n    uvicorn.Server(config).run()\n",
    "a server of Werkzeug": 'run_simple("0.0.0.0", 80, app)\n',
    "a server of Werkzeug, by name": 'run_simple(hostname="0.0.0.0", port=80, application=app)\n',
    "a server of gevent": 'WSGIServer(("", 80), app).serve_forever()\n',
    "a command of an image": '--- Dockerfile\nFROM python\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0:80"]\n',
    "a command over two lines": "--- Procfile\nweb: gunicorn -w 4 \\\n  -k uvicorn.workers.UvicornWorker main:app\n",
    "a script": '--- package.json\n{"scripts": {"api": "uvicorn --reload main:app"}}\n',
    "the command of FastAPI": '--- Dockerfile\nCMD ["fastapi", "run", "main.py"]\n',
}


@pytest.mark.parametrize("ending", STARTED.values(), ids=STARTED)
def test_what_a_server_is_told_to_serve(ending: str) -> None:
    project = Project(_HEAD + _DECOY + ending)
    assert lines(project.routes()) == ["GET /served"]
    assert len(project.candidates) == 1


def test_without_a_word_about_it_all_count() -> None:
    assert len(Project(_HEAD + _DECOY).candidates) == 2


FACTORY = """
--- app/__init__.py
--- app/main.py
from fastapi import FastAPI
def create_app():
    app = FastAPI()
    @app.get("/served")
    def served(): ...
    return app
--- app/mock.py
from fastapi import FastAPI
mock = FastAPI()
@mock.get("/mock1")
def m1(): ...
@mock.get("/mock2")
def m2(): ...
"""


@pytest.mark.parametrize(
    "ending",
    [
        "--- compose.yml\nservices:\n  api:\n    command: uvicorn app.main:create_app --factory\n",
        "--- run.py\nimport uvicorn\nfrom app.main import create_app\nuvicorn.run(create_app())\n",
    ],
)
def test_a_factory_is_served(ending: str) -> None:
    project = Project(FACTORY + ending)
    assert [lines(project.routes(number)) for number in range(len(project.candidates))] == [["GET /served"]]


def test_a_folder_with_an_image_of_its_own_is_another_service() -> None:
    project = Project(
        """
        --- main.py
        import uvicorn
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/a")
        def a(): ...
        uvicorn.run(app)
        --- billing/api.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/b")
        def b(): ...
        --- billing/Dockerfile
        FROM python
        --- mocks/api.py
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/c")
        def c(): ...
        """
    )
    assert [lines(project.routes(number)) for number in range(len(project.candidates))] == [["GET /a"], ["GET /b"]]


def test_other_frameworks_start_their_own() -> None:
    project = Project(
        """
        --- main.py
        from aiohttp import web
        other = web.Application()
        other.router.add_get("/one", None)
        other.router.add_get("/two", None)
        app = web.Application()
        async def f(request): ...
        app.router.add_get("/served", f)
        if __name__ == "__main__":
            web.run_app(app)
        """
    )
    assert lines(project.routes()) == ["GET /served"]
