"""Which types form a pair by name and content, where no call proves it?

A name alone is never enough. Every frontend type takes at most one backend type; a backend type may
have several declarations in the frontend, as projects often do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from auditor.link.types.names import agree, direction_of, normalised, significant
from auditor.link.types.serializers import INPUT
from auditor.model.differences import plain_name
from auditor.model.finding import Confidence
from auditor.model.shape import EnumType, Model

_SETTINGS = "settings"
_NAMELESS = "inline"
_WRITTEN = "dict"
_SHARED_FIELDS = 0.5
_SHARED_VALUES = 0.3
_STRONG = 0.6
_COMMON = 3
_MANY = 5
_CLOSE = 0.8
_COMMON_FIELDS = 4
_TELLING = 0.5

T = TypeVar("T", Model, EnumType)


@dataclass(frozen=True, slots=True)
class Similar:
    """Keys of two types that seem to be one, and why."""

    backend: str
    frontend: str
    reason: str
    direction: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Known:
    """What calls and routes say already.

    `paired` are frontend keys that a call has paired; `travelling` are keys of both sides that some
    route or call sends (empty: no route or call says anything).
    """

    paired: Set[str] = frozenset()
    travelling: Set[str] = frozenset()

    def limit(self, confidence: Confidence, backend: str, frontend: str) -> Confidence:
        """Low where neither end is known to travel: two halves of a project have types of their own."""
        if self.travelling and backend not in self.travelling and frontend not in self.travelling:
            return Confidence.LOW
        return confidence


def similar_models(models: Mapping[str, Model], known: Known) -> tuple[Similar, ...]:
    """Models with equal names, apart from how they are used, and at least half of all fields in common.

    Where names only share a telling word, nearly all fields have to be the same.
    """
    backend = [m for m in _sorted(models.values()) if m.side == "backend" and m.fields and m.framework != _SETTINGS]
    backend = [mine for mine in backend if not mine.key.endswith(INPUT) and mine.framework != _WRITTEN]
    named, telling = _by_name(backend), _by_word(backend)
    found: list[Similar] = []
    for theirs in _sorted(models.values()):
        if theirs.side == "backend" or theirs.key in known.paired or not theirs.fields or theirs.framework == _NAMELESS:
            continue
        pair = _named_model(named.get(normalised(theirs.name), ()), theirs, known)
        pair = pair or _telling_model(telling, theirs, known)
        if pair is not None:
            found.append(pair)
    return tuple(found)


def similar_enums(enums: Mapping[str, EnumType], known: Known) -> tuple[Similar, ...]:
    """Enums with equal names and shared values, or with a telling word and most values in common."""
    usable = [enum for enum in _sorted(enums.values()) if len(_texts(enum)) > 1]
    backend = [enum for enum in usable if enum.side == "backend"]
    named = _by_name(backend)
    words = _words_of_values(usable)
    found: list[Similar] = []
    for theirs in usable:
        if theirs.side == "backend" or theirs.key in known.paired:
            continue
        same = _named_enum(named.get(normalised(theirs.name), ()), theirs, known)
        telling = _telling_enum(backend, theirs, words, known)
        pairs = [pair for pair in (same, telling) if pair is not None]
        found += sorted(pairs, key=lambda pair: pair.confidence.rank)[:1]
    return tuple(found)


def _named_model(candidates: Iterable[Model], theirs: Model, known: Known) -> Similar | None:
    scored = [(_shared(_wires(mine), _wires(theirs)), mine) for mine in candidates if agree(mine.name, theirs.name)]
    best = _best([(score, mine) for score, mine in scored if score >= _SHARED_FIELDS], theirs, known)
    if best is None:
        return None
    # Several different models share the name: only a close one is surely meant.
    rivals = {_wires(mine) for _, mine in scored}
    sure = len(rivals) == 1 or _shared(_wires(best), _wires(theirs)) >= _CLOSE
    confidence = known.limit(Confidence.MEDIUM if sure else Confidence.LOW, best.key, theirs.key)
    return Similar(best.key, theirs.key, "equal names and fields", _direction(best.name, theirs.name), confidence)


def _telling_model(telling: Mapping[str, Sequence[Model]], theirs: Model, known: Known) -> Similar | None:
    wires = _wires(theirs)
    candidates = {mine.key: mine for word in sorted(significant(theirs.name)) for mine in telling.get(word, ())}
    related = [
        (_shared(_wires(mine), wires), mine)
        for mine in _sorted(candidates.values())
        if len(_wires(mine) & wires) >= _COMMON_FIELDS and agree(mine.name, theirs.name)
    ]
    best = _best([(score, mine) for score, mine in related if score >= _CLOSE], theirs, known)
    if best is None:
        return None
    confidence = known.limit(Confidence.MEDIUM, best.key, theirs.key)
    reason = "a telling word in both names and nearly all fields"
    return Similar(best.key, theirs.key, reason, _direction(best.name, theirs.name), confidence)


def _named_enum(candidates: Iterable[EnumType], theirs: EnumType, known: Known) -> Similar | None:
    usable = [mine for mine in candidates if _texts(mine) & _texts(theirs)]
    best = _best([(_shared(_texts(mine), _texts(theirs)), mine) for mine in usable], theirs, known)
    if best is None:
        return None
    common = len(_texts(best) & _texts(theirs))
    smaller = min(len(_texts(best)), len(_texts(theirs)))
    # Several different enums share the name: only one with the very same values is surely meant.
    rivals = {_texts(mine) for mine in candidates}
    sure = len(rivals) == 1 or _texts(best) == _texts(theirs)
    enough = common >= min(2, smaller) and common >= _SHARED_VALUES * smaller
    confidence = Confidence.MEDIUM if sure and enough else Confidence.LOW
    # Messages travel too, and no route speaks of them: many equal values under one name are no accident.
    if common < _MANY or _shared(_texts(best), _texts(theirs)) < _STRONG:
        confidence = known.limit(confidence, best.key, theirs.key)
    return Similar(best.key, theirs.key, "equal names and shared values", "both", confidence)


def _telling_enum(
    backend: Iterable[EnumType], theirs: EnumType, words: Mapping[object, list[frozenset[str]]], known: Known
) -> Similar | None:
    values, telling = _texts(theirs), significant(theirs.name)
    related = [
        (_shared(_texts(mine), values), mine)
        for mine in backend
        if telling & significant(mine.name) and len(_texts(mine) & values) > 1 and _is_telling(mine, theirs, words)
    ]
    strong = [(score, mine) for score, mine in related if _is_strong(_texts(mine), values)]
    best = _best(strong or related, theirs, known)
    if best is None:
        return None
    confidence = known.limit(Confidence.MEDIUM if strong else Confidence.LOW, best.key, theirs.key)
    amount = "most" if strong else "some"
    return Similar(best.key, theirs.key, f"a telling word in both names and {amount} values", "both", confidence)


def _is_telling(mine: EnumType, theirs: EnumType, words: Mapping[object, list[frozenset[str]]]) -> bool:
    """Whether a word in both names goes with the values they share, wherever those occur.

    `openai` stands in enums about providers; `pending` in enums about anything.
    """
    common = _texts(mine) & _texts(theirs)
    for word in significant(mine.name) & significant(theirs.name):
        shares = [sum(word in names for names in words[value]) / len(words[value]) for value in common]
        if shares and sum(shares) / len(shares) >= _TELLING:
            return True
    return False


def _words_of_values(enums: Iterable[EnumType]) -> dict[object, list[frozenset[str]]]:
    found: dict[object, list[frozenset[str]]] = {}
    for enum in enums:
        for value in _texts(enum):
            found.setdefault(value, []).append(significant(enum.name))
    return found


def _is_strong(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    if mine == theirs:
        return True
    contained = len(mine & theirs) == min(len(mine), len(theirs))
    return len(mine & theirs) >= _COMMON and (contained or _shared(mine, theirs) >= _STRONG)


def _best(scored: list[tuple[float, T]], theirs: T, known: Known) -> T | None:
    """The candidate that is the same; else one that a route sends, the one with most in common, with the same name.

    None if candidates that differ remain: it cannot be told which is meant.
    """
    ranked = [
        ((score == 1.0, mine.key in known.travelling, score, mine.name == theirs.name), mine) for score, mine in scored
    ]
    if not ranked:
        return None
    top = max(rank for rank, _ in ranked)
    first, *others = [mine for rank, mine in ranked if rank == top]
    return first if all(_content(other) == _content(first) for other in others) else None


def _content(item: Model | EnumType) -> frozenset[object]:
    return frozenset(_wires(item)) if isinstance(item, Model) else _texts(item)


def _wires(model: Model) -> frozenset[object]:
    """In whatever case: a converter may stand between the two sides."""
    return frozenset(plain_name(field.wire) for field in model.fields)


def _texts(enum: EnumType) -> frozenset[object]:
    return frozenset(value.value for value in enum.values if isinstance(value.value, str))


def _shared(first: frozenset[object], second: frozenset[object]) -> float:
    """Jaccard's index, 0 to 1."""
    return len(first & second) / len(first | second) if first | second else 0.0


def _direction(first: str, second: str) -> str:
    directions = {direction_of(first), direction_of(second)} - {"both"}
    return directions.pop() if len(directions) == 1 else "both"


def _sorted(items: Iterable[T]) -> list[T]:
    return sorted(items, key=lambda item: item.key)


def _by_word(models: Iterable[Model]) -> dict[str, list[Model]]:
    found: dict[str, list[Model]] = {}
    for model in models:
        for word in significant(model.name):
            found.setdefault(word, []).append(model)
    return found


def _by_name(items: Iterable[T]) -> dict[str, list[T]]:
    ordered = sorted(items, key=lambda item: (normalised(item.name), item.key))
    return {name: list(group) for name, group in groupby(ordered, key=lambda item: normalised(item.name))}
