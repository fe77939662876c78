"""What an audit has in front of it: which files are read as source, which as settings, which are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.model.facts import Dialect
from auditor.model.finding import Diagnostic


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file to extract facts from. `path` is relative to the audited path, with forward slashes; `size` in bytes."""

    path: str
    dialect: Dialect
    size: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of the audited path; every tuple is sorted by path and holds relative paths.

    `sources` is what ships. `tests` are test files: not audited, but kept by name, because a file
    that shipped code imports is not a test whatever it is called. `settings` are the small text
    files in which folders, aliases, proxies, environment variables and entry points are declared.
    `documents` are API documents (OpenAPI, Swagger), those that the user named among them.
    `guides` are Markdown files with sequence diagrams, HTTP examples or tables of endpoints.
    `others` are sources in other languages, in which servers may be written.
    `public` are files that a frontend's own server delivers as they are. `skipped` counts the
    source files left out by reason ("test", "vendored", "built", "minified", "excluded", "symlink",
    "too-large", "unreadable"); a folder of installed packages is not entered and counts once, as
    "vendored", and hidden files and folders (a tool's configuration) do not count. `diagnostics`
    name each file that should have been read and was not.
    """

    root: str
    sources: tuple[SourceFile, ...]
    settings: tuple[str, ...]
    tests: tuple[SourceFile, ...]
    public: tuple[str, ...]
    skipped: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
