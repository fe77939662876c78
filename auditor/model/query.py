"""Query strings: which names a URL carries behind its `?`."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote_plus

from auditor.model.carried import NO_KEYS, Keys, united
from auditor.model.value import Hole, Text

QUERY = "?"
"""The `environment` of a hole that stands for a query string."""


def query_of(url: Text) -> Keys:
    """The names in the query of a URL; open where a hole may bring further ones."""
    for position, part in enumerate(url.parts):
        if isinstance(part, Hole):
            if part.environment == QUERY:
                return _placed(names_in(url.parts[position:]), url)
            continue
        _, mark, rest = part.partition("#")[0].partition("?")
        if mark:
            more = () if "#" in part else url.parts[position + 1 :]
            return _placed(names_in((rest, *more)), url)
        if "#" in part:
            return NO_KEYS
    *_, before, last = ("", "", *url.parts)
    if isinstance(last, Hole) and not (isinstance(before, str) and before.endswith("/")):
        return Keys((), f"{last.reason} may be a query")
    return NO_KEYS


def names_in(parts: Sequence[str | Hole]) -> Keys:
    """The names of `a=1&b=2`, in pieces."""
    names: list[str] = []
    found: list[Keys] = []
    name, in_value, starts = "", False, True
    for part in parts:
        if isinstance(part, Hole):
            if part.query is not None:
                found.append(part.query)
            elif part.environment == QUERY:
                found.append(Keys((), part.reason))
            elif not in_value or not starts:
                found.append(Keys((), f"{part.reason} may be more of the query"))
            starts = False
            continue
        for character in part.partition("#")[0]:
            if character == "&":
                names += [name] if name else []
                name, in_value, starts = "", False, True
            elif character == "=" and not in_value:
                in_value, starts = True, True
            elif in_value:
                starts = character == ","  # `?ids=${a},${b}`
            else:
                name += character
                starts = False
    names += [name] if name else []
    return united((Keys(tuple(sorted({unquote_plus(one) for one in names}))), *found))


def _placed(keys: Keys, url: Text) -> Keys:
    return Keys(keys.names, keys.open, keys.places or url.trail[-1:])
