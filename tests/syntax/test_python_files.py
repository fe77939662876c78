"""Does the Python reader cope with any file: its encoding, its size, its errors?"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.span import Span
from auditor.syntax.python import read_python


def _constants(facts: FileFacts) -> list[tuple[str, object]]:
    return [
        (statement.target.id, statement.value.value)
        for statement in facts.body
        if isinstance(statement, form.Bind)
        and isinstance(statement.target, form.Name)
        and isinstance(statement.value, form.Literal)
    ]


GENERATED = [
    ("# Code: DO NOT EDIT.\nx = 1", True),
    ('"""Automatically generated."""\nx = 1', True),
    ('#!/bin/env python\n"""Doc."""\n# @generated\nx = 1', True),
    ("x = 1\n# auto-generated names\ny = 2", False),
    ("x = 'do not edit'", False),
    ("#" * 2048 + "\n# do not edit\nx = 1", False),
]


@pytest.mark.parametrize(("source", "expected"), GENERATED)
def test_generated(source: str, expected: bool) -> None:
    assert read_python(source.encode()).generated is expected


@pytest.mark.parametrize(("source", "lines"), [("", 0), ("x", 1), ("x\n", 1), ("x\n\ny", 3)])
def test_line_count(source: str, lines: int) -> None:
    assert read_python(source.encode()).lines == lines


ENCODINGS = [
    (b"\xef\xbb\xbfx = '\xc3\xa9'", "é", []),
    (b"#!/bin/env python\n# -*- coding: latin-1 -*-\nx = '\xe9'", "é", []),
    (b"# vim: set fileencoding=cp1252 :\nx = '\x80'", "€", []),
    (b"# coding: no-such\nx = '\xc3\xa9'", "é", []),
    (b"# coding: ascii\nx = '\xc3\xa9'", "é", []),
    (b"x = '\xe9'", "\ufffd", [("not-utf8", Span(1, 6, 1, 7))]),
    (b"# a\n\n# coding: latin-1\nx = '\xe9'", "\ufffd", [("not-utf8", Span(4, 6, 4, 7))]),
]


@pytest.mark.parametrize(("source", "value", "problems"), ENCODINGS)
def test_encodings(source: bytes, value: str, problems: list[tuple[str, Span]]) -> None:
    facts = read_python(source)
    assert _constants(facts) == [("x", value)]
    assert [(problem.code, problem.span) for problem in facts.problems] == problems


REFUSED = [
    ("x = 1\nprint 'x'\n", 2, "line 2 looks like a Python 2 print statement"),
    ("x = 1\n<<<<<<< HEAD\n", 2, "line 2 looks like a merge conflict marker"),
    ("from {{ name }}.app import y\n", 1, "line 1 looks like a template placeholder"),
    ("raise E, 'x'\n", 1, "line 1 looks like a Python 2 raise statement"),
    ("%matplotlib inline\n", 1, "line 1 looks like a notebook command"),
    ("x = (1\n", 1, "line 1 is no Python "),
    ("x = 1\0\n", 1, ""),
    ("x = " + "(" * 5000, 1, "line 1 is no Python "),
    ("x = " + "-" * 100_000 + "1", 1, "the file could not be read: it is nested too deeply"),
]


@pytest.mark.parametrize(("source", "line", "message"), REFUSED, ids=[message for *_, message in REFUSED])
def test_syntax_errors(source: str, line: int, message: str) -> None:
    facts = read_python(source.encode())
    assert facts.body == ()
    assert [(problem.code, problem.span.start_line) for problem in facts.problems] == [("syntax-error", line)]
    assert facts.problems[0].message.startswith(message)


DEEP = ["x" + ".a()" * 800, " + ".join("a" * 1200), " or ".join("a" * 1200), " < ".join("a" * 1200)]


@pytest.mark.parametrize("source", DEEP, ids=["calls", "sum", "or", "comparison"])
def test_what_is_nested_too_deeply_costs_one_statement(source: str) -> None:
    facts = read_python(f"x = 1\n{source}\ny = 2\n".encode())
    assert [(problem.code, problem.span.start_line) for problem in facts.problems] == [("partly-read", 2)]
    assert _constants(facts) == [("x", 1), ("y", 2)]


_PIECES = [
    "x",
    "=",
    "(",
    ")",
    "[",
    "f'{",
    "}'",
    "'",
    '"""',
    ":",
    "\n",
    "\n  ",
    "def f",
    "if ",
    "except ",
    ",",
    "\\",
    "é",
]


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.lists(st.sampled_from(_PIECES)).map("".join).map(str.encode))
def test_any_bytes_give_facts_that_survive_encoding(source: bytes) -> None:
    facts = read_python(source)
    encoded = msgspec.msgpack.encode(facts)
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(encoded, type=FileFacts)) == encoded
