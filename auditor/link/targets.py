"""Where each call goes: the frontend's own server, a backend's route, another host, or nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.link.callsites import Call
from auditor.link.match import Matcher
from auditor.link.own import OwnPaths
from auditor.link.proxies import PathRewrite, apply
from auditor.model.finding import Confidence, Step
from auditor.model.graph import Ambiguous, CallSite, External, Kind, Matched, Missing, Own, Route, Target, Unknown, Verdict

_UNPAIRED = 0.1  # share of a frontend's matches above which a further backend counts as its own


@dataclass(frozen=True, slots=True)
class Server:
    """A backend as calls see it: its routes, and the stems below which more may be served."""

    root: str
    routes: tuple[Route, ...]
    matcher: Matcher
    stems: Mapping[str, str]
    segments: Mapping[str, frozenset[str]]


def server(root: str, routes: Sequence[Route], stems: Mapping[str, str]) -> Server:
    """A backend ready to be asked. `stems` maps a path prefix to the reason why the routes below it are open."""
    segments = {stem: frozenset(_next_segment(route.path, stem) for route in routes) for stem in stems}
    return Server(root, tuple(routes), Matcher(routes), stems, segments)


def pair_services(calls: Sequence[Call], servers: Sequence[Server]) -> dict[str, tuple[str, ...]]:
    """The backends each frontend talks to, the most called first, by calls that surely match.

    A frontend whose calls match nothing is paired with the backend that serves most.
    """
    found: dict[str, Counter[str]] = {}
    for call in calls:
        hits = found.setdefault(call.site.frontend, Counter())
        if isinstance(call.site.target, External):
            continue
        for one in servers:
            if isinstance(one.matcher.target(call.site.kind, call.site.method, call.site.path), Matched):
                hits[one.root] += 1
    order = {one.root: number for number, one in enumerate(servers)}
    pairs: dict[str, tuple[str, ...]] = {}
    for frontend, hits in found.items():
        ranked = sorted(hits, key=lambda root: (-hits[root], order[root]))
        if not ranked and servers:
            ranked = [servers[0].root]
        enough = hits[ranked[0]] * _UNPAIRED if ranked else 0
        pairs[frontend] = tuple(root for root in ranked[:1]) + tuple(
            root for root in ranked[1:] if _independent(root, ranked[0], hits, enough)
        )
    return pairs


def _independent(root: str, first: str, hits: Counter[str], enough: float) -> bool:
    return hits[root] > max(enough, 2) and hits[root] < hits[first]


def targeted(
    calls: Sequence[Call],
    servers: Sequence[Server],
    pairs: Mapping[str, Sequence[str]],
    own: OwnPaths,
    rewrites: Mapping[str, Sequence[PathRewrite]],
) -> tuple[CallSite, ...]:
    """All calls with their targets."""
    by_root = {one.root: one for one in servers}
    return tuple(
        _targeted(
            call,
            [by_root[root] for root in pairs.get(call.site.frontend, ()) if root in by_root],
            own,
            rewrites.get(call.site.frontend, ()),
        )
        for call in calls
    )


def _targeted(call: Call, servers: Sequence[Server], own: OwnPaths, rewrites: Sequence[PathRewrite]) -> CallSite:
    site = call.site
    if isinstance(site.target, External):
        return site
    owner = own.owner(site.frontend, site.method, site.path) if site.kind is not Kind.WEBSOCKET else None
    path, steps = apply(rewrites, site.path)
    target = _ask(servers, site, path, call.open_head)
    if path != site.path and not isinstance(target, Matched):
        direct = _ask(servers, site, site.path, call.open_head)
        if isinstance(direct, Matched):
            path, steps, target = site.path, (), direct
    if owner is not None and not isinstance(target, Matched):
        return replace(site, target=Own(owner))
    if owner is not None and not call.open_head and call.relative:
        return replace(site, target=Own(owner))
    return replace(site, path=path, target=target, provenance=(*site.provenance, *steps))


def _ask(servers: Sequence[Server], site: CallSite, path: str, open_head: str) -> Target:
    answers = [_answer(one, site, path, open_head) for one in servers]
    for kind in (Matched, Ambiguous):
        for answer in answers:
            if isinstance(answer, kind):
                return answer
    return answers[0] if answers else Unknown("no backend was found")


def _answer(one: Server, site: CallSite, path: str, open_head: str) -> Target:
    target = one.matcher.target(site.kind, site.method, path, open_head=open_head)
    if not isinstance(target, Missing) or target.verdict in (Verdict.METHOD, Verdict.TRANSPORT):
        return target
    if target.verdict is Verdict.PREFIX and "doubled" in target.drift:
        return target
    for stem, reason in sorted(one.stems.items(), key=lambda item: -len(item[0])):
        if path == stem or path.startswith(stem + "/"):
            # A router that is not known most likely brings a segment of its own.
            if _next_segment(path, stem) not in one.segments[stem]:
                return Unknown(f"below {stem or '/'} more may be served: {reason}")
    return target


def _next_segment(path: str, stem: str) -> str:
    if path != stem and not path.startswith(stem + "/"):
        return ""
    segment = path[len(stem) :].lstrip("/").partition("/")[0]
    return "" if segment.startswith("{") else segment


__all__ = ["Confidence", "Server", "Step", "pair_services", "server", "targeted"]
