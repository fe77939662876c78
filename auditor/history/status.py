"""What became of every gap that an audit ever found: first seen, last seen, resolved in, seen again."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from auditor.model.finding import Finding
from auditor.report import records
from auditor.report.records import Record
from auditor.report.report import first_location

STATUS_VERSION = 1


class StatusError(Exception):
    """A status file that cannot be used. The text is one line for the user."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap over time. Revisions are texts (`1a2b3c4 2026-01-31`). `resolved_in` is "" while it is there,
    `reopened_in` the last revision in which it came back."""

    fingerprint: str
    code: str
    name: str
    severity: str
    subject: str
    message: str
    file: str
    first_seen: str
    last_seen: str
    resolved_in: str = ""
    reopened_in: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The gaps in the order in which they were first seen."""

    gaps: tuple[Gap, ...] = ()

    @property
    def open(self) -> int:
        """How many are there now."""
        return sum(not gap.resolved_in for gap in self.gaps)


def updated(status: Status, findings: Sequence[Finding], revision: str, judged: Set[str]) -> Status:
    """The status after an audit. `judged` are the codes of the rules whose findings are all there: gaps of these that
    are no longer found are resolved. The same audit again changes nothing."""
    current = {finding.fingerprint: finding for finding in findings}
    kept = [_followed(gap, current.get(gap.fingerprint), revision, judged) for gap in status.gaps]
    known = {gap.fingerprint for gap in status.gaps}
    new = [_gap(finding, revision) for key, finding in current.items() if key not in known]
    return Status((*kept, *new))


def read_status(text: str) -> Status:
    """The status in a file's text; raises `StatusError`."""
    try:
        data = json.loads(text)
        if data["version"] != STATUS_VERSION:
            raise StatusError(f"version {data['version']} is not known; this is for version {STATUS_VERSION}")
        return Status(tuple(_read(entry) for entry in data["gaps"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StatusError(f"not a status file: {type(error).__name__}: {error}") from None


def status_text(status: Status) -> str:
    """The file's text: one gap per entry, keys in a fixed order."""
    gaps: list[Record] = [
        {name: getattr(gap, name) for name in Gap.__dataclass_fields__ if getattr(gap, name) or name in _ALWAYS}
        for gap in status.gaps
    ]
    return records.dump({"version": STATUS_VERSION, "gaps": gaps})


_ALWAYS = ("fingerprint", "code", "first_seen", "last_seen", "resolved_in")


def _followed(gap: Gap, finding: Finding | None, revision: str, judged: Set[str]) -> Gap:
    if finding is None:
        return gap if gap.resolved_in or gap.code not in judged else replace(gap, resolved_in=revision)
    again = replace(gap, severity=finding.severity.value, message=finding.message, last_seen=revision)
    return replace(again, resolved_in="", reopened_in=revision) if gap.resolved_in else again


def _gap(finding: Finding, revision: str) -> Gap:
    return Gap(
        finding.fingerprint,
        finding.code,
        finding.name,
        finding.severity.value,
        finding.subject,
        finding.message,
        first_location(finding).file,
        revision,
        revision,
    )


def _read(entry: Any) -> Gap:
    return Gap(**{name: str(entry.get(name, "")) for name in Gap.__dataclass_fields__})
