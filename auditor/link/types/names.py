"""Do two type names speak of the same thing?"""

from __future__ import annotations

import re
from functools import cache

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_AFFIXES = frozenset(
    [
        "response",
        "request",
        "schema",
        "dto",
        "read",
        "out",
        "in",
        "model",
        "type",
        "enum",
        "input",
        "output",
        "payload",
        "serializer",
        "serialiser",
        "api",
        "entity",
        "data",
    ]
)
_REQUEST = frozenset({"request", "input", "in", "create", "update", "patch", "payload"})
_RESPONSE = frozenset({"response", "output", "out", "read", "result"})
# Words that say what kind of thing it is, not which: `JobStatus` and `OrderStatus` have nothing in common.
_VAGUE_WORDS = """
    action api app base category code config data event field filter format id info item key kind level list message
    mode name option order result sort source state status target value
"""
_VAGUE = _AFFIXES | frozenset(_VAGUE_WORDS.split())


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case and singular: `LLMProviderTypes` gives llm, provider, type."""
    plain = re.sub(r"[\[<].*", "", name)
    return tuple(_singular(part.lower()) for part in _PARTS.findall(plain))


@cache
def normalised(name: str) -> str:
    """The name without what only says how it is used: `IUserReadDTO` and `UserResponse` are both `user`."""
    parts = list(words(name))
    if len(parts) > 1 and parts[0] == "i" and name[:1] == "I":
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in _AFFIXES:
        parts.pop()
    return "".join(parts)


@cache
def significant(name: str) -> frozenset[str]:
    """The words that tell it from other things of its kind."""
    return frozenset(word for word in words(name) if word not in _VAGUE and len(word) > 2)


def direction_of(name: str) -> str:
    """ "request" or "response" where the name says so, "both" otherwise."""
    found = set(words(name))
    if found & _REQUEST and not found & _RESPONSE:
        return "request"
    if found & _RESPONSE and not found & _REQUEST:
        return "response"
    return "both"


def agree(first: str, second: str) -> bool:
    """Whether neither name speaks of a request where the other speaks of a response."""
    return {direction_of(first), direction_of(second)} != {"request", "response"}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
