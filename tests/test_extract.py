"""Extraction never raises: what cannot be read is a problem of its file."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from auditor.extract import LARGEST, extract
from auditor.model.facts import Dialect

BUNDLE = b"var a=function(){return fetch('/api')};" * 1_000
HANDWRITTEN = b"const a = 1;\n" * 2_000


@pytest.mark.parametrize(
    ("source", "dialect", "code"),
    [
        (BUNDLE, Dialect.TSX, "minified"),
        (BUNDLE * 130, Dialect.TSX, "too-large"),
        (b"#" * (LARGEST + 1), Dialect.PYTHON, "too-large"),
        (b"/*! a library v1.2.3 */\n" + HANDWRITTEN, Dialect.TSX, "built"),
        (b"/******/ var __webpack_require__ = {};\n" + HANDWRITTEN, Dialect.TSX, "built"),
        (b"var __commonJS = (make, made) => made;\n" + HANDWRITTEN, Dialect.TSX, "built"),
        (
            b"(function (g, f) { typeof exports === 'object' && typeof module !== 'undefined' ? f(exports) : f(g); })\n"
            + HANDWRITTEN,
            Dialect.TSX,
            "built",
        ),
        (b"\x00\x01\x02", Dialect.PYTHON, "binary"),
        ("const a = 1".encode("utf-16"), Dialect.TYPESCRIPT, "binary"),
    ],
)
def test_what_is_not_read(source: bytes, dialect: Dialect, code: str) -> None:
    facts = extract(source, dialect)
    assert [problem.code for problem in facts.problems] == [code]
    assert facts.body == ()
    assert facts.dialect is dialect


@pytest.mark.parametrize("start", [b"/** a module */\n", b"const base = __webpack_require__.p;\n"])
def test_a_long_file_that_people_wrote_is_read(start: bytes) -> None:
    assert extract(start + HANDWRITTEN, Dialect.TSX).problems == ()


def test_a_generated_file_with_long_lines_is_read() -> None:
    source = b"export { " + b", ".join(b"name%d" % number for number in range(400)) + b" } from './sdk'\n"
    facts = extract(source, Dialect.TYPESCRIPT)
    assert facts.problems == ()
    assert len(facts.body) == 1


@pytest.mark.parametrize("dialect", [Dialect.PYTHON, Dialect.TYPESCRIPT, Dialect.TSX])
def test_same_bytes_same_facts(dialect: Dialect) -> None:
    source = b"a = get('/x')\n"
    assert msgspec.json.encode(extract(source, dialect)) == msgspec.json.encode(extract(source, dialect))


@pytest.mark.parametrize("dialect", list(Dialect))
@settings(max_examples=40, deadline=None)
@given(source=some.binary(max_size=60))
def test_any_bytes_give_facts(dialect: Dialect, source: bytes) -> None:
    assert extract(source, dialect).dialect is dialect
