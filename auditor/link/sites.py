"""Of all frames a request was met through, picks the one that decides its URL: the call site."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from auditor.adapter import Requested
from auditor.link.urls import has_static, is_anchored, is_glued, is_settled
from auditor.model.carried import Carried, either, united
from auditor.model.facts import FileFacts
from auditor.model.query import query_of
from auditor.model.span import Location
from auditor.model.text import agree
from auditor.model.value import Hole, Site, Text


@dataclass(frozen=True, slots=True)
class Sent:
    """One method and URL sent from one place. `chain` leads from there to the client; `receivers` are the classes of
    the objects whose method sends it."""

    effect: Requested
    method: Text
    url: Text
    chain: tuple[Site, ...]
    carried: Carried
    receivers: frozenset[str] = frozenset()

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
    same URL by itself: then it belongs there. A suffix whose URL is open only at its head
    (`${base}/users`) keeps the request too; its callers say what the head is. Files marked as
    generated decide nothing; the callers of the generated client do. Where no suffix decides, the calls that only
    hand a client on are left out: the URL is written further in. What hangs on a written word
    (`/reports${path}`) is decided by the callers, if there are any. What was met in an object of a base
    class decides nothing; its subclasses do.
    """
    pieces = _opened([piece for effect in requests if effect.chain for piece in _pieces(effect, facts)])
    seen = _Seen(pieces)
    found: dict[tuple[object, ...], Sent] = {}
    for piece in pieces:
        if piece.state != _SETTLED or seen.is_only_a_default(piece):
            continue
        chain = piece.effect.chain
        if piece.effect.made and piece.key in seen.unsettled and piece.key not in seen.anchored:
            chain = (*piece.effect.made, *chain)
        key = _key(chain)
        if any(seen.decides(key[start:], piece) for start in range(1, len(key))):
            continue
        start = next((start for start in range(len(key) - 1, 0, -1) if seen.holds(key[start:], piece.url)), 0)
        if start == 0 and not piece.effect.made:
            written = _written_at(chain, piece.url, facts)
            start = 0 if key[written:] in seen.unsettled else written
        _keep(found, piece, chain[start:])
    placed = {(id(one.site.node), _key(one.chain)) for one in found.values()}
    for piece in pieces:
        if piece.state != _ANCHORED or seen.is_only_a_default(piece):
            continue
        if (id(piece.effect.chain[0].node), piece.key) in placed:
            continue
        if not any(seen.holds(piece.key[start:], piece.url) for start in range(1, len(piece.key))):
            _keep(found, piece, piece.effect.chain)
    sent = sorted(found.values(), key=lambda one: (one.site.location, str(one.method.parts), str(one.url.parts)))
    return tuple(sent), _unsent(requests, sent, facts)


def _written_at(chain: Sequence[Site], url: Text, facts: Mapping[str, FileFacts]) -> int:
    """The outermost call of a chain in whose arguments a piece of the URL is written; 0 if there is none.

    Calls above it only hand a client on. Generated files are left out.
    """
    found = [next((n for n in range(len(chain) - 1, -1, -1) if _holds(chain[n], piece)), None) for piece in url.trail]
    return min((n for n in found if n is not None and not facts[chain[n].file].generated), default=0)


def _holds(site: Site, piece: Location) -> bool:
    span, inner = site.node.span, piece.span
    return (
        site.file == piece.file
        and (span.start_line, span.start_column) <= (inner.start_line, inner.start_column)
        and (inner.end_line, inner.end_column) <= (span.end_line, span.end_column)
    )


_Key: TypeAlias = tuple[int, ...]
_SETTLED, _ANCHORED, _OPEN = "settled", "anchored", "open"


@dataclass(frozen=True, slots=True)
class _Piece:
    effect: Requested
    key: _Key
    method: Text
    url: Text
    state: str


class _Seen:
    """What was met behind each chain of calls, by the identity of the calls."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self.settled: dict[_Key, set[tuple[Text, Text]]] = defaultdict(set)
        self.made: dict[_Key, set[tuple[Text, Text]]] = defaultdict(set)
        self.unsettled: set[_Key] = set()
        self.anchored: dict[_Key, set[str]] = defaultdict(set)
        self.called: set[_Key] = set()
        for piece in pieces:
            if piece.state == _SETTLED:
                if not piece.url.defaults and not piece.method.defaults:
                    (self.made if piece.effect.made else self.settled)[piece.key].add((piece.method, piece.url))
                self.called.update(piece.key[start:] for start in range(1, len(piece.key)))
            else:
                self.unsettled.add(piece.key)
            if piece.state == _ANCHORED and not piece.url.defaults:
                self.anchored[piece.key].add(_pattern(piece.url.parts[1:]))

    def decides(self, suffix: _Key, piece: _Piece) -> bool:
        """Whether a suffix of a chain decides the method and URL by itself, or the construction of its object does."""
        known, sent = self.settled.get(suffix, set()), (piece.method, piece.url)
        if not piece.effect.made and sent in self.made.get(suffix, ()):
            return True
        return bool(known) and (suffix not in self.unsettled or sent in known)

    def holds(self, suffix: _Key, url: Text) -> bool:
        """Whether a suffix decides a URL but for its head."""
        return any(re.search(tail, _flat(url.parts)) for tail in self.anchored.get(suffix, ()))

    def is_only_a_default(self, piece: _Piece) -> bool:
        """Whether a URL is what parameters default to, in a function whose callers decide."""
        return bool(piece.url.defaults or piece.method.defaults) and piece.key in self.called


def _pattern(tail: Sequence[str | Hole]) -> str:
    return "".join(re.escape(part) if isinstance(part, str) else ".*" for part in tail) + "$"


def _flat(parts: Sequence[str | Hole]) -> str:
    return "".join(part if isinstance(part, str) else "{}" for part in parts)


def _key(chain: Sequence[Site]) -> _Key:
    return tuple(id(site.node) for site in chain)


def _pieces(effect: Requested, facts: Mapping[str, FileFacts]) -> Iterator[_Piece]:
    key = _key(effect.chain)
    generated = facts[effect.chain[0].file].generated
    for method, url in _combinations(effect):
        state = _OPEN
        if not generated and not effect.partial and not _depends(method):
            if is_settled(url) and has_static(url):
                state = _SETTLED
            elif is_anchored(url):
                state = _ANCHORED
        yield _Piece(effect, key, method, url, state)


def _opened(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces; one with a glued parameter is open if a caller decides its URL."""
    decided = {piece.key[start:] for piece in pieces if piece.state != _OPEN for start in range(1, len(piece.key))}
    heads: dict[int, set[str]] = defaultdict(set)
    for piece in pieces:
        if piece.state == _SETTLED and not is_glued(piece.url):
            heads[piece.key[-1]].add(_head(piece.url))

    glued = [piece for piece in pieces if piece.state != _OPEN and is_glued(piece.url)]
    continued = {
        piece.key[-1]
        for piece in glued
        if any(_head(piece.url) and head.startswith(f"{_head(piece.url)}/") for head in heads[piece.key[-1]])
    }
    opened = {id(piece) for piece in glued if piece.key in decided or piece.key[-1] in continued}
    return [replace(piece, state=_OPEN) if id(piece) in opened else piece for piece in pieces]


def _head(url: Text) -> str:
    return url.parts[0] if url.parts and isinstance(url.parts[0], str) else ""


def _keep(found: dict[tuple[object, ...], Sent], piece: _Piece, chain: tuple[Site, ...]) -> None:
    """Of several ways to a request the shortest counts; it carries what any of them does."""
    carried = piece.effect.carried
    carried = replace(carried, query=united((query_of(piece.url), carried.query)))
    one = Sent(piece.effect, piece.method, piece.url, chain, carried, frozenset((piece.effect.receiver,)))
    identity = (one.site, one.method, one.url, one.effect.kind)
    previous = found.get(identity)
    if previous is None:
        found[identity] = one
    else:
        kept = one if len(previous.chain) > len(one.chain) else previous
        receivers = one.receivers | previous.receivers
        found[identity] = replace(kept, carried=either(previous.carried, carried), receivers=receivers)


def _combinations(effect: Requested) -> Iterable[tuple[Text, Text]]:
    """Methods and URLs that go together: those that assume nothing contrary; where that tells nothing, one by
    one if there are as many."""
    pairs = [(method, url) for url in effect.url for method in effect.method]
    together = [(method, url) for method, url in pairs if agree(method.when, url.when)]
    if len(together) == len(pairs) and len(effect.method) == len(effect.url) > 1:
        return zip(effect.method, effect.url, strict=True)
    return together or pairs


def _depends(method: Text) -> bool:
    return any(isinstance(part, Hole) and part.dependencies for part in method.parts)


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
