"""Which gaps two revisions have in common, and which changed line each of the others goes back to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.history.git import FileChange, Hunk
from auditor.model.finding import Evidence, Finding
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Cause:
    """The changed line that a gap goes back to. `removed`: the line stood in the base. `sure` if the finding itself
    points there, else it is the change that speaks of the same thing."""

    file: str
    line: int
    text: str
    removed: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A gap that came or went, and why, if a changed line explains it."""

    finding: Finding
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The gaps of two revisions, in the order of the findings."""

    new: tuple[Moved, ...]
    fixed: tuple[Moved, ...]
    persisting: tuple[Finding, ...]


def compare(base: Sequence[Finding], head: Sequence[Finding], changed: Sequence[FileChange]) -> Comparison:
    """Matches by fingerprint, as often as it occurs; a renamed file keeps its gaps."""
    renamed = {change.old: change.new for change in changed if change.old and change.new and change.old != change.new}
    before = Counter(_as_renamed(finding, renamed).fingerprint for finding in base)
    after = Counter(finding.fingerprint for finding in head)
    new, persisting = _split(head, before, lambda finding: finding.fingerprint)
    fixed, _ = _split(base, after, lambda finding: _as_renamed(finding, renamed).fingerprint)
    return Comparison(
        tuple(Moved(finding, cause_of(finding, changed, came=True)) for finding in new),
        tuple(Moved(finding, cause_of(finding, changed, came=False)) for finding in fixed),
        tuple(persisting),
    )


def cause_of(finding: Finding, changed: Sequence[FileChange], came: bool) -> Cause | None:
    """The changed line behind a gap that came (its places are those of the head) or went (of the base).

    First its own line; then, as the other side of an absence is a line that is gone, one that was removed (for a gap
    that went: added) and speaks of its subject; then the other places of the finding.
    """
    places = [piece.location for piece in (*finding.evidence, *finding.places)]
    places += [step.location for step in finding.provenance]
    by_file: Mapping[str, FileChange] = {(one.new if came else one.old): one for one in changed}
    spoken = _by_words(finding, changed)
    for number, place in enumerate(places):
        if number == 1 and spoken is not None and spoken.removed is came:
            return spoken
        change = by_file.get(place.file)
        hit = next((hunk for hunk in change.hunks if _touches(hunk, place, came)), None) if change else None
        if hit is not None and change is not None:
            return _at_place(change, hit, place, came)
    return spoken


def _split(
    findings: Sequence[Finding], others: Counter[str], key: Callable[[Finding], str]
) -> tuple[list[Finding], list[Finding]]:
    """Those without and those with a counterpart."""
    left = Counter(others)
    alone: list[Finding] = []
    paired: list[Finding] = []
    for finding in findings:
        name = key(finding)
        (paired if left[name] > 0 else alone).append(finding)
        left[name] -= 1
    return alone, paired


def _as_renamed(finding: Finding, renamed: Mapping[str, str]) -> Finding:
    evidence = tuple(_moved(piece, renamed) for piece in finding.evidence)
    return replace(finding, evidence=evidence)


def _moved(piece: Evidence, renamed: Mapping[str, str]) -> Evidence:
    file = renamed.get(piece.location.file)
    return replace(piece, location=Location(file, piece.location.span)) if file else piece


def _touches(hunk: Hunk, place: Location, came: bool) -> bool:
    first, count = hunk.new if came else hunk.old
    return count > 0 and first <= place.span.end_line and place.line < first + count


def _at_place(change: FileChange, hunk: Hunk, place: Location, came: bool) -> Cause:
    first, count = hunk.new if came else hunk.old
    lines = hunk.added if came else hunk.removed
    line = min(max(place.line, first), first + count - 1)
    text = lines[line - first].strip() if line - first < len(lines) else ""
    return Cause(change.new if came else change.old, line, text, removed=not came, sure=True)


def _by_words(finding: Finding, changed: Sequence[FileChange]) -> Cause | None:
    """The changed line with most of the words that the finding is about; what was removed counts first."""
    words = {word for word in re.findall(r"[A-Za-z_][\w-]{2,}", finding.subject) if word.lower() not in _COMMON}
    best: tuple[int, int, Cause] | None = None
    for removed, file, line, text in _changed_lines(changed):
        count = sum(bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)) for word in words)
        if count and (best is None or (count, removed) > best[:2]):
            best = (count, int(removed), Cause(file, line, text.strip(), removed, sure=False))
    return best[2] if best else None


def _changed_lines(changed: Sequence[FileChange]) -> Iterator[tuple[bool, str, int, str]]:
    for change in changed:
        for hunk in change.hunks:
            for offset, text in enumerate(hunk.removed):
                yield True, change.old, hunk.old[0] + offset, text
            for offset, text in enumerate(hunk.added):
                yield False, change.new, hunk.new[0] + offset, text


_COMMON = frozenset({"get", "post", "put", "patch", "delete", "api", "request", "response", "backend", "frontend"})
