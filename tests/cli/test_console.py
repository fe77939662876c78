"""Colours, options and the template: what the command line does without reading a project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from auditor.cli.console import colored
from auditor.cli.failure import Failure
from auditor.cli.init import TEMPLATE
from auditor.cli.options import Color, FailOn, Sureness
from auditor.cli.project import checked, nearest
from auditor.config import KEYS, Config, load_config
from auditor.model.finding import Confidence, Severity


@pytest.mark.parametrize(
    ("color", "environment", "expected"),
    [
        (Color.AUTO, {}, False),
        (Color.AUTO, {"FORCE_COLOR": "1"}, True),
        (Color.AUTO, {"CLICOLOR_FORCE": "1"}, True),
        (Color.AUTO, {"FORCE_COLOR": "0"}, False),
        (Color.AUTO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (Color.AUTO, {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (Color.ALWAYS, {"NO_COLOR": "1"}, True),
        (Color.NEVER, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colors(color: Color, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colored(color) is expected


def test_the_words_of_the_options_are_those_of_the_model() -> None:
    assert [word.value for word in FailOn] == [*Severity, "never"]
    assert [word.value for word in Sureness] == list(Confidence)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, auditor.cli.app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"rich", "msgspec", "yaml", "libcst", "tree_sitter", "tree_sitter_typescript", "multiprocessing"}
    assert not heavy & set(done.stdout.split())


def test_the_template_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "auditor.yaml").write_text(TEMPLATE)
    assert load_config(tmp_path) == Config(file="auditor.yaml")


def test_the_template_explains_every_key_with_a_value_that_works(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    (tmp_path / "frontend").mkdir()
    keys = tuple(f"# {key}:" for key in KEYS)
    lines = TEMPLATE.splitlines()
    settings = [line[2:] for line in lines if line.startswith((*keys, "#   "))]
    text = "\n".join(settings)
    assert set(yaml.safe_load(text)) == set(KEYS)
    (tmp_path / "auditor.yaml").write_text(text)
    assert load_config(tmp_path).backend == ("backend",)


def test_checked(tmp_path: Path) -> None:
    assert checked(tmp_path) == tmp_path
    with pytest.raises(Failure, match="no such folder"):
        checked(tmp_path / "absent")
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure, match="not a folder"):
        checked(tmp_path / "file")


def test_nearest() -> None:
    assert nearest("markdwon", ["terminal", "markdown"]) == " (did you mean 'markdown'?)"
    assert nearest("xyz", ["terminal"]) == ""
