"""What a library says on a channel by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Protocol:
    """A protocol that a library of the frontend handles. `*` in a type stands for any text.

    `required` are the fields a message must have, by type; `strict`: the library refuses it without.
    `creates` is the part that a message becomes in the client's history, and `parts` the fields of
    each part when the client sends the history back. `states` are the states of a part with the messages after which
    it is in each, `answers` those that ask the backend to go on when they are sent back. `source` is the page or schema
    it was taken from. `elsewhere` are types that only another version of the library knows, with the name of that
    version's protocol; empty where the version in use is not known. `besides` are fields that a part can have and that
    no message of the backend gives it.
    """

    name: str
    source: str
    key: str
    strict: bool
    required: Mapping[str, tuple[str, ...]]
    creates: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    besides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def entry(self, kind: str) -> str | None:
        """The entry of the protocol for a type ("data-*" for "data-weather")."""
        if kind in self.required:
            return kind
        return next((one for one in self.required if one.endswith("*") and kind.startswith(one[:-1])), None)

    def has_part(self, kind: str) -> bool:
        """Whether the client may keep a part of this kind."""
        return self.part(kind) is not None

    def part(self, kind: str) -> str | None:
        """The entry for a part ("tool-*" for "tool-weather")."""
        if kind in self.parts:
            return kind
        return next((one for one in self.parts if one.endswith("*") and kind.startswith(one[:-1])), None)
