"""Do types have the members, values and bases that a report gives them?"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.finding import Side
from auditor.model.shape import EnumType
from auditor.verify.claim import Answer, Counted, Inherited, Member, Members, Proof, Unmatched, Verdict
from auditor.verify.ground import Ground


def check_member(claim: Member, ground: Ground) -> Answer:
    """Whether a model has a field or an enumeration a value."""
    for model in ground.models(claim.owner, claim.side):
        field = next((one for one in model.fields if claim.name in (one.name, one.wire)), None)
        if field is not None:
            verdict = Verdict.CONFIRMED if claim.expected else Verdict.REFUTED
            return Answer(verdict, f"{model.name} has {claim.name}", (Proof(field.location, claim.name),))
        if model.open:
            return Answer(
                Verdict.UNCHECKABLE, f"{model.name} may have further fields", (Proof(model.location, model.name),)
            )
        verdict = Verdict.REFUTED if claim.expected else Verdict.CONFIRMED
        return Answer(verdict, f"{model.name} has no {claim.name}", (Proof(model.location, model.name),))
    for enum in ground.enums(claim.owner, claim.side):
        has = claim.name in names_of(enum)
        if not has and enum.open:
            return Answer(Verdict.UNCHECKABLE, f"{enum.name} may have further values")
        verdict = Verdict.CONFIRMED if has is claim.expected else Verdict.REFUTED
        return Answer(verdict, f"{enum.name} has {'' if has else 'no '}{claim.name}", (_proof(enum),))
    return Answer(Verdict.UNCHECKABLE, f"no type {claim.owner} was read")


def check_members(claim: Members, ground: Ground) -> Answer:
    """Whether an enumeration has these values."""
    candidates = ground.enums(claim.owner) if claim.owner else tuple(ground.graph.enums.values())
    enum = closest(candidates, claim.values)
    if enum is None or (not claim.owner and _common(enum, claim.values) < 0.6 * len(claim.values)):
        if claim.owner in ground.declared:
            return Answer(Verdict.UNCHECKABLE, f"the values of {claim.owner} could not be read")
        return Answer(Verdict.REFUTED, f"there is no enumeration {claim.owner}".rstrip() + _with(claim))
    absent = [value for value in claim.values if value not in names_of(enum)]
    further = [str(one.value) for one in enum.values if not {str(one.value), one.name} & set(claim.values)]
    if absent and not enum.open:
        verdict = Verdict.STALE if len(absent) < len(claim.values) / 2 else Verdict.REFUTED
        return Answer(verdict, f"{enum.name} has no {', '.join(absent[:5])}", (_proof(enum),))
    if absent:
        return Answer(Verdict.UNCHECKABLE, f"{enum.name} may have further values", (_proof(enum),))
    if further and not claim.partial:
        return Answer(Verdict.STALE, f"{enum.name} also has {', '.join(further[:5])}", (_proof(enum),))
    return Answer(Verdict.CONFIRMED, f"{enum.name} has these values", (_proof(enum),))


def check_unmatched(claim: Unmatched, ground: Ground) -> Answer:
    """Whether the counterpart of an enumeration lacks values."""
    enums = ground.enums(claim.owner)
    pairs = [
        pair for pair in ground.graph.values if {pair.backend.key, pair.frontend.key} & {enum.key for enum in enums}
    ]
    others = [pair.frontend if claim.side is Side.FRONTEND else pair.backend for pair in pairs]
    if claim.shown:
        known = ground.graph.enums.values()
        shown = [enum for enum in known if enum.side == claim.side and set(_values(enum)) == set(claim.shown)]
        others = shown or others
    if not others:
        return Answer(Verdict.UNCHECKABLE, f"no counterpart of {claim.owner} was found")
    lacking = [enum for enum in others if not set(claim.values) & names_of(enum) and not enum.open]
    if lacking:
        return Answer(Verdict.CONFIRMED, f"{lacking[0].name} has none of them", (_proof(lacking[0]),))
    has = sorted(set(claim.values) & names_of(others[0]))
    verdict = Verdict.REFUTED if len(has) == len(claim.values) else Verdict.STALE
    return Answer(verdict, f"{others[0].name} has {', '.join(has[:5])}", (_proof(others[0]),))


def check_value_count(claim: Counted, ground: Ground) -> Answer:
    """How many values an enumeration has; `of` is its name, or values by which it is found."""
    if "," in claim.of:
        values = claim.of.split(",")
        best = closest(tuple(ground.graph.enums.values()), values)
        enums: tuple[EnumType, ...] = (best,) if best and _common(best, values) >= 0.6 * len(values) else ()
    else:
        enums = (*ground.enums(claim.of), *ground.fields_with_values(claim.of))
    if not enums:
        return Answer(Verdict.UNCHECKABLE, f"no enumeration {claim.of} was read")
    fitting = [enum for enum in enums if len(enum.values) == claim.number and not enum.open]
    if fitting:
        return Answer(Verdict.CONFIRMED, f"{fitting[0].name} has {claim.number} values", (_proof(fitting[0]),))
    if all(enum.open for enum in enums):
        return Answer(Verdict.UNCHECKABLE, f"{enums[0].name} may have further values")
    return Answer(Verdict.REFUTED, f"{enums[0].name} has {len(enums[0].values)} values", tuple(map(_proof, enums[:3])))


def check_inherited(claim: Inherited, ground: Ground) -> Answer:
    """Whether some models derive from a base, or some do not."""
    models = [
        model
        for model in ground.graph.models.values()
        if model.name != claim.base and model.side == "backend" and not model.declared
    ]
    bases = ground.models(claim.base)
    if not models or claim.base not in ground.declared:
        return Answer(Verdict.UNCHECKABLE, f"no class {claim.base} was read")
    proofs = tuple(Proof(base.location, claim.base) for base in bases[:1])
    heirs = [
        model for model in models if claim.base in {base.rpartition(".")[2].rpartition(":")[2] for base in model.bases}
    ]
    counted = f"{len(heirs)} of {len(models)} models derive from {claim.base}"
    holds = bool(heirs) if claim.some else len(heirs) < len(models)
    return Answer(Verdict.CONFIRMED if holds else Verdict.REFUTED, counted, proofs)


def closest(enums: Sequence[EnumType], values: Sequence[str]) -> EnumType | None:
    """The enumeration that has most of the values; of equals the smallest."""
    return min(enums, key=lambda enum: (-_common(enum, values), len(enum.values), enum.key), default=None)


def names_of(enum: EnumType) -> frozenset[str]:
    """The wire values and the member names."""
    return frozenset(_values(enum)) | frozenset(value.name for value in enum.values if value.name)


def _values(enum: EnumType) -> list[str]:
    return [str(value.value) for value in enum.values]


def _common(enum: EnumType, values: Sequence[str]) -> int:
    return len(set(values) & names_of(enum))


def _with(claim: Members) -> str:
    return "" if claim.owner else f" with {', '.join(claim.values[:3])}"


def _proof(enum: EnumType) -> Proof:
    return Proof(enum.location, f"{enum.name}: {', '.join(_values(enum)[:12])}")
