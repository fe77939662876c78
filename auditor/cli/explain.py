"""`auditor explain`: a rule's page, or one finding with all that is known about it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.console import canvas, emit, progress
from auditor.cli.failure import Failure
from auditor.cli.options import Color, Colors, Processes, ProjectPath
from auditor.cli.project import checked, configured, nearest, rules_of

if TYPE_CHECKING:
    from auditor.config import Config
    from auditor.rule import Rule


def explain(
    what: Annotated[
        str, typer.Argument(metavar="CODE|NAME|FINGERPRINT", help="EP101, missing-endpoint or 3f0c5a9b12de7744.")
    ],
    path: ProjectPath = Path("."),
    color: Colors = Color.AUTO,
    processes: Processes = None,
) -> None:
    """A rule's page, or one finding with its evidence and reason chain."""
    root = checked(path)
    config = configured(root)
    known = rules_of(config)
    for rule in known:
        if what.upper() == rule.code or what.lower() == rule.name:
            emit(_page(rule))
            return
    if re.fullmatch(r"[0-9a-f]{6,16}", what.lower()):
        emit(_finding(what.lower(), root, config, color, processes))
        return
    names = [text for rule in known for text in (rule.code, rule.name)]
    raise Failure(f"no rule '{what}'{nearest(what, names)}; 'auditor rules' lists them")


def _page(rule: Rule) -> str:
    return f"# {rule.code} {rule.name}\n\nSeverity: {rule.severity}. Area: {rule.category}.\n\n{rule.page}\n"


def _finding(fingerprint: str, root: Path, config: Config, color: Color, processes: int | None) -> str:
    from auditor.pipeline import audit
    from auditor.report.renderers.terminal import explain_finding

    with progress("auditing the project"):
        report = audit(root, config, processes)
    for finding in report.findings:
        if finding.fingerprint.startswith(fingerprint):
            return explain_finding(finding, report.sources, canvas(color))
    raise Failure(f"no finding {fingerprint} in {root}; 'auditor run --format json' prints the fingerprints")
