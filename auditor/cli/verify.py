"""`auditor verify`: what a written report claims, held against the code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.console import emit, progress, tell
from auditor.cli.failure import Exit, Failure
from auditor.cli.options import Backends, Frontends, ListFormat, ListFormats, Processes, ProjectPath
from auditor.cli.project import checked, configured

LARGEST_DOCUMENT = 2_000_000
"""Bytes. A larger document is data, not a report that somebody wrote."""


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT.md", help="The report, in Markdown.", show_default=False)],
    path: ProjectPath = Path("."),
    backend: Backends = None,
    frontend: Frontends = None,
    format: ListFormats = ListFormat.TABLE,
    processes: Processes = None,
) -> int:
    """Check what a report claims: confirmed, refuted, stale or not checkable, each with its evidence.

    Exit 1 if something is refuted or stale.
    """
    text = read_document(report)
    root = checked(path)
    config = configured(root, backend, frontend)
    from auditor.engine.listing import list_entries
    from auditor.pipeline import check, chosen_rules, link_sources, read_sources, source_lines
    from auditor.syntax.markdown import read_markdown
    from auditor.verify.claim import Verdict
    from auditor.verify.ground import Ground
    from auditor.verify.listing import checked_json, checked_text
    from auditor.verify.verdicts import verify as verdicts

    with progress("reading the project"):
        sources = read_sources(root, config, processes)
        graph = link_sources(sources, config, processes)
        findings = check(graph, chosen_rules(config))
        files = [entry.path for entry in list_entries(root) if entry.kind == "file"]
        ground = Ground(graph, sources.facts, files, source_lines(root), findings)
        sections = verdicts(read_markdown(text, str(report)), ground)
    listing = checked_json if format is ListFormat.JSON else checked_text
    emit(listing(report.name, sections))
    wrong = {Verdict.REFUTED, Verdict.STALE}
    return Exit.FINDINGS if any(one.answer.verdict in wrong for each in sections for one in each.claims) else Exit.CLEAN


def read_document(path: Path) -> str:
    """The text of a Markdown file; raises `Failure` for one that cannot be read or is too large."""
    try:
        if path.stat().st_size > LARGEST_DOCUMENT:
            size = f"{path.stat().st_size:,}"
            raise Failure(f"{path}: {size} bytes; documents above {LARGEST_DOCUMENT:,} are not read")
        content = path.read_bytes()
    except OSError as error:
        raise Failure(f"{path}: {error.strerror or error}") from None
    if b"\0" in content[:1_000]:
        raise Failure(f"{path}: not a text file")
    text = content.decode("utf-8-sig", "replace")
    if "\ufffd" in text:
        tell(f"{path}: not UTF-8 throughout; unreadable bytes are replaced")
    return text
