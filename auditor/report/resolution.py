"""How many calls have a path that is known, and why the others have none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.graph import CallSite, Unknown
from auditor.report.records import Record

_NAMED = re.compile(r"\b(the (?:parameter|field|entry|member|environment variable)) \S+")
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Resolution:
    """`known` of `calls` have a known path, run-time segments or not. `reasons` are why the others have none, the
    most common first, with how many calls each; names are left out of them, so that one cause counts once."""

    calls: int
    known: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> str:
        """Known paths of a hundred, with one decimal; 100.0 only if all are known. "-" without calls."""
        if not self.calls:
            return "-"
        return f"{min(1000, int(1000 * self.known / self.calls)) / 10:.1f}"

    @property
    def sentence(self) -> str:
        """`12 of 14 paths known (85.7 %); unknown: the parameter … (2)`."""
        why = ", ".join(f"{reason} ({count})" for reason, count in self.reasons[:_REASONS])
        return f"{self.known} of {self.calls} paths known ({self.percent} %){f'; unknown: {why}' if why else ''}"

    @property
    def record(self) -> Record:
        """The same for machines, with the three most common reasons."""
        reasons = [{"reason": reason, "calls": count} for reason, count in self.reasons[:_REASONS]]
        return {"calls": self.calls, "known": self.known, "percent": self.percent, "reasons": reasons}


def resolution(calls: Sequence[CallSite]) -> Resolution:
    """The share of calls whose path is known: some of it is written, and nothing open stands where it begins."""
    unknown = [call for call in calls if not _is_known(call)]
    counts = Counter(_cause(call) for call in unknown)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return Resolution(len(calls), len(calls) - len(unknown), tuple(ranked))


def _is_known(call: CallSite) -> bool:
    open_path = isinstance(call.target, Unknown) and call.target.reason.startswith(("the URL is ", "the path begins "))
    return not open_path and (call.path == "/" or bool(call.path.replace("{}", "").strip("/")))


def _cause(call: CallSite) -> str:
    reason = call.target.reason if isinstance(call.target, Unknown) else "nothing of the path is written"
    return _NAMED.sub(r"\1 …", reason.removeprefix("the URL is ").removeprefix("the path begins with "))
