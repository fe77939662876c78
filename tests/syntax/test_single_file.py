"""Are the scripts of a component read at their true places?"""

from __future__ import annotations

import pytest
from form_text import rendered

from auditor.model.facts import Dialect, FileFacts
from auditor.model.form import Do, Import
from auditor.model.span import Span
from auditor.syntax.single_file import read_component


def read(source: str, dialect: Dialect = Dialect.VUE) -> FileFacts:
    return read_component(source.encode(), dialect)


COMPONENTS = [
    ("<template><a/></template>\n<script>\na()\n</script>", "a()"),
    ("<script>a()</script><script setup lang='ts'>b<T>()</script>", "a(); b<T>()"),
    ('<script setup lang="ts" generic="T extends A<B>">a as T</script>', "(a as T)"),
    ("<script lang=ts>const a = <A>b</script>", "const a = (b as A)"),
    ("<script lang='tsx'>a = <b/></script>", "assign a = <jsx:b {}>"),
    ("<SCRIPT\n  setup\n>a()</SCRIPT >", "a()"),
    ("<!-- <script>a()</script> --><script>b()</script>", "b()"),
    ("<script src='./a.ts' /><script>b()</script>", "b()"),
    ("<script type='application/ld+json'>{}</script><script type='module'>b()</script>", "b()"),
    ("<script>a()", "a()"),
    ("<!-- <script>a()</script>", ""),
    ("<scripts>a()</scripts>", ""),
    ("<template><p>Only text & more</p></template>", ""),
    ("", ""),
]


@pytest.mark.parametrize(("source", "expected"), COMPONENTS)
def test_vue(source: str, expected: str) -> None:
    facts = read(source)
    assert rendered(facts.body) == expected
    assert facts.dialect == Dialect.VUE
    assert facts.problems == ()


def test_svelte() -> None:
    facts = read(
        "<script context='module'>\nexport const a = 1\n</script>\n<script module>b()</script>\n"
        "<script lang='ts'>\nexport let c: C\n$: d = c\n</script>\n<p on:click={e}>{c}</p>",
        Dialect.SVELTE,
    )
    assert rendered(facts.body) == "const a = 1; export (a as a); b(); let c: C; export (c as c); assign d = c"
    assert facts.dialect == Dialect.SVELTE
    assert facts.lines == 9


def test_places_are_those_of_the_file() -> None:
    facts = read("\ufeff<template>\r\n  <p>ü</p>\r\n</template>\r\n<p>é</p><script>a()\r\nimport 'b'</script>\r\n")
    effect, imported = facts.body
    assert isinstance(effect, Do)
    assert isinstance(imported, Import)
    assert imported.span == Span(5, 1, 5, 11)
    assert facts.called == ("a",)
    assert facts.lines == 5


def test_comments_and_deprecations_come_from_the_scripts() -> None:
    facts = read("<p/>\n<script>\n// auditor: ignore[EP101] x\n/** @deprecated y */\nconst a = 1\n</script>")
    assert [(comment.text, comment.span.start_line) for comment in facts.comments] == [("auditor: ignore[EP101] x", 3)]
    assert [(mark.name, mark.message) for mark in facts.deprecations] == [("a", "y")]


@pytest.mark.parametrize(
    "source", ["<script " * 5000, "<script" + " a" * 50000, "<!--" * 20000, '<script a="' * 5000, "<script>" * 20000]
)
def test_hostile_components(source: str) -> None:
    assert read(source).dialect == Dialect.VUE
