"""`auditor openapi`: an OpenAPI document of the backends, from their source."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.console import emit
from auditor.cli.options import Backends, Frontends, Processes, ProjectPath
from auditor.cli.project import linked, require_sides


class DocumentFormat(StrEnum):
    """How a document is written."""

    JSON = "json"
    YAML = "yaml"


def openapi(
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    format: Annotated[DocumentFormat, typer.Option("--format", help="How the document is written.")] = (
        DocumentFormat.JSON
    ),
    processes: Processes = None,
) -> None:
    """An OpenAPI 3.1 document of the routes, without running the backend. What could not be read is marked."""
    from auditor.model.finding import Side
    from auditor.report.openapi import openapi_document

    graph = linked(path, backend, frontend, processes)
    emit(openapi_document(graph, path.resolve().name, yaml=format is DocumentFormat.YAML))
    require_sides(graph, path, (Side.BACKEND,))
