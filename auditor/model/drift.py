"""Which prefix the calls of one client get wrong together."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.absence import missing_calls, weaker
from auditor.model.finding import Confidence
from auditor.model.graph import CallSite, Candidate, Kind, Matched, Missing, ProjectGraph, Verdict
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Drift:
    """Calls of one client that all need the same change of prefix.

    `change` says which ("remove '/api/v1'"). `lost` are those that no route answers even then, and `nearest`
    belongs to one that is answered, if any is. `base` is the place of the client's base URL where that is the likely
    culprit: several calls go through it, and none of them arrives.
    """

    frontend: str
    client: str
    change: str
    calls: tuple[CallSite, ...]
    nearest: tuple[Candidate, ...]
    base: Location | None
    confidence: Confidence
    lost: tuple[CallSite, ...] = ()

    @property
    def unanswered(self) -> int:
        """How many no route answers even then."""
        return len(self.lost)


def drifts(graph: ProjectGraph) -> tuple[Drift, ...]:
    """One entry per frontend, client and change, in the order of the first call.

    A socket belongs to the drift of its frontend's requests if it needs the same change; alone it
    is a missing endpoint like any other.
    """
    found = [(call, missing) for call, missing in missing_calls(graph, Verdict.PREFIX)]
    groups: dict[tuple[str, str, Location | None, str], list[tuple[CallSite, Missing]]] = {}
    for call, missing in found:
        if call.kind is not Kind.WEBSOCKET:
            key = (call.frontend, call.base, call.base_location, missing.drift)
            groups.setdefault(key, []).append((call, missing))
    owners = {(frontend, change): (frontend, base, place, change) for frontend, base, place, change in reversed(groups)}
    for call, missing in found:
        owner = owners.get((call.frontend, missing.drift))
        if call.kind is Kind.WEBSOCKET and owner:
            groups[owner].append((call, missing))
    arriving = {(call.frontend, call.base) for call in graph.calls if isinstance(call.target, Matched)}
    return tuple(
        _drift(key, members, culprit=len(members) > 1 and key[:2] not in arriving) for key, members in groups.items()
    )


def drifting_sockets(graph: ProjectGraph) -> frozenset[CallSite]:
    """The WebSocket calls that a drift explains."""
    return frozenset(call for drift in drifts(graph) for call in drift.calls if call.kind is Kind.WEBSOCKET)


def _drift(
    key: tuple[str, str, Location | None, str],
    members: list[tuple[CallSite, Missing]],
    *,
    culprit: bool,
) -> Drift:
    frontend, client, place, change = key
    calls = tuple(call for call, _ in members)
    likeliest = sorted((missing for _, missing in members), key=lambda missing: not missing.answered)
    nearest = next((missing.nearest for missing in likeliest if missing.nearest), ())
    surest = min((call.confidence for call in calls), key=lambda confidence: confidence.rank)
    return Drift(
        frontend=frontend,
        client=client,
        change=change,
        calls=calls,
        nearest=nearest,
        base=place if culprit else None,
        confidence=weaker(surest, *(near.route.confidence for near in nearest[:1])),
        lost=tuple(call for call, missing in members if not missing.answered),
    )
