"""`auditor run`: the audit itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.console import canvas, emit, progress, tell
from auditor.cli.failure import Exit, Failure
from auditor.cli.options import Backends, Color, Colors, FailOn, Frontends, Processes, ProjectPath, Sureness
from auditor.cli.project import checked, configured, nearest, report_absent, require_documents
from auditor.cli.status import keep_status

if TYPE_CHECKING:
    from auditor.config import Config
    from auditor.report.renderer import Renderer
    from auditor.report.report import Report


def run(
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    format: Annotated[
        str, typer.Option("--format", metavar="LIST", help="terminal, markdown, json, github; several with commas.")
    ] = "terminal",
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FILE|DIR",
            help="Write there instead of standard output; a folder (as DIR/) for several formats. "
            "Beside others, terminal still prints.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit 1 from this severity on (default: high).", show_default=False),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="RULES", help="Only these rules: EP101, missing-endpoint, EP."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="RULES", help="All but these rules.")] = None,
    min_confidence: Annotated[
        Sureness | None, typer.Option("--min-confidence", help="Only findings at least as sure.", show_default=False)
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 4 if something could not be read or resolved.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 whatever is found.")] = False,
    status: Annotated[
        Path | None,
        typer.Option("--status", metavar="FILE", help="Keep the history of every gap there: first seen, resolved in."),
    ] = None,
    color: Colors = Color.AUTO,
    processes: Processes = None,
) -> int:
    """Detect backends and frontends, audit them, print what does not fit."""
    root = checked(path)
    deliveries = _deliveries(_chosen(format), output)
    config = configured(root, backend, frontend, select, ignore, fail_on, min_confidence)
    from auditor.pipeline import audit

    with progress("auditing the project"):
        report = audit(root, config, processes)
    require_documents(report.graph, config)
    report = replace(report, prefix=_prefix(root))
    empty = len(report.absent_sides) == 2 and not report.graph.files.analysed
    for renderer, target in deliveries:
        # An empty folder is told in one line; a machine still gets its empty report.
        if not (empty and target is None and renderer.paint):
            _deliver(report, renderer, target, color)
    if status is not None:
        keep_status(status, root, report, config)
    report_absent(report.absent_sides, path, report.graph.files.analysed)
    return _verdict(report, config, fail_on is FailOn.NEVER or exit_zero, strict)


def _chosen(formats: str) -> list[Renderer]:
    from auditor.registry import load
    from auditor.report.renderer import Renderer

    known = {renderer.id: renderer for renderer in load("auditor.report.renderers", "RENDERER", Renderer)}
    names = list(dict.fromkeys(name.strip() for name in formats.split(",") if name.strip()))
    for name in names:
        if name not in known:
            raise Failure(f"no format '{name}'{nearest(name, list(known))}; formats are {', '.join(known)}")
    if not names:
        raise Failure(f"--format is empty; formats are {', '.join(known)}")
    return [known[name] for name in names]


def _deliveries(renderers: list[Renderer], output: str | None) -> list[tuple[Renderer, Path | None]]:
    """Where each format goes: a file, or None for standard output."""
    if output is None:
        return [(renderer, None) for renderer in renderers]
    place = Path(output)
    folder = place.is_dir() or output.endswith("/")
    written = [renderer for renderer in renderers if not renderer.paint or len(renderers) == 1]
    if len(written) > 1 and not folder:
        raise Failure(f"--output {output}: several formats need a folder; write it as '{output}/'")
    return [
        (renderer, (place / f"auditor.{renderer.extension}" if folder else place) if renderer in written else None)
        for renderer in renderers
    ]


def _deliver(report: Report, renderer: Renderer, target: Path | None, color: Color) -> None:
    if target is None:
        text = renderer.paint(report, canvas(color)) if renderer.paint else renderer.render(report)
        emit(text, commands=renderer.commands)
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(renderer.render(report), encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise Failure(f"{target}: {error.strerror or error}") from None
    tell(f"wrote {target}")


def _prefix(root: Path) -> str:
    """The audited folder seen from the root of its repository; "" for the root itself and without one."""
    top = root.resolve()
    for folder in (top, *top.parents):
        if (folder / ".git").exists():
            place = top.relative_to(folder).as_posix()
            return "" if place == "." else place
    return ""


def _verdict(report: Report, config: Config, lenient: bool, strict: bool) -> Exit:
    if not lenient and any(finding.severity.rank <= config.fail_on.rank for finding in report.findings):
        return Exit.FINDINGS
    losses = report.losses
    if strict and losses:
        tell(f"incomplete: {losses[0]}" + (f" (and {len(losses) - 1} more)" if len(losses) > 1 else ""))
        return Exit.INCOMPLETE
    return Exit.CLEAN
