"""Excerpts show the right characters."""

from __future__ import annotations

import pytest
from report_graphs import at

from auditor.report.excerpt import Excerpt, column, columns, excerpt

SOURCE = ("const a = 'é日';", "  call(`x`,", "    1);", "", "x" * 1000 + "HERE" + "y" * 1000)


def lines(file: str) -> tuple[str, ...]:
    return SOURCE if file == "a.ts" else ()


@pytest.mark.parametrize(
    ("text", "byte_column", "expected"),
    [("abc", 2, 2), ("abc", 99, 4), ("é日x", 1, 1), ("é日x", 3, 2), ("é日x", 6, 3), ("é日x", 99, 4), ("abc", 0, 1)],
)
def test_columns_are_characters(text: str, byte_column: int, expected: int) -> None:
    assert column(text, byte_column) == expected


def test_one_line() -> None:
    assert excerpt(lines, at("a.ts", 1, 12, 17)) == Excerpt(1, (SOURCE[0],), 11, 13)
    assert columns(lines, at("a.ts", 1, 12, 17)) == (12, 14)


def test_several_lines() -> None:
    place = at("a.ts", 2, 3, 6, end_line=3)
    assert excerpt(lines, place, lines=5) == Excerpt(2, SOURCE[1:3], 2, 5)
    assert excerpt(lines, place, lines=1) == Excerpt(2, SOURCE[1:2], 2, 11, more=1)


def test_a_long_line_is_cut_around_the_place() -> None:
    shown = excerpt(lines, at("a.ts", 5, 1001, 1005), widest=80)
    assert shown is not None
    (text,) = shown.texts
    assert len(text) == 80
    assert (text[0], text[-1]) == ("…", "…")
    assert text[shown.start : shown.end] == "HERE"


@pytest.mark.parametrize(("file", "line"), [("a.ts", 4), ("a.ts", 6), ("a.ts", 0), ("other.ts", 1)])
def test_nothing_to_show(file: str, line: int) -> None:
    assert excerpt(lines, at(file, line)) is None


def test_a_span_past_the_end_of_the_file() -> None:
    shown = excerpt(lines, at("a.ts", 3, 5, 9, end_line=900), lines=2)
    assert shown == Excerpt(3, SOURCE[2:4], 4, 0, more=1)
