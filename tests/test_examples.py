"""Every rule's page is its test: each section is a small project, and its marks are the findings.

Python fences are files of a backend, the others of a frontend. Files carry over from the section above unless
given again; only the marks of files given in the section itself count, so that a cure in one file can answer a mark in
another. In a section, all findings of the page's own rule and all findings above low of any other rule must be
marked, and every mark must be found. Other low and info findings (a route of the example that nobody calls) may be
marked, but need not be: the examples are small.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from auditor.model.finding import Finding, Severity
from auditor.pipeline import audit_texts
from auditor.registry import load
from auditor.report.report import first_location
from auditor.rule import Rule

Mark: TypeAlias = tuple[str, int, str]
"""File, line from 1, code."""

_HEADING = re.compile(
    r"^## (?P<title>[^\n]+)$|^```(?P<language>\w+) title=(?P<file>\S+)\n(?P<text>.*?)^```$", re.M | re.S
)
_MARK = re.compile(r"(?:#|//|<!--)\s*expect:\s*([A-Z]{2}\d{3}(?:\s*,\s*[A-Z]{2}\d{3})*)")
_PACKAGE = '{"name": "web", "private": true, "dependencies": {"axios": "^1.7.0"}}\n'


@dataclass(frozen=True, slots=True)
class Section:
    """One project of a page. `own` are the files given in this section."""

    rule: Rule
    title: str
    files: Mapping[str, str]
    own: frozenset[str]

    @property
    def marks(self) -> Counter[Mark]:
        """What is expected."""
        return Counter(
            (file, number, code.strip())
            for file in self.own
            for number, line in enumerate(self.files[file].split("\n"), start=1)
            for codes in _MARK.findall(line)
            for code in codes.split(",")
        )


def sections(rule: Rule) -> Iterator[Section]:
    """The projects of a page, in order; a section without files of its own is prose."""
    title, files, own = "", dict[str, str](), set[str]()
    for found in _HEADING.finditer(rule.page):
        if found["title"]:
            if own:
                yield Section(rule, title, dict(files), frozenset(own))
            title, own = found["title"], set()
        else:
            folder = "backend" if found["language"] == "py" else "frontend/src"
            file = f"{folder}/{found['file']}"
            files[file] = found["text"]
            own.add(file)
    if own:
        yield Section(rule, title, dict(files), frozenset(own))


ALL = [section for rule in load("auditor_rules", "RULE", Rule) for section in sections(rule)]


@pytest.mark.parametrize("section", ALL, ids=lambda section: f"{section.rule.code}-{section.title}")
def test_marks_are_the_findings(section: Section) -> None:
    files = dict(section.files)
    if any(file.startswith("frontend/") for file in files):
        files["frontend/package.json"] = _PACKAGE
    expected = section.marks
    found = Counter(
        _mark(finding)
        for finding in audit_texts(files).findings
        if finding.code == section.rule.code or finding.severity.rank < Severity.LOW.rank or _mark(finding) in expected
    )
    assert found == expected


def test_every_page_has_a_bad_and_a_good_project() -> None:
    pages = {rule.code for rule in load("auditor_rules", "RULE", Rule)}
    assert {section.rule.code for section in ALL if section.title == "Bad"} == pages
    assert {section.rule.code for section in ALL if section.title == "Good"} == pages


def _mark(finding: Finding) -> Mark:
    place = first_location(finding)
    return place.file, place.line, finding.code
