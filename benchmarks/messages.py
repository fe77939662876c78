"""Scores the message types of every channel against truth that was established by reading the code.

    python -m benchmarks.messages CORPUS_FOLDER [--project NAME]... [--notes]

CORPUS_FOLDER/<name> holds a checkout; `truth/<name>/messages.json` lists, by channel and side, the types
with their places, and the findings that must and must not be there. A type counts as found if the same
side of the same channel has it, whatever the place. Types that only a library handles are left out.
Exit code 1 if a finding is missing or a forbidden one is there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SIDES = ("backend_sends", "frontend_handles", "frontend_sends", "backend_handles")


@dataclass(frozen=True, slots=True)
class Score:
    """Types by channel and side: how many there are, how many were found, how many were made up."""

    project: str
    truth: int
    found: int
    surplus: int
    notes: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def line(self) -> str:
        """The figures."""
        recall = self.found / self.truth if self.truth else 1.0
        marks = "marks agree" if not self.wrong else "; ".join(self.wrong)
        return f"{self.project:12} types {self.found}/{self.truth} = {recall:.3f}, surplus {self.surplus}, {marks}"


def score(project: str, truth: Mapping[str, Any], messages: list[Any], findings: list[Any]) -> Score:
    """Compares the lists of `auditor channels` and `auditor run` with the labels."""
    got = {channel["channel"]: channel for channel in messages}
    notes: list[str] = []
    total = found = surplus = 0
    for channel in truth["channels"]:
        seen = got.get(channel["channel"], {})
        for side in SIDES:
            wanted = {row[0] for row in channel[side] if row[3] != "library"}
            types = {
                one["type"] for one in seen.get(side, {}).get("messages", []) if one["key"] in ("", "type", "event")
            }
            total += len(wanted)
            found += len(wanted & types)
            surplus += len(types - wanted - {""}) if wanted else 0
            notes += [f"{channel['channel']} {side}: {kind} not found" for kind in sorted(wanted - types)]
            notes += [
                f"{channel['channel']} {side}: {kind} is surplus" for kind in sorted(types - wanted - {""}) if wanted
            ]
    said = {(one["rule"] if "rule" in one else one["code"], one["message"]) for one in findings}
    wrong = [f"{code} {what} is missing" for code, what in truth["findings"] if not _said(said, code, what)]
    wrong += [f"{code} {what} must not be there" for code, what in truth["forbidden"] if _said(said, code, what)]
    return Score(project, total, found, surplus, tuple(notes), tuple(wrong))


def _said(said: set[tuple[str, str]], code: str, what: str) -> bool:
    return any(one == code and what in message for one, message in said)


def _auditor(command: str, checkout: Path, *options: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "auditor", command, str(checkout), "--format", "json", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)


def main() -> int:
    """Prints a line per project."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--project", action="append")
    parser.add_argument("--notes", action="store_true")
    options = parser.parse_args()
    failed = False
    for file in sorted((HERE / "truth").glob("*/messages.json")):
        project = file.parent.name
        checkout = options.corpus / project
        if not checkout.is_dir() or (options.project and project not in options.project):
            continue
        messages = _auditor("channels", checkout)["messages"]
        findings = _auditor("run", checkout, "--exit-zero")["findings"]
        result = score(project, json.loads(file.read_text(encoding="utf-8")), messages, findings)
        print(result.line)
        if options.notes:
            print("".join(f"  {note}\n" for note in result.notes), end="")
        failed |= bool(result.wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
