"""Discovery on folders made for the test: what is read, what is left out, and what is said about it."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.config import Config, load_config
from auditor.engine.discover import discover
from auditor.engine.settings import read_settings
from auditor.model.facts import Dialect
from auditor.model.inventory import Inventory

PROJECT = {
    "backend/pyproject.toml": "[project]\nname = 'shop'\n",
    "backend/app/__init__.py": "",
    "backend/app/main.py": "app = FastAPI()\n",
    "backend/tests/test_main.py": "def test_it(): ...\n",
    "backend/start.sh": "exec uvicorn app.main:app\n",
    "backend/deploy.sh": "rsync . host:\n",
    "backend/.venv/lib/thing.py": "x = 1\n",
    "frontend/package.json": "{}",
    "frontend/tsconfig.json": "{}",
    "frontend/.env": "VITE_API=/api\n",
    "frontend/src/client.ts": "fetch('/api')\n",
    "frontend/src/client.test.ts": "test()\n",
    "frontend/src/App.tsx": "export const App = () => null\n",
    "frontend/src/View.vue": "<template/>\n",
    "frontend/src/types.d.ts": "declare const x: string\n",
    "frontend/public/logo.svg": "<svg/>",
    "frontend/dist/index.js": "x\n",
    "frontend/node_modules/lib/index.js": "x\n",
    "nginx.conf": "location /api { proxy_pass http://backend; }\n",
    "README.md": "# Shop\n",
}


def write(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def paths(inventory: Inventory) -> list[str]:
    return [source.path for source in inventory.sources]


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def test_a_project_is_sorted_into_sources_settings_tests_and_public_files(tmp_path: Path) -> None:
    found = discover(write(tmp_path, PROJECT), Config())
    assert paths(found) == [
        "backend/app/__init__.py",
        "backend/app/main.py",
        "frontend/src/App.tsx",
        "frontend/src/View.vue",
        "frontend/src/client.ts",
        "frontend/src/types.d.ts",
    ]
    assert [source.dialect for source in found.sources][2:5] == [Dialect.TSX, Dialect.VUE, Dialect.TYPESCRIPT]
    assert found.sources[1].size == len("app = FastAPI()\n")
    assert [test.path for test in found.tests] == ["backend/tests/test_main.py", "frontend/src/client.test.ts"]
    assert found.settings == (
        "backend/pyproject.toml",
        "backend/start.sh",
        "frontend/.env",
        "frontend/package.json",
        "frontend/tsconfig.json",
        "nginx.conf",
    )
    assert found.public == ("frontend/public/logo.svg",)
    assert found.skipped == {"built": 1, "test": 2, "vendored": 1}
    assert found.diagnostics == ()


def test_a_git_repository_gives_the_same_as_a_plain_folder(tmp_path: Path) -> None:
    plain = write(tmp_path / "plain", PROJECT)
    repository = write(tmp_path / "repository", PROJECT)
    git(repository, "init", "-q")
    git(repository, "add", "backend", "README.md")
    first, second = discover(plain, Config()), discover(repository, Config())
    assert first.sources == second.sources
    assert (first.settings, first.tests, first.public) == (second.settings, second.tests, second.public)
    assert first.skipped == second.skipped


@pytest.mark.parametrize("with_git", [True, False])
def test_ignored_files_are_no_part_of_the_project(tmp_path: Path, with_git: bool) -> None:
    root = write(
        tmp_path,
        {
            ".gitignore": "lib/\n*.gen.ts\n!src/lib/\n/local.py\n",
            "lib/a.py": "",
            "src/lib/b.ts": "",
            "src/c.gen.ts": "",
            "local.py": "",
            "src/local.py": "",
            "src/.gitignore": "secret.py\n",
            "src/secret.py": "",
        },
    )
    if with_git:
        git(root, "init", "-q")
    assert paths(discover(root, Config())) == ["src/lib/b.ts", "src/local.py"]


def test_deleted_files_of_the_index_are_not_missed(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.py": "", "b.py": ""})
    git(root, "init", "-q")
    git(root, "add", ".")
    (root / "a.py").unlink()
    found = discover(root, Config())
    assert paths(found) == ["b.py"]
    assert found.diagnostics == ()


def test_a_repository_inside_a_repository_is_part_of_the_project(tmp_path: Path) -> None:
    root = write(tmp_path, {"api/main.py": "", "web/client.ts": "", "web/node_modules/x/i.js": ""})
    git(root, "init", "-q")
    git(root / "web", "init", "-q")
    assert paths(discover(root, Config())) == ["api/main.py", "web/client.ts"]


def test_a_folder_that_an_outer_repository_ignores_is_walked(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "exports/\n", "exports/main.py": ""})
    git(tmp_path, "init", "-q")
    assert paths(discover(tmp_path / "exports", Config())) == ["main.py"]


def test_listing_a_repository_runs_no_program_it_names(tmp_path: Path) -> None:
    root = write(tmp_path, {"main.py": "", "monitor.sh": "#!/bin/sh\ntouch ran\n"})
    (root / "monitor.sh").chmod(0o755)
    git(root, "init", "-q")
    git(root, "config", "core.fsmonitor", "./monitor.sh")
    assert paths(discover(root, Config())) == ["main.py"]
    assert not (root / "ran").exists()


def test_the_variables_of_a_git_hook_do_not_lead_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = write(tmp_path / "other", {"other.py": ""})
    git(other, "init", "-q")
    (other / ".git" / "info" / "exclude").write_text("own.py\n")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert paths(discover(write(tmp_path / "own", {"own.py": "", "own.ts": ""}), Config())) == ["own.py", "own.ts"]


@pytest.mark.parametrize("name", ["nowhere", "file.py", "empty"])
def test_a_path_without_a_project_is_one_diagnostic(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.py").write_text("")
    (tmp_path / "empty").mkdir()
    found = discover(tmp_path / name, Config())
    expected = {"nowhere": "no-such-path", "file.py": "not-a-folder", "empty": "no-sources"}
    assert [diagnostic.code for diagnostic in found.diagnostics] == [expected[name]]
    assert found.sources == ()


def test_bundles_and_giants_are_named_and_not_read(tmp_path: Path) -> None:
    bundle = "var a=function(){return 1};" * 20
    root = write(
        tmp_path,
        {
            "app.py": "",
            "web/vendor-chunk.js": (bundle + "\n") * 100,
            "web/app.js": bundle * 10_000,
            "web/jquery.min.js": "x\n",
            "web/library.js": "/*! library 1.2 */\n" + "const a = 1;\n" * 5_000,
            "web/handwritten.js": "const a = 1;\n" * 5_000,
        },
    )
    found = discover(root, Config())
    assert paths(found) == ["app.py", "web/handwritten.js"]
    assert [(diagnostic.code, diagnostic.file) for diagnostic in found.diagnostics] == [
        ("too-large", "web/app.js"),
        ("built", "web/library.js"),
        ("minified", "web/vendor-chunk.js"),
    ]
    assert found.skipped == {"built": 1, "minified": 2, "too-large": 1}


def test_links_are_not_followed_and_loops_end(tmp_path: Path) -> None:
    root = write(tmp_path, {"app/main.py": "", "app/page.ts": ""})
    (root / "app" / "again").symlink_to(root)
    (root / "copy.py").symlink_to(root / "app" / "main.py")
    (root / "self.py").symlink_to(root / "self.py")
    found = discover(root, Config())
    assert paths(found) == ["app/main.py", "app/page.ts"]
    assert found.skipped == {"symlink": 2, "unreadable": 1}
    assert [(diagnostic.code, diagnostic.file) for diagnostic in found.diagnostics] == [("unreadable", "self.py")]


def test_what_only_looks_like_a_file_is_never_opened(tmp_path: Path) -> None:
    root = write(tmp_path, {"main.py": "", "folder.py/inner.py": ""})
    os.mkfifo(root / "pipe.py")  # opening it would wait for ever
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(root)  # the path of a socket must be short
        listening.bind("door.ts")
        os.chdir(before)
        found = discover(root, Config())
    assert paths(found) == ["folder.py/inner.py", "main.py"]
    assert [diagnostic.file for diagnostic in found.diagnostics] == ["door.ts", "pipe.py"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is locked for the super-user")
@pytest.mark.parametrize("locked", ["app/secret.py", "app"])
def test_what_may_not_be_read_is_said(tmp_path: Path, locked: str) -> None:
    root = write(tmp_path, {"app/secret.py": "", "main.py": ""})
    (root / locked).chmod(0)
    found = discover(root, Config())
    (root / locked).chmod(0o755)
    assert paths(found) == ["main.py"]
    assert [(diagnostic.code, diagnostic.file) for diagnostic in found.diagnostics] == [("unreadable", locked)]


def test_a_name_that_is_not_utf8_is_said(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("")
    (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text("")
    found = discover(tmp_path, Config())
    assert paths(found) == ["main.py"]
    assert [diagnostic.file for diagnostic in found.diagnostics] == ["caf?.py"]


def test_configured_exclusions_count(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {"auditor.yaml": "exclude: [legacy, '**/*.gen.ts']\n", "legacy/a.py": "", "b.py": "", "src/c.gen.ts": ""},
    )
    found = discover(root, load_config(root))
    assert paths(found) == ["b.py"]
    assert found.skipped == {"excluded": 2}


def test_settings_are_read_without_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfAPI=/api\n")
    (tmp_path / ".env.local").write_bytes(b"NAME=caf\xe9\n")
    assert discover(tmp_path, Config()).settings == (".env", ".env.local")
    texts = read_settings(tmp_path, [".env", ".env.local", "gone"])
    assert texts == {".env": "API=/api\n", ".env.local": "NAME=caf\ufffd\n"}
