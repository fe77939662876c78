"""Which hierarchy of error classes in the frontend is meant to mirror which one of the backend?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.model.errors import ErrorClass
from auditor.model.finding import Side
from auditor.model.graph import ProjectGraph

_ENDING = re.compile(r"(error|exception|err)$")
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Mirror:
    """Two hierarchies, their classes that belong together, and those of the backend that have no counterpart.

    Their topmost classes belong together without having to be named alike. `of` counts the backend's classes.
    """

    backend: ErrorClass
    frontend: ErrorClass
    pairs: tuple[tuple[ErrorClass, ErrorClass], ...]
    missing: tuple[ErrorClass, ...]
    of: int


def mirrors(graph: ProjectGraph) -> tuple[Mirror, ...]:
    """At most one per hierarchy of the frontend, in their order.

    Enough of the backend's classes, at least half, must have a counterpart of the same name or code: then the rest
    is meant to have one too.
    """
    found: list[Mirror] = []
    theirs = families(graph, Side.BACKEND)
    for family in families(graph, Side.FRONTEND):
        best = max((_mirror(other, family) for other in theirs), key=lambda one: len(one.pairs), default=None)
        if best is not None and len(best.pairs) >= max(_ENOUGH, (len(best.pairs) + len(best.missing)) / 2):
            found.append(best)
    return tuple(found)


def families(graph: ProjectGraph, side: Side) -> tuple[tuple[ErrorClass, ...], ...]:
    """The hierarchies of one side, each with its topmost class first, by place."""
    groups: dict[str, list[ErrorClass]] = {}
    for one in graph.errors:
        if one.side is side:
            groups.setdefault(one.root, []).append(one)
    return tuple(tuple(sorted(group, key=lambda one: not one.is_root)) for group in groups.values())


def plain(name: str) -> str:
    """A class's name without what all of them end with: "notfound" for `NotFoundException`."""
    return _ENDING.sub("", name.lower().replace("_", ""))


def _mirror(backend: tuple[ErrorClass, ...], frontend: tuple[ErrorClass, ...]) -> Mirror:
    by_name = {plain(one.name): one for one in frontend}
    by_code = {one.code: one for one in frontend if one.code}
    pairs: list[tuple[ErrorClass, ErrorClass]] = []
    missing: list[ErrorClass] = []
    for one in backend:
        other = by_name.get(plain(one.name)) or by_code.get(one.code)
        if other is not None and not (one.is_root or other.is_root):
            pairs.append((one, other))
        elif not one.is_root:
            missing.append(one)
    return Mirror(backend[0], frontend[0], tuple(pairs), tuple(missing), len(backend))
