"""`auditor channels`: WebSocket and event stream routes, who opens them, and who sends and handles what."""

from __future__ import annotations

from pathlib import Path

from auditor.cli.console import emit
from auditor.cli.options import Backends, Frontends, ListFormat, ListFormats, Processes, ProjectPath
from auditor.cli.project import linked, require_sides


def channels(
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    format: ListFormats = ListFormat.TABLE,
    processes: Processes = None,
) -> None:
    """WebSocket and event stream routes, who opens them, and who sends and handles which messages."""
    from auditor.model.finding import Side
    from auditor.report.listings import channels_listing

    graph = linked(path, backend, frontend, processes)
    listing = channels_listing(graph)
    emit(listing.json if format is ListFormat.JSON else listing.table)
    require_sides(graph, path, (Side.BACKEND, Side.FRONTEND))
