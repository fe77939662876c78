"""Text for people at a terminal: what was detected, the gaps with code of both sides, the summary last.

Critical, high and medium gaps have code frames; low ones take a line each. Every line of source stands
behind a gutter.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from auditor import __version__
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import Service
from auditor.model.signin import flow
from auditor.report.coverage import call_counts, endpoint_coverage, total
from auditor.report.escape import one_line, visible
from auditor.report.excerpt import Excerpt, Sources, columns, excerpt
from auditor.report.ledger import grouped_ledger
from auditor.report.recommendations import recommendations
from auditor.report.renderer import Canvas, Renderer
from auditor.report.report import Report, first_location
from auditor.report.resolution import resolution


def render(report: Report) -> str:
    """Plain text, as wide as `PLAIN_WIDTH`."""
    return paint(report, Canvas())


def paint(report: Report, canvas: Canvas) -> str:
    """Text fitted to the canvas."""
    return write([*_detected(report), *_gaps(report, canvas.width), *_summary(report)], canvas)


def finding_lines(finding: Finding, sources: Sources, width: int) -> list[Text]:
    """One finding with its code frames."""
    head = Text.assemble(
        (finding.severity.upper(), _STYLES[finding.severity]), "  ", (f"{finding.code} {finding.name}", "bold")
    )
    if finding.confidence is not Confidence.HIGH:
        head.append(f"  ({finding.confidence} confidence)", "dim")
    lines = [head, Text(f"  {one_line(finding.message)}")]
    for evidence in finding.evidence:
        lines += [Text(""), *_frame(evidence, sources, width)]
    if finding.places or finding.hint:
        lines.append(Text(""))
    if finding.places:
        lines.append(Text.assemble(("  also at  ", "dim"), _places(finding.places)))
    if finding.hint:
        lines.append(Text.assemble(("  fix  ", "green"), one_line(finding.hint)))
    return [*lines, Text("")]


def explain_finding(finding: Finding, sources: Sources, canvas: Canvas) -> str:
    """One finding with everything that is known about it: code, every place, the reason chain, details."""
    lines = [*finding_lines(finding, sources, canvas.width)]
    for title, steps in (
        ("How it is known", [(step.location, step.what) for step in finding.provenance]),
        ("All places", [(one.location, one.label) for one in finding.places]),
    ):
        if steps:
            entries = [
                f"  {n}. {one_line(at.file)}:{at.line}  {one_line(what)}" for n, (at, what) in enumerate(steps, 1)
            ]
            lines += [Text(title, "bold"), *map(Text, entries), Text("")]
    if finding.details:
        details = [f"  {one_line(key)}: {one_line(str(value))}" for key, value in finding.details.items()]
        lines += [Text("Details", "bold"), *map(Text, details), Text("")]
    lines.append(Text(f"{finding.code} {one_line(finding.subject)}  {finding.fingerprint}", "dim"))
    return write(lines, canvas)


def write(lines: Iterable[Text], canvas: Canvas) -> str:
    """The lines as text, long ones wrapped under their own indentation, without trailing blanks."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=canvas.width,
        force_terminal=canvas.color,
        force_jupyter=False,
        color_system="standard" if canvas.color else None,
        no_color=not canvas.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for line in lines:
        for part in _wrapped(line, console):
            console.print(part, soft_wrap=True)
    return out.getvalue()


RENDERER = Renderer(id="terminal", media="text/plain", extension="txt", render=render, paint=paint)

_STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "bold yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
_FRAME_LINES = 5
_PLACES = 5
_REASONS = 5


def _detected(report: Report) -> Iterator[Text]:
    yield Text.assemble(("auditor", "bold"), f" {__version__}")
    yield Text("")
    graph = report.graph
    services = (*graph.backends, *graph.frontends)
    widest = max((cell_len(one_line(service.root)) for service in services), default=0)
    for service in services:
        yield _service(service, report, widest)
    for side in report.absent_sides:
        yield Text.assemble((f"{side.value:<9}", "bold"), ("none found", "bold red"))
    skipped = ", ".join(f"{n} {one_line(reason)}" for reason, n in sorted(graph.files.skipped.items()))
    left = f", {sum(graph.files.skipped.values())} left out ({skipped})" if skipped else ""
    yield Text.assemble(("files    ", "bold"), f"{graph.files.analysed} read{left}")
    yield Text("")


def _service(service: Service, report: Report, widest: int) -> Text:
    graph = report.graph
    root = one_line(service.root)
    entry = f" ({one_line(service.entry)})" if service.entry else ""
    pairs = f" -> {', '.join(map(one_line, service.pairs))}" if service.pairs else ""
    if service.side is Side.BACKEND:
        count = _counted(sum(route.service == service.root for route in graph.routes), "route")
        pairs = ""
    else:
        count = _counted(sum(call.frontend == service.root for call in graph.calls), "call")
    return Text.assemble(
        (f"{service.side.value:<9}", "bold"),
        root + " " * (widest - cell_len(root)),
        f"  {one_line(service.framework)}{entry}{pairs}, {count}",
    )


def _gaps(report: Report, width: int) -> Iterator[Text]:
    for finding in report.gaps:
        if finding.severity is not Severity.LOW:
            yield from finding_lines(finding, report.sources, width)
    low = report.of(Severity.LOW)
    for finding in low:
        place = first_location(finding)
        where = f"{one_line(place.file)}:{place.line}" if place.file else ""
        yield Text.assemble(
            ("LOW", _STYLES[Severity.LOW]), f"  {finding.code} ", where, "  ", (one_line(finding.message), "dim")
        )
    if low:
        yield Text("")


def _frame(evidence: Evidence, sources: Sources, width: int) -> Iterator[Text]:
    location = evidence.location
    first = columns(sources, location)[0]
    yield Text.assemble(
        f"  {evidence.side.value:<8} ",
        (f"{one_line(location.file)}:{location.line}:{first}", "cyan"),
        f"  {one_line(evidence.label)}",
    )
    last = min(location.span.end_line, location.line + _FRAME_LINES - 1)
    gutter = len(str(last)) + 6
    shown = excerpt(sources, location, lines=_FRAME_LINES, widest=max(20, width - gutter))
    if shown:
        yield from _code(shown, gutter, width)


def _code(shown: Excerpt, gutter: int, width: int) -> Iterator[Text]:
    digits = gutter - 6
    for n, source in enumerate(shown.texts):
        line = Text.assemble((f"   {shown.line + n:>{digits}} | ", "dim"), _spaced(source))
        line.truncate(width, overflow="ellipsis")
        line.no_wrap = True
        yield line
    blank = f"   {'':>{digits}} | "
    if shown.more:
        yield Text(f"{blank}… {shown.more} more lines", "dim")
    indent = cell_len(_spaced(shown.texts[0][: shown.start]))
    room = width - gutter - indent
    if shown.single and room > 0:
        marked = cell_len(_spaced(shown.texts[0][shown.start : shown.end]))
        mark = Text.assemble((blank, "dim"), " " * indent, ("^" * max(1, min(marked, room)), "red"))
        mark.no_wrap = True
        yield mark


def _summary(report: Report) -> Iterator[Text]:
    graph = report.graph
    groups = grouped_ledger(report)
    if groups:
        yield Text(f"Could not be told ({sum(group.count for group in groups)})", "bold")
        for group in groups[:_REASONS]:
            where = f"  ({one_line(group.places[0].file)}:{group.places[0].line})" if group.places else ""
            yield Text(f"  {group.count} x {one_line(group.kind)}: {one_line(group.reason)}{where}")
        if len(groups) > _REASONS:
            yield Text(f"  and {len(groups) - _REASONS} more reasons (--format markdown lists all)", "dim")
        yield Text("")
    if graph.diagnostics:
        yield Text(f"Read with problems ({len(graph.diagnostics)})", "bold")
        for problem in graph.diagnostics[:_REASONS]:
            where = f"{one_line(problem.file)}:{problem.line}: " if problem.file else ""
            yield Text(f"  {where}{one_line(problem.message)}")
        if len(graph.diagnostics) > _REASONS:
            yield Text(f"  and {len(graph.diagnostics) - _REASONS} more", "dim")
        yield Text("")
    first = [one for one in recommendations(report) if one.priority.rank <= Severity.HIGH.rank]
    if len(first) > 1:
        yield Text("Do first", "bold")
        for one in first[:_REASONS]:
            codes = ", ".join(one.codes)
            yield Text(f"  {one_line(one.title)}: {one_line(one.action)} ({codes}, {_counted(one.places, 'place')})")
        if len(first) > _REASONS:
            yield Text(f"  and {len(first) - _REASONS} more (--format markdown lists all)", "dim")
        yield Text("")
    covered, calls = total(endpoint_coverage(graph)), call_counts(graph)
    if covered.routes:
        doubtful = f", {covered.unresolved} more may be" if covered.unresolved else ""
        doubtful += f", {covered.astray} more but for a prefix" if covered.astray else ""
        yield Text(f"Routes  {covered.called} of {covered.routes} called ({covered.percent} %){doubtful}")
        yield Text(
            f"Calls   {calls.total}: {calls.matched} matched, {calls.ambiguous} ambiguous, {calls.missing} missing, "
            f"{calls.unknown} unknown, {calls.own} own server, {calls.external} other hosts"
        )
    if calls.total:
        yield Text(f"Paths   {one_line(resolution(graph.calls).sentence)}")
    steps = ", ".join(f"{row.step}: {row.reach}" for row in flow(graph))
    if steps:
        yield Text(f"Auth    {steps}")
    yield _verdict(report)


def _verdict(report: Report) -> Text:
    line = Text.assemble(("Health  ", ""), (report.health.value, "bold"), ": ")
    for n, severity in enumerate((Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)):
        count = report.counts[severity]
        line.append(", " if n else "")
        line.append(f"{count} {severity}", _STYLES[severity] if count else "dim")
    if report.suppressed:
        line.append(f", {report.suppressed} accepted", "dim")
    return line


def _wrapped(line: Text, console: Console) -> list[Text]:
    if line.no_wrap or cell_len(line.plain) <= console.width:
        line.rstrip()
        return [line]
    indent = len(line.plain) - len(line.plain.lstrip(" ")) + 2
    head = line.wrap(console, console.width)[0]
    rest = line[len(head.plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :]
    parts = [head, *(Text.assemble(" " * indent, part) for part in rest.wrap(console, max(20, console.width - indent)))]
    for part in parts:
        part.rstrip()
    return parts


def _spaced(source: str) -> str:
    return visible(source).replace("\t", "    ")


def _places(places: tuple[Evidence, ...]) -> str:
    shown = [f"{one_line(one.location.file)}:{one.location.line}" for one in places[:_PLACES]]
    return ", ".join(shown) + (f" and {len(places) - _PLACES} more" if len(places) > _PLACES else "")


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
