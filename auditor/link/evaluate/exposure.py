"""Which objects may have entries that nobody saw, because something that is not followed was given them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.value import Arguments

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def hand_out(machine: Machine, arguments: Arguments, name: str = "") -> None:
    """The arguments go to something that is not followed, by name where it has one; printing changes nothing."""
    if machine.language.blocks and not name.startswith("console."):
        for value in arguments.positional:
            machine.expose(value)
