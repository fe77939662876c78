"""Code in comments: what is read as code, and what is prose."""

from __future__ import annotations

import pytest

from auditor.extract import extract
from auditor.model.facts import Dialect


def lines(source: str, dialect: Dialect) -> list[tuple[int, int]]:
    """The first and last line of each comment that is code."""
    facts = extract(source.encode(), dialect)
    return [(one.span.start_line, one.span.end_line) for one in facts.commented]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('// await api.post("/x");', [(1, 1)], id="a statement"),
        pytest.param('f();\n// TODO: later\n// await api.post("/x");', [(2, 3)], id="prose before it"),
        pytest.param('const a = {\n  // b: () => api.get("/x"),\n};', [(2, 2)], id="an entry of an object"),
        pytest.param('class A {\n  // b() { return this.api.get("/x"); }\n}', [(2, 2)], id="a method"),
        pytest.param('/*\nfetch("/x");\n*/', [(1, 3)], id="a block"),
        pytest.param('/** fetch("/x") */', [], id="a doc comment"),
        pytest.param('/// fetch("/x")', [], id="a triple slash"),
        pytest.param('f(); // fetch("/x")', [], id="behind code"),
        pytest.param('// Example:\n// fetch("/x")', [], id="an example"),
        pytest.param('// works like this\n// fetch("/x")', [], id="a comparison"),
        pytest.param('// See: fetch("/x")', [], id="a label"),
        pytest.param('// calls fetch("/x") below', [], id="prose"),
        pytest.param('// fetch("x")', [], id="no path"),
        pytest.param('const text = `\n// fetch("/x")\n`;', [], id="in a text"),
    ],
)
def test_typescript(source: str, expected: list[tuple[int, int]]) -> None:
    assert lines(source, Dialect.TYPESCRIPT) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('# @app.get("/x")\n# def f():\n#     return 1\n', [(1, 3)], id="a handler"),
        pytest.param('# @app.get("/x")\ndef f(): ...\n', [(1, 1)], id="a decorator"),
        pytest.param('a = [\n    # path("x/", view),\n    path("y/", view),\n]\n', [(2, 2)], id="an item"),
        pytest.param('# For example:\n# @app.get("/x")\n', [], id="an example"),
        pytest.param('"""\n# @app.get("/x")\n"""\n', [], id="in a text"),
        pytest.param('f()  # @app.get("/x")\n', [], id="behind code"),
        pytest.param('# serves app.get("/x") below\n', [], id="prose"),
    ],
)
def test_python(source: str, expected: list[tuple[int, int]]) -> None:
    assert lines(source, Dialect.PYTHON) == expected


def test_places_are_those_of_the_file() -> None:
    facts = extract(b'f();\n  // await api.post("/x");\n', Dialect.TYPESCRIPT)
    (comment,) = facts.commented
    (statement,) = comment.body
    assert statement.value.span.start_line == 2  # type: ignore[union-attr]  # the only statement is a call
    assert statement.value.span.start_column == 16  # type: ignore[union-attr]
