"""What breaks while a change is rolled out: the old frontend with the new backend, and the reverse."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.engine.places import dialect_of
from auditor.model.facts import Dialect
from auditor.model.finding import Finding, Severity, Side
from auditor.model.graph import ProjectGraph


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination. `broken` are its critical and high gaps that neither revision has by itself."""

    frontend: str
    backend: str
    counts: Mapping[Severity, int]
    broken: tuple[Finding, ...] = ()


def mix(frontend: Path, backend: Path, graphs: tuple[ProjectGraph, ProjectGraph], target: Path) -> None:
    """Writes a tree with the frontend of one exported revision and the backend of another one.

    `graphs` are those of the two: what belongs to which side is told by the services found in either.
    """
    for source, side in ((backend, Side.BACKEND), (frontend, Side.FRONTEND)):
        for path in sorted(source.rglob("*")):
            name = path.relative_to(source).as_posix()
            if path.is_file() and side_of(name, graphs) is side:
                place = target / name
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)


def side_of(name: str, graphs: tuple[ProjectGraph, ...]) -> Side:
    """The side that a file belongs to: the innermost service above it, and where two share a folder its language."""
    depths = dict.fromkeys((Side.BACKEND, Side.FRONTEND), -1)
    for graph in graphs:
        for service in graph.services:
            if service.root == "." or name.startswith(f"{service.root}/"):
                depth = 0 if service.root == "." else service.root.count("/") + 1
                depths[service.side] = max(depths[service.side], depth)
    if depths[Side.BACKEND] != depths[Side.FRONTEND]:
        return Side.BACKEND if depths[Side.BACKEND] > depths[Side.FRONTEND] else Side.FRONTEND
    dialect = dialect_of(name)
    if dialect is not None:
        return Side.BACKEND if dialect is Dialect.PYTHON else Side.FRONTEND
    return Side.FRONTEND if name.endswith((".json", ".html")) else Side.BACKEND


def cell(frontend: str, backend: str, findings: tuple[Finding, ...], known: frozenset[str]) -> Cell:
    """The cell of a combination; `known` are the fingerprints of the two revisions by themselves."""
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    serious = tuple(one for one in findings if one.severity.rank <= Severity.HIGH.rank and one.fingerprint not in known)
    return Cell(frontend, backend, counts, serious)
