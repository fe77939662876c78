"""Which files of the audited path are read, and why the others are not."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from auditor.config import Config
from auditor.engine.documents import ENDINGS, LARGEST_DOCUMENT, is_document
from auditor.engine.guides import find_guides
from auditor.engine.listing import Entry, list_entries
from auditor.engine.others import find_others
from auditor.engine.places import Places, dialect_of, is_bundle, is_test
from auditor.engine.settings import LARGEST_SETTING, is_setting, may_be_setting
from auditor.extract import BUNDLED, LARGEST, is_bundled, is_minified
from auditor.model.finding import Diagnostic
from auditor.model.inventory import Inventory, SourceFile


def discover(root: Path, config: Config) -> Inventory:
    """The inventory of `root`, the same whatever the order of the file system and with or without git.

    Diagnostics: `no-such-path`, `not-a-folder`, `no-sources` about the path as a whole (its file is
    "."); `unreadable`, `too-large`, `minified`, `built` about a file.
    """
    unusable = _unusable(root)
    if unusable is not None:
        return Inventory(str(root), (), (), (), (), {}, (unusable,))
    root = root.resolve()
    listed = list_entries(root)
    places = Places(entry.path for entry in listed)
    entries = [entry for entry in listed if not config.excludes(entry.path)]
    verdicts = [verdict for entry in entries if (verdict := _verdict(root, entry, places)) is not None]
    settings, oversized = _settings(root, entries, places)
    guides, too_long = find_guides(root, entries, places)

    skipped = Counter(verdict.reason for verdict in verdicts if isinstance(verdict, _Skip))
    skipped.update("excluded" for entry in listed if dialect_of(entry.path) and config.excludes(entry.path))
    skipped.update("test" for verdict in verdicts if isinstance(verdict, _Test))
    sources = tuple(verdict for verdict in verdicts if isinstance(verdict, SourceFile))
    diagnostics = [verdict.diagnostic for verdict in verdicts if isinstance(verdict, _Skip) and verdict.diagnostic]
    named = [path for path in config.backend if path.endswith(ENDINGS) and (root / path).is_file()]
    documents = tuple(sorted(set(_documents(root, entries, places, named))))
    if not sources and not documents:
        diagnostics.append(Diagnostic("no-sources", "no Python or TypeScript source here", ".", 1))
    return Inventory(
        root=str(root),
        sources=sources,
        settings=settings,
        tests=tuple(verdict.file for verdict in verdicts if isinstance(verdict, _Test)),
        public=tuple(entry.path for entry in entries if entry.kind == "file" and places.is_public(entry.path)),
        skipped=dict(sorted(skipped.items())),
        diagnostics=tuple(sorted([*diagnostics, *oversized, *too_long], key=lambda found: (found.file, found.code))),
        documents=documents,
        guides=guides,
        others=find_others(entries, places),
    )


@dataclass(frozen=True, slots=True)
class _Skip:
    """A source file, or a folder of them, that is left out."""

    reason: str
    diagnostic: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class _Test:
    file: SourceFile


_Verdict: TypeAlias = SourceFile | _Test | _Skip


def _unusable(root: Path) -> Diagnostic | None:
    if not os.path.lexists(root):
        return Diagnostic("no-such-path", f"there is no {root}", ".", 1)
    if not root.is_dir():
        return Diagnostic("not-a-folder", f"{root} is not a folder", ".", 1)
    return None


def _verdict(root: Path, entry: Entry, places: Places) -> _Verdict | None:
    """None for what is no source file by its name, and for the hidden files in which tools are configured."""
    path = entry.path
    if entry.kind == "installed":
        return _Skip("vendored")
    dialect = dialect_of(path)
    if entry.kind == "locked" and (dialect is None or not places.left_out(path)):
        return _Skip("unreadable", Diagnostic("unreadable", "no permission to look inside", _shown(path) or ".", 1))
    if entry.kind == "link" and (dialect is not None or (root / path).is_dir()):
        return _link(root, path)
    if dialect is None:
        return None
    reason = places.left_out(path)
    if reason:
        return None if reason == "hidden" else _Skip(reason)
    if is_bundle(path):
        return _Skip("minified")
    if entry.kind != "file" or not os.access(root / path, os.R_OK):
        return _Skip("unreadable", Diagnostic("unreadable", "not a file that can be read", _shown(path), 1))
    if not _is_text(path):
        message = "its name is not UTF-8, so no output could name it"
        return _Skip("unreadable", Diagnostic("unreadable", message, _shown(path), 1))
    file = SourceFile(path, dialect, entry.size)
    if is_test(path):
        return _Test(file)
    return _size_verdict(root, file)


def _link(root: Path, path: str) -> _Skip:
    # What a link points to is read where it stands, if it is below the audited path at all.
    if (root / path).exists():
        return _Skip("symlink")
    message = "a symbolic link that leads nowhere or to itself"
    return _Skip("unreadable", Diagnostic("unreadable", message, _shown(path), 1))


def _size_verdict(root: Path, file: SourceFile) -> SourceFile | _Skip:
    if file.size > LARGEST:
        message = f"{file.size:,} bytes; files above {LARGEST:,} are not read"
        return _Skip("too-large", Diagnostic("too-large", message, file.path, 1))
    if not file.path.endswith("js") or file.size < 20_000:
        return file
    try:
        content = (root / file.path).read_bytes()
    except OSError as error:
        message = error.strerror or "cannot be read"
        return _Skip("unreadable", Diagnostic("unreadable", message, file.path, 1))
    if is_minified(content, file.dialect):
        message = "built code: its lines are too long to be written by hand"
        return _Skip("minified", Diagnostic("minified", message, file.path, 1))
    if is_bundled(content, file.dialect):
        return _Skip("built", Diagnostic("built", BUNDLED, file.path, 1))
    return file


def _settings(root: Path, entries: Iterable[Entry], places: Places) -> tuple[tuple[str, ...], list[Diagnostic]]:
    named = [
        entry
        for entry in entries
        if entry.kind == "file" and may_be_setting(entry.path) and places.holds_settings(entry.path)
    ]
    small = [entry.path for entry in named if entry.size <= LARGEST_SETTING and _is_text(entry.path)]
    message = f"larger than {LARGEST_SETTING:,} bytes: not read as settings"
    large = [entry.path for entry in named if entry.size > LARGEST_SETTING and not entry.path.endswith("html")]
    return (
        tuple(path for path in small if is_setting(root, path)),
        [Diagnostic("too-large", message, _shown(path), 1) for path in large],
    )


def _documents(root: Path, entries: Iterable[Entry], places: Places, named: Iterable[str]) -> Iterator[str]:
    """The files that are API documents by what they say, and those that the user named."""
    yield from named
    for entry in entries:
        if entry.kind != "file" or not entry.path.endswith(ENDINGS) or entry.size > LARGEST_DOCUMENT:
            continue
        if _is_text(entry.path) and places.holds_settings(entry.path) and is_document(root, entry.path):
            yield entry.path


def _is_text(path: str) -> bool:
    return path == _shown(path)


def _shown(path: str) -> str:
    return path.encode("utf-8", "replace").decode()
