"""Which requests no route answers, one entry per cause.

Where the set of routes is not complete, what could be one of the unknown routes is no `Missing` call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.finding import Confidence, Evidence, Side
from auditor.model.graph import CallSite, Candidate, Kind, Missing, ProjectGraph, Route, Service, Verdict
from auditor.model.segments import is_under, segments, shared


@dataclass(frozen=True, slots=True)
class Absence:
    """All call sites that send the same request in vain, for the same reason.

    The first call is the surest one. `confidence` is that of the first call and, where the reason
    rests on the nearest route, of that route too.
    """

    verdict: Verdict
    calls: tuple[CallSite, ...]
    nearest: tuple[Candidate, ...]
    confidence: Confidence

    @property
    def lead(self) -> CallSite:
        """The call to look at first."""
        return self.calls[0]

    @property
    def label(self) -> str:
        """`POST /auth/login`."""
        return self.lead.label

    @property
    def is_stream(self) -> bool:
        """Whether nothing but event streams are opened here."""
        return all(call.kind is Kind.SSE for call in self.calls)

    @property
    def used(self) -> bool:
        """Whether somebody may call a function in which the request stands."""
        return any(call.used for call in self.calls)

    @property
    def remark(self) -> str:
        """ " (nothing uses signOut)" where no feature depends on the request, else ""."""
        return "" if self.used or not self.lead.symbol else f" (nothing uses {self.lead.symbol})"

    @property
    def places(self) -> tuple[Evidence, ...]:
        """The other calls."""
        return tuple(call_evidence(call) for call in self.calls[1:])


def absences(graph: ProjectGraph, *verdicts: Verdict) -> tuple[Absence, ...]:
    """Unanswered HTTP and event-stream requests with one of these verdicts, in the order of the calls."""
    return _grouped((call, found) for call, found in missing_calls(graph, *verdicts) if call.kind is not Kind.WEBSOCKET)


def socket_absences(graph: ProjectGraph, *verdicts: Verdict) -> tuple[Absence, ...]:
    """Unanswered WebSocket connections with one of these verdicts, in the order of the calls."""
    return _grouped((call, found) for call, found in missing_calls(graph, *verdicts) if call.kind is Kind.WEBSOCKET)


def missing_calls(graph: ProjectGraph, *verdicts: Verdict) -> Iterator[tuple[CallSite, Missing]]:
    """Calls that certainly reach no route, for one of these reasons."""
    if not graph.routes:
        return  # a backend of which nothing was read proves nothing
    for call in graph.calls:
        match call.target:
            case Missing(verdict) as found if verdict in verdicts:
                yield call, found
            case _:
                pass


def open_reason(graph: ProjectGraph, path: str) -> str:
    """Why the routes below this path are not all known; "" if they are."""
    reasons = (reason for stem, reason in graph.open_stems.items() if is_under(path, stem))
    return next(reasons, "")


def closest_route(graph: ProjectGraph, call: CallSite) -> Route | None:
    """The route whose path begins most like the call's, among the backends of its frontend."""
    backends = {service.root for service in backends_of(graph, call.frontend)}
    routes = [route for route in graph.routes if route.service in backends] or list(graph.routes)
    same_transport = [route for route in routes if (route.kind is Kind.WEBSOCKET) == (call.kind is Kind.WEBSOCKET)]
    wanted = len(segments(call.path))

    def nearness(route: Route) -> tuple[int, int]:
        return shared(call.path, route.path), -abs(wanted - len(segments(route.path)))

    return max(same_transport or routes, key=nearness, default=None)  # the first of equals


def backends_of(graph: ProjectGraph, frontend: str) -> tuple[Service, ...]:
    """The backends that a frontend is paired with; all of them where nothing was paired."""
    return tuple(backend for backend in graph.backends if _paired(graph, backend, frontend))


def frontends_of(graph: ProjectGraph, backend: str) -> tuple[Service, ...]:
    """The frontends that a backend is paired with; all of them where nothing was paired."""
    roots = [service for service in graph.backends if service.root == backend]
    return tuple(
        frontend for frontend in graph.frontends if any(_paired(graph, service, frontend.root) for service in roots)
    )


def call_evidence(call: CallSite) -> Evidence:
    """The place of a call, as "requests POST /users" or "opens WS /updates"."""
    verb = "opens" if call.kind is Kind.WEBSOCKET else "requests"
    return Evidence(Side.FRONTEND, call.location, f"{verb} {call.label}")


def route_evidence(route: Route, what: str) -> Evidence:
    """The place of a route, as "GET /users: {what}"."""
    return Evidence(Side.BACKEND, route.location, f"{route.label}: {what}")


def weaker(*confidences: Confidence) -> Confidence:
    """The least sure of several."""
    return max(confidences, key=lambda confidence: confidence.rank)


def _grouped(found: Iterator[tuple[CallSite, Missing]]) -> tuple[Absence, ...]:
    groups: dict[tuple[Verdict, str], list[tuple[CallSite, Missing]]] = {}
    for call, missing in found:
        groups.setdefault((missing.verdict, call.label), []).append((call, missing))
    return tuple(_absence(verdict, group) for (verdict, _), group in groups.items())


def _absence(verdict: Verdict, group: list[tuple[CallSite, Missing]]) -> Absence:
    ordered = sorted(
        group, key=lambda entry: (not entry[0].used, entry[0].confidence.rank)
    )  # stable: source order among equals
    lead, missing = ordered[0]
    bases = [] if verdict is Verdict.NO_ROUTE else [near.route.confidence for near in missing.nearest[:1]]
    return Absence(verdict, tuple(call for call, _ in ordered), missing.nearest, weaker(lead.confidence, *bases))


def _paired(graph: ProjectGraph, backend: Service, frontend: str) -> bool:
    if not any(service.pairs for service in graph.services):
        return True
    chosen = next((service.pairs for service in graph.frontends if service.root == frontend), ())
    return backend.root in chosen or frontend in backend.pairs
