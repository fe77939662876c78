"""The folder of the rules is the registry: what is in it is complete and consistent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.registry import load
from auditor.report.catalogue import catalogue
from auditor.rule import AREAS, Rule

RULES = load("auditor_rules", "RULE", Rule)
SECTIONS = re.compile(r"(Bad Good )+Limits")
FIRST_SET = (
    "DC101 EN101 EN102 EN103 EN104 EP101 EP103 EP104 EP105 EP106 EP107 EP201 EP202 EP301 EP302 EP304 RS101 UR101 UR102 "
    "WS101 WS102 WS103 XT001 XT002 XT003"
)


def test_the_first_set_is_there() -> None:
    assert set(FIRST_SET.split()) <= {rule.code for rule in RULES}


def test_one_file_per_rule(repository: Path) -> None:
    files = [path for path in (repository / "rules" / "auditor_rules").rglob("*.py") if not path.name.startswith("_")]
    assert sorted(path.stem for path in files) == sorted(rule.name.replace("-", "_") for rule in RULES)


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_rules_is_no_package(repository: Path) -> None:
    """A top-level package `rules` would clash with django-rules."""
    assert not (repository / "rules" / "__init__.py").exists()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_code_and_name(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2}\d{3}", rule.code)
    assert rule.code[:2] in AREAS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page(rule: Rule) -> None:
    start, *sections = re.split(r"^## ", rule.page, flags=re.MULTILINE)
    assert SECTIONS.fullmatch(" ".join(section.partition("\n")[0] for section in sections))
    assert rule.summary.endswith(".")
    assert 10 < len(rule.summary) <= 100
    assert start.removeprefix(rule.summary).strip(), "what happens at run time"
    for section in sections:
        assert (f"expect: {rule.code}" in section) == section.startswith("Bad")
        assert section.startswith("Bad") or "expect:" not in section


def test_catalogue_is_current(repository: Path, update: bool) -> None:
    page = repository / "rules" / "README.md"
    text = catalogue(RULES)
    if update:
        page.write_text(text, encoding="utf-8", newline="")
    assert page.read_text(encoding="utf-8") == text, "run `pytest --update` and read the difference"


@pytest.mark.parametrize(
    ("pack", "modules", "error", "message"),
    [
        ("pack_wrong", {"one": "RULE = 1"}, TypeError, r"pack_wrong\.one must define RULE"),
        ("pack_empty", {"one": ""}, TypeError, r"pack_empty\.one must define RULE"),
        ("pack_twice", {"one": "{rule}", "two": "{rule}"}, ValueError, r"pack_twice\.two: id 'EP999' is taken"),
    ],
)
def test_bad_packs_are_refused(
    pack: str,
    modules: dict[str, str],
    error: type[Exception],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / pack).mkdir()
    (tmp_path / pack / "__init__.py").write_text('"""A pack."""\n')
    for module, text in modules.items():
        (tmp_path / pack / f"{module}.py").write_text(text.replace("{rule}", _RULE))
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(error, match=message):
        load(pack, "RULE", Rule)


_RULE = """
from auditor.model.finding import Severity
from auditor.rule import Rule
RULE = Rule("EP999", "never", Severity.LOW, lambda graph: iter(()))
"""
