"""The command line: which commands there are, and how a failure of any of them is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from auditor.cli import calls, channels, diff, explain, flows, init, openapi, routes, rules, run, types, verify
from auditor.cli.console import emit, silence, tell
from auditor.cli.failure import Exit, Failure

app = typer.Typer(
    name="auditor",
    help="Finds where a Python backend and its TypeScript frontend disagree, without running either.",
    epilog=(
        "Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage or configuration; "
        "3 a side was not found; 4 incomplete under --strict; 70 internal error."
    ),
    rich_markup_mode=None,  # plain help: rich would take longer to load than the help to read
    pretty_exceptions_enable=False,
)
for _name, _command in (
    ("run", run.run),
    ("routes", routes.routes),
    ("calls", calls.calls),
    ("types", types.types),
    ("openapi", openapi.openapi),
    ("channels", channels.channels),
    ("verify", verify.verify),
    ("diff", diff.diff),
    ("flows", flows.flows),
    ("explain", explain.explain),
    ("rules", rules.rules),
    ("init", init.init),
):
    app.command(_name)(_command)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Finds where a Python backend and its TypeScript frontend disagree, without running either."""
    from auditor import __version__

    if version:
        emit(f"auditor {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        emit(context.get_help() + "\n")
        raise typer.Exit


def execute(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code. Every failure is one line on standard error."""
    try:
        code = typer.main.get_command(app).main(args=list(arguments), prog_name="auditor", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else Exit.CLEAN
    except Failure as failure:
        if str(failure):
            tell(str(failure))
        return failure.code
    except (KeyboardInterrupt, typer.Abort):
        tell("interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        silence()
        return Exit.CLEAN
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    usage = getattr(error, "format_message", None)  # click's usage errors, wherever typer keeps its click
    if callable(usage):
        tell(f"{usage()} (see 'auditor --help')")
        return Exit.USAGE
    from auditor.config import ConfigError

    if isinstance(error, ConfigError):
        tell(str(error))
        return Exit.USAGE
    if os.environ.get("AUDITOR_DEBUG") == "1":
        raise error
    tell(
        f"internal error: {type(error).__name__}: {error}; please report it with the output of the same command "
        "under AUDITOR_DEBUG=1"
    )
    return Exit.INTERNAL
