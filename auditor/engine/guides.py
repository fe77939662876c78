"""Which Markdown files describe how the two sides talk: by their diagrams, HTTP examples and tables of endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from auditor.engine.listing import Entry
from auditor.engine.places import Places
from auditor.model.finding import Diagnostic

LARGEST_GUIDE = 2_000_000
"""Bytes. A larger file is data, not something people read."""

_ENDINGS = (".md", ".mdx", ".markdown")
_SPEAKING = re.compile(
    rb"sequenceDiagram|^\s*(?:```|~~~)\s*http\b|^\s*\|[^\n]*\b(?:GET|POST|PUT|PATCH|DELETE)\b[^\n]*/",
    re.MULTILINE,
)
# What was, what may come and what others think is no promise.
_OTHERWISE = re.compile(
    r"(?:^|[/_.\s-])(?:change-?logs?|history|releases?|news|plans?|planning|proposals?|rfcs?|adrs?|road-?map|to-?do|"
    r"archived?|legacy|deprecated|old|prd|gaps?|audits?|reports?|reviews?|analys[ie]s|experiments?|migrations?|research|ideas?|design|tasks?|"
    r"specs?|prompts?)(?:[/_.\s-]|$)",
    re.IGNORECASE,
)


def find_guides(root: Path, entries: Iterable[Entry], places: Places) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The guides, sorted as the entries are, and a `too-large` diagnostic for each Markdown file that is not read."""
    found: list[str] = []
    problems: list[Diagnostic] = []
    for entry in entries:
        path = entry.path
        if entry.kind != "file" or not path.lower().endswith(_ENDINGS) or _OTHERWISE.search(path):
            continue
        if not places.holds_settings(path) or path != path.encode("utf-8", "replace").decode():
            continue
        if entry.size > LARGEST_GUIDE:
            message = f"{entry.size:,} bytes; documents above {LARGEST_GUIDE:,} are not read"
            problems.append(Diagnostic("too-large", message, path, 1))
        elif _speaks(root / path):
            found.append(path)
    return tuple(found), problems


def _speaks(path: Path) -> bool:
    try:
        return _SPEAKING.search(path.read_bytes()) is not None
    except OSError:
        return False
