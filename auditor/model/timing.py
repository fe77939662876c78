"""How long the client keeps what it fetched, and how often it asks again."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Timing:
    """A written time in milliseconds. `kind` is "fresh" (a cache answers until then) or "poll"; `default`: it holds
    for every query of the client that says nothing else."""

    kind: str
    milliseconds: int
    default: bool
    location: Location

    @property
    def label(self) -> str:
        """`300000 ms (5 min)`."""
        seconds, rest = divmod(self.milliseconds, 1000)
        if rest or seconds < 1:
            return f"{self.milliseconds} ms"
        return (
            f"{self.milliseconds} ms ({seconds // 60} min)"
            if seconds % 60 == 0
            else f"{self.milliseconds} ms ({seconds} s)"
        )
