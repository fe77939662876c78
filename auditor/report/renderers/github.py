"""Annotations for GitHub Actions: one workflow command per finding, printed to the log of a step.

Form and escapes: actions/toolkit `packages/core/src/command.ts` and `utils.ts`. GitHub keeps ten
errors, ten warnings and ten notices of a step and drops the rest in silence
(`docs/problem-matchers.md`), so the rest is counted here in a last notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import normpath

from auditor.model.finding import Evidence, Finding, Severity
from auditor.report.escape import TITLE_CHARACTERS, cropped, one_line, workflow_message, workflow_property
from auditor.report.excerpt import columns
from auditor.report.renderer import Renderer
from auditor.report.report import Report

LIMIT = 10
"""Annotations of one level that GitHub keeps per step."""


def render(report: Report) -> str:
    """One command per line, errors first; empty without findings."""
    levels: dict[str, list[Finding]] = {"error": [], "warning": [], "notice": []}
    for finding in report.gaps:
        levels[_LEVELS[finding.severity]].append(finding)
    # The closing notice is an annotation too: where one is needed, a notice makes room for it.
    crowded = any(len(found) > LIMIT for found in levels.values())
    room = {"error": LIMIT, "warning": LIMIT, "notice": LIMIT - 1 if crowded else LIMIT}
    lines = [_command(level, one, report) for level, found in levels.items() for one in found[: room[level]]]
    dropped = {level: len(found) - room[level] for level, found in levels.items() if len(found) > room[level]}
    return "".join(f"{line}\n" for line in [*lines, *_closing(dropped)])


RENDERER = Renderer(
    id="github", media="text/x-github-workflow-commands", extension="github.txt", render=render, commands=True
)

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}


def _command(level: str, finding: Finding, report: Report) -> str:
    properties = _position(finding.evidence[0], report) if finding.evidence else []
    properties.append(("title", cropped(one_line(f"{finding.code} {finding.name}"), TITLE_CHARACTERS)))
    shown = ",".join(f"{name}={workflow_property(value)}" for name, value in properties)
    return f"::{level} {shown}::{workflow_message(_message(finding))}"


def _position(evidence: Evidence, report: Report) -> list[tuple[str, str]]:
    location, span = evidence.location, evidence.location.span
    properties = [("file", _path(report.prefix, location.file)), ("line", str(span.start_line))]
    if span.end_line > span.start_line:
        # The runner refuses columns on an annotation of several lines.
        return [*properties, ("endLine", str(span.end_line))]
    first, last = columns(report.sources, location)
    properties += [("endLine", str(span.end_line)), ("col", str(first))]
    return [*properties, ("endColumn", str(last))] if last > first else properties


def _path(prefix: str, file: str) -> str:
    return normpath(f"{prefix}/{file}") if prefix else file


def _message(finding: Finding) -> str:
    first, *others = finding.evidence or (None,)
    lines = [one_line(finding.message)]
    if first and first.label:
        lines.append(f"here: {one_line(first.label)}")
    lines += [f"{_place(evidence)}: {one_line(evidence.label)}" for evidence in others if evidence]
    if finding.places:
        lines.append(f"also at {_places(finding.places)}")
    if finding.hint:
        lines.append(f"fix: {one_line(finding.hint)}")
    lines.append(f"{finding.severity} severity, {finding.confidence} confidence, {finding.fingerprint}")
    return "\n".join(lines)


def _place(evidence: Evidence) -> str:
    return f"{evidence.side} {evidence.location.file}:{evidence.location.line}"


def _places(places: tuple[Evidence, ...]) -> str:
    shown = [f"{one.location.file}:{one.location.line}" for one in places[:5]]
    return ", ".join(shown) + (f" and {len(places) - 5} more" if len(places) > 5 else "")


def _closing(dropped: dict[str, int]) -> Iterable[str]:
    if dropped:
        counts = ", ".join(f"{n} {level}{'s' if n > 1 else ''}" for level, n in dropped.items())
        text = f"{counts} not shown here: GitHub keeps {LIMIT} annotations of a level; the full report has all"
        yield f"::notice title=auditor::{workflow_message(text)}"
