"""Which sets of constants form a pair by name, by the fields that hold them and by values, where no call proves it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.link.types.carriers import Carried
from auditor.link.types.names import normalised, significant, words
from auditor.link.types.similar import Known, Similar, best, by_name, content, in_order, shared
from auditor.model.shape import EnumType

_STRONG = 0.6
_COMMON = 3
_TELLING = 0.5
_SEVERAL = 5
"""So many equal constants are no accident, whatever else a call says."""


def similar_enums(sets: Mapping[str, Carried], known: Known) -> tuple[Similar, ...]:
    """Enums with equal names and shared values, with a telling word and most values in common, or with one set of
    values and a field name, or a word of their names, in common."""
    everything = in_order(one.enum for one in sets.values())
    usable = [enum for enum in everything if len(content(enum)) > 1]
    backend = [enum for enum in usable if enum.side == "backend"]
    named, telling = by_name(backend), _words_of_values(usable)
    found: list[Similar] = []
    for theirs in usable:
        if theirs.side == "backend":
            continue
        if theirs.key in known.paired:
            found += _very_same(backend, theirs, telling, known)
            continue
        same = named.get(normalised(theirs.name), ())
        pair = _named(same, theirs, known)
        # Several different enums share the name: only one with the very same values is surely meant.
        if pair is None or (len({content(mine) for mine in same}) > 1 and not _is_same(pair, theirs, sets)):
            pair = _telling(backend, theirs, telling, known) or pair
        pair = pair or _carried(usable, theirs, sets, known)
        found += [pair] if pair is not None else []
    return (*found, *_numbered(everything, known))


def _named(candidates: Iterable[EnumType], theirs: EnumType, known: Known) -> Similar | None:
    values = content(theirs)
    mine = best([(shared(content(mine), values), mine) for mine in candidates if content(mine) & values], theirs, known)
    return Similar(mine.key, theirs.key, "equal names and shared values") if mine is not None else None


def _telling(
    backend: Iterable[EnumType], theirs: EnumType, telling: Mapping[object, list[frozenset[str]]], known: Known
) -> Similar | None:
    values, word = content(theirs), significant(theirs.name)
    related = [
        mine
        for mine in backend
        if word & significant(mine.name) and len(content(mine) & values) > 1 and _is_telling(mine, theirs, telling)
    ]
    strong = [mine for mine in related if _is_strong(content(mine), values)]
    # What the routes send counts more than a closer set that stays inside the server.
    sent = [mine for mine in related if mine.key in known.travelling and _has_most(content(mine), values)]
    chosen = [mine for mine in strong if mine.key in known.travelling] or sent or strong or related
    mine = best([(_covered(content(mine), values), mine) for mine in chosen], theirs, known)
    if mine is None:
        return None
    amount = "most" if chosen is not related else "some"
    return Similar(mine.key, theirs.key, f"a telling word in both names and {amount} values")


def _carried(usable: Iterable[EnumType], theirs: EnumType, sets: Mapping[str, Carried], known: Known) -> Similar | None:
    """The one set with the very same values that travels under the same field name, has it as its name, or shares a
    word of its own; only values that hardly stand in other sets say so much."""
    values = content(theirs)
    if not _is_distinctive(values, usable, sets):
        return None
    same = [mine for mine in usable if mine.side == "backend" and content(mine) == values]
    fields = sets[theirs.key].fields
    held = [mine for mine in same if fields & (sets[mine.key].fields | {"".join(words(mine.name))})]
    if not held and len(values) >= _COMMON:
        # `source: EventSource`, where the backend's fields are not known.
        held = [mine for mine in same if not sets[mine.key].fields and words(mine.name)[-1] in fields]
    if held:
        mine = best([(1.0, mine) for mine in held], theirs, known)
        return Similar(mine.key, theirs.key, "one field name and the same values") if mine is not None else None
    alike = [mine for mine in same if significant(mine.name) & significant(theirs.name)]
    if len(same) == len(alike) == 1 and len(values) >= _COMMON:
        return Similar(same[0].key, theirs.key, "a word in both names and the same values")
    return None


def _is_distinctive(values: frozenset[object], usable: Iterable[EnumType], sets: Mapping[str, Carried]) -> bool:
    """Whether these values mostly stand together, or some of them under the same field: `pending` and `done` are in
    sets about anything."""
    contents = [(enum, content(enum)) for enum in usable]
    fields = frozenset(name for enum, held in contents if held == values for name in sets[enum.key].fields)
    shares: list[float] = []
    for value in values:
        holding = [(enum, held) for enum, held in contents if value in held]
        agreeing = [held == values or (held < values and sets[one.key].fields & fields) for one, held in holding]
        shares.append(sum(map(bool, agreeing)) / len(holding))
    return sum(shares) >= _TELLING * len(values)


def _very_same(
    backend: Iterable[EnumType], theirs: EnumType, telling: Mapping[object, list[frozenset[str]]], known: Known
) -> Sequence[Similar]:
    """The set that a frontend enum equals value by value, where a call has paired it with another one."""
    if len(content(theirs)) < _SEVERAL:
        return ()
    same = [mine for mine in backend if content(mine) == content(theirs) and _is_telling(mine, theirs, telling)]
    mine = best([(1.0, mine) for mine in same], theirs, known)
    return (Similar(mine.key, theirs.key, "a telling word in both names and the same values"),) if mine else ()


def _numbered(enums: Iterable[EnumType], known: Known) -> Sequence[Similar]:
    """Enums of numbers: one name, and nearly all members with their numbers in common."""
    numbered = [enum for enum in enums if len(enum.values) > 1 and not content(enum) and _members(enum)]
    backend = [enum for enum in numbered if enum.side == "backend"]
    found: list[Similar] = []
    for theirs in numbered:
        if theirs.side == "backend" or theirs.key in known.paired:
            continue
        named = [mine for mine in backend if normalised(mine.name) == normalised(theirs.name)]
        scored = [(shared(_members(mine), _members(theirs)), mine) for mine in named]
        mine = best([(score, mine) for score, mine in scored if score >= _STRONG], theirs, known)
        if mine is not None:
            found.append(Similar(mine.key, theirs.key, "equal names and members"))
    return found


def _members(enum: EnumType) -> frozenset[object]:
    return frozenset((value.name.casefold(), value.value) for value in enum.values if value.name)


def _is_telling(mine: EnumType, theirs: EnumType, telling: Mapping[object, list[frozenset[str]]]) -> bool:
    """Whether a word in both names goes with the values they share, wherever those occur.

    `openai` stands in enums about providers; `pending` in enums about anything.
    """
    common = content(mine) & content(theirs)
    for word in significant(mine.name) & significant(theirs.name):
        shares = [sum(word in names for names in telling[value]) / len(telling[value]) for value in common]
        if shares and sum(shares) / len(shares) >= _TELLING:
            return True
    return False


def _words_of_values(enums: Iterable[EnumType]) -> dict[object, list[frozenset[str]]]:
    found: dict[object, list[frozenset[str]]] = {}
    for enum in enums:
        for value in content(enum):
            found.setdefault(value, []).append(significant(enum.name))
    return found


def _covered(mine: frozenset[object], theirs: frozenset[object]) -> float:
    """How much of their values the other set has; 1.0 only for the very same values. How many more it has says nothing:
    a frontend often names a few of them."""
    return 1.0 if mine == theirs else 0.99 * len(mine & theirs) / len(theirs)


def _is_same(pair: Similar, theirs: EnumType, sets: Mapping[str, Carried]) -> bool:
    return content(sets[pair.backend].enum) == content(theirs)


def _has_most(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    return len(mine & theirs) >= _COMMON and len(mine & theirs) >= _STRONG * len(theirs)


def _is_strong(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    if mine == theirs:
        return True
    contained = len(mine & theirs) == min(len(mine), len(theirs))
    return len(mine & theirs) >= _COMMON and (contained or shared(mine, theirs) >= _STRONG)
