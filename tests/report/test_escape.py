"""Text from strangers is harmless in every medium."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.report.escape import (
    MESSAGE_BYTES,
    cropped,
    markdown_code,
    markdown_fence,
    markdown_text,
    one_line,
    visible,
    workflow_message,
    workflow_property,
    workflow_shield,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\x07b\x00c", "a␇b␀c"),
        ("a\tb", "a\tb"),
        ("x\x7fy\x9bz", "x␡y\ufffdz"),
        ("if\u202e}else{", "if\ufffd}else{"),
        ("\ud800half", "\ufffdhalf"),
        ("naïve 日本", "naïve 日本"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_keeps_columns_and_holds_no_control(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert all(character == "\t" or character.isprintable() or not character.isascii() for character in shown)


def test_one_line() -> None:
    assert one_line("  a\r\nb\tc\u2028d\x1b ") == "a b c d␛"


def test_cropped() -> None:
    assert cropped("abcdef", 6) == "abcdef"
    assert cropped("abcdefg", 6) == "abcde…"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("no route serves GET /users/{id}", "no route serves GET /users/{id}"),
        ("a | b", r"a \| b"),
        (r"a \| b", r"a \\\| b"),
        ("__init__ and *x* and `y`", r"\_\_init\_\_ and \*x\* and \`y\`"),
        ("<img src=x>", "&lt;img src=x>"),
        ("&lt;b&gt; & c", "&amp;lt;b&amp;gt; & c"),
        ("[x](http://e)", r"\[x\](http://e)"),
        ("ask @octocat", "ask @\u200boctocat"),
        ("# title", r"\# title"),
        ("1. item", r"1\. item"),
        ("- item", r"\- item"),
        ("-1 is not 1.5", "-1 is not 1.5"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_text(text: str, markdown: str) -> None:
    assert markdown_text(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("", ""),
        ("src/a.ts:3", "`src/a.ts:3`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("a|b<c>", "<code>a&#124;b&lt;c&gt;</code>"),
    ],
)
def test_markdown_code(text: str, markdown: str) -> None:
    assert markdown_code(text) == markdown


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert markdown_fence(("x = `a`", "```", "````js"), "ts") == "`````ts\nx = `a`\n```\n````js\n`````"
    assert markdown_fence(("\x1b[0m",), "") == "```\n␛[0m\n```"


def test_workflow_escapes() -> None:
    assert workflow_message("50% of\r\n::error::x") == "50%25 of%0A::error::x"
    assert workflow_property("a,b:c%3A\n::") == "a%2Cb%3Ac%253A%0A%3A%3A"


def test_workflow_message_is_limited_in_bytes() -> None:
    assert len(workflow_message("é" * MESSAGE_BYTES).encode()) == MESSAGE_BYTES


@given(st.text())
def test_a_property_ends_nowhere_early(text: str) -> None:
    escaped = workflow_property(text)
    assert not set(escaped) & set(":,\r\n")


def test_shield() -> None:
    text = "src/a.py\n::error::owned\n##[error]owned"
    first, *body, last = workflow_shield(text).splitlines()
    token = first.removeprefix("::stop-commands::")
    assert len(token) == 32
    assert "\n".join(body) == text
    assert last == f"::{token}::"
    assert workflow_shield(text) == workflow_shield(text)
    assert workflow_shield(text + ".") != workflow_shield(text)
