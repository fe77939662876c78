"""Audits two revisions of a repository and compares them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from auditor.config import Config, load_config
from auditor.history.compare import Comparison, Moved, compare
from auditor.history.deploy import Cell, cell, mix
from auditor.history.git import Repository, Revision, author_of, changes, export
from auditor.model.finding import Finding
from auditor.pipeline import audit
from auditor.report.report import Report

Configure = Callable[[Config], Config]
"""What the command line changes in the configuration of a revision."""


@dataclass(frozen=True, slots=True)
class RevisionDiff:
    """Two revisions, what came, went and stayed, and the four combinations of their halves (none if not asked for).
    `authors` name the commit of each new gap's changed line, by fingerprint."""

    base: Revision
    head: Revision
    comparison: Comparison
    matrix: tuple[Cell, ...]
    authors: dict[str, str]


def diff_revisions(
    repo: Repository, base: Revision, head: Revision, configure: Configure, matrix: bool, processes: int | None = None
) -> RevisionDiff:
    """Exports both revisions into a temporary folder and audits them there. The work tree is not touched.

    Raises `GitError`.
    """
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        old, new = Path(folder, "base"), Path(folder, "head")
        export(repo, base.commit, old)
        export(repo, head.commit, new)
        before, after = _audit(old, configure, processes), _audit(new, configure, processes)
        changed = changes(repo, base.commit, head.commit)
        comparison = compare(before.gaps, after.gaps, changed)
        cells: tuple[Cell, ...] = ()
        if matrix:
            cells = _matrix(Path(folder), (old, new), (before, after), configure, processes)
        return RevisionDiff(base, head, comparison, cells, _authors(repo, head, comparison.new))


def _audit(root: Path, configure: Configure, processes: int | None) -> Report:
    return audit(root, configure(load_config(root)), processes)


def _matrix(
    folder: Path, roots: tuple[Path, Path], reports: tuple[Report, Report], configure: Configure, processes: int | None
) -> tuple[Cell, ...]:
    (old, new), (before, after) = roots, reports
    graphs = (before.graph, after.graph)
    known = frozenset(finding.fingerprint for report in reports for finding in report.gaps)
    mixed: list[tuple[Finding, ...]] = []
    for number, (front, back) in enumerate(((old, new), (new, old))):
        target = folder / f"mixed{number}"
        mix(front, back, graphs, target)
        mixed.append(_audit(target, configure, processes).gaps if target.exists() else ())
    return (
        cell("old", "old", before.gaps, known),
        cell("old", "new", mixed[0], known),
        cell("new", "old", mixed[1], known),
        cell("new", "new", after.gaps, known),
    )


def _authors(repo: Repository, head: Revision, new: tuple[Moved, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in new[:200]:
        if one.cause and not one.cause.removed:
            name = author_of(repo, head.commit, one.cause.file, one.cause.line)
            if name:
                found[one.finding.fingerprint] = name
    return found
