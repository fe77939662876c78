"""Markdown for people: the sections of a gap analysis as one would write it by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import PurePosixPath

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Step
from auditor.model.graph import Service
from auditor.report.escape import markdown_code, markdown_fence, markdown_text
from auditor.report.excerpt import Sources, excerpt
from auditor.report.ledger import grouped_ledger
from auditor.report.recommendations import Recommendation, recommendations
from auditor.report.renderer import Renderer
from auditor.report.renderers._matrices import alignment_lines, auth_lines, channel_lines, endpoint_lines, table
from auditor.report.report import Health, Report


def render(report: Report) -> str:
    """The whole report. Gaps are numbered in order of severity; the numbers hold for this report only."""
    numbers = {id(finding): f"GAP-{n:03}" for n, finding in enumerate(report.gaps, 1)}
    sections = [
        ["# Backend-frontend gap analysis"],
        ["## Executive summary", "", *_summary(report)],
        ["## Gaps", "", *_gaps(report, numbers)],
        ["## Endpoint coverage", "", *endpoint_lines(report)],
        ["## Type alignment", "", *alignment_lines(report)],
        ["## WebSocket and SSE", "", *channel_lines(report)],
        ["## Authentication", "", *auth_lines(report)],
        ["## Priorities", "", *_priorities(report, numbers)],
        ["## Unresolved", "", *_unresolved(report)],
        ["## Files analysed", "", *_files(report)],
    ]
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


RENDERER = Renderer(id="markdown", media="text/markdown", extension="md", render=render)

_EXCERPT_LINES = 14
_PLACES = 5
_IMPACT: Mapping[Severity, str] = {
    Severity.CRITICAL: "fails at run time whenever reached",
    Severity.HIGH: "a feature is broken, or data is lost",
    Severity.MEDIUM: "breaks under some input, state or version",
    Severity.LOW: "drift, worth knowing",
}
_MARKS: Mapping[Health, str] = {
    Health.FAILING: "🔴",
    Health.AT_RISK: "🟠",
    Health.FAIR: "🟡",
    Health.HEALTHY: "🟢",
    Health.UNKNOWN: "⚪",
}
_PRIORITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: "Priority 1: fix now (critical)",
    Severity.HIGH: "Priority 2: fix next (high)",
    Severity.MEDIUM: "Priority 3: plan (medium)",
    Severity.LOW: "Priority 4: when nearby (low)",
}
_LANGUAGES: Mapping[str, str] = {
    ".py": "python",
    ".pyi": "python",
    ".ts": "ts",
    ".mts": "ts",
    ".cts": "ts",
    ".tsx": "tsx",
    ".js": "js",
    ".mjs": "js",
    ".cjs": "js",
    ".jsx": "jsx",
    ".vue": "vue",
    ".svelte": "svelte",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}


def _summary(report: Report) -> list[str]:
    rows = [[severity.value, str(report.counts[severity]), impact] for severity, impact in _IMPACT.items()]
    absent = [f"**No {side} was found**, so nothing could be compared with it." for side in report.absent_sides]
    lines = [f"Overall health: {_MARKS[report.health]} **{report.health}**", ""]
    lines += [line for text in absent for line in (text, "")]
    lines += table(["Severity", "Gaps:", "Meaning"], rows)
    if report.suppressed:
        lines += ["", f"{report.suppressed} accepted findings are not shown."]
    if report.graph.services:
        services = (*report.graph.backends, *report.graph.frontends)
        cells = [_service_cells(service, services) for service in services]
        lines += ["", *table(["Detected", "Folder", "Framework", "Pairs with"], cells)]
    return lines


def _service_cells(service: Service, services: tuple[Service, ...]) -> list[str]:
    entry = f" ({markdown_code(service.entry)})" if service.entry else ""
    partners = {*service.pairs, *(other.root for other in services if service.root in other.pairs)} - {service.root}
    pairs = ", ".join(markdown_code(root) for root in sorted(partners)) or "nothing"
    return [service.side.value, markdown_code(service.root), markdown_text(service.framework) + entry, pairs]


def _gaps(report: Report, numbers: Mapping[int, str]) -> list[str]:
    if not report.gaps:
        return ["No gaps were found."]
    parts: list[str] = []
    for severity in _IMPACT:
        found = report.of(severity)
        if not found:
            continue
        parts.append(f"### {severity.value.capitalize()} ({len(found)})")
        if severity is Severity.LOW:
            parts.append("\n".join(_brief(found, numbers)))
        else:
            parts += ["\n\n".join(_gap(finding, numbers[id(finding)], report.sources)) for finding in found]
    return ["\n\n".join(parts)]


def _gap(finding: Finding, number: str, sources: Sources) -> list[str]:
    unsure = "" if finding.confidence is Confidence.HIGH else f" · {finding.confidence} confidence"
    blocks = [
        f"#### {number}: {markdown_text(finding.subject)}",
        f"{finding.code} {finding.name}{unsure} · `{finding.fingerprint}`",
        f"**Problem:** {markdown_text(finding.message)}",
    ]
    for evidence in finding.evidence:
        blocks += _evidence(evidence, sources)
    if finding.places:
        blocks.append(f"**Also at:** {_places(finding.places)}")
    if finding.provenance:
        chain = [
            f"{n}. {where} {markdown_text(', '.join(dict.fromkeys(step.what for step in steps)))}"
            for n, (where, steps) in enumerate(groupby(finding.provenance, _step_place), 1)
        ]
        blocks.append("\n".join(["**How it is known:**", "", *chain]))
    if finding.hint:
        blocks.append(f"**Recommended fix:** {markdown_text(finding.hint)}")
    return blocks


def _evidence(evidence: Evidence, sources: Sources) -> list[str]:
    where = _where(evidence.location.file, evidence.location.line)
    label = f": {markdown_text(evidence.label)}" if evidence.label else ""
    shown = excerpt(sources, evidence.location, lines=_EXCERPT_LINES)
    head = f"**{evidence.side.value.capitalize()}** {where}{label}"
    if not shown:
        return [head]
    rest = (f"… {shown.more} more lines",) if shown.more else ()
    language = _LANGUAGES.get(PurePosixPath(evidence.location.file).suffix, "")
    return [head, markdown_fence((*_dedented(shown.texts), *rest), language)]


def _dedented(texts: tuple[str, ...]) -> tuple[str, ...]:
    depth = min((len(text) - len(text.lstrip()) for text in texts if text.strip()), default=0)
    return tuple(text[depth:] for text in texts)


def _brief(found: Iterable[Finding], numbers: Mapping[int, str]) -> list[str]:
    rows = [
        [
            numbers[id(finding)],
            f"{finding.code} {finding.name}",
            markdown_text(finding.message),
            _places(finding.evidence + finding.places),
            markdown_text(finding.hint),
        ]
        for finding in found
    ]
    return table(["Gap", "Rule", "Problem", "Places", "Recommended fix"], rows)


def _priorities(report: Report, numbers: Mapping[int, str]) -> list[str]:
    if not report.gaps:
        return ["Nothing to do."]
    parts: list[str] = []
    made = recommendations(report)
    for severity, title in _PRIORITIES.items():
        chosen = [one for one in made if one.priority is severity]
        items = [f"{n}. {_recommendation(one, numbers)}" for n, one in enumerate(chosen, 1)]
        if items:
            parts.append("\n".join([f"### {title}", "", *items]))
    return ["\n\n".join(parts)]


def _recommendation(one: Recommendation, numbers: Mapping[int, str]) -> str:
    gaps = _listed(sorted(numbers[id(finding)] for finding in one.findings))
    return f"**{markdown_text(one.title)}**: {markdown_text(one.action)} ({', '.join(one.codes)}: {gaps})"


def _unresolved(report: Report) -> list[str]:
    groups = grouped_ledger(report)
    if not groups:
        return ["Everything that was seen could be resolved."]
    rows = []
    for group in groups:
        places = [_where(place.file, place.line) for place in group.places[:_PLACES]]
        more = [f"{len(group.places) - _PLACES} more"] if len(group.places) > _PLACES else []
        rows.append(
            [markdown_text(group.kind), markdown_text(group.reason), str(group.count), ", ".join(places + more)]
        )
    return [
        "Seen, but not understood well enough to be judged. None of it counts as a gap.",
        "",
        *table(["Kind", "Reason", "Count:", "Places"], rows),
    ]


def _files(report: Report) -> list[str]:
    files = report.graph.files
    lines = [f"{files.analysed} files were read."]
    if files.skipped:
        rows = [[markdown_text(reason), str(files.skipped[reason])] for reason in sorted(files.skipped)]
        lines += ["", *table(["Left out because", "Files:"], rows)]
    if report.graph.diagnostics:
        rows = [
            [_where(problem.file, problem.line), markdown_text(problem.code), markdown_text(problem.message)]
            for problem in report.graph.diagnostics
        ]
        lines += ["", *table(["Place", "Problem", "Meaning"], rows)]
    return lines


def _where(file: str, line: int) -> str:
    return markdown_code(f"{file}:{line}") if file else "(no file)"


def _step_place(step: Step) -> str:
    return _where(step.location.file, step.location.line)


def _places(places: tuple[Evidence, ...]) -> str:
    shown = [_where(one.location.file, one.location.line) for one in places[:_PLACES]]
    return ", ".join(shown + ([f"{len(places) - _PLACES} more"] if len(places) > _PLACES else []))


def _listed(gaps: list[str]) -> str:
    return f"{len(gaps)} gaps, {gaps[0]} to {gaps[-1]}" if _run(gaps) else ", ".join(gaps)


def _run(gaps: list[str]) -> bool:
    numbers = [int(gap.rpartition("-")[2]) for gap in gaps]
    return len(gaps) > 3 and numbers[-1] - numbers[0] == len(gaps) - 1
