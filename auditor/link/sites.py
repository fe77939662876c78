"""Of all frames a request was met through, picks the one that decides its URL: the call site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.adapter import Requested
from auditor.link.urls import has_static, is_settled
from auditor.model.facts import FileFacts
from auditor.model.value import Hole, Site, Text


@dataclass(frozen=True, slots=True)
class Sent:
    """One method and URL sent from one place. `chain` leads from there to the client."""

    effect: Requested
    method: Text
    url: Text
    chain: tuple[Site, ...]

    @property
    def site(self) -> Site:
        """The place."""
        return self.chain[0]


@dataclass(frozen=True, slots=True)
class Unsent:
    """A client call whose URL nobody in the project decides, and why."""

    effect: Requested
    url: Text
    reason: str

    @property
    def site(self) -> Site:
        """The client call."""
        return self.effect.chain[-1]


def call_sites(
    requests: Sequence[Requested], facts: Mapping[str, FileFacts]
) -> tuple[tuple[Sent, ...], tuple[Unsent, ...]]:
    """The call sites, and the client calls that no caller resolves, both by place.

    A request belongs to the first call of its chain, unless a proper suffix of the chain decides the
    same URL by itself: then it belongs there. Files marked as generated decide nothing; the callers
    of the generated client do.
    """
    settled: dict[tuple[int, ...], set[tuple[Text, Text]]] = defaultdict(set)
    unsettled: set[tuple[int, ...]] = set()
    pieces: list[tuple[Requested, tuple[int, ...], Text, Text]] = []
    for effect in requests:
        if not effect.chain:
            continue
        key = tuple(id(site.node) for site in effect.chain)
        generated = facts[effect.chain[0].file].generated
        for method, url in _combinations(effect):
            if not generated and is_settled(url) and not _depends(method) and has_static(url):
                settled[key].add((method, url))
                pieces.append((effect, key, method, url))
            else:
                unsettled.add(key)
    found: dict[tuple[object, ...], Sent] = {}
    for effect, key, method, url in pieces:
        if any(_decides(key[start:], method, url, settled, unsettled) for start in range(1, len(key))):
            continue
        identity = (effect.chain[0], method, url, effect.kind)
        previous = found.get(identity)
        if previous is None or len(previous.chain) > len(effect.chain):
            found[identity] = Sent(effect, method, url, effect.chain)
    sent = sorted(found.values(), key=lambda one: (one.site.location, str(one.method.parts), str(one.url.parts)))
    return tuple(sent), _unsent(requests, sent, facts)


def _combinations(effect: Requested) -> Iterable[tuple[Text, Text]]:
    """Methods and URLs that go together: one by one where there are as many, else all pairs."""
    if len(effect.method) == len(effect.url) > 1:
        return zip(effect.method, effect.url, strict=True)
    return ((method, url) for url in effect.url for method in effect.method)


def _depends(method: Text) -> bool:
    return any(isinstance(part, Hole) and part.dependencies for part in method.parts)


def _decides(
    suffix: tuple[int, ...],
    method: Text,
    url: Text,
    settled: Mapping[tuple[int, ...], set[tuple[Text, Text]]],
    unsettled: set[tuple[int, ...]],
) -> bool:
    known = settled.get(suffix)
    return bool(known) and (suffix not in unsettled or (method, url) in known)


def _unsent(requests: Sequence[Requested], sent: Sequence[Sent], facts: Mapping[str, FileFacts]) -> tuple[Unsent, ...]:
    """One entry per client call that no site resolves, except in generated files."""
    resolved = {id(site.node) for one in sent for site in one.chain}
    found: dict[int, Unsent] = {}
    for effect in requests:
        if not effect.chain:
            continue
        last = effect.chain[-1]
        if id(last.node) in resolved or id(last.node) in found or facts[last.file].generated:
            continue
        url = effect.url[0] if effect.url else Text(())
        hole = next((part for part in url.parts if isinstance(part, Hole)), None)
        found[id(last.node)] = Unsent(effect, url, hole.reason if hole else "the URL is empty")
    return tuple(sorted(found.values(), key=lambda one: one.site.location))
