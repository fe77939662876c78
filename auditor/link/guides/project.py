"""The guides of a project, and the blocks in them that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.link.guides.contradictions import contradictions_of
from auditor.link.guides.kept import held_against
from auditor.link.guides.limits import limits_of
from auditor.link.guides.reading import read_guide
from auditor.model.facts import FileFacts
from auditor.model.finding import Diagnostic
from auditor.model.guide import Guide
from auditor.syntax.markdown import read_markdown

_GENERATED = "<!-- Written by `auditor flows`"


def guides_of(
    texts: Mapping[str, str], facts: Mapping[str, FileFacts]
) -> tuple[tuple[Guide, ...], tuple[Diagnostic, ...]]:
    """The documents that promise something, by file, and one `mermaid` diagnostic for each broken diagram."""
    guides: list[Guide] = []
    problems: list[Diagnostic] = []
    for file in sorted(texts):
        document = read_markdown(texts[file], file)
        guide = read_guide(document)
        problems += [
            Diagnostic(
                "mermaid", "not a sequence diagram from here on: the rest of the block is not read", file, one.problem
            )
            for one in guide.diagrams
            if one.problem
        ]
        if guide.calls:
            written = _GENERATED in texts[file]  # from code, which is the one to be blamed
            limits, contradictions = limits_of(document), () if written else contradictions_of(document, guide)
            guides.append(replace(guide, limits=limits, contradictions=contradictions, written=written))
    return tuple(held_against(guides, facts)), tuple(problems)
