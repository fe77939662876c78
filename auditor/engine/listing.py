"""Which files stand below a folder, before anybody asks what they are."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.model.patterns import Patterns, matches, parse_patterns

INSTALLED = frozenset(
    {"node_modules", "bower_components", "jspm_packages", "site-packages", "dist-packages", "__pypackages__"}
    | {"venv", "virtualenv"}
)
"""Folders of installed packages, whatever stands around them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A path below the listed folder, with forward slashes. `size` is in bytes.

    `kind` is "file", "link" (a symbolic link, never followed), "installed" (a folder of installed
    packages, not entered), "locked" (a folder or file that cannot be looked at) or "other" (a pipe,
    a socket, a device).
    """

    path: str
    kind: str
    size: int = 0


def list_entries(root: Path) -> list[Entry]:
    """Everything below `root` that is not ignored, sorted by path.

    In a git work tree these are the tracked files and the untracked ones that no ignore rule names:
    what a fresh checkout has, plus work in progress. Elsewhere the folder is walked under its own
    `.gitignore` files. Hidden folders and repositories' own folders are not entered when walking.
    """
    listed = _git_paths(root)
    entries = _walk(root, "", ()) if not listed else _look_at(root, listed)
    return sorted(entries, key=lambda entry: entry.path)


def _git_paths(root: Path) -> list[str] | None:
    """None without git or outside a work tree; an empty list where an outer repository ignores `root`."""
    # A repository can name a program as its file monitor; listing somebody's files must not run it.
    # Inside a git hook, GIT_* variables speak of the repository that runs the hook.
    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "-co", "--exclude-standard", "-z"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    except OSError:
        return None
    if done.returncode != 0:
        return None
    return sorted({os.fsdecode(path) for path in done.stdout.split(b"\0") if path})


def _look_at(root: Path, paths: list[str]) -> Iterator[Entry]:
    installed: set[str] = set()
    for path in paths:
        folder = _installed_folder(path)
        if folder:
            installed.add(folder)
            continue
        try:
            status = os.lstat(root / path)
        except FileNotFoundError:
            continue  # deleted, but still in the index
        except OSError:
            yield Entry(path, "locked")
            continue
        if stat.S_ISDIR(status.st_mode):  # a submodule, or a repository of its own inside this one
            folder = path.rstrip("/")
            for entry in list_entries(root / folder):
                yield Entry(f"{folder}/{entry.path}", entry.kind, entry.size)
            continue
        yield Entry(path, _kind(status.st_mode), status.st_size)
    for folder in installed:
        yield Entry(folder, "installed")


def _installed_folder(path: str) -> str:
    """The outermost folder of installed packages above a path, or ""."""
    parts = path.split("/")[:-1]
    place = next((place for place, part in enumerate(parts) if part in INSTALLED), None)
    return "" if place is None else "/".join(parts[: place + 1])


def _walk(root: Path, folder: str, ignored: Patterns) -> Iterator[Entry]:
    try:
        with os.scandir(root / folder) as found:
            children = sorted(found, key=lambda child: child.name)
    except OSError:
        yield Entry(folder, "locked")
        return
    names = {child.name for child in children}
    if "pyvenv.cfg" in names and folder:
        yield Entry(folder, "installed")
        return
    if ".gitignore" in names:
        ignored = (*ignored, *_ignore_file(root / folder / ".gitignore", folder))
    for child in children:
        path = f"{folder}/{child.name}" if folder else child.name
        is_folder = child.is_dir(follow_symlinks=False)
        if matches(ignored, path, is_folder):
            continue
        if not is_folder:
            status = child.stat(follow_symlinks=False)
            yield Entry(path, _kind(status.st_mode), status.st_size)
        elif child.name in INSTALLED:
            yield Entry(path, "installed")
        elif not child.name.startswith("."):
            yield from _walk(root, path, ignored)


def _ignore_file(path: Path, folder: str) -> Patterns:
    try:
        return parse_patterns(path.read_text("utf-8", "replace").splitlines(), folder)
    except OSError:
        return ()


def _kind(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "file"
    return "link" if stat.S_ISLNK(mode) else "other"
