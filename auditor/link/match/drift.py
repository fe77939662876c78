"""When a whole client misses the routes by one prefix, and nothing in the repository proves its base URL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from auditor.model.finding import Confidence
from auditor.model.graph import Ambiguous, CallSite, Matched, Missing, Unknown, Verdict
from auditor.model.span import Location

_DOUBLED = "remove the doubled "
_TWICE = re.compile(r"((?:/(?:api|v\d+))+)\1/")
_LEAST = 2  # calls; one alone shows no habit
_REASON = (
    "all calls of this client differ from the routes by a prefix ({}): "
    "a proxy or base URL that is not in the repository"
)
_Client: TypeAlias = tuple[str, str, Location | None]


def prefix_drifts(calls: Sequence[CallSite]) -> tuple[CallSite, ...]:
    """The calls in order, with what only shows when a client's calls are seen together.

    A client is a frontend, base and base location. Where none of its calls arrives, most of those that
    fail (two at least) need the same change of prefix, and no call of it is of high confidence, the base
    URL as read is not the one in use: these calls become `Unknown`. With a certain base the drift is a
    fact, and the calls keep their verdict: one client is one finding of the rule. A call that matches
    nothing even after the change is missing either way and stays as it is.
    """
    told = [_absorbed(call) for call in calls]
    clients: dict[_Client, list[CallSite]] = {}
    for call in told:
        clients.setdefault(_client(call), []).append(call)
    doubted = {client: change for client, members in clients.items() if (change := _doubted(members))}
    return tuple(_told(call, doubted.get(_client(call), "")) for call in told)


def _absorbed(call: CallSite) -> CallSite:
    """A call whose general prefix stands twice, whatever else may be wrong with it: one cause, one finding."""
    doubled = _TWICE.match(call.path)
    if doubled is None or not isinstance(call.target, Missing) or call.target.verdict is Verdict.PREFIX:
        return call
    prefix = doubled.group(1)
    if not any(near.route.path.startswith(f"{prefix}/") for near in call.target.nearest):
        return call
    change = f"{_DOUBLED}'{prefix}'"
    return replace(call, target=replace(call.target, verdict=Verdict.PREFIX, drift=change, answered=False))


def _doubted(calls: Sequence[CallSite]) -> str:
    """The change of prefix that all calls of an uncertain client need; "" if there is none."""
    if any(isinstance(call.target, Matched | Ambiguous) for call in calls):
        return ""
    missing = [(call, call.target) for call in calls if isinstance(call.target, Missing)]
    changes = Counter(target.drift for _, target in missing if target.verdict is Verdict.PREFIX)
    if not changes or any(call.confidence is Confidence.HIGH for call, _ in missing):
        return ""
    change, count = changes.most_common(1)[0]
    return change if len(changes) == 1 and count >= _LEAST and count * 2 > len(missing) else ""


def _told(call: CallSite, change: str) -> CallSite:
    match call.target:
        case Missing(Verdict.PREFIX, drift=drift) if change and drift == change:
            return replace(call, target=Unknown(_REASON.format(change)))
        case _:
            return call


def _client(call: CallSite) -> _Client:
    return call.frontend, call.base, call.base_location
