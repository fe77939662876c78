"""Standard output and standard error: colours, progress, and pipes that close early."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from auditor.cli.options import Color

if TYPE_CHECKING:
    from auditor.report.renderer import Canvas


def emit(text: str, commands: bool = False) -> None:
    """Write text to standard output.

    In a GitHub log, text that is not made of `commands` for the runner is shielded from it. A pipe
    closed by its reader ends the output quietly; what the command found still decides its exit code.
    """
    if in_github_log() and not commands and text:
        from auditor.report.escape import workflow_shield

        text = workflow_shield(text)
    try:
        sys.stdout.write(_encodable(text))
        sys.stdout.flush()
    except BrokenPipeError:
        silence()


def tell(text: str) -> None:
    """Write one line to standard error, under the auditor's name."""
    from auditor.report.escape import one_line

    line = f"auditor: {one_line(text)}"
    # The runner obeys the older form of commands anywhere in a line.
    print(line.replace("##[", "# #["), file=sys.stderr)


def silence() -> None:
    """Send standard output nowhere, so that the interpreter can flush it at the end without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def in_github_log() -> bool:
    """Whether standard output is read by GitHub's runner; a plain file (a step summary) is not."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return False
    try:
        return not stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return True


def canvas(color: Color) -> Canvas:
    """The terminal as it is now. Without one, the width is COLUMNS or 100."""
    from auditor.report.renderer import PLAIN_WIDTH, Canvas

    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns
    return Canvas(width=max(40, width), color=colored(color))


def colored(color: Color) -> bool:
    """`--color` before NO_COLOR before FORCE_COLOR and CLICOLOR_FORCE before the terminal.

    Conventions: https://no-color.org, https://bixense.com/clicolors.
    """
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(text: str) -> Iterator[None]:
    """Show that work goes on: on a terminal's standard error only, and never in CI."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


def _encodable(text: str) -> str:
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors="replace").decode(encoding)
