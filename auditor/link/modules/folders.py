"""How do paths inside the audited project combine? Forward slashes, relative to the root, "" is the root."""

from __future__ import annotations

import posixpath


def folder_of(file: str) -> str:
    """The folder that holds the file; "" for a file at the root."""
    return file.rpartition("/")[0]


def join(folder: str, relative: str) -> str | None:
    """`relative` seen from `folder`, without dots; None where it leaves the project."""
    path = posixpath.normpath(posixpath.join("/", folder, "./" + relative).replace("//", "/"))
    depth = len([part for part in folder.split("/") if part])
    for part in relative.split("/"):
        if part == "..":
            depth -= 1
        elif part not in ("", "."):
            depth += 1
        if depth < 0:
            return None
    return path.lstrip("/")


def ancestors(folder: str) -> tuple[str, ...]:
    """The folder itself and all folders above it, nearest first; the last one is the root ""."""
    found = [folder]
    while folder:
        folder = folder_of(folder)
        found.append(folder)
    return tuple(found)


def holds(folder: str, path: str) -> bool:
    """Whether the path is the folder or lies below it."""
    return not folder or path == folder or path.startswith(folder + "/")
