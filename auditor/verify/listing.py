"""The checked claims of a report, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.report import records
from auditor.report.escape import cropped, one_line, visible
from auditor.report.records import Record
from auditor.report.report import SCHEMA_VERSION
from auditor.verify.claim import Checked, CheckedSection, Proof, Verdict

_ORDER = (Verdict.CONFIRMED, Verdict.REFUTED, Verdict.STALE, Verdict.UNCHECKABLE)
_WIDTH = 100


def checked_text(report: str, sections: Sequence[CheckedSection]) -> str:
    """One block per section: its verdict, then each claim with its line, verdict, reason and first place."""
    if not sections:
        return f"{visible(report)}: no claim that code could answer\n"
    blocks = [_block(section) for section in sections]
    return "\n".join([*blocks, _summary(sections)]) + "\n"


def checked_json(report: str, sections: Sequence[CheckedSection]) -> str:
    """`{"schema_version", "report", "summary", "sections": [{"title", "line", "verdict", "claims": […]}]}`; a claim has
    "line", "kind", "text", "central", "verdict", "reason" and "evidence", each with "file", "line" and "what"."""
    return records.dump(
        {
            "schema_version": SCHEMA_VERSION,
            "report": report,
            "summary": _counts(sections),
            "sections": [
                {
                    "title": section.title,
                    "line": section.line,
                    "verdict": section.verdict,
                    "claims": [_record(one) for one in section.claims],
                }
                for section in sections
            ],
        }
    )


def _counts(sections: Sequence[CheckedSection]) -> dict[str, int]:
    counts = Counter(one.answer.verdict for section in sections for one in section.claims)
    return {verdict.value: counts[verdict] for verdict in _ORDER}


def _record(one: Checked) -> Record:
    return {
        "line": one.claim.line,
        "kind": type(one.claim.subject).__name__.lower(),
        "text": one.claim.text,
        "central": one.claim.central,
        "verdict": one.answer.verdict,
        "reason": one.answer.reason,
        "evidence": [_proof(proof) for proof in one.answer.proofs],
    }


def _proof(proof: Proof) -> Record:
    return {"file": proof.location.file, "line": proof.location.line, "what": proof.what}


def _block(section: CheckedSection) -> str:
    title = cropped(one_line(visible(section.title)), _WIDTH) or "(above the first heading)"
    lines = [f"{title}  line {section.line}: {section.verdict}"]
    for one in section.claims:
        said = cropped(one_line(visible(one.claim.text)), _WIDTH)
        place = one.answer.proofs[0].location if one.answer.proofs else None
        where = f" ({visible(place.file)}:{place.line})" if place else ""
        lines.append(f"  {one.claim.line:>5}  {one.answer.verdict:<13}  {said}")
        lines.append(f"{'':24}{cropped(one_line(visible(one.answer.reason)), 2 * _WIDTH)}{where}")
    return "\n".join(lines) + "\n"


def _summary(sections: Sequence[CheckedSection]) -> str:
    counts = _counts(sections)
    total = sum(counts.values())
    parts = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    return f"{total} claim{'' if total == 1 else 's'}: {parts}"
