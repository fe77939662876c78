"""Workflow commands are exactly what GitHub's runner takes, whatever the audited project holds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_graphs import api, at, drifted, finding, report

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.report.renderers.github import RENDERER

EXPECTED = """\
::error file=frontend/src/api.ts,line=3,endLine=3,col=28,endColumn=51,title=EP101 missing-endpoint::\
no route serves POST /auth/login%0Ahere: sends POST /auth/login%0Abackend backend/app/users.py:3: nearest route\
%0Afix: serve POST /auth/login or drop the call%0Acritical severity, high confidence, 65c84283ddc3c02e
::error file=frontend/src/api.ts,line=5,endLine=8,title=RS101 field-not-returned::\
User.email is never returned%0Ahere: User expects email%0Abackend backend/app/users.py:6: User has no email\
%0Aalso at frontend/src/api.ts:7%0Afix: return it%0Ahigh severity, medium confidence, fcf83c8308fdaea7
::notice file=backend/app/users.py,line=4,endLine=4,col=1,title=EP201 unused-endpoint::\
nothing calls GET /users%0Alow severity, high confidence, f067560f2ce8727e
"""


def test_commands() -> None:
    assert RENDERER.render(report(*drifted())) == EXPECTED


def test_nothing_to_say() -> None:
    assert RENDERER.render(report()) == ""


def test_files_start_at_the_root_of_the_repository() -> None:
    made = replace(report(finding()), prefix="services/shop")
    assert RENDERER.render(made).startswith("::error file=services/shop/frontend/src/api.ts,line=3,")


def test_columns_are_characters() -> None:
    sources = {"f.ts": ("const é = '日本'; call();",)}
    line = sources["f.ts"][0]
    start = len(line[: line.index("call")].encode()) + 1
    place = Evidence(Side.FRONTEND, at("f.ts", 1, start, start + 6), "")
    assert "line=1,endLine=1,col=17,endColumn=23," in RENDERER.render(
        report(finding(evidence=(place,)), sources=sources)
    )


def test_a_finding_without_a_place_has_no_file() -> None:
    made = report(finding("XX100", severity=Severity.MEDIUM, evidence=()))
    assert RENDERER.render(made).startswith("::warning title=XX100 missing-endpoint::no route serves")


def many(count: int, severity: Severity) -> list[Finding]:
    return [finding(severity=severity, subject=f"{severity}{n}") for n in range(count)]


@pytest.mark.parametrize(
    ("counts", "shown", "closing"),
    [
        ((10, 10, 10), (10, 10, 10), ""),
        ((25, 3, 0), (10, 3, 1), "15 errors"),
        ((11, 10, 10), (10, 10, 10), "1 error, 1 notice"),
        ((0, 0, 12), (0, 0, 10), "3 notices"),
    ],
)
def test_ten_of_a_level(counts: tuple[int, int, int], shown: tuple[int, int, int], closing: str) -> None:
    levels = (Severity.CRITICAL, Severity.MEDIUM, Severity.LOW)
    made = report(*(one for n, severity in zip(counts, levels, strict=True) for one in many(n, severity)))
    lines = RENDERER.render(made).splitlines()
    assert (
        tuple(sum(line.startswith(f"::{level} ") for line in lines) for level in ("error", "warning", "notice"))
        == shown
    )
    last = f"::notice title=auditor::{closing} not shown here"
    assert lines[-1].startswith(last) if closing else "title=auditor::" not in lines[-1]


def test_hostile_texts_stay_inside_their_command() -> None:
    hostile = "x\n::error::owned\r\n##[error]owned\x1b[31m"
    place = Evidence(Side.FRONTEND, at("a,b:c::d\n::error::e.ts", 1), hostile)
    made = report(finding(message=hostile, hint=hostile, name=hostile, evidence=(place, place), places=(place,)))
    text = RENDERER.render(made)
    assert text.count("\n") == 1
    assert "\r" not in text
    assert "\x1b" not in text
    head = re.match(r"::error ([^\n]*?)::", text)
    assert head is not None
    assert head[1].startswith("file=a%2Cb%3Ac%3A%3Ad%0A%3A%3Aerror%3A%3Ae.ts,line=1,endLine=1,col=1,title=EP101 x ")


def test_limits_of_title_and_message() -> None:
    text = RENDERER.render(
        report(finding(name="n" * 400, message="m" * 100_000, evidence=(Evidence(Side.FRONTEND, api(3), ""),)))
    )
    title = re.search(r"title=([^:]*)::", text)
    assert title is not None
    assert len(title[1]) == 255
    assert len(text.partition(title[0])[2].encode()) <= 64 * 1024
