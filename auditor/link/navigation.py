"""Links, forms and windows are calls only where a route of a backend answers them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.link.sites import Sent, Unsent
from auditor.model.graph import CallSite, Matched

_CLIENTS = frozenset(("link", "form", "window.open"))


def parted(
    sent: Sequence[Sent], unsent: Iterable[Unsent]
) -> tuple[tuple[Sent, ...], tuple[Unsent, ...], tuple[Sent, ...]]:
    """What clients send, what of it nobody decides, and where browsers are led."""
    led = tuple(one for one in sent if one.effect.client in _CLIENTS)
    kept = tuple(one for one in sent if one.effect.client not in _CLIENTS)
    return kept, tuple(one for one in unsent if one.effect.client not in _CLIENTS), led


def answered(led: Iterable[CallSite], calls: Iterable[CallSite]) -> list[CallSite]:
    """Those that a route surely answers, below what the clients of the same frontend ask: `/api/…`, not a page that
    happens to be called as a route."""
    asked = {(call.frontend, _head(call.path)) for call in calls if isinstance(call.target, Matched)}
    return [
        one
        for one in led
        if isinstance(one.target, Matched) and _head(one.path) and (one.frontend, _head(one.path)) in asked
    ]


def _head(path: str) -> str:
    head, slash, rest = path.strip("/").partition("/")
    return head if slash and rest and "{" not in head else ""
