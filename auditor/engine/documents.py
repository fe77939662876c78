"""Which files are API documents that may stand for a backend."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

LARGEST_DOCUMENT = 8_000_000
"""Bytes."""

_HEAD = 4_000
_NAMED = re.compile(r"(?i).*(openapi|swagger|api|schema|spec).*\.(json|ya?ml)")
_TELLING = re.compile("(?i)openapi|swagger")
_SPEAKING = re.compile(rb"""(?m)^[\s{]*["']?(openapi|swagger)["']?\s*:\s*["']?(3\.|2\.0)""")
_SORTED = re.compile(rb""",\s*"(openapi|swagger)"\s*:\s*"(3\.|2\.0)""")
ENDINGS = (".json", ".yaml", ".yml")


def is_document(root: Path, path: str) -> bool:
    """Whether a file is an OpenAPI or Swagger document: its name may well be, and its first lines say so; in JSON whose
    keys are sorted (`components` comes first) a later one does."""
    name = path.rpartition("/")[2]
    if not _NAMED.fullmatch(name):
        return False
    whole = name.endswith(".json") and _TELLING.search(name) is not None
    try:
        with (root / path).open("rb") as file:
            if _SPEAKING.search(file.read(_HEAD)) is not None:
                return True
            return whole and _SORTED.search(file.read(LARGEST_DOCUMENT)) is not None
    except OSError:
        return False


def read_documents(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The texts of documents by path; a file that cannot be read is an empty text."""
    texts: dict[str, str] = {}
    for path in paths:
        try:
            texts[path] = (root / path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            texts[path] = ""
    return texts
