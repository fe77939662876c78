"""What to do, in order: one recommendation for one cause, each with the findings it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from auditor.model.finding import Finding, Severity, Side
from auditor.model.routers import would_serve
from auditor.report.report import Report

_Cause: TypeAlias = tuple[str, ...]

_ENOUGH = {"router": 2, "client": 3, "type": 2}
_SHOWN = 3
_CURES = 8
_REQUESTS = ("EP101", "EP103", "EP104", "EP107", "WS101")
_TYPES = ("RS", "RQ", "TY", "EN")
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`priority` is the worst severity of the `findings`, which share a cause. `title` names what it is about,
    `action` what to do; `places` counts all places of the findings."""

    priority: Severity
    title: str
    action: str
    findings: tuple[Finding, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The rules that speak of it."""
        return tuple(sorted({finding.code for finding in self.findings}))

    @property
    def places(self) -> int:
        """Places that the cause shows at."""
        return sum(max(1, len(finding.evidence[:1]) + len(finding.places)) for finding in self.findings)


def recommendations(report: Report) -> tuple[Recommendation, ...]:
    """By priority; of equal ones those with the most places first, then in the order of the findings."""
    made = tuple(_by_cause(report.gaps))
    order = {id(finding): number for number, finding in enumerate(report.gaps)}
    return tuple(sorted(made, key=lambda one: (one.priority.rank, -one.places, order[id(one.findings[0])])))


def _by_cause(gaps: Sequence[Finding]) -> Iterator[Recommendation]:
    routers = [finding for finding in gaps if finding.code == "EP304"]
    groups: dict[_Cause, list[Finding]] = {}
    for finding in gaps:
        groups.setdefault(_cause(finding, routers), []).append(finding)
    lonely: dict[tuple[Severity, str, str], list[Finding]] = {}
    for cause, found in groups.items():
        if len(found) >= _ENOUGH.get(cause[0], len(found) + 1):
            yield _together(cause, tuple(found))
            continue
        for finding in found:
            lonely.setdefault((finding.severity, finding.code, finding.hint or finding.message), []).append(finding)
    yield from _alike(lonely)


def _cause(finding: Finding, routers: Sequence[Finding]) -> _Cause:
    """What findings with one cause have in common."""
    if finding.code == "EP304":
        return "router", finding.subject, finding.evidence[0].location.file
    if finding.code in _REQUESTS:
        for router in routers:
            if _would_serve(router, finding.subject):
                return "router", router.subject, router.evidence[0].location.file
        return "client", finding.evidence[0].location.file
    name = _NAME.match(finding.subject)
    ours = next((one.location.file for one in finding.evidence if one.side is Side.BACKEND), "")
    if finding.code[:2] in _TYPES and name and ours and finding.severity is not Severity.LOW:
        return "type", name.group(), ours
    return "rule", finding.code


def _would_serve(router: Finding, subject: str) -> bool:
    routes = router.details.get("routes", ())
    listed = [str(route) for route in routes] if isinstance(routes, list) else []
    return would_serve(router.subject, router.evidence[0].location.file, listed, subject)


def _together(cause: _Cause, found: tuple[Finding, ...]) -> Recommendation:
    worst = min((finding.severity for finding in found), key=lambda severity: severity.rank)
    match cause:
        case ("router", name, file):
            requests = [one for one in found if one.code != "EP304"]
            action = f"include the router of {file}: {len(requests)} requests go to its routes"
            return Recommendation(worst, name, action, found)
        case ("client", file):
            subjects = dict.fromkeys(finding.subject for finding in found)
            action = f"serve what it requests, or drop it: {_listed(tuple(subjects))}"
            return Recommendation(worst, file, action, found)
        case _:
            hints = dict.fromkeys(finding.hint or finding.message for finding in found)
            return Recommendation(worst, cause[1], f"align both sides: {_listed(tuple(hints), '; ')}", found)


def _alike(found: Mapping[tuple[Severity, str, str], list[Finding]]) -> Iterator[Recommendation]:
    """One per cure; one per rule and severity where a rule asks for many different ones."""
    rules: dict[tuple[Severity, str], list[tuple[str, list[Finding]]]] = {}
    for (severity, code, cure), same in found.items():
        rules.setdefault((severity, code), []).append((cure, same))
    for (severity, _), cures in rules.items():
        if len(cures) > _CURES:
            everything = tuple(finding for _, same in cures for finding in same)
            yield Recommendation(severity, everything[0].name, "each by its own fix", everything)
            continue
        for cure, same in cures:
            yield Recommendation(severity, _listed(tuple(one.subject for one in same)), cure, tuple(same))


def _listed(texts: Sequence[str], mark: str = ", ") -> str:
    rest = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return mark.join(texts[:_SHOWN]) + rest
