"""What a report shows of a library's parts, held against the protocol that the approval fixture speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Config
from auditor.pipeline import link_sources, read_sources, source_lines
from auditor.syntax.markdown import read_markdown
from auditor.verify.claim import Carried, Verdict
from auditor.verify.ground import Ground
from auditor.verify.verdicts import verify

APPROVAL = Path(__file__).parents[2] / "fixtures" / "approval"


@pytest.fixture(scope="module")
def ground() -> Ground:
    config = Config()
    sources = read_sources(APPROVAL, config, 1)
    return Ground(link_sources(sources, config, 1), sources.facts, sources.inventory.public, source_lines(APPROVAL))


@pytest.mark.parametrize(
    ("part", "verdict"),
    [
        ('{"type": "tool-paint", "toolCallId": "1", "toolName": "paint"}', Verdict.REFUTED),
        ('{type: "tool-paint", toolCallId: "1", input: {colour: "red"}}', Verdict.CONFIRMED),
        ('{"type": "own-part", "toolName": "paint"}', Verdict.UNCHECKABLE),
    ],
)
def test_the_fields_of_a_part(ground: Ground, part: str, verdict: Verdict) -> None:
    sections = verify(read_markdown(f'## The message\n\n```json\n{{"parts": [{part}]}}\n```\n'), ground)
    answers = [
        one.answer.verdict for section in sections for one in section.claims if isinstance(one.claim.subject, Carried)
    ]
    assert answers == [verdict]


def test_an_object_beside_the_parts_is_not_one(ground: Ground) -> None:
    text = '## The message\n\n```json\n{"type": "tool-paint", "toolName": "paint"}\n```\n'
    assert verify(read_markdown(text), ground) == ()
