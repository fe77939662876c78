"""Where each call goes: the frontend's own server, a backend's route, another host, or nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from mimetypes import MimeTypes

from auditor.link.callsites import Call
from auditor.link.forwarding.rewrite import Phase
from auditor.link.match import Matcher
from auditor.link.own import OwnPaths
from auditor.link.proxies import Forwarded, PathRewrite, answer
from auditor.model.finding import Confidence
from auditor.model.graph import Ambiguous, CallSite, External, Kind, Matched, Missing, Route, Target, Unknown, Verdict
from auditor.model.segments import is_hole, segments

_VERSION = re.compile(r"^v\d+")
_MANY, _HARDLY = 25, 0.05  # calls that meet no route, and the share of met ones below which they say nothing
_ALONE = 3  # calls that only this backend serves
_UNPAIRED = 0.1  # share of a frontend's matches above which a further backend counts as its own


@dataclass(frozen=True, slots=True)
class Server:
    """A backend as calls see it: its routes, and the stems below which more may be served, with how the known paths
    below each begin, one and two segments long. `silent` are the kinds of calls that it says nothing about, with the
    reason; `hosts` those on which it is known to be served."""

    root: str
    routes: tuple[Route, ...]
    matcher: Matcher
    stems: Mapping[str, str]
    beginnings: Mapping[str, frozenset[tuple[str, ...]]]
    silent: Mapping[Kind, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()


def server(
    root: str,
    routes: Sequence[Route],
    further: Sequence[Route],
    stems: Mapping[str, str],
    elsewhere: Sequence[str] = (),
) -> Server:
    """A backend ready to be asked; `further` routes answer calls, but are not its own.

    `stems` maps a path prefix to the reason why the routes below it are open; `elsewhere` are paths
    of routers that nothing includes: an unknown router is not one of those.
    """
    paths = [*(route.path for route in routes), *(stem + path for stem in stems for path in elsewhere)]
    beginnings = {
        stem: frozenset(_rest(path, stem)[:length] for path in paths if _is_below(path, stem) for length in (1, 2))
        for stem in stems
    }
    return Server(root, tuple(routes), Matcher((*routes, *further)), stems, beginnings)


def pair_services(calls: Sequence[Call], servers: Sequence[Server]) -> dict[str, tuple[str, ...]]:
    """The backends each frontend talks to, the most called first, by calls that surely match.

    A further backend is one that many calls match, or several that no backend before it serves. The only frontend is
    paired with the backend that serves most if its calls match nothing.
    """
    found: dict[str, Counter[str]] = {}
    alone: dict[str, Counter[str]] = {}
    for call in calls:
        hits = found.setdefault(call.site.frontend, Counter())
        if isinstance(call.site.target, External):
            continue
        serving = [one.root for one in servers if one.matcher.serves(call.site.kind, call.site.method, call.site.path)]
        hits.update(serving)
        if len(serving) == 1:
            alone.setdefault(call.site.frontend, Counter()).update(serving)
    order = {one.root: number for number, one in enumerate(servers)}
    pairs: dict[str, tuple[str, ...]] = {}
    for frontend, hits in found.items():
        ranked = sorted(hits, key=lambda root: (-hits[root], order[root]))
        if not ranked and servers and len(found) == 1:
            ranked = [servers[0].root]
        enough = hits[ranked[0]] * _UNPAIRED if ranked else 0
        pairs[frontend] = tuple(root for root in ranked[:1]) + tuple(
            root
            for root in ranked[1:]
            if _independent(root, ranked[0], hits, enough) or alone.get(frontend, Counter())[root] >= _ALONE
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
    found = [
        _targeted(
            call,
            [by_root[root] for root in pairs.get(call.site.frontend, ()) if root in by_root],
            own,
            rewrites.get(call.site.frontend, ()),
        )
        for call in calls
    ]
    return tuple(_credible(list(_without_other_bases(found))))


def _credible(sites: Sequence[CallSite]) -> Iterator[CallSite]:
    """The calls; where a frontend misses the backends on nearly every path, its backend is another one, or was not
    understood, and nothing can be said of what it serves."""
    served = Counter(site.frontend for site in sites if isinstance(site.target, Matched | Ambiguous))
    strange = Counter(site.frontend for site in sites if _is_strange(site.target))
    foreign = {one for one in strange if strange[one] >= _MANY and served[one] < strange[one] * _HARDLY}
    for site in sites:
        if site.frontend in foreign and _is_strange(site.target):
            site = replace(site, target=Unknown("hardly any call of this frontend meets a backend that was found"))
        yield site


def _is_strange(target: Target) -> bool:
    return isinstance(target, Missing) and target.verdict is Verdict.NO_ROUTE and not target.drift


def _without_other_bases(sites: Sequence[CallSite]) -> Iterator[CallSite]:
    """Of the paths that one call may have, leaves out those that differ from a served one by their base only.

    Which base counts is a setting; that one of them is right is what can be told.
    """
    places: dict[tuple[object, ...], list[CallSite]] = {}
    for site in sites:
        places.setdefault((site.location, site.kind, site.method), []).append(site)
    for site in sites:
        others = places[site.location, site.kind, site.method]
        inside = [other for other in others if not isinstance(other.target, External)]
        if isinstance(site.target, External) and inside:
            continue
        if not isinstance(site.target, Matched | Ambiguous):
            served = [other for other in others if isinstance(other.target, Matched)]
            if any(_same_tail(site.path, other.path) for other in served):
                continue
        target = site.target
        if isinstance(target, Missing):
            missing = [found for other in others if isinstance(found := other.target, Missing)]
            if len(missing) < len(inside):  # with another value of what the path depends on it may be served
                site = replace(site, confidence=Confidence.LOW)
            elif _nearness(target) > min(map(_nearness, missing)):
                continue  # one place that goes wrong is one finding: of its paths, the nearest to a route
        yield site


_PARTS = ("text/javascript", "application/javascript", "text/css", "application/wasm", "application/manifest+json")
_TYPES = MimeTypes()  # as the language knows them, without the machine's own tables
_NEARNESS = (Verdict.METHOD, Verdict.TRANSPORT, Verdict.PREFIX, Verdict.ARITY, Verdict.NEAR, Verdict.NO_ROUTE)


def _nearness(missing: Missing) -> int:
    """0 for a call that is nearly served, more for one that is not like any route."""
    return _NEARNESS.index(missing.verdict)


def _same_tail(one: str, other: str) -> bool:
    first, second = one.strip("/").split("/"), other.strip("/").split("/")
    shared = 0
    while shared < min(len(first), len(second)) and first[-1 - shared] == second[-1 - shared]:
        shared += 1
    return shared > 0 and (
        shared == min(len(first), len(second)) or _is_general(first[:-shared]) or _is_general(second[:-shared])
    )


def _is_general(segments: Sequence[str]) -> bool:
    return all(segment == "api" or _VERSION.match(segment) for segment in segments)


def _targeted(call: Call, servers: Sequence[Server], own: OwnPaths, rewrites: Sequence[PathRewrite]) -> CallSite:
    site = call.site
    if isinstance(site.target, External) or call.protocol:
        return site
    if not call.same_origin:
        return replace(site, target=_ask(servers, site, site.path, call.open_head))
    if site.kind is Kind.WEBSOCKET:  # route handlers cannot upgrade a connection
        proxies = [rule for rule in rewrites if rule.phase is not Phase.HANDLER]
        found = answer(proxies, None, site.frontend, site.method, site.path)
    else:
        found = answer(rewrites, own, site.frontend, site.method, site.path)
    match found:
        case Forwarded(path, steps):
            target = _ask(servers, site, path, call.open_head)
            direct = _ask(servers, site, site.path, call.open_head) if path != site.path else target
            if isinstance(direct, Matched) and not isinstance(target, Matched):
                # Without the proxy it arrives; behind it, it may be for another backend.
                lost = isinstance(target, Missing) and site.kind is not Kind.WEBSOCKET
                return replace(site, target=direct, diverted=steps[-1] if lost else None)
            return replace(site, path=path, target=target, provenance=(*site.provenance, *steps))
        case None:
            target = _ask(servers, site, site.path, call.open_head)
            if isinstance(target, Missing) and site.method == "GET" and _is_asset(site.path):
                target = Unknown("it names a file of a web page, which the frontend's own host may serve")
            return replace(site, target=target)
        case _:
            return replace(site, target=found)


def _is_asset(path: str) -> bool:
    """Whether a path ends like a part of a web page, which builds and checkouts leave out: a picture, a sound, a
    film, a font, a script or a style. Data (JSON, CSV) is what servers give, but for files beside the page itself
    (`/config.json`)."""
    kind = _TYPES.guess_type(path)[0] or ""
    if path.count("/") == 1 and "{" not in path:
        return bool(kind)
    return kind.partition("/")[0] in ("audio", "font", "image", "video") or kind in _PARTS


def _ask(servers: Sequence[Server], site: CallSite, path: str, open_head: str) -> Target:
    answers = [asked(one, site.kind, site.method, path, open_head) for one in servers]
    for kind in (Matched, Ambiguous):
        for target in answers:
            if isinstance(target, kind):
                return target
    return answers[0] if answers else Unknown("no backend was found")


def asked(one: Server, kind: Kind, method: str, path: str, open_head: str) -> Target:
    """Where a request to one backend goes; unknown below what it may serve besides, or where something may stand
    before the path."""
    target = one.matcher.target(kind, method, path, open_head=open_head)
    if open_head and isinstance(target, Matched):
        # Only a guessed base made it match: it may be this route.
        certain = one.matcher.target(kind, method, path)
        target = target if isinstance(certain, Matched) else Ambiguous((target.route,))
    if isinstance(target, Missing) and kind in one.silent:
        return Unknown(one.silent[kind])
    if not isinstance(target, Missing) or target.verdict in (Verdict.METHOD, Verdict.TRANSPORT):
        return target
    if target.verdict is Verdict.PREFIX and "doubled" in target.drift:
        return target
    for stem, reason in sorted(one.stems.items(), key=lambda item: -len(item[0])):
        if _is_below(path, stem) and not _is_among(_rest(path, stem), one.beginnings[stem]):
            return Unknown(f"below {stem or '/'} more may be served: {reason}")
    return target


def _is_among(rest: tuple[str, ...], beginnings: frozenset[tuple[str, ...]]) -> bool:
    """Whether known paths begin like this one: a router that is not known most likely brings a segment of its own, or
    one of its own below a known one where more follows."""
    if not rest or rest[0] == "{}":
        return not beginnings.isdisjoint({(), ("{}",)})
    if _is_general(rest[:1]):
        return True
    if len(rest) < 3 or rest[1] == "{}":
        return rest[:1] in beginnings
    return not beginnings.isdisjoint({rest[:2], (rest[0], "{}")})


def _rest(path: str, stem: str) -> tuple[str, ...]:
    """The segments below a stem, each run-time one as `{}`."""
    return tuple("{}" if is_hole(segment) else segment for segment in segments(path[len(stem) :]))


def _is_below(path: str, stem: str) -> bool:
    return path == stem or path.startswith(stem + "/")
