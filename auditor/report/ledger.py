"""The unresolved ledger for people: one line per reason instead of one per place."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.span import Location
from auditor.report.report import Report


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """All ledger entries of one kind with one reason; `places` in the order of the ledger, each once."""

    kind: str
    reason: str
    count: int
    places: tuple[Location, ...]


def grouped_ledger(report: Report) -> tuple[ReasonGroup, ...]:
    """The groups, the most frequent first, then by kind and reason."""
    groups: dict[tuple[str, str], list[Location | None]] = {}
    for note in report.ledger:
        groups.setdefault((note.kind, note.reason), []).append(note.location)
    found = [
        ReasonGroup(kind, reason, len(places), tuple(dict.fromkeys(place for place in places if place)))
        for (kind, reason), places in groups.items()
    ]
    return tuple(sorted(found, key=lambda group: (-group.count, group.kind, group.reason)))
