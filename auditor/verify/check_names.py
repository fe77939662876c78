"""Are the names of a report declared, imported and bound as it says, and is what it calls resolved free of findings?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.model import form
from auditor.model.finding import Finding, Severity
from auditor.model.span import Location, Span
from auditor.verify.claim import Answer, Declared, Imported, Proof, Resolved, Setting, Twice, Verdict
from auditor.verify.ground import Ground, declarations

_SHOWN = 3


def check_declared(claim: Declared, ground: Ground) -> Answer:
    """Whether a name is declared on a side, or in a file."""
    places = [place for place in ground.declared.get(claim.name, ()) if _is_in(claim, place, ground)]
    if places:
        proofs = tuple(Proof(place, claim.name) for place in places[:_SHOWN])
        verdict = Verdict.CONFIRMED if claim.expected else Verdict.REFUTED
        return Answer(verdict, f"{claim.name} is declared in {places[0].file}", proofs)
    where = claim.file or (f"the {claim.side}" if claim.side else "the code")
    if not claim.expected:
        return Answer(Verdict.CONFIRMED, f"{claim.name} is not declared in {where}")
    if claim.file and len(ground.matching(claim.file)) != 1:
        return Answer(Verdict.REFUTED, f"there is no file {claim.file}")
    elsewhere = ground.declared.get(claim.name, ())
    if elsewhere:
        return Answer(
            Verdict.STALE, f"{claim.name} is declared in {elsewhere[0].file}", (Proof(elsewhere[0], claim.name),)
        )
    return Answer(Verdict.UNCHECKABLE, f"no declaration of {claim.name} was found in {where}")


def check_imported(claim: Imported, ground: Ground) -> Answer:
    """Whether a file imports another one, by the last part of the module's name."""
    files, stem = ground.matching(claim.importer), re.sub(r"\.\w+$", "", claim.imported).rpartition("/")[2]
    if len(files) != 1 or files[0] not in ground.facts:
        return Answer(
            Verdict.REFUTED if not files else Verdict.UNCHECKABLE, f"{len(files)} files are called {claim.importer}"
        )
    for statement in ground.facts[files[0]].body:
        if isinstance(statement, form.Import | form.Export) and _names_module(statement, stem):
            proof = Proof(Location(files[0], statement.span), f"imports {statement.module}")
            return Answer(Verdict.CONFIRMED if claim.expected else Verdict.REFUTED, f"{files[0]} imports it", (proof,))
    verdict = Verdict.REFUTED if claim.expected else Verdict.CONFIRMED
    return Answer(verdict, f"{files[0]} does not import {stem}")


def check_twice(claim: Twice, ground: Ground) -> Answer:
    """Whether two files declare the same names."""
    found = [ground.matching(file) for file in claim.files]
    if any(len(files) != 1 for files in found):
        return Answer(Verdict.UNCHECKABLE, "not each of the files could be told apart")
    first, second = (_declared_in(files[0], ground) for files in found)
    both = sorted(set(first) & set(second))
    if both:
        proofs = (Proof(first[both[0]], both[0]), Proof(second[both[0]], both[0]))
        return Answer(Verdict.CONFIRMED, f"both declare {', '.join(both[:5])}", proofs)
    empty = next((files[0] for files, names in zip(found, (first, second), strict=True) if not names), "")
    reason = f"{empty} declares nothing" if empty else "they declare no name in common"
    return Answer(Verdict.REFUTED, reason)


def check_setting(claim: Setting, ground: Ground) -> Answer:
    """Whether a name is given a number anywhere in the code."""
    found = [(value, place) for file in sorted(ground.facts) for value, place in _bound(claim.name, file, ground)]
    fitting = [place for value, place in found if value in (claim.value, claim.value // 1000)]
    if fitting:
        proofs = tuple(Proof(place, f"{claim.name} is {claim.text}") for place in fitting[:_SHOWN])
        return Answer(Verdict.CONFIRMED, f"{claim.name} is set to {claim.text} in {fitting[0].file}", proofs)
    if found:
        value, place = found[0]
        return Answer(Verdict.REFUTED, f"{claim.name} is {value:g} in {place.file}", (Proof(place, claim.name),))
    return Answer(Verdict.UNCHECKABLE, f"no number is given to {claim.name}")


def check_resolved(claim: Resolved, ground: Ground) -> Answer:
    """Refuted by a serious finding about what is said to close the gap, and if nothing of that is in the code.
    A report's word confirms nothing."""
    names = [name for name in claim.names if name in ground.declared and _speaks(name)]
    for finding in ground.findings:
        hit = next((name for name in names if _is_about(finding, name, ground)), "")
        if hit and finding.severity.rank <= Severity.HIGH.rank:
            proofs = tuple(Proof(piece.location, piece.label) for piece in finding.evidence[:_SHOWN])
            return Answer(Verdict.REFUTED, f"{finding.code} at {hit}: {finding.message}", proofs)
    if len(claim.built) > 1 and not any(_stands(one, ground) for one in claim.built):
        return Answer(Verdict.REFUTED, f"nothing of what closes it is in the code: {', '.join(claim.built[:_SHOWN])}")
    return Answer(Verdict.UNCHECKABLE, "a report's word is no evidence, and no finding contradicts it")


def _stands(built: str, ground: Ground) -> bool:
    """Whether there is such a file, or any line of code has the name."""
    if "." in built:
        return bool(ground.matching(built)) or bool(ground.matching(built.rpartition("/")[2]))
    word = re.compile(rf"(?<![\w$]){re.escape(built.removesuffix('()'))}(?![\w$])")
    return any(word.search(line) for file in ground.facts for line in ground.lines(file))


def _is_in(claim: Declared, place: Location, ground: Ground) -> bool:
    if claim.file:
        return place.file in ground.matching(claim.file)
    return claim.side is None or ground.side(place.file) is claim.side


def _names_module(statement: form.Import | form.Export, stem: str) -> bool:
    parts = re.split(r"[./]", statement.module or "")
    return stem in parts[-2:] or any(name.name == stem for name in statement.names)


def _declared_in(file: str, ground: Ground) -> dict[str, Location]:
    facts = ground.facts.get(file)
    return {name: Location(file, span) for name, span in declarations(facts.body)} if facts else {}


def _bound(name: str, file: str, ground: Ground) -> Iterator[tuple[float, Location]]:
    """The numbers given to a name: `name: 5 * 60`, `name = 5`."""
    assigned = re.compile(rf"(?<![\w$]){re.escape(name)}['\"]?\s*(?::\s*\w+\s*)?[:=]\s*([\d_.]+(?:\s*\*\s*[\d_.]+)*)")
    for number, line in enumerate(ground.lines(file), 1):
        found = assigned.search(line) if name in line else None
        if found:
            value = 1.0
            for factor in found[1].split("*"):
                value *= _number(factor)
            yield value, Location(file, Span(number, found.start() + 1, number, found.end() + 1))


def _number(text: str) -> float:
    try:
        return float(text.strip().replace("_", ""))
    except ValueError:
        return 0.0


def _speaks(name: str) -> bool:
    """Whether a name is particular enough to be looked for in lines of code."""
    return len(name) > 6 and ("_" in name or bool(re.search(r"[a-z][A-Z]", name)))


def _is_about(finding: Finding, name: str, ground: Ground) -> bool:
    for piece in finding.evidence[:1]:
        lines: Sequence[str] = ground.lines(piece.location.file)
        line = piece.location.line
        text = lines[line - 1] if line <= len(lines) else ""
        if re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text):
            return True
    return False
