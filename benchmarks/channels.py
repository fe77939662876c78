"""Scores the message types of every channel against labels that were written by reading the code.

    python -m benchmarks.channels CORPUS_FOLDER [--project NAME]... [--notes]

CORPUS_FOLDER/<name> holds a checkout; `truth/<name>/channels.json` lists, by channel and side, the types, and
`not_gaps`: types that look like gaps and are none. A type counts as found if the same side of the same channel has
it. A channel is known by
the end of its path. Exit code 1 if a type of `not_gaps` is reported above
low.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.config import Config
from auditor.model.finding import Finding
from auditor.pipeline import accepted, check, chosen_rules, link_project
from auditor.report.messages import message_record

HERE = Path(__file__).resolve().parent
SIDES = ("backend_sends", "frontend_handles", "frontend_sends", "backend_handles")
RULES = ("MS", "SE", "WS", "FL", "AU106")
LOUD = ("critical", "high", "medium")


@dataclass(frozen=True, slots=True)
class Score:
    """Types by channel and side: how many there are, were found, were made up; findings above low, wrong ones."""

    project: str
    channels: int
    truth: int
    found: int
    surplus: int
    loud: tuple[str, ...]
    traps: int
    wrong: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def line(self) -> str:
        """The figures."""
        return (
            f"{self.project:15} {self.channels} channels, types {self.found}/{self.truth} = "
            f"{self.found / max(self.truth, 1):.2f}, surplus {self.surplus}, findings above low {len(self.loud)}, "
            f"non-gaps reported {len(self.wrong)} of {self.traps}"
        )


def score(project: str, truth: Mapping[str, Any], messages: list[Any], findings: list[Finding]) -> Score:
    """Compares the lists of `auditor channels` and `auditor run` with the labels."""
    notes: list[str] = []
    total = found = surplus = 0
    for label in truth["channels"]:
        seen = _meant(messages, label)
        for side in SIDES:
            wanted = set(label[side])
            types = {one["type"] for channel in seen for one in channel[side]["messages"]} - {""}
            total += len(wanted)
            found += len(wanted & types)
            surplus += len(types - wanted)
            open_ones = sorted({reason for channel in seen for reason in channel[side]["open"]})
            missed, made_up = sorted(wanted - types), sorted(types - wanted)
            if missed or made_up:
                notes.append(f"{label['channel']} {side}: missed {missed}, surplus {made_up}, open {open_ones}")
    loud = [one for one in findings if one.code.startswith(RULES) and one.severity in LOUD]
    said = tuple(
        f"{one.code} {one.severity} {one.evidence[0].location.file}:{one.evidence[0].location.line} {one.message}"
        for one in loud
    )
    traps = {one["type"] for one in truth["not_gaps"]}
    wrong = tuple(line for line in said if traps & set(_quoted(line)))
    return Score(project, len(truth["channels"]), total, found, surplus, said, len(traps), wrong, tuple(notes))


def _meant(messages: list[Any], label: Mapping[str, Any]) -> list[Any]:
    """The channels at the path of a label; without one, that which has most types in common (servers without paths)."""
    seen = [one for one in messages if _same(one["channel"], label["channel"])]
    if seen or not messages:
        return seen

    def common(channel: Any) -> int:
        return sum(len({one["type"] for one in channel[side]["messages"]} & set(label[side])) for side in SIDES)

    best = max(messages, key=common)
    return [best] if common(best) > 2 else []


def _same(label: str, path: str) -> bool:
    own = re.sub(r"\{[^}]*\}", "{}", label.partition(" ")[2]).rstrip("/")
    return own.endswith(path.rstrip("/"))


def _quoted(line: str) -> Iterable[str]:
    return (one.strip("`'\"") for one in re.findall(r"`[^`]+`|'[^']+'|\"[^\"]+\"", line))


def _audited(checkout: Path) -> tuple[list[Any], list[Finding]]:
    """The channels and findings as the commands `channels` and `run` print them."""
    config = Config()
    graph = link_project(checkout, config)
    findings = accepted(check(graph, chosen_rules(config)), config)
    return [message_record(one) for one in graph.channels], findings


def main() -> int:
    """Prints a line per project and one of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--project", action="append")
    parser.add_argument("--notes", action="store_true")
    options = parser.parse_args()
    scores: list[Score] = []
    for file in sorted((HERE / "truth").glob("*/channels.json")):
        project = file.parent.name
        checkout = options.corpus / project
        if not checkout.is_dir() or (options.project and project not in options.project):
            continue
        messages, findings = _audited(checkout)
        one = score(project, json.loads(file.read_text(encoding="utf-8")), messages, findings)
        scores.append(one)
        print(one.line, flush=True)
        if options.notes:
            print("".join(f"  {note}\n" for note in (*one.notes, *one.loud)), end="", flush=True)
    truth, found = sum(one.truth for one in scores), sum(one.found for one in scores)
    traps, wrong = sum(one.traps for one in scores), sum(len(one.wrong) for one in scores)
    channels = sum(one.channels for one in scores)
    print(f"all: {channels} channels, {found} of {truth} = {found / max(truth, 1):.2f}, {wrong} of {traps} reported")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
