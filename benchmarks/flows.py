"""Scores how a guide is read: the arrows of its diagrams, and the places where it disagrees with itself.

    python -m benchmarks.flows GUIDE.md FLOWS.json [--notes]

FLOWS.json has `calls` (one entry per arrow: line, actors, text, method, path_template) and `inconsistencies` (id,
lines, severity, what). One counts as found if a finding of FL110 about the guide points to one of its lines (three
lines off at most) and has the check of `CHECKS` for it. One of severity "none" is a negative control: it counts
as silent if nothing of its kind is said. Exit code 1 if an arrow differs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.link.guides.project import guides_of
from auditor.model.guide import Contradiction, Guide

CHECKS: Mapping[str, str] = {
    "IN-01": "numbering",
    "IN-03": "envelope",
    "IN-04": "native-error-event",
    "IN-05": "payload-undocumented",
    "IN-06": "stream-credentials",
    "IN-07": "timer-not-cleared",
    "IN-08": "timeout-race",
    "IN-09": "timeout-while-connecting",
    "IN-10": "endless-polling",
    "IN-11": "no-failure-state",
    "IN-12": "incomplete-example",
    "IN-13": "two-owners",
    "IN-14": "field-lost",
    "IN-15": "field-not-used",
    "IN-17": "parameter-place",
    "IN-18": "feature-without-endpoint",
    "IN-19": "dead-end",
    "IN-20": "limit-without-answer",
    "IN-21": "unseen-refusal",
    "IN-22": "casing",
    "IN-24": "activation",
}


@dataclass(frozen=True, slots=True)
class FlowScore:
    """Arrows that are read as labelled, and inconsistencies that are found."""

    arrows: int
    same: int
    inconsistencies: int
    found: int
    controls: int
    silent: int
    notes: tuple[str, ...]

    @property
    def line(self) -> str:
        """The figures."""
        return (
            f"arrows={self.same}/{self.arrows} inconsistencies={self.found}/{self.inconsistencies} "
            f"controls-silent={self.silent}/{self.controls}"
        )


def score_flows(truth: Mapping[str, Any], guide: Guide) -> FlowScore:
    """Compares a guide with its labels."""
    notes: list[str] = []
    wanted, got = [_labelled(entry) for entry in truth["calls"]], _arrows(guide)
    same = sum(left == right for left, right in zip(wanted, got, strict=False)) if len(wanted) == len(got) else 0
    notes += [f"arrow: {left} read as {right}" for left, right in zip(wanted, got, strict=False) if left != right]
    paths = {(call.location.line, call.method, call.template) for call in guide.calls}
    labels = {(one["line"], one["method"], one["path_template"]) for one in truth["calls"] if one["method"]}
    notes += [f"path: {one}" for one in sorted(labels ^ paths)]
    real = [one for one in truth["inconsistencies"] if one["severity"] != "none"]
    controls = [one for one in truth["inconsistencies"] if one["severity"] == "none"]
    found = [one for one in real if any(_is_about(said, one) for said in guide.contradictions)]
    notes += [f"{one['id']} not found: {one['what']}" for one in real if one not in found]
    # A control is about paths that agree, arrows that are no requests, and listeners that need not be removed.
    loud = {said.check for said in guide.contradictions} & {"path-mismatch", "listener-not-removed"}
    spoken = len(labels ^ paths) > 0
    silent = 0 if loud or spoken else len(controls)
    return FlowScore(len(wanted), same, len(real), len(found), len(controls), silent, tuple(notes))


def main(arguments: Sequence[str]) -> int:
    """Reads one guide and prints the figures."""
    text = Path(arguments[0]).read_text(encoding="utf-8")
    truth = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    guides, problems = guides_of({"GUIDE.md": text}, {})
    if not guides or problems:
        print("the guide cannot be read")
        return 1
    score = score_flows(truth, guides[0])
    print("\n".join([*(score.notes if "--notes" in arguments else ()), score.line]))
    return 0 if score.same == score.arrows else 1


def _arrows(guide: Guide) -> list[tuple[Any, ...]]:
    return [
        (arrow.line, arrow.source, arrow.target, "reply" if arrow.reply else "call", arrow.text, list(arrow.block))
        for diagram in guide.diagrams
        for arrow in diagram.arrows
    ]


def _labelled(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(entry[key] for key in ("line", "actor_from", "actor_to", "arrow", "text", "in_block"))


def _is_about(said: Contradiction, label: Mapping[str, Any]) -> bool:
    near = any(abs(place.line - line) <= 3 for place in said.places for line in label["lines"])
    return near and said.check == CHECKS.get(label["id"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
