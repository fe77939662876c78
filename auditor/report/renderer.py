"""What a renderer is: a format's name and a function from the report to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auditor.report.report import Report

PLAIN_WIDTH = 100
"""Columns of text for people where there is no terminal to ask."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The terminal that text for people is written to. `width` counts columns."""

    width: int = PLAIN_WIDTH
    color: bool = False


@dataclass(frozen=True, slots=True)
class Renderer:
    """One output format.

    `id` is its name on the command line, `media` its MIME type, `extension` that of its files.
    `render` depends on the report alone. A format for terminals also has `paint`, which fits it to
    the canvas. `commands` marks a format that GitHub's runner is meant to obey; any other text is
    shielded from it.
    """

    id: str
    media: str
    extension: str
    render: Callable[[Report], str]
    paint: Callable[[Report, Canvas], str] | None = None
    commands: bool = False
