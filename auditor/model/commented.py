"""Halves of the contract that stand in comments while the other half is alive."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.finding import Side
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class CommentedOut:
    """A call or a handler that stands only in a comment, at `location` of `side`.

    `label` is what it would call or serve ("POST /users"), `live` the call or registration of the other side that is
    left alone, with its own label `served`. `sibling` is a living call or route that is written the same way in the
    same file: it says what stands before the path.
    """

    side: Side
    label: str
    location: Location
    served: str
    live: Location
    sibling: Location
