"""What one file says, by itself."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from auditor.model.form import Statement
from auditor.model.span import Span


class Dialect(StrEnum):
    """The language of a source file, which decides its reader."""

    PYTHON = "python"
    TYPESCRIPT = "typescript"  # .ts .mts .cts
    TSX = "tsx"  # .tsx .jsx .js .mjs .cjs: the grammar reads plain JavaScript and JSX
    VUE = "vue"
    SVELTE = "svelte"


class Problem(msgspec.Struct, frozen=True, array_like=True):
    """What a reader could not read: a code, a sentence for the user and the place.

    Codes: `syntax-error` (nothing read), `partly-read` (the rest of the file was read),
    `not-utf8` (read with replacement characters), `newer-syntax` (read by the fallback reader).
    """

    code: str
    message: str
    span: Span


class Deprecation(msgspec.Struct, frozen=True, array_like=True):
    """A `@deprecated` mark in a doc comment. `name` is "" for the whole module."""

    name: str
    message: str
    span: Span


class Comment(msgspec.Struct, frozen=True, array_like=True):
    """A comment that speaks to the auditor (`auditor: ignore[EP101] reason`), without its markers."""

    text: str
    span: Span


class Commented(msgspec.Struct, frozen=True, array_like=True):
    """Code that stands in a comment, as it would be read without the markers."""

    body: tuple[Statement, ...]
    span: Span


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """Everything that one file says: its neutral form and what stands in its comments.

    `called` holds the last names of everything the file calls (`get` for `api.get(…)`), sorted.
    `directives` are string statements at the top ("use client", "use server").
    `generated` is true where a header comment says so ("do not edit", "@generated"…).
    `commented` is code with calls in it that stands in comments.
    """

    dialect: Dialect
    body: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    called: tuple[str, ...] = ()
    directives: tuple[str, ...] = ()
    deprecations: tuple[Deprecation, ...] = ()
    comments: tuple[Comment, ...] = ()
    generated: bool = False
    lines: int = 0
    commented: tuple[Commented, ...] = ()
