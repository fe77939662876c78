"""What does a JSON settings file say, if comments and trailing commas are forgiven?

TypeScript reads its configuration so: https://www.typescriptlang.org/docs/handbook/tsconfig-json.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])', re.DOTALL)


def read_object(text: str) -> Mapping[str, object]:
    """The object a settings text holds; empty for what is broken or no object."""
    bare = _COMMENT.sub(lambda match: match[1] or "", text.removeprefix("\ufeff"))
    try:
        return mapping(json.loads(_TRAILING_COMMA.sub(lambda match: match[1] or "", bare)))
    except (ValueError, RecursionError):
        return {}


def mapping(value: object) -> Mapping[str, object]:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def strings(value: object) -> tuple[str, ...]:
    """The texts of a JSON array, or a single text."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def leaves(value: object) -> Iterator[str]:
    """All texts inside nested arrays and objects, in source order."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from leaves(item)
        case dict():
            for item in value.values():
                yield from leaves(item)
        case _:
            pass
