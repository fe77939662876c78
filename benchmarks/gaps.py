"""Checks what a report says against what a careful reader says about the same project.

    python -m benchmarks.gaps PROJECT REPORT.json [--notes]

REPORT.json is the output of `auditor run --format json`. `truth/PROJECT/demands.json` lists demands, each of
a gap of `gaps.json` or of `NOTES.md`:

    {"gap": "GAP-008", "what": "the seven error classes", "codes": ["ER101"],
     "at": ["api-errors.ts"], "says": ["MissingFieldError"], "places": 3, "never": false, "in": "findings"}

A demand is met by one entry of the report (`in`: "findings", "auth" or another table below "coverage") that has
one of the codes, all files and all texts, and at least so many places. With `never` no such entry may be there
above low. Prints one line of figures; `--notes` also prints what is not met.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

HERE = Path(__file__).resolve().parent
QUIET = ("low", "info")

Demand: TypeAlias = Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True)
class GapScore:
    """Demands and gaps, how many of each are met, and a line for each demand that is not."""

    demands: int
    met: int
    gaps: int
    whole: int
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The figures."""
        return f"demands={self.demands} met={self.met} gaps={self.gaps} whole={self.whole}"


def score_gaps(demands: Sequence[Demand], report: Mapping[str, Any]) -> GapScore:
    """Which demands a report meets. A gap is `whole` if all of its demands are met."""
    unmet = [demand for demand in demands if not _is_met(demand, report)]
    gaps = {demand["gap"] for demand in demands}
    broken = {demand["gap"] for demand in unmet}
    notes = tuple(f"{demand['gap']}: {demand['what']}" for demand in unmet)
    return GapScore(len(demands), len(demands) - len(unmet), len(gaps), len(gaps - broken), notes)


def main(arguments: Sequence[str]) -> int:
    """Scores one report."""
    demands = json.loads((HERE / "truth" / arguments[0] / "demands.json").read_text(encoding="utf-8"))
    report = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    score = score_gaps(demands, report)
    print("\n".join([*(score.notes if "--notes" in arguments else ()), score.line]))
    return 0


def _is_met(demand: Demand, report: Mapping[str, Any]) -> bool:
    found = [entry for entry in _entries(demand, report) if _fits(demand, entry)]
    if demand.get("never"):
        return all(entry.get("severity") in QUIET for entry in found)
    return bool(found)


def _entries(demand: Demand, report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    table = demand.get("in", "findings")
    yield from report["findings"] if table == "findings" else report["coverage"].get(table, ())


def _fits(demand: Demand, entry: Mapping[str, Any]) -> bool:
    if demand.get("codes") and entry.get("code") not in demand["codes"]:
        return False
    text = json.dumps(entry, ensure_ascii=False)
    places = len(entry.get("locations", ())) + len(entry.get("places", ()))
    wanted = (*demand.get("at", ()), *demand.get("says", ()))
    return all(piece in text for piece in wanted) and places >= demand.get("places", 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
