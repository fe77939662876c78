"""Which backends and frontends a project has, and under which names."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from served_project import Project

from auditor.extract import extract
from auditor.link.modules.python import python_modules
from auditor.link.modules.typescript import typescript_modules
from auditor.link.services import Frontends, backend_candidates, root_of, stem_of
from auditor.model.facts import Dialect

_APP = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/{0}')\ndef a(): ...\n"
_TWICE = _APP + "@app.post('/{0}')\ndef b(): ...\n"


def project(files: Mapping[str, str]) -> Project:
    return Project("".join(f"--- {file}\n{text}" for file, text in files.items()))


@pytest.mark.parametrize(
    ("files", "entry", "root"),
    [
        (["main.py"], "main.py", "."),
        (["backend/main.py"], "backend/main.py", "backend"),
        (["backend/app/__init__.py", "backend/app/main.py"], "backend/app/main.py", "backend"),
        (["src/app/__init__.py"], "src/app/__init__.py", "src"),
        (["app/__init__.py", "app/api/__init__.py", "app/api/main.py"], "app/api/main.py", "."),
    ],
)
def test_the_folder_a_backend_is_started_in(files: list[str], entry: str, root: str) -> None:
    assert root_of(entry, python_modules({file: extract(b"", Dialect.PYTHON) for file in files})) == root


def test_the_application_with_more_routes_comes_first() -> None:
    found = project({"one/main.py": _APP.format("a"), "two/main.py": _TWICE.format("b")}).candidates
    assert [one.root for one in found] == ["two", "one"]


def test_two_applications_of_one_folder_have_two_names() -> None:
    both = _TWICE.format("a") + "other = FastAPI()\n@other.get('/c')\ndef c(): ...\n"
    found = project({"main.py": both, "admin.py": _APP.format("d")}).candidates
    assert [one.root for one in found] == [".", "admin.py", "main.py"]


def test_an_application_without_routes_is_no_backend() -> None:
    assert project({"main.py": "from fastapi import FastAPI\napp = FastAPI()\n"}).candidates == ()


def test_sidelines_count_only_where_there_is_nothing_else_or_they_are_chosen() -> None:
    files = {"app/main.py": _APP.format("a"), "examples/big.py": _TWICE.format("b")}
    both = project(files)
    assert [one.backend.entry for one in both.candidates] == ["app/main.py"]
    chosen = backend_candidates(both.run.backends, both.modules, ["examples"])
    assert [one.backend.entry for one in chosen] == ["examples/big.py"]
    alone = project({"examples/big.py": files["examples/big.py"]})
    assert [one.backend.entry for one in alone.candidates] == ["examples/big.py"]


def test_a_mounted_application_is_no_backend_of_its_own() -> None:
    main = "from fastapi import FastAPI\nfrom sub import app as sub\napp = FastAPI()\napp.mount('/sub', sub)\n"
    found = project({"main.py": main, "sub.py": _APP.format("a")}).candidates
    assert [one.backend.entry for one in found] == ["main.py"]


def frontends(files: Mapping[str, str], calling: list[str], chosen: list[str]) -> Frontends:
    facts = {file: extract(text.encode(), Dialect.TSX) for file, text in files.items() if file.endswith(".tsx")}
    texts = {file: text for file, text in files.items() if file.endswith(".json")}
    return Frontends(facts, typescript_modules(facts, texts), texts, calling, chosen)


_WEB = {
    "web/package.json": '{"name": "web", "dependencies": {"react": "1", "next": "1"}}',
    "web/src/a.tsx": "",
    "admin/package.json": '{"name": "admin", "dependencies": {"vue": "1"}}',
    "admin/src/b.tsx": "",
    "loose.tsx": "",
}


def test_packages_that_call_are_frontends() -> None:
    assert frontends(_WEB, ["web/src/a.tsx"], []).roots == ("web",)
    assert frontends(_WEB, ["web/src/a.tsx", "admin/src/b.tsx", "loose.tsx"], []).roots == (".", "admin", "web")


def test_chosen_folders_are_frontends() -> None:
    found = frontends(_WEB, ["web/src/a.tsx", "admin/src/b.tsx"], ["web/src"])
    assert (found.roots, found.of("web/src/a.tsx"), found.of("admin/src/b.tsx")) == (("web/src",), "web/src", "")


def test_the_library_of_a_frontend() -> None:
    found = frontends(_WEB, ["web/src/a.tsx"], [])
    assert [found.framework(root) for root in ("web", "admin", ".")] == ["Next.js", "Vue", "JavaScript"]


@pytest.mark.parametrize(("prefix", "stem"), [("/api/{id}/x", "/api"), ("/api/", "/api"), ("{?}", ""), ("", "")])
def test_the_written_stem_of_a_prefix(prefix: str, stem: str) -> None:
    assert stem_of(prefix) == stem
