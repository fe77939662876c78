"""Where a guide disagrees with itself."""

from __future__ import annotations

from auditor.link.guides.between_calls import between_calls
from auditor.link.guides.in_snippets import in_snippets
from auditor.link.guides.in_text import in_text
from auditor.model.document import Document
from auditor.model.guide import Contradiction, Guide


def contradictions_of(document: Document, guide: Guide) -> tuple[Contradiction, ...]:
    """The contradictions by line. Only documents with diagrams are looked at: the rest promise too little."""
    if not guide.diagrams:
        return ()
    found = [*in_text(document, guide), *between_calls(guide), *in_snippets(document, guide)]
    return tuple(sorted(found, key=lambda one: (one.places[0], one.check, one.message)))
