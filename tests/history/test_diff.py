"""Two revisions of a small project: what came, what went, and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

API = """
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def users() -> list[str]:
    return []


@app.post("/orders")
def order() -> None:
    return None
"""
CLIENT = """
export const users = () => fetch("/users");
export const order = () => fetch("/orders", { method: "POST" });
export const gone = () => fetch("/gone");
void users(); void order(); void gone();
"""


def git(folder: Path, *arguments: str) -> str:
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    environment = {**os.environ, **dict.fromkeys(names, "a@example.org")}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def commit(folder: Path, message: str, **files: str) -> None:
    for name, content in files.items():
        path = (
            folder / {"api": "backend/api.py", "client": "frontend/client.ts", "package": "frontend/package.json"}[name]
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "Begin", api=API, client=CLIENT, package='{"dependencies": {"react": "18"}}')
    commit(
        tmp_path,
        "Members instead of users",
        api=API.replace('"/users"', '"/members"'),
        client=CLIENT.replace('"/gone"', '"/orders", { method: "POST" }'),
    )
    return tmp_path


def diff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "rules")])}
    command = [sys.executable, "-m", "auditor", "diff", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_what_came_and_went_has_its_changed_line(history: Path) -> None:
    done = diff(history, "HEAD~1", "HEAD", "--format", "json")
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    new = {one["subject"]: one["cause"] for one in found["new"] if one["code"] == "EP101"}
    assert list(new) == ["GET /users"]
    assert (new["GET /users"]["file"], new["GET /users"]["text"]) == ("backend/api.py", '@app.get("/users")')
    assert new["GET /users"]["revision"] == "base"
    fixed = {one["subject"]: one["cause"] for one in found["fixed"] if one["code"] == "EP101"}
    assert list(fixed) == ["GET /gone"]
    assert fixed["GET /gone"]["text"] == 'export const gone = () => fetch("/gone");'


def test_the_deploy_matrix_has_both_halves_both_ways(history: Path) -> None:
    rows = json.loads(diff(history, "main~1", "main", "--format", "json").stdout)["matrix"]
    assert [(row["frontend"], row["backend"]) for row in rows] == [
        ("old", "old"), ("old", "new"), ("new", "old"), ("new", "new"),
    ]  # fmt: skip
    assert [row["critical"] for row in rows] == [1, 2, 0, 1]


def test_the_same_revision_twice_has_no_difference(history: Path) -> None:
    done = diff(history, "HEAD", "HEAD", "--no-matrix", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["summary"]["new"] == 0


def test_the_work_tree_is_not_touched_and_not_looked_at(history: Path) -> None:
    (history / "backend/api.py").write_text("def broken(:\n", encoding="utf-8")
    done = diff(history, "HEAD~1", "--no-matrix")
    assert "uncommitted changes are not part of HEAD and are left out" in done.stderr
    assert "no route serves GET /users" in done.stdout
    assert (history / "backend/api.py").read_text(encoding="utf-8") == "def broken(:\n"
    assert git(history, "status", "--porcelain").strip() == "M backend/api.py"


def test_a_revision_that_does_not_exist(history: Path) -> None:
    done = diff(history, "v9.9")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "no revision 'v9.9'" in done.stderr


def test_an_option_is_no_revision(history: Path) -> None:
    done = diff(history, "--", "--output=x")
    assert done.returncode == 2
    assert "no revision '--output=x'" in done.stderr


def test_a_shallow_clone_says_so(history: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "-q", "--depth", "1", history.as_uri(), ".")
    done = diff(clone, "HEAD~1")
    assert done.returncode == 2
    assert "shallow clone" in done.stderr


def test_no_repository(tmp_path: Path) -> None:
    done = diff(tmp_path, "HEAD")
    assert done.returncode == 2
    assert "not in a git repository" in done.stderr


def test_a_renamed_file_keeps_its_gaps(history: Path) -> None:
    git(history, "mv", "frontend/client.ts", "frontend/requests.ts")
    git(history, "commit", "-qm", "Rename")
    found = json.loads(diff(history, "HEAD~1", "--no-matrix", "--format", "json").stdout)
    assert (found["new"], found["fixed"]) == ([], [])


def test_a_folder_of_the_repository(history: Path) -> None:
    nested = history / "part"
    nested.mkdir()
    git(history, "mv", "backend", "frontend", "part/")
    git(history, "commit", "-qm", "Move")
    (nested / "frontend/client.ts").write_text(CLIENT.replace("/orders", "/nowhere"), encoding="utf-8")
    git(history, "commit", "-qam", "Wrong")
    found = json.loads(diff(nested, "HEAD~1", "HEAD", ".", "--no-matrix", "--format", "json").stdout)
    causes = {one["subject"]: one["cause"]["commit"][8:] for one in found["new"] if one["code"] == "EP101"}
    assert causes["POST /nowhere"] == "Wrong"
