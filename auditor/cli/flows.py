"""`auditor flows`: the integration guide, written from code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.console import emit, progress, tell
from auditor.cli.failure import Exit, Failure
from auditor.cli.options import Backends, Frontends, Processes, ProjectPath
from auditor.cli.project import checked, configured, require_sides


def flows(
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write the guide there.")] = None,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Exit 1 if this guide differs from the code.")
    ] = None,
    processes: Processes = None,
) -> int:
    """Write an integration guide: a Mermaid diagram for each flow that is found in the code."""
    root = checked(path)
    config = configured(root, backend, frontend)
    from auditor.guide.flows import flows_of
    from auditor.guide.writing import guide_text
    from auditor.model.finding import Side
    from auditor.pipeline import link_sources, read_sources

    committed = _read(check) if check else ""
    with progress("reading the project"):
        sources = read_sources(root, config, processes)
        graph = link_sources(sources, config, processes)
        text = guide_text(graph, flows_of(graph, sources.facts))
    require_sides(graph, path, (Side.BACKEND, Side.FRONTEND))
    if check is not None:
        return _compare(check, committed, text)
    if output is None:
        emit(text)
        return Exit.CLEAN
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Failure(f"{output}: {error.strerror or error}") from None
    tell(f"wrote {output}")
    return Exit.CLEAN


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError as error:
        raise Failure(f"{file}: {error.strerror or error}") from None


def _compare(file: Path, committed: str, text: str) -> int:
    if committed == text:
        return Exit.CLEAN
    old, new = committed.split("\n"), text.split("\n")
    place = next(
        (at for at, (left, right) in enumerate(zip(old, new, strict=False)) if left != right), min(len(old), len(new))
    )
    has = old[place].strip() if place < len(old) else "the end of the file"
    wants = new[place].strip() if place < len(new) else "the end of the file"
    tell(f"{file}:{place + 1}: differs from the code: it has '{has}', the code gives '{wants}'; write it with --output")
    return Exit.FINDINGS
