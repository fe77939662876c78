"""Which values of a Python enum does the backend's code never make, or single out to leave them out?

A value that is only ever compared against is not sent; one that stands in `if kind != Kind.DRAFT: rows.append(…)` most
likely is filtered. This is a hint, not a proof: whoever uses it becomes less sure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.link.evaluate.walk import children
from auditor.link.types.scope import Project, last
from auditor.model import form
from auditor.model.facts import Dialect
from auditor.model.shape import EnumType

_COMPARISONS = frozenset({"==", "!=", "is", "is not", "in", "not in"})
_FILTERS = frozenset({"!=", "not in", "is not"})


@dataclass(slots=True)
class _Named:
    made: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    from_outside: bool = False


def unsent_values(project: Project, enum: EnumType) -> frozenset[str]:
    """The text values that are left out, or that no code makes; only files that import the enum are looked at."""
    named = _Named()
    for file, facts in project.facts.items():
        if facts.dialect is not Dialect.PYTHON:
            continue
        local = enum.name if file == enum.location.file else _local(project, file, enum.name)
        if local:
            for statement in facts.body:
                if not (isinstance(statement, form.Class) and statement.name == enum.name):
                    _visit(statement, local, named)
    # Where most values are made by name, the others are not; where few are, they come from a database or a request.
    by_name = not named.from_outside and len(named.made) * 2 > len(enum.values)
    return frozenset(
        value.value
        for value in enum.values
        if isinstance(value.value, str) and (value.name in named.left_out or (by_name and value.name not in named.made))
    )


def _local(project: Project, file: str, name: str) -> str:
    return next((local for local, full in project.imported_names(file).items() if last(full) == name), "")


def _visit(node: form.Node, local: str, named: _Named) -> None:
    match node:
        case form.Binary(operator, left, right) if operator in _COMPARISONS:
            members = {name for side in (left, right) for name in _members(side, local)}
            if operator in _FILTERS:
                named.left_out |= members
            return
        case form.Member(form.Name(id), name) if id == local:
            named.made.add(name)
            return
        case form.Call(form.Name(id)) if id == local:
            named.from_outside = True
        case _:
            pass
    for child in children(node):
        _visit(child, local, named)


def _members(node: form.Node, local: str) -> set[str]:
    match node:
        case form.Member(form.Name(id), name) if id == local:
            return {name}
        case form.Member(object, "value"):
            return _members(object, local)
        case form.Array(items):
            return {name for item in items for name in _members(item, local)}
        case _:
            return set()
