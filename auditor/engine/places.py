"""What a path is, judged by its name and by what stands around it; no file is opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from auditor.model.facts import Dialect

_DIALECTS: Mapping[str, Dialect] = {
    "py": Dialect.PYTHON,
    **dict.fromkeys(["ts", "mts", "cts"], Dialect.TYPESCRIPT),
    **dict.fromkeys(["tsx", "jsx", "js", "mjs", "cjs"], Dialect.TSX),
    "vue": Dialect.VUE,
    "svelte": Dialect.SVELTE,
}
_PROJECT_FILES = frozenset({"package.json", "angular.json", "pyproject.toml", "setup.py", "setup.cfg"})
_FRONTEND_FILES = frozenset({"package.json", "angular.json"})
_BUILT = frozenset({"__pycache__", "htmlcov", "storybook-static", "playwright-report", "test-results"})
_BUILT_OUTSIDE = frozenset({"build", "dist", "out", "target", "coverage", "_build"})
_VENDORED_OUTSIDE = frozenset({"vendor", "vendors", "third_party", "third-party", "thirdparty"})
_VENDORED = frozenset({"vendored", "_vendor"})
_RECORDS = (".dist-info/METADATA", ".dist-info/RECORD")
_CODE = frozenset(
    {"src", "app", "pages", "components", "features", "modules", "routes", "views", "lib", "server", "api"}
)
_ASSETS = frozenset({"static", "public", "assets", "wwwroot"})
_TESTS = frozenset({
    "tests", "test", "__tests__", "__mocks__", "__fixtures__", "e2e", "cypress", "playwright", "integration_tests",
    "integration-tests", "unit_tests", "unit-tests", "e2e_tests", "e2e-tests", "functional_tests", "functional-tests",
})  # fmt: skip
_TEST_FILE = re.compile(
    r"test_.*\.py|.*_test\.py|tests\.py|conftest\.py|mockServiceWorker\.js"
    r"|.*\.(test|tests|spec|stories|story|cy|e2e|e2e-spec)\.([cm]?[jt]sx?|vue|svelte)"
)
_ROUTED_FILE = re.compile(r"\+?(page|route|layout|server)(\.server)?\.\w+")
_BUNDLE = re.compile(r".*[.-](min|bundle)\.[cm]?js")


def dialect_of(path: str) -> Dialect | None:
    """The language of a source file by its ending; None for everything else."""
    return _DIALECTS.get(path.rpartition(".")[2]) if "." in path else None


def is_bundle(path: str) -> bool:
    """Whether the name says that a bundler wrote it (`jquery.min.js`)."""
    return _BUNDLE.fullmatch(_name(path)) is not None


def is_test(path: str) -> bool:
    """Whether it is test code by name: its own, or that of a folder between it and the audited path.

    A page of a router that goes by folders stays a page when the folder is called `tests`.
    """
    name = _name(path)
    if _TEST_FILE.fullmatch(name):
        return True
    return not _TESTS.isdisjoint(path.split("/")[:-1]) and not _ROUTED_FILE.fullmatch(name)


class Places:
    """The folders of a listing: which are packages, which are projects, and what that makes of their files."""

    def __init__(self, paths: Iterable[str]) -> None:
        paths = tuple(paths)
        # What `pip install --target` writes beside each package; no source tree of a project has it.
        records = (path.rpartition(".dist-info/")[0] for path in paths if path.endswith(_RECORDS))
        self._installed = {_parent(record) for record in records if record} - {""}
        marks = [path.rpartition("/") for path in paths if _name(path) in _PROJECT_FILES | {"__init__.py"}]
        self._packages = {folder for folder, _, name in marks if name == "__init__.py"}
        self._projects = {folder for folder, _, name in marks if name in _PROJECT_FILES}
        self._frontends = {folder for folder, _, name in marks if name in _FRONTEND_FILES}
        self._verdict = lru_cache(maxsize=None)(self._judge)

    def left_out(self, path: str) -> str:
        """Why a file is not the project's own source: "hidden", "vendored", "built"; "" if it is.

        Folder names alone do not decide: `build`, `dist` and `vendor` are also names of features.
        Beside a project file they hold output; inside a Python package (its Python files) or below
        a folder of code they are source; anywhere else they are output again.
        """
        folder, _, name = path.rpartition("/")
        return "hidden" if name.startswith(".") else self._verdict(folder, name.endswith(".py"))

    def holds_settings(self, path: str) -> bool:
        """Whether a settings file at this path speaks for the project: no test, dependency or output."""
        folder = path.rpartition("/")[0]
        return not self._verdict(folder, True) and _TESTS.isdisjoint(folder.split("/"))

    def is_public(self, path: str) -> bool:
        """Whether a frontend's own server delivers the file: below `public/`, `static/` or `src/assets/` of one."""
        parts = path.split("/")[:-1]
        for place, part in enumerate(parts):
            above = "/".join(parts[:place])
            if part in {"public", "static"} and above in self._frontends:
                return not self._verdict(above, False)
            if part == "assets" and above.rpartition("/")[2] == "src" and _parent(above) in self._frontends:
                return not self._verdict(above, False)
        return False

    def _judge(self, folder: str, python: bool) -> str:
        if not folder:
            return ""
        above = self._verdict(_parent(folder), python)
        if above:
            return above
        name = _name(folder)
        if name.startswith("."):
            return "hidden"
        if name in _VENDORED or folder in self._installed:
            return "vendored"
        if name in _BUILT or name.endswith(".egg-info"):
            return "built"
        if name in _BUILT_OUTSIDE:
            return "" if self._is_code(folder, python) else "built"
        if name in _VENDORED_OUTSIDE:
            return "" if self._is_code(folder, python) else "vendored"
        return ""

    def _is_code(self, folder: str, python: bool) -> bool:
        if python and folder in self._packages:
            return True
        parent = _parent(folder)
        if parent in self._projects:
            return False
        if python and parent in self._packages:
            return True
        nearest = next((part for part in reversed(parent.split("/")) if part in _CODE | _ASSETS), "")
        return nearest in _CODE


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _parent(folder: str) -> str:
    return folder.rpartition("/")[0]
