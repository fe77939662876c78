"""`auditor types`: models and enums of both sides, and which stand for each other."""

from __future__ import annotations

from pathlib import Path

from auditor.cli.console import emit
from auditor.cli.options import Backends, Frontends, ListFormat, ListFormats, Processes, ProjectPath
from auditor.cli.project import linked, require_sides


def types(
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    format: ListFormats = ListFormat.TABLE,
    processes: Processes = None,
) -> None:
    """Models and enums of both sides, and which stand for each other."""
    from auditor.model.finding import Side
    from auditor.report.listings import types_listing

    graph = linked(path, backend, frontend, processes)
    listing = types_listing(graph)
    emit(listing.json if format is ListFormat.JSON else listing.table)
    require_sides(graph, path, (Side.BACKEND, Side.FRONTEND))
