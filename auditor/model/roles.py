"""Which roles and permissions does the backend know, and which of them has a counterpart in the frontend?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import ProjectGraph
from auditor.model.shape import EnumType, FieldType, ListOf, Model, OneOf, Ref, Scalar, Shape

_NAMED = re.compile(r"^(User|Auth|App|Access|System|Api)?(Role|Permission|Scope|Privilege)s?(Type|Enum|Name)?$")
_HELD = re.compile(r"(^|_)(role|permission|scope|privilege)s?$", re.IGNORECASE)
_FEW = 3


@dataclass(frozen=True, slots=True)
class RoleSet:
    """An enum of roles or permissions, the sets of the frontend that hold at least half of its values, and the
    fields of the frontend's types that hold such a value as plain text, with their types. `travels`: a model of the
    backend has a field of the enum."""

    backend: EnumType
    mirrors: tuple[EnumType, ...]
    held: tuple[tuple[Model, FieldType], ...]
    travels: bool


def role_sets(graph: ProjectGraph) -> tuple[RoleSet, ...]:
    """Enums of at least three values that are called after the roles, permissions or scopes of a user, by key."""
    found: list[RoleSet] = []
    theirs = [enum for enum in graph.enums.values() if enum.side == "frontend"]
    travelling = {
        key
        for model in graph.models.values()
        if model.side == "backend"
        for field in model.fields
        for key in _references(field.shape)
    }
    for enum in graph.enums.values():
        if enum.side != "backend" or enum.open or len(enum.values) < _FEW or not _NAMED.search(enum.name):
            continue
        values = {str(value.value) for value in enum.values}
        mirrors = tuple(other for other in theirs if 2 * len(values & _texts(other)) >= len(values))
        found.append(RoleSet(enum, mirrors, _held(graph, enum), enum.key in travelling))
    return tuple(found)


def _held(graph: ProjectGraph, enum: EnumType) -> tuple[tuple[Model, FieldType], ...]:
    """Fields of the frontend that are called after the enum and are plain text, or a list of it.

    What a component is given does not travel, and its `role` may be that of an element of the page.
    """
    named = _NAMED.search(enum.name)
    word = named.group(2).lower() if named else ""
    return tuple(
        (model, field)
        for model in graph.models.values()
        if model.side == "frontend" and not model.name.endswith("Props")
        for field in model.fields
        if _HELD.search(field.wire) and word in field.wire.lower() and _is_text(field.shape)
        # OAuth's `scope` is a list of them in one text (RFC 6749, section 3.3).
        if field.wire != "scope"
    )


def _is_text(shape: Shape) -> bool:
    match shape:
        case Scalar("string", ""):
            return True
        case ListOf(item):
            return _is_text(item)
        case OneOf(options):
            return any(map(_is_text, options))
        case _:
            return False


def _references(shape: Shape) -> Iterator[str]:
    match shape:
        case Ref(key):
            yield key
        case ListOf(item):
            yield from _references(item)
        case OneOf(options):
            for option in options:
                yield from _references(option)
        case _:
            pass


def _texts(enum: EnumType) -> set[str]:
    return {str(value.value) for value in enum.values}
