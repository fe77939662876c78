"""Which claims a report makes, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.model.document import Document, Fence, Prose, Section, Table
from auditor.verify.claim import Cited, Claim, Counted, Imported, Place, Resolved, Served, Setting, Twice, Unit
from auditor.verify.quotes import advised_imports, fence_claims
from auditor.verify.rows import table_claims
from auditor.verify.statements import statement_claims
from auditor.verify.wording import advises, identifiers, places


@dataclass(frozen=True, slots=True)
class Reading:
    """A section and the claims it makes, by line."""

    section: Section
    claims: tuple[Claim, ...]


def readings(document: Document) -> tuple[Reading, ...]:
    """The sections that make claims, in source order. What a section advises is no claim about what is."""
    cited = _every_place(document)
    found = [Reading(section, tuple(_claims(section, document, cited))) for section in document.sections]
    return tuple(reading for reading in found if reading.claims)


_ADVISING = re.compile(
    r"\b(?:recommend\w*|proposed|proposal|implementation plan|next steps|(?:future|remaining) work|roadmap|"
    r"action items|to-?do|suggested|solution)\b",
    re.IGNORECASE,
)


def _claims(section: Section, document: Document, everywhere: Sequence[Place]) -> list[Claim]:
    if any(_ADVISING.search(title) for title in (section.title, *section.above)):
        return []
    near = [_spelled_out(place, everywhere) for place in _places_of(section)]
    fences = [block for block in section.blocks if isinstance(block, Fence)]
    found: list[Claim] = []
    prose: list[Prose] = []
    lead = section.title
    for block in section.blocks:
        match block:
            case Prose(text, _, _):
                lead = text
                if not _gives_advice(text):
                    prose.append(block)
            case Fence():
                if _is_advice(lead, block):
                    found += advised_imports(block)
                else:
                    nearest = [*(_spelled_out(place, [*near, *everywhere]) for place in places(lead)), *near]
                    others = [fence for fence in fences if fence is not block]
                    found += fence_claims(block, lead, _best(nearest), others)
            case Table():
                found += table_claims(block, f"{section.title} {lead}")
    title = Prose(section.title, section.line, section.line)
    found += statement_claims(prose, section.title, near)
    found += [claim for claim in statement_claims([title], "", near) if isinstance(claim.subject, Setting | Resolved)]
    found = [_with_names(claim, document) for claim in found]
    return _distinct([_located(claim, [*near, *everywhere]) for claim in found])


def _located(claim: Claim, cited: Sequence[Place]) -> Claim:
    """The claim with the files it names by their last part spelled out as elsewhere in the report."""
    subject = claim.subject
    match subject:
        case Cited(place, names):
            return replace(claim, subject=Cited(_spelled_out(place, cited), names))
        case Imported(importer, imported, expected):
            first, second = (_spelled_out(Place(file), cited).file for file in (importer, imported))
            return replace(claim, subject=Imported(first, second, expected))
        case Twice(files):
            return replace(claim, subject=Twice(tuple(_spelled_out(Place(file), cited).file for file in files)))
        case Counted() if subject.unit in (Unit.LINES, Unit.TESTS):
            return replace(claim, subject=replace(subject, of=_spelled_out(Place(subject.of), cited).file))
        case _:
            return claim


def _spelled_out(place: Place, cited: Sequence[Place]) -> Place:
    longer = {other.file for other in cited if other.file.endswith(f"/{place.file}")}
    return replace(place, file=longer.pop()) if len(longer) == 1 else place


def _gives_advice(text: str) -> bool:
    return bool(re.match(r"\W*(?:recommend\w*|fix|suggest\w*|proposed?|action|todo|next)\b", text, re.IGNORECASE))


def _is_advice(lead: str, fence: Fence) -> bool:
    """Whether a code block shows what should be written instead of what is."""
    if any(re.match(r"\s*(?:#|//)\s*(?:NEW|TODO|ADD|Missing|Should|Proposed)\b", line) for line in fence.lines):
        return True
    return advises(lead.partition(":**")[0] if ":**" in lead else lead) and not re.search(
        r"\bevidence|current", lead, re.I
    )


def _places_of(section: Section) -> Iterator[Place]:
    for block in section.blocks:
        if isinstance(block, Prose):
            yield from places(block.text)


def _every_place(document: Document) -> list[Place]:
    return [place for section in document.sections for place in _places_of(section)]


def _best(found: Sequence[Place]) -> list[Place]:
    """Each file once, in order, with lines from where they are given first."""
    best: dict[str, Place] = {}
    for place in found:
        known = best.get(place.file)
        if known is None or (not known.first and place.first):
            best[place.file] = place
    return list(best.values())


def _with_names(claim: Claim, document: Document) -> Claim:
    """A claim of resolution gets all names and files that the report speaks of: what closes the gap is among them."""
    if not isinstance(claim.subject, Resolved):
        return claim
    texts = [block.text for section in document.sections for block in section.blocks if isinstance(block, Prose)]
    names = dict.fromkeys(name for text in texts for name in identifiers(text) if len(name) > 3)
    files = dict.fromkeys(place.file for text in texts for place in places(text))
    built = dict.fromkeys(span.strip() for text in texts for span in _BUILT.findall(text))
    return replace(claim, subject=Resolved(tuple(names), tuple(files), tuple(one for one in built if _is_code(one))))


_BUILT = re.compile(r"\b(?:created|implemented|added|introduced)\s+(?:(?:the|a|an|new)\s+)*`([^`]+)`", re.IGNORECASE)


def _is_code(text: str) -> bool:
    """Whether a code span is a file, or a name that is particular enough to be looked for."""
    return bool(places(text)) or bool(re.fullmatch(r"(?=.*(?:_|[a-z][A-Z]))[A-Za-z_]\w{6,}(?:\(\))?", text))


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Each subject once, by line. A path that is denied anywhere in the section is not also claimed to be served."""
    denied = {
        claim.subject.path for claim in claims if isinstance(claim.subject, Served) and not claim.subject.expected
    }
    kept: dict[object, Claim] = {}
    for claim in sorted(claims, key=lambda one: one.line):
        subject = claim.subject
        if isinstance(subject, Served) and subject.expected and subject.path in denied:
            continue
        kept.setdefault(subject, claim)
    return list(kept.values())
