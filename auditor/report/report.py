"""The report: what every renderer reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from auditor.model.finding import Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.span import NOWHERE, Location
from auditor.report.excerpt import Sources

SCHEMA_VERSION = 1
"""Version of every JSON the auditor prints. Keys may be added to a version, never renamed or removed."""


class Health(StrEnum):
    """The project in a word."""

    FAILING = "failing"  # something critical
    AT_RISK = "at risk"  # something high
    FAIR = "fair"  # something medium
    HEALTHY = "healthy"  # low findings at most
    UNKNOWN = "unknown"  # no gap, but a side was not found: nothing was compared


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the unresolved ledger: something that could not be told, and why."""

    kind: str
    location: Location | None
    reason: str


@dataclass(frozen=True)
class Report:
    """Everything a renderer may show, in the order in which it shows it.

    `findings` are sorted by severity, code and first location. `sources` gives the lines of a file for
    excerpts. `prefix` is the audited folder seen from the root of its repository ("services/app"),
    for outputs whose paths start there. `suppressed` counts the findings that somebody accepted.
    """

    graph: ProjectGraph
    findings: tuple[Finding, ...]
    sources: Sources
    prefix: str = ""
    suppressed: int = 0

    @cached_property
    def gaps(self) -> tuple[Finding, ...]:
        """The findings about the audited code: all but those of severity info."""
        return tuple(finding for finding in self.findings if finding.severity is not Severity.INFO)

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """Findings per severity, critical first; each severity has an entry."""
        return {severity: sum(found.severity is severity for found in self.findings) for severity in Severity}

    @property
    def health(self) -> Health:
        """The worst severity in a word."""
        for severity, health in _HEALTH.items():
            if self.counts[severity]:
                return health
        return Health.UNKNOWN if self.absent_sides else Health.HEALTHY

    @property
    def absent_sides(self) -> tuple[Side, ...]:
        """The sides that were not found."""
        sides = ((Side.BACKEND, self.graph.backends), (Side.FRONTEND, self.graph.frontends))
        return tuple(side for side, services in sides if not services)

    @cached_property
    def ledger(self) -> tuple[Note, ...]:
        """What could not be told: the graph's own ledger, then info findings about other places."""
        entries = [Note(entry.kind, entry.location, entry.reason) for entry in self.graph.unresolved]
        known = {(entry.location.file, entry.location.line) for entry in self.graph.unresolved}
        known |= {(problem.file, problem.line) for problem in self.graph.diagnostics}
        for finding in self.findings:
            place = finding.evidence[0].location if finding.evidence else None
            if finding.severity is Severity.INFO and (place is None or (place.file, place.line) not in known):
                entries.append(Note(finding.name, place, finding.message))
        return tuple(entries)

    @property
    def losses(self) -> tuple[str, ...]:
        """What keeps the analysis from being complete: files with problems and parts of the backend whose
        routes are not all known. The ledger's calls are not among them."""
        files = [
            f"{problem.file}: {problem.message}" for problem in self.graph.diagnostics if problem.code not in _HARMLESS
        ]
        stems = [f"routes below {stem or '/'}: {reason}" for stem, reason in self.graph.open_stems.items()]
        return (*files, *stems)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)


def build_report(
    graph: ProjectGraph, findings: Iterable[Finding], source_lines: Sources, prefix: str = "", suppressed: int = 0
) -> Report:
    """The report of a linked project and of what the rules found in it, in any order."""
    return Report(graph, tuple(sorted(findings, key=_order)), source_lines, prefix, suppressed)


def first_location(finding: Finding) -> Location:
    """The place to look at first; the start of no file for a finding without a place."""
    return finding.evidence[0].location if finding.evidence else Location("", NOWHERE)


_HEALTH: Mapping[Severity, Health] = {
    Severity.CRITICAL: Health.FAILING,
    Severity.HIGH: Health.AT_RISK,
    Severity.MEDIUM: Health.FAIR,
}


# Read in full, by the second reader.
_HARMLESS = frozenset({"newer-syntax"})


def _order(finding: Finding) -> tuple[int, str, Location, str, str]:
    return finding.severity.rank, finding.code, first_location(finding), finding.subject, finding.message
