"""`auditor rules`: what is looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.console import emit
from auditor.cli.options import ListFormat, ListFormats, ProjectPath
from auditor.cli.project import checked, configured, rules_of

if TYPE_CHECKING:
    from auditor.rule import Rule


def rules(path: ProjectPath = Path("."), format: ListFormats = ListFormat.TABLE) -> None:
    """What is looked for: every rule with its severity and a sentence."""
    from auditor.report.listings import rules_listing

    found: tuple[Rule, ...] = rules_of(configured(checked(path)))
    listing = rules_listing(found)
    emit(listing.json if format is ListFormat.JSON else listing.table)
