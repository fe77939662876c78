"""Paths as documents write them: with sample values where a parameter stands."""

from __future__ import annotations

import re

from auditor.model.segments import is_generic, segments

_HOLE = re.compile(r"\{[^}]*\}|<[^>]*>|:\w+|\$\{[^}]*\}|\[\w+\]")


def template(path: str) -> str:
    """The path with a parameter for each sample value: `/threads/t_1/runs` gives `/threads/{threadId}/runs`."""
    parts: list[str] = []
    before = ""
    for part in segments(path.partition("?")[0]):
        if _HOLE.fullmatch(part):
            parts.append("{" + re.sub(r"^\w+:|[^\w]", "", re.sub(r"^[<:{$\[]+|[>}\]]+$", "", part)) + "}")
        elif _follows_collection(before) and _is_value(part):
            parts.append("{" + _singular(before) + "Id}")
        else:
            parts.append(part)
        before = part
    return "/" + "/".join(parts)


def _follows_collection(before: str) -> bool:
    return len(before) > 3 and before.endswith("s") and not before.endswith("ss") and not is_generic(before)


def _is_value(part: str) -> bool:
    """Whether a segment looks like a value: a number, an identifier with digits, or words joined by dashes."""
    return bool(re.search(r"\d", part) or re.fullmatch(r"[\w]+(?:[-_][\w]+)+", part)) and not is_generic(part)


def _singular(word: str) -> str:
    name = re.sub(r"[-_](\w)", lambda match: match[1].upper(), word)
    return f"{name[:-3]}y" if name.endswith("ies") else name[:-1]
