"""`auditor openapi`: an OpenAPI document of the backends, from their source."""

from __future__ import annotations

from pathlib import Path

from auditor.cli.console import emit
from auditor.cli.options import Backends, Frontends, Processes, ProjectPath
from auditor.cli.project import linked, require_sides


def openapi(
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    processes: Processes = None,
) -> None:
    """An OpenAPI 3.1 document of the routes, without running the backend. What could not be read is marked."""
    from auditor.model.finding import Side
    from auditor.report.openapi import openapi_document

    graph = linked(path, backend, frontend, processes)
    emit(openapi_document(graph, path.resolve().name))
    require_sides(graph, path, (Side.BACKEND,))
