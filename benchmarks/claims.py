"""Scores the claims of a report against labels at two commits.

    python -m benchmarks.claims BEFORE AFTER [--notes]

BEFORE and AFTER are checkouts of the project that `truth/adk/claims.json` is about. A claim is told true or false by
what shows it: a finding, a message type on one side of a channel, routes that nothing calls or tests, or the verdict of
`auditor verify` on the report, which stands in AFTER. Prints how many claims have their labelled verdict, how many have
none, and how many a wrong one; exit code 1 if there are any of these.
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

TRUTH = Path(__file__).resolve().parent / "truth" / "adk" / "claims.json"
_WORDS = {"confirmed": True, "refuted": False, "stale": False}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the auditor says about one checkout; `groups` has the routes by group that are not called and are tested."""

    findings: tuple[tuple[str, str], ...]
    types: frozenset[tuple[str, str, str]]
    groups: Mapping[str, tuple[int, int]]
    verdicts: tuple[tuple[int, str, str], ...]


def told(shown: Mapping[str, Any] | None, seen: Seen) -> bool | None:
    """Whether a claim is true as far as the auditor tells; None if it does not."""
    match shown:
        case {"finding": [code, text]}:
            return any(one == code and text in message for one, message in seen.findings)
        case {"type": [channel, side, kind]}:
            return (channel, side, kind) in seen.types
        case {"unless": inner}:
            return False if told(inner, seen) else None
        case {"untested": groups}:
            return all(seen.groups[group][1] == 0 for group in groups)
        case {"uncalled": groups}:
            return all(seen.groups[group][0] > 0 for group in groups)
        case {"report": [line, text]}:
            said = [verdict for place, quoted, verdict in seen.verdicts if place == line and text in quoted]
            return _WORDS.get(said[0]) if said else None
        case {"not": inner}:
            answer = told(inner, seen)
            return None if answer is None else not answer
        case {"any": parts}:
            return any(told(part, seen) for part in parts)
        case {"all": parts}:
            return all(told(part, seen) for part in parts)
        case _:
            return None


def seen(checkout: Path, report: Path) -> Seen:
    """Runs the commands on a checkout."""
    run = _auditor("run", str(checkout), "--exit-zero")
    channels = _auditor("channels", str(checkout))["messages"]
    sections = _auditor("verify", str(report), str(checkout))["sections"]
    sides = ("backend_sends", "backend_handles", "frontend_sends", "frontend_handles")
    return Seen(
        tuple((one["code"], one["message"]) for one in run["findings"]),
        frozenset(
            (channel["channel"], side, one["type"])
            for channel in channels
            for side in sides
            for one in channel[side]["messages"]
        ),
        {row["category"]: (row["uncalled"], row["tested"]) for row in run["coverage"]["endpoints"]},
        tuple(
            (claim["line"], claim["text"], claim["verdict"])
            for section in sections
            for claim in section.get("claims", ())
        ),
    )


def _auditor(command: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "auditor", command, *arguments, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)


def main() -> int:
    """Prints a line per commit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--notes", action="store_true")
    options = parser.parse_args()
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    report = options.after / truth["report"]
    wrong = 0
    for moment, checkout in (("before", options.before), ("after", options.after)):
        found = seen(checkout, report)
        answers = [(one, told(one["shown"], found)) for one in truth["claims"]]
        agree = [one for one, answer in answers if answer is one[moment]]
        silent = [one for one, answer in answers if answer is None]
        wrongly = [one for one, answer in answers if answer not in (None, one[moment])]
        wrong += len(wrongly)
        print(
            f"{moment:7} claims {len(answers)}, as labelled {len(agree)}, not told {len(silent)}, wrong {len(wrongly)}"
        )
        for one in silent if options.notes else ():
            print(f"  {one['id']}: not told: {one['claim']}")
        for one in wrongly if options.notes else ():
            print(f"  {one['id']}: labelled {one[moment]}: {one['claim']}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
