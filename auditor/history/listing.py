"""The comparison of two revisions, for people and for machines."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.history.compare import Cause, Moved
from auditor.history.deploy import Cell
from auditor.history.revisions import RevisionDiff
from auditor.model.finding import Finding, Severity
from auditor.report import records
from auditor.report.escape import cropped, one_line, visible
from auditor.report.records import Record
from auditor.report.report import SCHEMA_VERSION, first_location

_WIDTH = 140


def diff_text(diff: RevisionDiff) -> str:
    """New gaps with their causes, fixed ones, how many persist, and the deploy matrix."""
    comparison = diff.comparison
    lines = [f"{visible(diff.base.label)} .. {visible(diff.head.label)}", ""]
    lines += _group("new", comparison.new, diff.authors)
    lines += _group("fixed", comparison.fixed, {})
    lines += [f"{len(comparison.persisting)} persisting"]
    if diff.matrix:
        lines += ["", *_matrix(diff.matrix)]
    return "\n".join(lines) + "\n"


def diff_json(diff: RevisionDiff) -> str:
    """`{"schema_version", "base", "head", "summary", "new": […], "fixed": […], "persisting": […], "matrix": […]}`."""
    comparison = diff.comparison
    return records.dump(
        {
            "schema_version": SCHEMA_VERSION,
            "base": {"name": diff.base.asked, "commit": diff.base.commit},
            "head": {"name": diff.head.asked, "commit": diff.head.commit},
            "summary": {
                "new": len(comparison.new),
                "fixed": len(comparison.fixed),
                "persisting": len(comparison.persisting),
            },
            "new": [_moved(one, diff.authors) for one in comparison.new],
            "fixed": [_moved(one, {}) for one in comparison.fixed],
            "persisting": [_finding(one) for one in comparison.persisting],
            "matrix": [
                {
                    "frontend": cell.frontend,
                    "backend": cell.backend,
                    **{severity.value: cell.counts[severity] for severity in Severity},
                    "broken": [_finding(one) for one in cell.broken],
                }
                for cell in diff.matrix
            ],
        }
    )


def _group(title: str, moved: Sequence[Moved], authors: dict[str, str]) -> list[str]:
    lines = [f"{len(moved)} {title}"]
    for one in moved:
        finding, place = one.finding, first_location(one.finding)
        head = f"{finding.severity:<8}  {finding.code}  {place.file}:{place.line}  {finding.message}"
        lines.append(f"  {cropped(one_line(head), _WIDTH)}")
        lines.append(f"            {_cause(one.cause, authors.get(finding.fingerprint, ''))}")
    return [*lines, ""]


def _cause(cause: Cause | None, author: str) -> str:
    if cause is None:
        return "no changed line on either side explains it"
    sign = "-" if cause.removed else "+"
    by = f"  [{visible(author)}]" if author else ""
    how = "" if cause.sure else "perhaps "
    return cropped(one_line(visible(f"{how}by {cause.file}:{cause.line}  {sign} {cause.text}{by}")), _WIDTH)


def _matrix(cells: Sequence[Cell]) -> list[str]:
    lines = ["deploy matrix           critical  high  only in this combination"]
    for cell in cells:
        name = f"{cell.frontend} frontend, {cell.backend} backend"
        counts = f"{cell.counts[Severity.CRITICAL]:>5}{cell.counts[Severity.HIGH]:>8}"
        lines.append(f"{name:<24}{counts}  {len(cell.broken):>5}")
        for one in cell.broken[:10]:
            place = first_location(one)
            lines.append(
                cropped(f"  {one.code}  {visible(place.file)}:{place.line}  {one_line(visible(one.message))}", _WIDTH)
            )
    return lines


def _moved(one: Moved, authors: dict[str, str]) -> Record:
    cause: Record | None = None
    if one.cause is not None:
        cause = {
            "file": one.cause.file,
            "line": one.cause.line,
            "text": one.cause.text,
            "revision": "base" if one.cause.removed else "head",
            "sure": one.cause.sure,
            "commit": authors.get(one.finding.fingerprint, ""),
        }
    return {**_finding(one.finding), "cause": cause}


def _finding(finding: Finding) -> Record:
    place = first_location(finding)
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "subject": finding.subject,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "file": place.file,
        "line": place.line,
    }
