"""Which backend type does each frontend type stand for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from auditor.link.types.carriers import Carried, carried
from auditor.link.types.catalogue import Catalogue
from auditor.link.types.meet import Contact, meet
from auditor.link.types.resolve import Types
from auditor.link.types.similar import Known, Similar, content, shared
from auditor.link.types.similar_enums import similar_enums
from auditor.link.types.similar_models import similar_models
from auditor.model.finding import Confidence, Evidence, Side
from auditor.model.graph import Ambiguous, CallSite, Matched, Route, TypePair, ValuePair
from auditor.model.shape import EnumType, Inline, ListOf, MapOf, Model, OneOf, Ref, Shape

_PLACES = 6
_ALIKE = 0.5

P = TypeVar("P", TypePair, ValuePair)


def pair(
    routes: Sequence[Route], calls: Sequence[CallSite], types: Types
) -> tuple[tuple[TypePair, ...], tuple[ValuePair, ...]]:
    """The pairs of types and of sets of constants, sorted by backend, then frontend key.

    What a call and its route prove comes first. Types that no call has paired are then compared by
    name and content: those pairs, and what they contain, are of low confidence.
    """
    types.declared()
    catalogue = Catalogue(types.models, types.enums)
    proven = [found for call in calls for found in _of_call(catalogue, call)]
    taken = _frontends(proven)
    ends = [*((r.request, r.response) for r in routes), *((c.sends, c.expects) for c in calls)]
    travelling = Counter(key for end in ends for key in _reached(catalogue, filter(None, end)))
    models = similar_models(types.models, Known(taken, travelling))
    guessed = [found for similar in models for found in _of_models(catalogue, similar)]
    # A constant default says little about the set a type allows: it leaves the way open.
    told = frozenset(_frontends(found for found in (*proven, *guessed) if found.reason != "default value"))
    sets = carried(types.models.values(), types.enums)
    enums = [_of_enums(sets, similar) for similar in similar_enums(sets, Known(told, travelling))]
    # A name and some overlap are a hint, not a proof: such pairs fill the matrix and accuse nobody.
    hints = [*_unless(guessed, taken, frozenset((one.backend, one.frontend) for one in models)), *enums]
    everything = [*proven, *hints]
    pairs = _joined(found for found in everything if isinstance(found, TypePair))
    values = _joined_values(found for found in everything if isinstance(found, ValuePair))
    return pairs, tuple(_with_unsent(pair, types) for pair in values)


def _with_unsent(pair: ValuePair, types: Types) -> ValuePair:
    """The pair with what the backend's enum has and never sends, where the frontend lacks something it has."""
    known = {value.value for value in pair.frontend.values}
    lacking = any(value.value not in known for value in pair.backend.values)
    if pair.confidence is Confidence.LOW or pair.backend.framework != "enum" or not lacking:
        return pair
    return replace(pair, unsent=types.unsent(pair.backend))


def _of_call(catalogue: Catalogue, call: CallSite) -> Iterator[TypePair | ValuePair]:
    match call.target:
        case Matched(route):
            yield from _of_route(catalogue, call, route, Confidence.HIGH)
        case Ambiguous((route, *others)):
            # Where the base is not known, one of several routes may answer; all say the same.
            agreed = replace(
                route,
                response=route.response if all(one.response == route.response for one in others) else None,
                request=route.request if all(one.request == route.request for one in others) else None,
            )
            found = _of_route(catalogue, call, agreed, Confidence.MEDIUM)
            yield from found if _is_alike(catalogue, call, agreed) else ()
        case _:
            pass


def _is_alike(catalogue: Catalogue, call: CallSite, route: Route) -> bool:
    """Whether at least half of the fields of what goes over the wire are the same on both sides."""
    for mine, theirs in ((route.response, call.expects), (route.request, call.sends)):
        back, front = (catalogue.models.get(_item(one)) for one in (mine, theirs))
        if back is not None and front is not None and shared(content(back), content(front)) < _ALIKE:
            return False
    return True


def _item(shape: Shape | None) -> str:
    match shape:
        case Ref(key):
            return key
        case ListOf(item):
            return _item(item)
        case OneOf(options):
            found = [option for option in options if isinstance(option, Ref | ListOf)]
            return _item(found[0]) if len(found) == 1 else ""
        case _:
            return ""


def _of_route(catalogue: Catalogue, call: CallSite, route: Route, most: Confidence) -> Iterator[TypePair | ValuePair]:
    confidence = max(call.confidence, route.confidence, most, key=lambda value: value.rank)
    evidence = (
        Evidence(Side.BACKEND, route.location, route.label),
        Evidence(Side.FRONTEND, call.location, call.label),
    )
    for direction, backend, frontend in (
        ("response", route.response, call.expects),
        ("request", route.request, call.sends),
    ):
        if backend is not None and frontend is not None:
            # A method that each class below a generic one inherits may have no caller there.
            used = call.used and not call.inherited
            contact = Contact(f"{direction} of {route.label}", direction, confidence, evidence, used=used)
            yield from meet(catalogue, backend, frontend, contact)


def _of_models(catalogue: Catalogue, similar: Similar) -> Iterator[TypePair | ValuePair]:
    evidence = (
        _declaration(Side.BACKEND, catalogue.models[similar.backend]),
        _declaration(Side.FRONTEND, catalogue.models[similar.frontend]),
    )
    contact = Contact(similar.reason, similar.direction, Confidence.LOW, evidence, by_name=True)
    yield from meet(catalogue, Ref(similar.backend), Ref(similar.frontend), contact)


def _of_enums(sets: Mapping[str, Carried], similar: Similar) -> ValuePair:
    backend, frontend = sets[similar.backend].enum, sets[similar.frontend].enum
    evidence = (_declaration(Side.BACKEND, backend), _declaration(Side.FRONTEND, frontend))
    return ValuePair(backend, frontend, similar.reason, similar.direction, Confidence.LOW, evidence)


def _declaration(side: Side, item: Model | EnumType) -> Evidence:
    return Evidence(side, item.location, item.name)


def _frontends(found: Iterable[TypePair | ValuePair]) -> frozenset[str]:
    return frozenset(_keys(item)[1] for item in found)


def _keys(found: TypePair | ValuePair) -> tuple[str, str]:
    if isinstance(found, TypePair):
        return found.backend, found.frontend
    return found.backend.key, found.frontend.key


def _unless(
    found: Iterable[TypePair | ValuePair], taken: frozenset[str], chosen: frozenset[tuple[str, str]]
) -> Iterator[TypePair | ValuePair]:
    """What is not about a frontend type that a call has paired, unless it was chosen for itself."""
    return (item for item in found if _keys(item)[1] not in taken or _keys(item) in chosen)


def _reached(catalogue: Catalogue, shapes: Iterable[Shape]) -> Iterator[str]:
    """Keys of all models and enums in some shapes, at any depth."""
    seen: set[str] = set()
    waiting = list(shapes)
    while waiting:
        match waiting.pop():
            case Ref(key) if key not in seen:
                seen.add(key)
                yield key
                model = catalogue.models.get(key)
                waiting += [field.shape for field in model.fields] if model else []
            case ListOf(inner) | MapOf(inner):
                waiting.append(inner)
            case OneOf(options):
                waiting += options
            case Inline(fields):
                waiting += [field.shape for field in fields]
            case _:
                pass


def _joined(found: Iterable[TypePair]) -> tuple[TypePair, ...]:
    groups: dict[tuple[str, str], list[TypePair]] = {}
    for item in found:
        groups.setdefault((item.backend, item.frontend), []).append(item)
    return tuple(_merged(groups[key]) for key in sorted(groups))


def _joined_values(found: Iterable[ValuePair]) -> tuple[ValuePair, ...]:
    groups: dict[tuple[str, str], list[ValuePair]] = {}
    for item in found:
        groups.setdefault((item.backend.key, item.frontend.key), []).append(item)
    return tuple(_merged(groups[key]) for key in sorted(groups))


def _merged(group: list[P]) -> P:
    """One pair of several places: the surest one, both directions if both were seen, the first few places."""
    best = min(group, key=lambda item: item.confidence.rank)
    directions = {item.direction for item in group if item.confidence is best.confidence}
    places: list[Evidence] = []
    for item in sorted(group, key=lambda item: item is not best):
        places += [place for place in item.evidence if place not in places]
    direction = directions.pop() if len(directions) == 1 else "both"
    used = any(item.used for item in group)
    return replace(best, direction=direction, evidence=tuple(places[:_PLACES]), used=used)
