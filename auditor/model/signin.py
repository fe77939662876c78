"""The steps of signing in, staying signed in and signing out, found in routes and calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.model.finding import Confidence
from auditor.model.graph import Ambiguous, CallSite, Kind, Matched, Missing, ProjectGraph, Route, Unknown
from auditor.model.idle import idle_routes
from auditor.model.segments import is_generic, is_hole, segments

_LOGIN = frozenset(("login", "signin", "logon", "authenticate", "accesstoken", "obtaintoken", "gettoken"))
_LOGOUT = frozenset(("logout", "signout", "logoff"))
_REFRESH = frozenset(("refresh", "refreshtoken", "tokenrefresh", "renew", "renewtoken"))
_ME = frozenset(("me", "whoami", "currentuser", "userinfo"))
_REGISTER = frozenset(("register", "signup", "registration"))
_ABOUT = re.compile(r"auth|log-?in|sign-?in|jwt|token|session|account|user")
_TOKEN = re.compile(r"auth|log-?in|sign-?in|jwt|token|session")
_PLAIN = re.compile(r"[-_.]")


class Step(StrEnum):
    """One step."""

    REGISTER = "register"
    LOGIN = "login"
    REFRESH = "refresh"
    ME = "me"
    LOGOUT = "logout"


class Reach(StrEnum):
    """Whether a step has both ends."""

    BOTH = "both"  # a call reaches a route
    UNUSED = "backend only"  # served, and no call can reach it
    MISSING = "frontend only"  # called, and nothing serves it
    MISMATCH = "mismatch"  # served and called, but no call reaches it
    UNKNOWN = "unknown"  # served, and a call whose target is not known may reach it
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FlowStep:
    """What each side has of a step. `calls` reach one of the `routes`; `vain` are those that reach nothing."""

    step: Step
    routes: tuple[Route, ...]
    calls: tuple[CallSite, ...]
    vain: tuple[CallSite, ...]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Skipped:
    """A route for a step that the client leaves out; `login` is the call that signs in."""

    route: Route
    login: CallSite
    confidence: Confidence


def flow(graph: ProjectGraph) -> tuple[FlowStep, ...]:
    """The steps that either side has, in the order in which they happen."""
    served: dict[Step, list[Route]] = {step: [] for step in Step}
    for route in graph.routes:
        step = step_of(route.method, route.path)
        if step is not None and route.kind is Kind.HTTP and route.shadowed_by is None:
            served[step].append(route)
    vain: dict[Step, list[CallSite]] = {step: [] for step in Step}
    for call in graph.calls:
        step = step_of(call.method, call.path)
        if step is not None and isinstance(call.target, Missing):
            vain[step].append(call)
    vague = [call for call in graph.calls if isinstance(call.target, Unknown | Ambiguous)]
    rows = (_row(graph, step, served[step], vain[step], vague) for step in Step)
    return tuple(row for row in rows if row.reach is not Reach.NONE)


def skipped(graph: ProjectGraph, step: Step) -> tuple[Skipped, ...]:
    """The routes of a step that no call can reach, where the frontend signs in at the backend."""
    steps = {row.step: row for row in flow(graph)}
    login, row = steps.get(Step.LOGIN), steps.get(step)
    if login is None or not login.calls or row is None or row.reach is not Reach.UNUSED:
        return ()
    idle = {entry.route: entry.confidence for entry in idle_routes(graph)}
    return tuple(Skipped(route, login.calls[0], idle[route]) for route in row.routes if route in idle)


def step_of(method: str, path: str) -> Step | None:
    """The step that a request is by its method and path; None for any other request.

    The last written segment names it; a word that also means other things counts only below a segment about users,
    tokens or sessions.
    """
    written = [one for one in segments(path.lower()) if not is_generic(one)]
    if not written or is_hole(written[-1]):
        return None
    last = _PLAIN.sub("", written[-1])
    above = " ".join(one for one in written[:-1] if not is_hole(one))
    about = _ABOUT.search(above) is not None
    match method:
        case "POST" if last in _LOGIN or (last == "token" and (about or len(written) == 1)):
            return Step.LOGIN
        case "POST" if last == "create" and re.search(r"jwt|token|session", above):
            return Step.LOGIN
        case "POST" | "GET" | "PUT" if last in _REFRESH and (len(written) == 1 or _TOKEN.search(written[-2])):
            return Step.REFRESH
        case "POST" | "GET" | "DELETE" if last in _LOGOUT:
            return Step.LOGOUT
        case "GET" if last in _ME and (about or len(written) == 1):
            return Step.ME
        case "POST" if last in _REGISTER and (about or len(written) == 1):
            return Step.REGISTER
        case _:
            return None


def _row(graph: ProjectGraph, step: Step, routes: list[Route], vain: list[CallSite], vague: list[CallSite]) -> FlowStep:
    calls = tuple(dict.fromkeys(call for route in routes for call in _sure(graph, route)))
    if calls:
        reach = Reach.BOTH
    elif routes and vain:
        reach = Reach.MISMATCH
    elif routes:
        may = any(_may_mean(call, route) for call in vague for route in routes)
        reach = Reach.UNKNOWN if may else Reach.UNUSED
    else:
        reach = Reach.MISSING if vain else Reach.NONE
    return FlowStep(step, tuple(routes), calls, tuple(vain), reach)


def _sure(graph: ProjectGraph, route: Route) -> Iterator[CallSite]:
    return (call for call in graph.callers_of(route) if isinstance(call.target, Matched))


def _may_mean(call: CallSite, route: Route) -> bool:
    """Whether a call whose target is not known may be for a route: nothing in its path says otherwise."""
    if isinstance(call.target, Ambiguous):
        return route in call.target.routes
    if call.method and call.method != route.method:
        return False
    asked = [one for one in segments(call.path) if not is_hole(one)]
    return not asked or asked[-1] == segments(route.path)[-1]
