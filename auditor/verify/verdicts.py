"""The verdict of each claim of a report, and of each of its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.model.document import Document, Section
from auditor.verify.check_code import check_cited, check_length, check_quoted
from auditor.verify.check_endpoints import check_called, check_mixed, check_prefix, check_route_count, check_served
from auditor.verify.check_names import check_declared, check_imported, check_resolved, check_setting, check_twice
from auditor.verify.check_parts import check_carried, check_importable
from auditor.verify.check_types import check_inherited, check_member, check_members, check_unmatched, check_value_count
from auditor.verify.claim import (
    Answer,
    Called,
    Carried,
    Checked,
    CheckedSection,
    Cited,
    Counted,
    Declared,
    Importable,
    Imported,
    Inherited,
    Member,
    Members,
    Mixed,
    Prefix,
    Quoted,
    Resolved,
    Served,
    Setting,
    Subject,
    Twice,
    Unit,
    Unmatched,
    Verdict,
)
from auditor.verify.ground import Ground
from auditor.verify.reading import readings


def verify(document: Document, ground: Ground) -> tuple[CheckedSection, ...]:
    """The sections of a report that claim something, with the answers."""
    checked = []
    for reading in readings(document):
        claims = tuple(Checked(claim, answer_of(claim.subject, ground)) for claim in reading.claims)
        verdict = section_verdict(reading.section, claims)
        checked.append(CheckedSection(reading.section.title, reading.section.line, verdict, claims))
    return tuple(checked)


def section_verdict(section: Section, claims: Sequence[Checked]) -> Verdict:
    """What the claims come to: those that say what the section is about, else its quotes, else its places.

    Where two quoted sides are said to differ, a side that does not read so refutes the difference.
    """
    groups = (
        [one for one in claims if one.claim.central],
        [one for one in claims if isinstance(one.claim.subject, Quoted)],
        [one for one in claims if isinstance(one.claim.subject, Cited)],
    )
    decided = [
        [one.answer.verdict for one in group if one.answer.verdict is not Verdict.UNCHECKABLE] for group in groups
    ]
    verdicts = next((group for group in decided if group), [])
    if not verdicts or (not decided[0] and not decided[1] and set(verdicts) == {Verdict.CONFIRMED}):
        return Verdict.UNCHECKABLE  # that files exist says nothing about what is said of them
    if not decided[0] and decided[1] and _only_elided(section, claims):
        return Verdict.UNCHECKABLE  # what is said to be missing may stand in what the quote leaves out
    if len(set(verdicts)) == 1:
        return verdicts[0]
    if Verdict.CONFIRMED not in verdicts:
        return Verdict.PARTLY if any(_mostly(one) for one in claims) else Verdict.REFUTED
    if not decided[0] and decided[1] and _DIFFERENCE.search(section.title):
        return Verdict.REFUTED
    return Verdict.PARTLY


def answer_of(subject: Subject, ground: Ground) -> Answer:
    """What the code says to one claim."""
    match subject:
        case Cited():
            return check_cited(subject, ground)
        case Quoted():
            return check_quoted(subject, ground)
        case Served():
            return check_served(subject, ground)
        case Called():
            return check_called(subject, ground)
        case Prefix():
            return check_prefix(subject, ground)
        case Mixed():
            return check_mixed(subject, ground)
        case Member():
            return check_member(subject, ground)
        case Members():
            return check_members(subject, ground)
        case Unmatched():
            return check_unmatched(subject, ground)
        case Declared():
            return check_declared(subject, ground)
        case Counted():
            return _count(subject, ground)
        case Imported():
            return check_imported(subject, ground)
        case Twice():
            return check_twice(subject, ground)
        case Inherited():
            return check_inherited(subject, ground)
        case Setting():
            return check_setting(subject, ground)
        case Resolved():
            return check_resolved(subject, ground)
        case Importable():
            return check_importable(subject, ground)
        case Carried():
            return check_carried(subject, ground)


_NEGATIVE = re.compile(r"n['’]t\b|\b(?:not|no|never|missing|ignor\w+|lacks?|without|unused)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\b(?:mismatch|casing|differ\w*|inconsisten\w*|disagree\w*|vs\.?|versus)\b", re.IGNORECASE)


def _only_elided(section: Section, claims: Sequence[Checked]) -> bool:
    """Whether a section about something missing rests on quotes that hold and are not complete."""
    quotes = [one for one in claims if isinstance(one.claim.subject, Quoted)]
    held = all(one.answer.verdict is Verdict.CONFIRMED for one in quotes)
    elided = any(isinstance(one.claim.subject, Quoted) and one.claim.subject.elided for one in quotes)
    return held and elided and _NEGATIVE.search(section.title) is not None


def _mostly(one: Checked) -> bool:
    """Whether a list of values is right but for a few."""
    return isinstance(one.claim.subject, Members) and one.answer.verdict is Verdict.STALE


def _count(counted: Counted, ground: Ground) -> Answer:
    match counted.unit:
        case Unit.VALUES:
            return check_value_count(counted, ground)
        case Unit.ROUTES | Unit.SOCKETS:
            return check_route_count(counted, ground)
        case Unit.TESTS | Unit.LINES:
            return check_length(counted, ground)
