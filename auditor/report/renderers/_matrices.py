"""The coverage, type, channel and authentication tables of the Markdown report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.model.graph import CallSite, Kind
from auditor.report.agreement import Alignment
from auditor.report.alignment import type_alignment
from auditor.report.channels import Channel, ChannelStatus, channel_table
from auditor.report.coverage import CategoryCoverage, call_counts, endpoint_coverage, path_coverage, total
from auditor.report.escape import markdown_code, markdown_text
from auditor.report.report import Report
from auditor.report.resolution import resolution
from auditor.report.signin import auth_table


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table. Heads that end with ":" are of numbers. Cells are Markdown already."""
    names = [head.rstrip(":") for head in heads]
    rules = ["--:" if head.endswith(":") else "---" for head in heads]
    return [f"| {' | '.join(cells)} |" for cells in (names, rules, *rows)]


def endpoint_lines(report: Report) -> list[str]:
    """Endpoint coverage by category, with totals and what became of the calls."""
    rows = endpoint_coverage(report.graph)
    if not rows:
        return ["No routes were found."]
    paths = path_coverage(report.graph)
    further = ["", "The same by path, without sockets:", "", *_coverage(paths)] if len(paths) > 1 else []
    counts = call_counts(report.graph)
    return [
        *_coverage(rows),
        *further,
        "",
        "*Meant* are routes that a request misses only by a prefix. *Unresolved* are routes without a certain caller "
        "that a call with an uncertain target may reach. *Excluded* are further routes that an earlier one hides."
        + (
            " *Tested* are routes that some test requests, or whose handler it calls." if report.graph.exercised else ""
        ),
        "",
        f"Of {counts.total} call sites, {counts.matched} reach one route, {counts.ambiguous} one of several, "
        f"{counts.missing} none, {counts.unknown} could not be resolved, {counts.own} stay in the frontend's own "
        f"server and {counts.external} go to other hosts.",
        "",
        f"{markdown_text(resolution(report.graph.calls).sentence)}.",
    ]


def _coverage(rows: Sequence[CategoryCoverage]) -> list[str]:
    whole = total(rows)
    heads = ["Category", "Routes:", "Called:", "Meant:", "Unresolved:", "Uncalled:", "Excluded:", "Coverage:"]
    body = [*map(_category_cells, rows), [f"**{cell}**" for cell in _category_cells(whole, bold=True)]]
    if whole.tested:
        heads.append("Tested:")
        counts = [str(row.tested) for row in rows] + [f"**{whole.tested}**"]
        body = [[*cells, count] for cells, count in zip(body, counts, strict=True)]
    return table(heads, body)


def alignment_lines(report: Report) -> list[str]:
    """Backend types against frontend types."""
    rows = type_alignment(report.graph)
    if not rows:
        return ["No backend type could be paired with a frontend type."]
    body = [
        [
            markdown_code(row.backend),
            markdown_code(row.frontend) or "none",
            f"{_ALIGNMENT_MARKS[row.status]} {row.status}",
            "; ".join(markdown_text(text) for text in row.differences),
            ", ".join(markdown_code(f"{one.location.file}:{one.location.line}") for one in row.evidence[:_PLACES]),
        ]
        for row in rows
    ]
    return table(["Backend type", "Frontend type", "Status", "Differences", "Evidence"], body)


def channel_lines(report: Report) -> list[str]:
    """WebSocket and event stream routes against their clients."""
    rows = channel_table(report.graph)
    if not rows:
        return ["No WebSocket or event stream was found."]
    body = [[_channel_name(row), _channel_route(row), _clients(row.clients), _channel_status(row)] for row in rows]
    return table(["Channel", "Backend", "Frontend", "Status"], body)


def auth_lines(report: Report) -> list[str]:
    """The steps of signing in and what carries credentials, on both sides."""
    rows = auth_table(report.graph)
    if not rows:
        return ["Neither side signs anybody in."]
    body = [[markdown_text(row.topic), _codes(row.backend), _codes(row.frontend), row.status] for row in rows]
    return table(["Step", "Backend", "Frontend", "Status"], body)


def _codes(texts: Sequence[str]) -> str:
    more = [f"{len(texts) - _CODES} more"] if len(texts) > _CODES else []
    return ", ".join([*map(markdown_code, texts[:_CODES]), *more]) or "none"


_PLACES = 3
_CODES = 16
_ALIGNMENT_MARKS = {
    Alignment.ALIGNED: "✅",
    Alignment.PARTIAL: "⚠️",
    Alignment.MISMATCH: "❌",
    Alignment.MISSING: "❌",
}
_CHANNEL_MARKS = {
    ChannelStatus.CONNECTED: "✅",
    ChannelStatus.POSSIBLE: "❔",
    ChannelStatus.UNKNOWN: "❔",
    ChannelStatus.UNUSED: "⚠️",
    ChannelStatus.TRANSPORT: "❌",
    ChannelStatus.MISSING: "❌",
}


def _category_cells(row: CategoryCoverage, bold: bool = False) -> list[str]:
    percent = "n/a" if row.percent is None else f"{row.percent} %"
    name = row.category if bold else markdown_text(row.category) or "(none)"
    counts = (row.routes, row.called, row.astray, row.unresolved, row.uncalled, row.excluded)
    return [name, *map(str, counts), percent]


def _channel_name(row: Channel) -> str:
    return f"{'WebSocket' if row.kind is Kind.WEBSOCKET else 'SSE'} {markdown_code(row.path)}"


def _channel_route(row: Channel) -> str:
    return markdown_code(f"{row.route.location.file}:{row.route.location.line}") if row.route else "none"


def _channel_status(row: Channel) -> str:
    return f"{_CHANNEL_MARKS[row.status]} {row.status}"


def _clients(calls: tuple[CallSite, ...]) -> str:
    shown = [
        f"{markdown_text(call.client)} {markdown_code(f'{call.location.file}:{call.location.line}')}"
        for call in calls[:_PLACES]
    ]
    rest = [f"{len(calls) - _PLACES} more"] if len(calls) > _PLACES else []
    return ", ".join(shown + rest) or "none"
