"""What one file says: bytes in, facts out, nothing else looked at."""

from __future__ import annotations

import re

from auditor.model.facts import Dialect, FileFacts, Problem
from auditor.model.span import NOWHERE

LARGEST = 1_500_000
"""Bytes. A larger file is data or a bundle, not something people wrote."""

BUNDLED = "built code: a bundler put it together"
"""Why a file that `is_bundled` is not read."""


def extract(source: bytes, dialect: Dialect) -> FileFacts:
    """Facts of one file. Same bytes, same facts: no clock, disk, path, configuration or global state.

    What cannot be read is a `Problem`: besides the codes of the readers, `too-large` (above
    `LARGEST`), `minified` and `built` (built code), `binary` (not text, or UTF-16) and `too-deep` (nested deeper
    than the reader can follow), each with an empty body.
    """
    if len(source) > LARGEST:
        return _unread(source, dialect, "too-large", f"{len(source):,} bytes; files above {LARGEST:,} are not read")
    if is_minified(source, dialect):
        return _unread(source, dialect, "minified", "built code: its lines are too long to be written by hand")
    if is_bundled(source, dialect):
        return _unread(source, dialect, "built", BUNDLED)
    if b"\0" in source[:1_000]:
        return _unread(source, dialect, "binary", "not a text file, or not in UTF-8")
    try:
        return _read(source, dialect)
    except RecursionError:
        return _unread(source, dialect, "too-deep", "nested too deeply to be read")


def is_minified(source: bytes, dialect: Dialect) -> bool:
    """Whether this is JavaScript that a bundler wrote: over 20 kB, with lines of over 500 bytes on average.

    Generated clients have single lines of several thousand bytes and are read: the size decides.
    """
    if dialect not in {Dialect.TYPESCRIPT, Dialect.TSX} or len(source) < 20_000:
        return False
    return len(source) > 500 * (source.count(b"\n") + 1)


def is_bundled(source: bytes, dialect: Dialect) -> bool:
    """Whether this is a library or a program that a build tool put together: over 20 kB, and it begins with the
    comment that minifiers keep (`/*!`), a UMD wrapper, or the run-time functions of webpack or esbuild.

    https://webpack.js.org/configuration/output/ (5), https://esbuild.github.io/api/#format (0.25),
    https://github.com/umdjs/umd
    """
    if dialect not in {Dialect.TYPESCRIPT, Dialect.TSX} or len(source) < 20_000:
        return False
    head = source[:5_000]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"/*!") or _BUNDLER.search(head) is not None


_BUNDLER = re.compile(
    rb"\b(?:var|let|const|function)\s+__webpack_(?:require|modules|exports)__\b|\bvar\s+__(?:commonJS|toESM|export)\s*=\s*\("
    rb"|typeof exports\s*={2,3}\s*['\"]object['\"]\s*&&\s*typeof module\s*!={1,2}\s*['\"]undefined['\"]"
)


def _read(source: bytes, dialect: Dialect) -> FileFacts:
    # Each parser costs tens of milliseconds to load; a project of one language pays for one.
    match dialect:
        case Dialect.PYTHON:
            from auditor.syntax.python import read_python

            return read_python(source)
        case Dialect.TYPESCRIPT | Dialect.TSX:
            from auditor.syntax.typescript import read_typescript

            return read_typescript(source, dialect)
        case Dialect.VUE | Dialect.SVELTE:
            from auditor.syntax.single_file import read_component

            return read_component(source, dialect)


def _unread(source: bytes, dialect: Dialect, code: str, message: str) -> FileFacts:
    return FileFacts(dialect, problems=(Problem(code, message, NOWHERE),), lines=source.count(b"\n") + 1)
