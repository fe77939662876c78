"""Scores which types the auditor paired, and what it says about them, against labels made by hand.

    python -m benchmarks.pairs PROJECT CHECKOUT [--notes]

PROJECT is a folder of `truth/` with `pairs.json` or `enums_models.json`, and perhaps `gaps.json` and
`tempting.json`. A label is met by a row of the type matrix whose two ends are declared, or were met, at
the labelled places. Prints one line of figures; `--notes` also prints what is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from auditor.config import Config
from auditor.model.finding import Confidence, Evidence, Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.model.span import Location
from auditor.pipeline import check, chosen_rules, link_project
from auditor.report.alignment import AlignmentRow, type_alignment

HERE = Path(__file__).resolve().parent
SLACK = 3
"""Lines by which a declaration may miss its label."""

Label: TypeAlias = Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True)
class PairScore:
    """Labels of wire pairs: `labels` of them, `paired`, and with the labelled `verdict`.

    `traps` are labels of types that only look alike, `fallen` those that are paired above low or accused.
    """

    labels: int
    paired: int
    verdict: int
    traps: int
    fallen: int
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The figures."""
        share = self.verdict / max(1, self.labels)
        return (
            f"pairs labels={self.labels} paired={self.paired} verdict={self.verdict} ({share:.2f}) "
            f"traps={self.traps} fallen={self.fallen}"
        )


def score_pairs(labels: Iterable[Label], rows: Sequence[AlignmentRow], findings: Sequence[Finding]) -> PairScore:
    """Labels whose backend is a library's or whose ends are no types (`kind: class_hierarchy`) are left out."""
    count = paired = verdict = traps = fallen = 0
    notes: list[str] = []
    for label in labels:
        ends = [end for end in (label["backend"], label["frontend"]) if end]
        if any(end["file"].startswith("<") or end.get("kind") in ("class_hierarchy", "inline_usage") for end in ends):
            continue
        met = [row for row in rows if _meets(row, label["backend"], label["frontend"])]
        title = " ↔ ".join(f"{end['name']} {end['file']}:{end['line']}" for end in ends)
        if not label["wire_pair"]:
            traps += 1
            accused = [one for one in findings if _accuses(one, ends)]
            sure = [row for row in met if row.confidence is not Confidence.LOW]
            if accused or sure:
                fallen += 1
                notes.append(f"trap    {title}: {[one.code for one in accused] or 'paired'}")
            continue
        count += 1
        paired += bool(met)
        verdict += any(
            str(row.status) == label["verdict"] or (row.status == "missing" and len(ends) < 2) for row in met
        )
        if not met:
            notes.append(f"missed  {title}")
        elif all(str(row.status) != label["verdict"] and row.status != "missing" for row in met):
            told = [(str(row.status), *row.differences) for row in met]
            notes.append(f"verdict {title}: {label['verdict']}, got {told}")
    return PairScore(count, paired, verdict, traps, fallen, tuple(notes))


def near_labels(
    labels: Iterable[Label], findings: Sequence[Finding], slack: int = SLACK
) -> Iterator[tuple[Label, list[Finding]]]:
    """Each label of a place, and the findings that stand at one of its places."""
    for label in labels:
        places = [(one["file"], one["line"]) for one in label["locations"]]
        near = [
            one
            for one in findings
            if any(_stands(piece.location, place, slack) for piece in _all(one) for place in places)
        ]
        yield label, near


def main(arguments: Sequence[str]) -> int:
    """Links the project, checks it with every rule, prints the figures."""
    project, checkout = arguments[0], Path(arguments[1])
    graph = link_project(checkout, Config())
    findings = check(graph, chosen_rules(Config()))
    print("\n".join(report(HERE / "truth" / project, graph, findings, "--notes" in arguments)))
    return 0


def report(truth: Path, graph: ProjectGraph, findings: Sequence[Finding], notes: bool) -> Iterator[str]:
    """The figures, line by line."""
    rows = type_alignment(graph)
    loud = [one for one in findings if one.severity.rank < Severity.LOW.rank]
    for name in ("pairs.json", "enums_models.json"):
        labels = _load(truth / name)
        if labels:
            chosen = [one for one in labels if one.get("sampled", True) or not one["wire_pair"]]
            score = score_pairs(chosen, rows, loud)
            everything = score_pairs(labels, rows, loud)
            yield from everything.notes if notes else ()
            yield f"sampled {score.line}"
            yield f"all     {everything.line}"
    gaps = _load(truth / "gaps.json")
    certain = [one for one in gaps if one.get("certainty") == "certain" and one["severity"] != "info"]
    if certain:
        audible = [one for one in findings if one.severity is not Severity.INFO]
        found = {one["id"]: near for one, near in near_labels(certain, audible)}
        for one in certain if notes else ():
            yield f"gap     {one['id']} {one['subject']}: {sorted({near.code for near in found[one['id']]})}"
        yield f"gaps certain={len(certain)} found={sum(bool(near) for near in found.values())}"
    tempting = _load(truth / "tempting.json")
    if tempting:
        fell = [(one, near) for one, near in near_labels(tempting, loud, 0) if near]
        for one, near in fell if notes else ():
            yield f"tempted {one['id']} {one['subject']}: {[near_one.message for near_one in near]}"
        yield f"tempting={len(tempting)} to read={len(fell)}"


def _load(path: Path) -> list[Label]:
    document = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return document if isinstance(document, list) and all(isinstance(one, dict) for one in document) else []


def _meets(row: AlignmentRow, backend: Label | None, frontend: Label | None) -> bool:
    if frontend is None:
        return backend is not None and row.status == "missing" and _ends(row.backend_at, backend)
    return backend is not None and _ends(row.backend_at, backend) and _ends(row.frontend_at, frontend)


def _ends(place: Location | None, end: Label) -> bool:
    return place is not None and _stands(place, (end["file"], end["line"]), SLACK)


def _stands(place: Location, wanted: tuple[str, int], slack: int) -> bool:
    return place.file == wanted[0] and abs(place.line - wanted[1]) <= slack


def _accuses(finding: Finding, ends: Sequence[Label]) -> bool:
    """Whether both ends of a label are places of one finding."""
    return len(ends) == 2 and all(any(_ends(piece.location, end) for piece in _all(finding)) for end in ends)


def _all(finding: Finding) -> tuple[Evidence, ...]:
    return (*finding.evidence, *finding.places)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
