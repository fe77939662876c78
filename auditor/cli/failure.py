"""How a command ends: the exit codes, and failures that are told in one line."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the auditor."""

    CLEAN = 0  # nothing at or above --fail-on
    FINDINGS = 1  # at least one finding at or above --fail-on
    USAGE = 2  # wrong usage or configuration
    NO_SIDE = 3  # no backend or no frontend was found
    INCOMPLETE = 4  # --strict, and something could not be read
    INTERNAL = 70  # a bug of the auditor
    INTERRUPTED = 130  # control-C


class Failure(Exception):
    """A command cannot do what it was asked to. The text is one line for the user."""

    def __init__(self, text: str, code: Exit = Exit.USAGE) -> None:
        super().__init__(text)
        self.code = code
