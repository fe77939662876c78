"""Scores `auditor verify` on a report whose claims were checked by hand.

    python -m benchmarks.verify CHECKOUT REPORT.md GAPS.json [--notes]

GAPS.json lists the report's gaps: {"id": "GAP-001", "true_in_code": "yes" | "partly" | "no"}. A section whose
title begins with the id agrees if it is confirmed, partly, or refuted or stale. Prints how many agree, how many could
not be checked, and how many were confirmed though they are false; exit code 1 if there are any of these.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS = {"confirmed": "yes", "partly": "partly", "refuted": "no", "stale": "no"}


@dataclass(frozen=True, slots=True)
class VerifyScore:
    """Gaps, those whose verdict agrees, those without one, and those that are false and were confirmed."""

    gaps: int
    agree: int
    unchecked: int
    wrongly_confirmed: int
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The figures."""
        return (
            f"gaps={self.gaps} agree={self.agree} not-checkable={self.unchecked} "
            f"wrongly-confirmed={self.wrongly_confirmed}"
        )


def score_verify(truth: Sequence[Mapping[str, Any]], sections: Sequence[Mapping[str, Any]]) -> VerifyScore:
    """Compares verdicts of sections with labels."""
    agree = unchecked = wrong = 0
    notes: list[str] = []
    for gap in truth:
        verdict = next((one["verdict"] for one in sections if one["title"].startswith(f"{gap['id']}:")), "")
        said = WORDS.get(verdict, "")
        agree += said == gap["true_in_code"]
        unchecked += not said
        wrong += said == "yes" and gap["true_in_code"] != "yes"
        if said != gap["true_in_code"]:
            notes.append(f"{gap['id']}: {verdict or 'no claim read'}, labelled {gap['true_in_code']}")
    return VerifyScore(len(truth), agree, unchecked, wrong, tuple(notes))


def main(arguments: Sequence[str]) -> int:
    """Runs the command on one checkout and prints the figures."""
    checkout, report, labels = arguments[:3]
    command = [sys.executable, "-m", "auditor", "verify", report, checkout, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        print(done.stderr.strip())
        return 1
    truth = json.loads(Path(labels).read_text(encoding="utf-8"))
    score = score_verify(truth, json.loads(done.stdout)["sections"])
    print("\n".join([*(score.notes if "--notes" in arguments else ()), score.line]))
    return 1 if score.wrongly_confirmed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
