"""Are the endpoints of a report served, and does the frontend call them?"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.finding import Side
from auditor.model.graph import CallSite, External, Kind, Own, Route, Unknown
from auditor.model.segments import is_under
from auditor.report.coverage import may_reach
from auditor.verify.claim import Answer, Called, Counted, Mixed, Prefix, Proof, Served, Unit, Verdict
from auditor.verify.ground import Ground

_SHOWN = 3


def check_served(claim: Served, ground: Ground) -> Answer:
    """Whether the backend serves it."""
    label = f"{claim.method} {claim.path}".strip()
    if not ground.graph.backends:
        return Answer(Verdict.UNCHECKABLE, "no backend was found")
    found = ground.routes(claim.method, claim.path, claim.socket)
    if found:
        verdict = Verdict.CONFIRMED if claim.expected else Verdict.REFUTED
        return Answer(verdict, f"{found[0].label} is served by {found[0].handler}", _routes(found))
    reason = ground.open_reason(claim.path)
    if reason:
        return Answer(Verdict.UNCHECKABLE, f"not every route is known: {reason}")
    others = ground.routes("", claim.path)
    if not claim.expected:
        return Answer(Verdict.CONFIRMED, f"no route serves {label}", _routes(others))
    note = f"; {others[0].label} is" if others else ""
    return Answer(Verdict.REFUTED, f"no route serves {label}{note}", _routes(others))


def check_called(claim: Called, ground: Ground) -> Answer:
    """Whether a request of the frontend reaches the path."""
    if not ground.graph.frontends:
        return Answer(Verdict.UNCHECKABLE, "no frontend was found")
    routes = ground.routes(claim.method, claim.path)
    callers = [call for route in routes for call in ground.graph.callers_of(route)]
    meant = [call for route in routes for call in ground.meant(route)]
    calls = callers or [call for call in ground.calls(claim.method, claim.path) if not isinstance(call.target, Unknown)]
    if calls:
        verdict = Verdict.CONFIRMED if claim.expected and callers else Verdict.REFUTED
        what = "requests it" if callers else "requests that path, which is not served"
        return Answer(verdict, f"{calls[0].location.file} {what}", _calls(calls))
    if meant:
        return Answer(Verdict.REFUTED, f"a request for {meant[0].path} is written for it and misses it", _calls(meant))
    doubtful = [call for call in ground.graph.calls if _may_be(call, routes)]
    if doubtful:
        return Answer(Verdict.UNCHECKABLE, "requests whose target could not be told may reach it", _calls(doubtful))
    verdict = Verdict.REFUTED if claim.expected else Verdict.CONFIRMED
    return Answer(verdict, f"no request for {claim.path} was found in the frontend", _routes(routes))


def check_prefix(claim: Prefix, ground: Ground) -> Answer:
    """Whether anything is served, or requested, below a path."""
    if claim.side is Side.BACKEND:
        routes = [route for route in ground.graph.routes if is_under(route.path, claim.path)]
        if routes:
            return Answer(Verdict.CONFIRMED, f"{len(routes)} routes are served below it", _routes(routes))
        reason = ground.open_reason(claim.path)
        verdict = Verdict.UNCHECKABLE if reason else Verdict.REFUTED
        return Answer(verdict, reason or f"no route is served below {claim.path}")
    calls = [call for call in ground.graph.calls if call.path.startswith(claim.path)]
    if calls:
        return Answer(Verdict.CONFIRMED, f"{len(calls)} requests go below it", _calls(calls))
    return Answer(Verdict.REFUTED, f"no request goes below {claim.path}")


def check_mixed(claim: Mixed, ground: Ground) -> Answer:
    """Whether some requests begin with the path and some do not."""
    known = [
        call for call in ground.graph.calls if call.path.startswith("/") and not isinstance(call.target, External | Own)
    ]
    within = [call for call in known if call.path.startswith(claim.path)]
    without = [call for call in known if not call.path.startswith(claim.path) and "{" not in call.path.split("/")[1]]
    reason = f"{len(within)} requests begin with {claim.path}, {len(without)} do not"
    verdict = Verdict.CONFIRMED if within and without else Verdict.REFUTED
    return Answer(verdict, reason, (*_calls(within[:1]), *_calls(without[:2])))


def check_route_count(claim: Counted, ground: Ground) -> Answer:
    """How many routes a file has, or how many WebSocket routes there are."""
    served = [route for route in ground.graph.routes if route.kind is not Kind.MOUNT]
    if claim.unit is Unit.SOCKETS:
        chosen = [route for route in served if route.kind is Kind.WEBSOCKET]
    else:
        files = ground.matching(claim.of)
        if len(files) != 1:
            return Answer(Verdict.UNCHECKABLE, f"{len(files)} files are called {claim.of}")
        chosen = [route for route in served if route.location.file == files[0]]
        if not chosen:
            return Answer(Verdict.UNCHECKABLE, f"{files[0]} serves no route")
    actual = len({(route.label, route.location) for route in chosen})
    close = claim.about and abs(actual - claim.number) <= 0.25 * claim.number
    verdict = Verdict.CONFIRMED if actual == claim.number or close else Verdict.REFUTED
    return Answer(verdict, f"there are {actual}", _routes(chosen))


def _may_be(call: CallSite, routes: Sequence[Route]) -> bool:
    return isinstance(call.target, Unknown) and bool(call.path) and any(may_reach(call, route) for route in routes)


def _routes(routes: Sequence[Route]) -> tuple[Proof, ...]:
    return tuple(Proof(route.location, f"serves {route.label}") for route in routes[:_SHOWN])


def _calls(calls: Sequence[CallSite]) -> tuple[Proof, ...]:
    return tuple(Proof(call.location, f"requests {call.label}") for call in calls[:_SHOWN])
