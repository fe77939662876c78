"""How a type is written for people: `User[]`, `"a" | "b"`, `{id: number, …}`."""

from __future__ import annotations

import json
from dataclasses import dataclass

from auditor.model.graph import ProjectGraph
from auditor.model.shape import (
    AnyShape,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    Shape,
    UnknownShape,
    Value,
    Values,
)


@dataclass(frozen=True, slots=True)
class Speller:
    """Writes types of one project; references are written with the names of what they refer to."""

    graph: ProjectGraph

    def __call__(self, shape: Shape | None) -> str | None:
        """The type on one line; None stays None."""
        return None if shape is None else self._spell(shape, 0)

    def name(self, key: str) -> str:
        """The declared name behind a key of a model or enum."""
        declared = self.graph.models.get(key) or self.graph.enums.get(key)
        return declared.name if declared else key.rpartition(":")[2]

    def _spell(self, shape: Shape, depth: int) -> str:
        match shape:
            case Scalar(kind, form):
                return f"{kind}({form})" if form else kind
            case Values(values):
                return _listed([spell_value(value) for value in values])
            case Ref(key):
                return self.name(key)
            case ListOf(item):
                inner = self._spell(item, depth)
                return f"({inner})[]" if isinstance(item, OneOf | Values) and "|" in inner else f"{inner}[]"
            case MapOf(value):
                return f"{{[key]: {self._spell(value, depth)}}}"
            case OneOf(options):
                return " | ".join(dict.fromkeys(self._spell(option, depth) for option in options))
            case Inline(fields, more):
                return self._inline(fields, more, depth)
            case AnyShape():
                return "any"
            case UnknownShape():
                return "?"

    def _inline(self, fields: tuple[FieldType, ...], more: bool, depth: int) -> str:
        if depth >= _DEPTH and fields:
            return "{…}"
        shown = [
            f"{field.wire}{'' if field.required else '?'}: {self._spell(field.shape, depth + 1)}" for field in fields
        ]
        rest = ["…"] if more or len(shown) > _FIELDS else []
        return "{" + ", ".join(shown[:_FIELDS] + rest) + "}"


def spell_value(value: Value) -> str:
    """A constant as JSON writes it."""
    return json.dumps(value.value, ensure_ascii=False)


_DEPTH = 2
_FIELDS = 6
_CONSTANTS = 8


def _listed(texts: list[str]) -> str:
    shown = texts[:_CONSTANTS] + ([f"… {len(texts) - _CONSTANTS} more"] if len(texts) > _CONSTANTS else [])
    return " | ".join(shown)
