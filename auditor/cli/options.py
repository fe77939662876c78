"""The arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class Color(StrEnum):
    """When output for people is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class FailOn(StrEnum):
    """The severity from which on a finding fails the run. The words of `Severity`, and "never"."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"
    NEVER = "never"


class Sureness(StrEnum):
    """The words of `Confidence`, here without importing the model: help has to be fast."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ListFormat(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"


ProjectPath: TypeAlias = Annotated[Path, typer.Argument(help="Folder of the project.", show_default=False)]
Backends: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--backend", metavar="DIR", help="Folder of a backend, instead of detecting it. Repeatable."),
]
Frontends: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--frontend", metavar="DIR", help="Folder of a frontend, instead of detecting it. Repeatable."),
]
ListFormats: TypeAlias = Annotated[ListFormat, typer.Option("--format", help="For people or for machines.")]
Processes: TypeAlias = Annotated[
    int | None,
    typer.Option("--processes", min=1, metavar="N", help="Processes that read files; by default as many as help."),
]
Colors: TypeAlias = Annotated[
    Color, typer.Option("--color", help="Colours; auto asks NO_COLOR, FORCE_COLOR and the terminal.")
]
