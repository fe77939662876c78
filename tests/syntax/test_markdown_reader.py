"""Sections, fences and tables of Markdown."""

from __future__ import annotations

import pytest

from auditor.model.document import Fence, Prose, Table
from auditor.syntax.markdown import read_markdown


def test_sections_know_what_encloses_them() -> None:
    document = read_markdown("intro\n\n# A\n\ntext\n\n## B\n\nC\n===\n\nend")
    assert [(one.title, one.level, one.line, one.above) for one in document.sections] == [
        ("", 0, 1, ()),
        ("A", 1, 3, ()),
        ("B", 2, 7, ("A",)),
        ("C", 1, 9, ()),
    ]


def test_a_fence_keeps_its_lines_and_ends_with_its_own_mark() -> None:
    (section,) = read_markdown("# T\n\n~~~~py title=x\na\n```\n~~~\nb\n~~~~\n").sections
    assert section.blocks == (Fence("py", ("a", "```", "~~~", "b"), 3),)


def test_a_fence_inside_a_list_loses_the_indentation_of_the_list() -> None:
    (section,) = read_markdown("# T\n1. x\n\n   ```ts\n   a\n     b\n   ```\n").sections
    assert section.blocks == (Prose("1. x", 2, 2), Fence("ts", ("a", "  b"), 4))


def test_a_fence_that_does_not_end() -> None:
    (section,) = read_markdown("# T\n```mermaid\na\n").sections
    assert section.blocks == (Fence("mermaid", ("a", ""), 2, closed=False),)


def test_tables_have_cells_with_escaped_bars() -> None:
    (section,) = read_markdown("# T\n| a | b |\n|---|:-:|\n| x \\| y | `z` |\n| only |\n").sections
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert table.head == ("a", "b")
    assert [(row.cells, row.line) for row in table.rows] == [(("x | y", "`z`"), 4), (("only",), 5)]


@pytest.mark.parametrize("text", ["", "\n", "---\nfront: matter\n---\n", "```", "|", "#", "\0", "# \n#\n##", "a\r\nb"])
def test_any_text_can_be_read(text: str) -> None:
    read_markdown(text)
