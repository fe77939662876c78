"""The status file of `auditor run --status`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.console import tell
from auditor.cli.failure import Failure

if TYPE_CHECKING:
    from auditor.config import Config
    from auditor.report.report import Report


def keep_status(file: Path, root: Path, report: Report, config: Config) -> None:
    """Carry the gaps of this audit into the file, and tell in one line what changed; raises `Failure`."""
    from auditor.history.git import described
    from auditor.history.status import Status, StatusError, read_status, status_text, updated
    from auditor.model.finding import Confidence
    from auditor.pipeline import chosen_rules

    try:
        before = read_status(file.read_text(encoding="utf-8")) if file.exists() else Status()
        # Without git there is no name for what was audited but the day.
        revision = described(root) or date.today().isoformat()
        sure = config.min_confidence is Confidence.LOW and not report.absent_sides
        judged = frozenset(rule.code for rule in chosen_rules(config)) if sure else frozenset()
        after = updated(before, report.gaps, revision, judged)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(status_text(after), encoding="utf-8", newline="\n")
    except StatusError as error:
        raise Failure(f"{file}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file}: {getattr(error, 'strerror', None) or error}") from None
    resolved = len(after.gaps) - after.open - (len(before.gaps) - before.open)
    new = len(after.gaps) - len(before.gaps)
    tell(f"{file}: {after.open} gaps open, {new} seen for the first time, {max(resolved, 0)} resolved since")
