"""What the README promises is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from auditor.config.keys import KEYS
from auditor.registry import load
from auditor.rule import Rule

README = Path(__file__).resolve().parent.parent / "README.md"
PYPROJECT = README.with_name("pyproject.toml")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (
            "python3 -m venv .venv && .venv/bin/pip install -q . && ",
            ".venv/bin/auditor run fixtures/chimera --exit-zero",
        ),
        ("python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && ", ".venv/bin/python -m pytest"),
    ],
)
def test_each_command_is_one_line_and_stands_there_once(begin: str, end: str) -> None:
    assert README.read_text(encoding="utf-8").splitlines().count(begin + end) == 1


def test_the_continuous_integration_finds_the_commands() -> None:
    starts = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("python3 -m venv ")]
    script = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    patterns = re.findall(r"command_of '([^']+)'", script)
    assert [len([line for line in starts if re.search(pattern, line)]) for pattern in patterns] == [1, 1]


@pytest.mark.parametrize(("heading", "extra"), [("package", ""), ("for development", "dev")])
def test_the_dependencies_are_those_of_pyproject(heading: str, extra: str) -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    required = project["optional-dependencies"][extra] if extra else project["dependencies"]
    assert _first_cells(heading) == sorted(re.split(r"[<>=!~]", name)[0] for name in required)


def test_the_configuration_keys_are_those_that_are_read() -> None:
    assert sorted(key for cell in _cells("key") for key in re.findall(r"`([^`]+)`", cell)) == sorted(KEYS)


def test_the_rules_that_it_names_exist() -> None:
    named = set(re.findall(r"([A-Z]{2}\d{3}) ([a-z]+(?:-[a-z]+)+)", README.read_text(encoding="utf-8")))
    assert named
    assert named <= {(rule.code, rule.name) for rule in load("auditor_rules", "RULE", Rule)}


def _first_cells(heading: str) -> list[str]:
    return [cell.strip("`") for cell in _cells(heading)]


def _cells(heading: str) -> list[str]:
    """First cells of the rows of the table whose first column has this heading."""
    lines = README.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    cells = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells.append(line.split("|")[1].strip())
    return cells
