"""`auditor diff`: the gaps of two revisions, and the change behind each that came or went."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.console import emit, progress, tell
from auditor.cli.failure import Exit, Failure
from auditor.cli.options import FailOn, ListFormat, ListFormats, Processes
from auditor.cli.project import checked, configured

if TYPE_CHECKING:
    from auditor.config import Config


def diff(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The earlier revision.", show_default=False)],
    head: Annotated[str, typer.Argument(metavar="HEAD", help="The later revision.")] = "HEAD",
    path: Annotated[Path, typer.Argument(help="Folder of the project.", show_default=False)] = Path("."),
    format: ListFormats = ListFormat.TABLE,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on", help="Exit 1 from this severity of a new gap on (default: high).", show_default=False
        ),
    ] = None,
    matrix: Annotated[
        bool, typer.Option("--matrix/--no-matrix", help="Also audit the old with the new half, both ways.")
    ] = True,
    processes: Processes = None,
) -> int:
    """Audit two revisions and tell which gaps are new, fixed and persisting. The work tree is not touched."""
    root = checked(path)
    own = configured(root, fail_on=fail_on)
    from auditor.history.git import GitError, is_dirty, repository, revision
    from auditor.history.listing import diff_json, diff_text
    from auditor.history.revisions import diff_revisions

    def configure(config: Config) -> Config:
        # Codes are checked against the rules of the work tree; folders are those of the revision.
        return config if config.file else replace(config, select=own.select, ignore=own.ignore, exclude=own.exclude)

    try:
        repo = repository(root)
        first, second = revision(repo, base), revision(repo, head)
        if head == "HEAD" and is_dirty(repo):
            tell("uncommitted changes are not part of HEAD and are left out")
        with progress("auditing two revisions"):
            found = diff_revisions(repo, first, second, configure, matrix, processes)
    except GitError as error:
        raise Failure(str(error)) from None
    emit((diff_json if format is ListFormat.JSON else diff_text)(found))
    if fail_on is FailOn.NEVER:
        return Exit.CLEAN
    worst = [one for one in found.comparison.new if one.finding.severity.rank <= own.fail_on.rank]
    return Exit.FINDINGS if worst else Exit.CLEAN
