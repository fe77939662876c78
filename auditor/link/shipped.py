"""Which source files belong to the audited backends and frontends, without their tests, examples and scripts?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.link.literal_places import is_sideline
from auditor.model.facts import FileFacts


def shipped_files(facts: Mapping[str, FileFacts], roots: Sequence[str]) -> tuple[str, ...]:
    """The files below one of the roots ("." for everything), sorted, that no generator made."""
    return tuple(
        file
        for file in sorted(facts)
        if not is_sideline(file) and not facts[file].generated and any(_is_below(file, root) for root in roots)
    )


def _is_below(file: str, root: str) -> bool:
    return root in (".", "") or file.startswith(f"{root}/")
