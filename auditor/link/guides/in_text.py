"""What the text of a guide demands and its own flows leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.link.guides.reading import at
from auditor.model.document import Document, Prose
from auditor.model.guide import Contradiction, Guide
from auditor.model.segments import is_hole, segments

_NUMBERED = re.compile(r"(\d+)(?:\.(\d+))?[.)]?\s+\S")


def in_text(document: Document, guide: Guide) -> Iterator[Contradiction]:
    """Contradictions between the text and the flows, and inside the text."""
    yield from _numbering(document)
    yield from _pages_without_list(document, guide)
    yield from _retry_without_request(guide)
    yield from _limit_without_answer(document, guide)
    yield from _unseen_refusal(document, guide)


def _numbering(document: Document) -> Iterator[Contradiction]:
    """Headings of one level that count, and leave a number out."""
    last: dict[tuple[tuple[str, ...], int], tuple[int, int]] = {}
    for section in document.sections:
        number = _NUMBERED.match(section.title)
        if not number or number[2]:
            continue
        key, current = (section.above, section.level), int(number[1])
        before, line = last.get(key, (current - 1, section.line))
        if current > before + 1:
            missing = f"section {before + 1} is missing: {before} is followed by {current}"
            yield Contradiction("numbering", missing, (at(document.file, section.line), at(document.file, line)))
        last[key] = current, section.line


def _prose(document: Document) -> Iterator[Prose]:
    for section in document.sections:
        yield from (block for block in section.blocks if isinstance(block, Prose))


def _pages_without_list(document: Document, guide: Guide) -> Iterator[Contradiction]:
    """Pagination of something that no documented request lists."""
    lists = [call for call in guide.calls if call.method == "GET" and not call.streams and _is_list(call.template)]
    if lists:
        return
    for block in _prose(document):
        found = re.search(r"\bpaginat\w+\s+(?:for|of)\s+([\w ]+)", block.text, re.IGNORECASE)
        if found:
            message = f"pagination of {found[1].strip()} is promised, but no request that lists anything is shown"
            yield Contradiction("feature-without-endpoint", message, (at(document.file, block.line),))


def _is_list(template: str) -> bool:
    parts = segments(template)
    return (
        bool(parts) and not is_hole(parts[-1]) and parts[-1].endswith("s") and parts[-1] not in ("status", "progress")
    )


def _retry_without_request(guide: Guide) -> Iterator[Contradiction]:
    """A diagram that ends in offering a retry which no request carries out."""
    if any(re.search(r"retry|regenerat|resume", call.template, re.IGNORECASE) for call in guide.calls):
        return
    for diagram in guide.diagrams:
        for arrow in diagram.arrows:
            if arrow.source == arrow.target and re.search(
                r"\bretry (?:option|button|action|link)", arrow.text, re.IGNORECASE
            ):
                message = f"'{arrow.text}' leads nowhere: no request that tries again is shown"
                yield Contradiction("dead-end", message, (at(guide.file, arrow.line),))


def _limit_without_answer(document: Document, guide: Guide) -> Iterator[Contradiction]:
    """A most of connections or requests, and no word about what is answered above it."""
    whole = " ".join([block.text for block in _prose(document)] + [a.text for d in guide.diagrams for a in d.arrows])
    if re.search(r"\b429\b|too many requests", whole, re.IGNORECASE):
        return
    for block in _prose(document):
        if re.search(
            r"\b(?:concurrent|simultaneous)\b.*\bmax(?:imum)?\s+\d+|\bmax(?:imum)?\s+\d+\s+concurrent", block.text, re.I
        ):
            message = "the limit has no answer: no status, event or handling is shown for what goes above it"
            yield Contradiction("limit-without-answer", message, (at(document.file, block.line),))


def _unseen_refusal(document: Document, guide: Guide) -> Iterator[Contradiction]:
    """Authentication on a stream that is opened by EventSource, which cannot see a status.

    HTML standard, 9.2 Server-sent events: a response other than 200 fires `error` without data.
    """
    opened = [section for section in document.sections for block in section.blocks if "new EventSource" in _text(block)]
    if not opened:
        return
    for block in _prose(document):
        if re.search(r"\b(?:JWT|token|auth\w*)\b.*\b(?:on|for)\s+(?:SSE|event streams?)", block.text, re.IGNORECASE):
            message = "EventSource cannot see that a stream is refused (401): it only gets an error event without data"
            yield Contradiction("unseen-refusal", message, (at(document.file, block.line),))


def _text(block: object) -> str:
    return getattr(block, "text", "")
