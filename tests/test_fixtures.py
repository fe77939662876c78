"""Every fixture project: its marks are its findings, and its snapshots are what the renderers print."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from auditor.config import Config
from auditor.model.finding import Severity
from auditor.pipeline import audit
from auditor.report.renderers import github, json, markdown
from auditor.report.report import Report

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PROJECTS = tuple(sorted(folder.name for folder in FIXTURES.iterdir() if folder.is_dir()))
RENDERED = {"report.md": markdown.RENDERER, "report.json": json.RENDERER, "github.txt": github.RENDERER}

_MARK = re.compile(r"(?:#|//|<!--)\s*expect:\s*([A-Z]{2}\d{3}(?:\s*,\s*[A-Z]{2}\d{3})*)")


@pytest.fixture(scope="module", params=PROJECTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def report(name: str, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The audit of a copy: neither the state of this repository nor `expected/` has a say in it."""
    copy = tmp_path_factory.mktemp("fixtures") / name
    left_out = shutil.ignore_patterns("__pycache__", "node_modules")
    for side in ("backend", "frontend"):
        shutil.copytree(FIXTURES / name / side, copy / side, ignore=left_out)
    return audit(copy, Config())


def test_marks_are_the_findings(name: str, report: Report) -> None:
    found = [
        (finding.evidence[0].location.file, finding.evidence[0].location.line, finding.code)
        for finding in report.findings
        if finding.severity is not Severity.INFO
    ]
    assert sorted(found) == _marks(FIXTURES / name)


@pytest.mark.parametrize("file", RENDERED)
def test_snapshots(name: str, file: str, report: Report, update: bool) -> None:
    expected = FIXTURES / name / "expected" / file
    text = RENDERED[file].render(report)
    if update:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8", newline="")
    assert text.encode() == expected.read_bytes(), "run `pytest --update` and read the difference"


def test_every_situation_is_staged() -> None:
    """The drifted project shows the first set of rules about the code, and each of the 21 gaps of a report that people
    made of a project like it."""
    staged = {code for _, _, code in _marks(FIXTURES / "chimera")}
    assert staged >= {
        "AU101", "AU102", "AU107", "CV101", "DC101", "EN101", "EN102", "EN103", "EN104", "EN105", "EP101", "EP103",
        "EP104", "EP105", "EP106", "EP107", "EP201", "EP202", "EP301", "EP302", "EP303", "EP304", "EP306", "ER101",
        "ER104", "ER105", "RS101", "RS201", "SE101", "SE102", "TY101", "TY103", "TY104", "TY106", "TY107", "UR101",
        "UR102", "UR105", "WS101", "WS102", "WS103", "WS104",
    }  # fmt: skip


def test_the_clean_project_has_no_gap() -> None:
    assert _marks(FIXTURES / "clean") == []


def test_every_unreadable_file_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "hostile"
    shutil.copytree(FIXTURES / "hostile", copy)
    named = {diagnostic.file for diagnostic in audit(copy, Config()).graph.diagnostics}
    assert named >= {"backend/app/python2.py", "backend/app/latin1.py", "frontend/src/unbalanced.ts"}


def _marks(project: Path) -> list[tuple[str, int, str]]:
    """File, line and code of every mark, sorted; one entry per code."""
    marks: list[tuple[str, int, str]] = []
    for side in ("backend", "frontend"):
        for path in sorted((project / side).rglob("*")):
            if not path.is_file() or path.suffix == ".pyc":
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.split("\n"), start=1):
                if found := _MARK.search(line):
                    file = path.relative_to(project).as_posix()
                    marks += ((file, number, code.strip()) for code in found.group(1).split(","))
    return sorted(marks)
