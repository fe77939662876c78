"""Which models form a pair by name and fields, where no call proves it?

A name alone is never enough. Every frontend type takes at most one backend type, but for one that is field by field
the same as what a call has paired it with; a backend type may have several declarations in the frontend, as projects
often do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.link.types.names import agree, direction_of, normalised, significant
from auditor.link.types.serializers import INPUT
from auditor.link.types.similar import Known, Similar, best, by_name, content, in_order, shared
from auditor.link.types.utilities import DERIVED
from auditor.model.shape import Model

_SETTINGS = "settings"
_NAMELESS = frozenset({"inline", DERIVED})
_WRITTEN = "dict"
_SHARED_FIELDS = 0.5
_CLOSE = 0.8
_COMMON_FIELDS = 4
_CONTAINED = 3


def similar_models(models: Mapping[str, Model], known: Known) -> tuple[Similar, ...]:
    """Models with equal names, apart from how they are used, and at least half of all fields in common.

    Where names only share a telling word, nearly all fields have to be the same. The very same name asks for less:
    all fields of one of them, or half of those that a request must have.
    """
    backend = [m for m in in_order(models.values()) if m.side == "backend" and m.fields and m.framework != _SETTINGS]
    backend = [mine for mine in backend if not mine.key.endswith(INPUT) and mine.framework != _WRITTEN]
    backend = [mine for mine in backend if not mine.declared]
    named, telling = by_name(backend), _by_word(backend)
    generic = {_declaration(key) for key in known.paired if "<" in key}
    found: list[Similar] = []
    for theirs in in_order(models.values()):
        if theirs.side == "backend" or not theirs.fields or theirs.framework in _NAMELESS:
            continue
        if theirs.key in known.paired:
            found += _the_same(telling, theirs, known)
            continue
        if _declaration(theirs.key) in generic:  # a call has paired another instance of the same declaration
            continue
        candidates = [mine for mine in named.get(normalised(theirs.name), ()) if agree(mine.name, theirs.name)]
        pairs = [_named(candidates, theirs, known) or _telling(telling, theirs, known)]
        if pairs[0] is None or pairs[0].reason == _NEARLY:
            pairs.append(_namesake(candidates, theirs, known))
        found += [pair for pair in pairs if pair is not None]
    return tuple(found)


_NEARLY = "a telling word in both names and nearly all fields"


def _named(candidates: Iterable[Model], theirs: Model, known: Known) -> Similar | None:
    scored = ((shared(content(mine), content(theirs)), mine) for mine in candidates)
    mine = best([(score, mine) for score, mine in scored if score >= _SHARED_FIELDS], theirs, known)
    return _similar(mine, theirs, "equal names and fields")


def _declaration(key: str) -> str:
    """The key of a generic type without its arguments."""
    return key.partition("<")[0]


def _telling(
    telling: Mapping[str, Sequence[Model]], theirs: Model, known: Known, close: float = _CLOSE
) -> Similar | None:
    related = [(score, mine) for score, mine in _related(telling, theirs) if score >= close]
    return _similar(best(related, theirs, known), theirs, _NEARLY)


def _namesake(candidates: Iterable[Model], theirs: Model, known: Known) -> Similar | None:
    """The one backend type of the very same name, where one of the two has all fields of the other, or where a request
    lacks some of the fields it must have: that is how drift looks."""
    same = [mine for mine in candidates if mine.name == theirs.name]
    if len({content(mine) for mine in same}) != 1:
        return None
    mine, wires = same[0], content(theirs)
    contained = content(mine) <= wires or wires <= content(mine)
    if contained and len(content(mine) & wires) >= _CONTAINED:
        return _similar(mine, theirs, "the same name, and all fields of one of them")
    demanded = {field.wire for field in mine.fields if field.required}
    half = len(demanded & wires) * 2 >= len(demanded) > 1
    if half and direction_of(mine.name) == "request" and mine.key in known.travelling:
        return _similar(mine, theirs, "the same name, and half of the fields that the route demands")
    return None


def _the_same(telling: Mapping[str, Sequence[Model]], theirs: Model, known: Known) -> Iterator[Similar]:
    """Models with exactly the fields of a type that a call has paired with another one: it stands for both."""
    for score, mine in _related(telling, theirs):
        if score == 1.0 and (mine.key not in known.travelling or mine.name == theirs.name):
            yield from filter(None, [_similar(mine, theirs, "a telling word in both names and the very same fields")])


def _related(telling: Mapping[str, Sequence[Model]], theirs: Model) -> Iterator[tuple[float, Model]]:
    """Backend models with a telling word and several fields in common, and how much that is."""
    wires = content(theirs)
    candidates = {mine.key: mine for word in sorted(significant(theirs.name)) for mine in telling.get(word, ())}
    for mine in in_order(candidates.values()):
        if len(content(mine) & wires) >= _COMMON_FIELDS and agree(mine.name, theirs.name):
            yield shared(content(mine), wires), mine


def _similar(mine: Model | None, theirs: Model, reason: str) -> Similar | None:
    if mine is None:
        return None
    directions = {direction_of(mine.name), direction_of(theirs.name)} - {"both"}
    return Similar(mine.key, theirs.key, reason, directions.pop() if len(directions) == 1 else "both")


def _by_word(models: Iterable[Model]) -> dict[str, list[Model]]:
    found: dict[str, list[Model]] = {}
    for model in models:
        for word in significant(model.name):
            found.setdefault(word, []).append(model)
    return found
