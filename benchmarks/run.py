"""Runs the auditor over a folder of checkouts, scores what it extracted, and prints one table.

    python -m benchmarks.run CORPUS_FOLDER [--project NAME]... [--json FILE] [--notes]

CORPUS_FOLDER/<name> holds a checkout of the project of that name in `corpus.tsv`; projects that are
not there are left out. The auditor gets no configuration. Exit code 1 if it failed on a project.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.score import CallScore, RouteScore, load, score_calls, score_routes

HERE = Path(__file__).resolve().parent
SEVERITIES = ("critical", "high", "medium", "low")
HEADINGS = ("project", "routes R / P", "calls found / exact", "target, lost", "false hits", *SEVERITIES, "seconds")
KNOWN = ("project", "calls", "paths known", "why not, most common first")


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured on one project. A score is None where there is no truth or the command failed.

    `seconds` is the wall time of one `auditor run`, start of the interpreter included. `failures`
    holds a line for each command that did not give JSON. `resolution` says how many calls there are, the share of
    them whose path is known, and why the others are not.
    """

    project: str
    routes: RouteScore | None
    calls: CallScore | None
    resolution: tuple[str, str, str]
    findings: dict[str, int]
    seconds: float
    failures: tuple[str, ...]


def measure(project: str, checkout: Path) -> Result:
    """Runs `routes`, `calls` and `run` on a checkout and scores the first two."""
    truth = HERE / "truth" / project
    routes, calls = _auditor("routes", checkout), _auditor("calls", checkout)
    start = time.perf_counter()
    report = _auditor("run", checkout, "--exit-zero")
    seconds = time.perf_counter() - start
    outputs = {"routes": routes, "calls": calls, "run": report}
    return Result(
        project=project,
        routes=_routes(truth, routes.text) if routes.good else None,
        calls=_calls(truth, calls.text) if calls.good else None,
        resolution=_resolution(calls.text) if calls.good else ("–", "–", ""),
        findings=_severities(report.text) if report.good else {},
        seconds=seconds,
        failures=tuple(f"{project}: auditor {name}: {out.problem}" for name, out in outputs.items() if not out.good),
    )


def projects(corpus: Path, wanted: Sequence[str]) -> list[str]:
    """Names from the manifest that are checked out, in its order; `wanted` narrows them down."""
    lines = (HERE / "corpus.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = [line.split("\t")[0] for line in lines if line]
    return [name for name in names if (corpus / name).is_dir() and (not wanted or name in wanted)]


def table(results: Sequence[Result]) -> str:
    """A Markdown table, one line per project."""
    return _markdown([HEADINGS, *(_cells(result) for result in results)])


def known_table(results: Sequence[Result]) -> str:
    """A Markdown table of how many paths are known, one line per project."""
    return _markdown([KNOWN, *((result.project, *result.resolution) for result in results)])


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


@dataclass(frozen=True, slots=True)
class _Output:
    """What a command printed. `problem` says why it is not JSON, "" if it is."""

    text: str
    problem: str

    @property
    def good(self) -> bool:
        return not self.problem


def _auditor(command: str, checkout: Path, *options: str) -> _Output:
    """Exit code 3 (a side was not found) still comes with JSON, so the text decides, not the code."""
    line = [sys.executable, "-m", "auditor", command, str(checkout), "--format", "json", *options]
    done = subprocess.run(line, capture_output=True, check=False)
    text = done.stdout.decode("utf-8", "replace")
    try:
        json.loads(text)
    except ValueError:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return _Output("", f"exit code {done.returncode}, no JSON; {' '.join(last)}")
    return _Output(text, "")


def _routes(truth: Path, text: str) -> RouteScore | None:
    labels = truth / "routes.json"
    if not labels.exists():
        return None
    return score_routes(load(labels.read_text(encoding="utf-8"), "routes"), load(text, "routes"))


def _calls(truth: Path, text: str) -> CallScore | None:
    labels, negatives = truth / "calls.json", truth / "notcalls.json"
    if not labels.exists():
        return None
    return score_calls(
        load(labels.read_text(encoding="utf-8"), "calls"),
        load(text, "calls"),
        load(negatives.read_text(encoding="utf-8"), "calls") if negatives.exists() else (),
    )


def _resolution(text: str) -> tuple[str, str, str]:
    found = json.loads(text).get("resolution", {})
    reasons = "; ".join(f"{one['reason']} ({one['calls']})" for one in found.get("reasons", ()))
    return str(found.get("calls", "–")), f"{found.get('percent', '–')} %", reasons


def _severities(text: str) -> dict[str, int]:
    counts = Counter(str(finding.get("severity")) for finding in load(text, "findings"))
    return {severity: counts[severity] for severity in SEVERITIES}


def _cells(result: Result) -> tuple[str, ...]:
    routes, calls = result.routes, result.calls
    return (
        result.project,
        f"{routes.recall:.3f} / {routes.precision:.3f}" if routes else "–",
        f"{calls.found:.3f} / {calls.exact:.3f}" if calls else "–",
        f"{calls.target:.3f}, {calls.lost}" if calls and calls.judged else "–",
        f"{calls.false} of {calls.negatives}" if calls else "–",
        *(str(result.findings.get(severity, "–")) for severity in SEVERITIES),
        f"{result.seconds:.1f}" if result.findings else "–",
    )


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Scores the auditor on real projects."
    )
    parser.add_argument("corpus", type=Path, help="folder of checkouts, named as in corpus.tsv")
    parser.add_argument("--project", action="append", default=[], help="only this one; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures and notes there as well")
    parser.add_argument("--notes", action="store_true", help="print every miss and surplus")
    options = parser.parse_args(arguments)
    names = projects(options.corpus, options.project)
    if not names:
        print(f"no project of corpus.tsv in {options.corpus}", file=sys.stderr)
        return 2
    results = []
    for name in names:
        print(f"{name} …", file=sys.stderr)
        results.append(measure(name, options.corpus / name))
    if options.notes:
        for result in results:
            notes = [note for score in (result.routes, result.calls) if score for note in score.notes]
            print(f"{result.project}", *notes, sep="\n  ")
    print(table(results), known_table(results), sep="\n\n")
    if options.json:
        options.json.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n", encoding="utf-8")
    failures = [failure for result in results for failure in result.failures]
    print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
