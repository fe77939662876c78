"""Exit codes and streams of the command line, run as users run it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from auditor import __version__

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]

FILES: Mapping[str, str] = {
    "backend/pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi"]\n',
    "backend/app/__init__.py": "",
    "backend/app/main.py": (
        "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n"
        '@app.get("/users/{user_id}")\ndef read_user(user_id: int) -> str:\n    return "x"\n'
    ),
    "frontend/package.json": '{"name": "shop", "dependencies": {"react": "^18.3.0"}}',
    "frontend/src/index.ts": (
        "export const user = (id: string) => fetch(`/users/${id}`);\n"
        'export const login = () => fetch("/auth/login", { method: "POST" }); // ::error::owned ##[error]owned\n'
        'void user("1");\nvoid login();\n'
    ),
}


@pytest.fixture
def run(repository: Path, tmp_path: Path) -> Run:
    """The command line in a process of its own, without colours and CI; further variables may be given."""

    def start(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = _environment(repository) | variables
        command = [sys.executable, "-m", "auditor", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)

    return start


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project with one call that no route serves."""
    return _written(tmp_path / "shop", FILES)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """The same without that call."""
    kept = "\n".join(line for line in FILES["frontend/src/index.ts"].splitlines() if "login" not in line)
    return _written(tmp_path / "clean", {**FILES, "frontend/src/index.ts": kept + "\n"})


def test_help_and_version(run: Run) -> None:
    assert run("--version").stdout == f"auditor {__version__}\n"
    for arguments in ((), ("--help",)):
        shown = run(*arguments)
        assert shown.returncode == 0
        assert "Usage: auditor" in shown.stdout
        assert "Exit codes: 0" in shown.stdout


def test_findings_are_exit_1(run: Run, shop: Path) -> None:
    done = run("run", shop)
    assert (done.returncode, done.stderr) == (1, "")
    assert "CRITICAL  EP101 missing-endpoint" in done.stdout
    assert "   2 | export const login" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Health  failing: 1 critical")


def test_nothing_to_find_is_exit_0(run: Run, clean: Path) -> None:
    done = run("run", clean)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Health  healthy")


@pytest.mark.parametrize(
    "options", [["--exit-zero"], ["--fail-on", "never"], ["--ignore", "EP101"], ["--select", "enum-disjoint,UR"]]
)
def test_findings_that_do_not_fail(run: Run, shop: Path, options: list[str]) -> None:
    assert run("run", shop, *options).returncode == 0


def test_the_file_says_when_to_fail_and_the_command_line_wins(run: Run, clean: Path) -> None:
    (clean / "backend/app/extra.py").write_text("")
    (clean / "auditor.yaml").write_text("fail-on: low\n")
    (clean / "backend/app/main.py").write_text(FILES["backend/app/main.py"] + '\n\n@app.get("/unused")\ndef u(): ...\n')
    assert run("run", clean).returncode == 1
    assert run("run", clean, "--fail-on", "high").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "absent"], "absent: no such folder"),
        (["routes", "absent"], "absent: no such folder"),
        (["run", "file.txt"], "not a folder"),
        (["run", "shop", "--format", "markdwon"], "did you mean 'markdown'?"),
        (["run", "shop", "--select", "EP999"], "no rule 'EP999'"),
        (["run", "shop", "--ignore", "missing-endpont"], "did you mean 'missing-endpoint'?"),
        (["run", "shop", "--backend", "nowhere"], "nowhere: no such folder"),
        (["run", "shop", "--fail-on", "severe"], "severe"),
        (["run", "shop", "--format", "json,markdown", "--output", "report.json"], "several formats need a folder"),
        (["run", "shop", "--colour"], "--colour"),
        (["rnu"], "rnu"),
        (["explain", "EP1O1", "shop"], "no rule 'EP1O1'"),
        (["explain", "0123456789abcdef", "shop"], "no finding 0123456789abcdef"),
    ],
)
def test_wrong_usage_is_exit_2_and_one_line(run: Run, shop: Path, arguments: list[str], words: str) -> None:
    (shop.parent / "file.txt").write_text("")
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("auditor: ")
    assert words in done.stderr


def test_a_broken_configuration_is_exit_2_and_one_line(run: Run, shop: Path) -> None:
    (shop / "auditor.yaml").write_text("backends: [backend]\n")
    done = run("run", shop)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "auditor.yaml:1: unknown key 'backends'; did you mean 'backend'?" in done.stderr


def test_an_empty_folder_is_exit_3_and_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("run", "empty")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "neither a backend nor a frontend was found in empty" in done.stderr
    assert json.loads(run("run", "empty", "--format", "json").stdout)["summary"]["health"] == "unknown"


def test_a_missing_side_is_exit_3_with_a_hint_and_the_rest(run: Run, shop: Path) -> None:
    done = run("run", shop / "backend")
    assert done.returncode == 3
    assert "--frontend DIR" in done.stderr
    assert re.search(r"backend +\. +fastapi", done.stdout)
    assert run("routes", shop / "backend").returncode == 0
    assert run("calls", shop / "backend").returncode == 3


def test_incomplete_is_exit_4_only_if_strict(run: Run, clean: Path) -> None:
    (clean / "backend/app/broken.py").write_text("def broken(:\n")
    assert run("run", clean).returncode == 0
    done = run("run", clean, "--strict")
    assert done.returncode == 4
    assert "backend/app/broken.py" in done.stderr


def test_what_cannot_be_read_is_named_and_the_rest_is_audited(run: Run, shop: Path) -> None:
    app, source = shop / "backend/app", shop / "frontend/src"
    (app / "latin.py").write_bytes(b'NAME = "caf\xe9"\n')
    (app / "old.py").write_text("import urllib2\nprint 'reading'\n")
    (source / "bundle.js").write_text("var a=function(){return 1};" * 200_000)
    (source / "around").symlink_to("..")
    (source / "itself.ts").symlink_to("itself.ts")
    done = run("run", shop)
    assert (done.returncode, done.stderr) == (1, "")
    assert "CRITICAL  EP101 missing-endpoint" in done.stdout
    assert "backend/app/latin.py:1: line 1 is not UTF-8" in done.stdout
    assert "backend/app/old.py:2: line 2 looks like a Python 2 print statement" in done.stdout
    assert "left out (1 symlink, 1 too-large, 1 unreadable)" in done.stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything can be read by root")
def test_an_unreadable_file_is_named(run: Run, shop: Path) -> None:
    (shop / "backend/app/secret.py").write_text("KEY = 1\n")
    (shop / "backend/app/secret.py").chmod(0)
    done = run("run", shop)
    assert (done.returncode, done.stderr) == (1, "")
    assert "backend/app/secret.py: " in done.stdout


def test_internal_errors_are_one_line(run: Run, shop: Path, tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "broken_rules"
    pack.mkdir(parents=True)
    (pack / "__init__.py").write_text("")
    (pack / "rule.py").write_text("raise RuntimeError('told you\\n##[error]so')\n")
    (shop / "auditor.yaml").write_text("rule-packs: [broken_rules]\n")
    path = os.pathsep.join([str(tmp_path / "packs"), _environment(Path(__file__).parents[2])["PYTHONPATH"]])
    done = run("rules", shop, PYTHONPATH=path)
    assert done.returncode == 70
    assert done.stderr.count("\n") == 1
    assert "internal error: RuntimeError: told you # #[error]so" in done.stderr
    assert "Traceback" in run("rules", shop, PYTHONPATH=path, AUDITOR_DEBUG="1").stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--help"], 1), (["rules"], 0), (["run", "shop"], 1), (["routes", "shop", "--format", "json"], 0)],
)
def test_a_closed_pipe_ends_quietly(repository: Path, shop: Path, arguments: list[str], code: int) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "auditor", *arguments],
            stdout=writer, stderr=subprocess.PIPE, env=_environment(repository), cwd=shop.parent, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert done.stderr == b""
    assert done.returncode == code


def test_github_logs_obey_only_annotations(run: Run, shop: Path) -> None:
    for name in ("terminal", "markdown"):
        lines = run("run", shop, "--format", name, GITHUB_ACTIONS="true").stdout.splitlines()
        token = lines[0].removeprefix("::stop-commands::")
        assert re.fullmatch("[0-9a-f]{32}", token)
        assert lines[-1] == f"::{token}::"
        assert sum("::error::owned" in line for line in lines[1:-1]) == 1
    commands = run("run", shop, "--format", "github", GITHUB_ACTIONS="true").stdout
    assert commands.startswith("::error file=frontend/")
    assert "stop-commands" not in commands


def test_a_step_summary_is_a_file_and_needs_no_shield(repository: Path, shop: Path) -> None:
    summary = shop.parent / "summary.md"
    with summary.open("w") as file:
        command = [sys.executable, "-m", "auditor", "run", "shop", "--format", "markdown"]
        environment = _environment(repository) | {"GITHUB_ACTIONS": "true"}
        subprocess.run(command, stdout=file, env=environment, cwd=shop.parent, check=False)
    assert summary.read_text().startswith("# Backend-frontend gap analysis\n")


def test_formats_and_outputs(run: Run, shop: Path) -> None:
    printed = run("run", shop, "--format", "json").stdout
    run("run", shop, "--format", "json", "--output", "a/report.json")
    assert (shop.parent / "a/report.json").read_text() == printed
    done = run("run", shop, "--format", "terminal,json,markdown,github", "--output", "out/")
    assert done.stdout.startswith("auditor ")
    assert done.stderr.count("wrote ") == 3
    assert sorted(path.name for path in (shop.parent / "out").iterdir()) == [
        "auditor.github.txt", "auditor.json", "auditor.md",
    ]  # fmt: skip
    assert (shop.parent / "out/auditor.json").read_text() == printed


def test_colours_on_demand(run: Run, shop: Path) -> None:
    assert "\x1b[" in run("run", shop, "--color", "always").stdout
    assert "\x1b[" in run("run", shop, FORCE_COLOR="1").stdout
    assert "\x1b[" not in run("run", shop, FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.parametrize("name", ["routes", "calls", "types", "channels"])
def test_lists(run: Run, shop: Path, name: str) -> None:
    done = run(name, shop)
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(run(name, shop, "--format", "json").stdout)
    assert made["schema_version"] == 1
    if name in ("routes", "calls"):
        assert [(one["method"], one["path"], one["line"]) for one in made[name]] == {
            "routes": [("GET", "/users/{user_id}", 6)],
            "calls": [("GET", "/users/{}", 1), ("POST", "/auth/login", 2)],
        }[name]


def test_explain(run: Run, shop: Path) -> None:
    page = run("explain", "EP101").stdout
    assert page.startswith("# EP101 missing-endpoint\n")
    assert page == run("explain", "missing-endpoint").stdout == run("explain", "ep101").stdout
    (fingerprint,) = [
        one["fingerprint"]
        for one in json.loads(run("run", shop, "--format", "json").stdout)["findings"]
        if one["code"] == "EP101"
    ]
    shown = run("explain", fingerprint[:8], shop).stdout
    assert shown.startswith("CRITICAL  EP101 missing-endpoint\n")
    assert fingerprint in shown


def test_rules(run: Run) -> None:
    listed = json.loads(run("rules", "--format", "json").stdout)["rules"]
    assert [one["code"] for one in listed] == sorted(one["code"] for one in listed)
    (missing,) = [one for one in listed if one["code"] == "EP101"]
    assert (missing["name"], missing["severity"], missing["category"]) == ("missing-endpoint", "critical", "endpoints")
    assert "EP101  missing-endpoint" in run("rules").stdout


def test_init_never_overwrites(run: Run, shop: Path) -> None:
    assert run("init", shop).returncode == 0
    written = (shop / "auditor.yaml").read_text()
    assert run("run", shop).returncode == 1
    (shop / "auditor.yaml").write_text(written + "fail-on: low\n")
    done = run("init", shop)
    assert (done.returncode, done.stdout) == (2, "")
    assert "exists; it was not changed" in done.stderr
    assert (shop / "auditor.yaml").read_text() == written + "fail-on: low\n"


def _environment(repository: Path) -> dict[str, str]:
    taken = ("CI", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "AUDITOR_DEBUG")
    path = os.pathsep.join([str(repository), str(repository / "rules")])
    return {name: value for name, value in os.environ.items() if name not in taken} | {"PYTHONPATH": path}


def _written(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root
