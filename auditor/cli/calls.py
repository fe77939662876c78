"""`auditor calls`: the requests that the frontends send and the sockets they open."""

from __future__ import annotations

from pathlib import Path

from auditor.cli.console import emit
from auditor.cli.options import Backends, Frontends, ListFormat, ListFormats, Processes, ProjectPath
from auditor.cli.project import linked, require_sides


def calls(
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    format: ListFormats = ListFormat.TABLE,
    processes: Processes = None,
) -> None:
    """The requests that the frontends send and the sockets they open."""
    from auditor.model.finding import Side
    from auditor.report.listings import calls_listing

    graph = linked(path, backend, frontend, processes)
    listing = calls_listing(graph)
    emit(listing.json if format is ListFormat.JSON else listing.table)
    require_sides(graph, path, (Side.FRONTEND,))
