"""What a report claims and what the code answers, claim by claim, on one small project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.config import Config
from auditor.pipeline import check, chosen_rules, link_sources, read_sources, source_lines
from auditor.syntax.markdown import read_markdown
from auditor.verify.claim import (
    Called,
    Cited,
    Counted,
    Importable,
    Imported,
    Member,
    Members,
    Quoted,
    Served,
    Verdict,
)
from auditor.verify.ground import Ground
from auditor.verify.verdicts import verify

PROJECT: Mapping[str, str] = {
    "backend/api.py": """
from enum import Enum

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel


class Colour(str, Enum):
    RED = "red"
    GREEN = "green"
    BLUE = "blue"


class Item(BaseModel):
    name: str
    colour: Colour
    expires_in: int = 3600


class MissingItemError(Exception):
    pass


router = APIRouter(prefix="/api/v1")


@router.get("/items")
def list_items() -> list[Item]:
    return []


@router.post("/items/{item_id}/paint")
def paint(item_id: int) -> Item:
    return repaint_everything(item_id, unheard_of)


def repaint_everything(item_id: int, how: object) -> Item:
    return Item(name="x", colour=Colour.RED)


app = FastAPI()
app.include_router(router)
""",
    "frontend/package.json": '{"name": "web", "dependencies": {"react": "18"}}',
    "frontend/src/types.ts": """
export interface Item { name: string; colour: 'red' | 'green' }
export const staleTime = 5 * 60 * 1000;
""",
    "frontend/src/client.ts": """
import { Item } from "./types";

export const items = (): Promise<Item[]> => fetch("/api/v1/items").then((r) => r.json());
export const vanished = () => fetch("/api/v1/vanished");
""",
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    root = tmp_path_factory.mktemp("project")
    for name, content in PROJECT.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    config = Config()
    sources = read_sources(root, config, 1)
    graph = link_sources(sources, config, 1)
    findings = check(graph, chosen_rules(config))
    return Ground(graph, sources.facts, sorted(PROJECT), source_lines(Path(root)), findings)


CASES = [
    ("`/api/v1/items` does not exist in the backend.", Served, Verdict.REFUTED),
    ("The frontend expects `/api/v1/login` to exist. **It does not exist in the backend.**", Served, Verdict.CONFIRMED),
    ("`POST /api/v1/items/{id}/paint` is served.", Served, Verdict.CONFIRMED),
    ("`DELETE /api/v1/items` is served.", Served, Verdict.REFUTED),
    ("| Backend | Frontend |\n|---|---|\n| GET `/items` | ❌ None |", Called, Verdict.REFUTED),
    ("| Backend | Frontend |\n|---|---|\n| POST `/items/{id}/paint` | ❌ None |", Called, Verdict.CONFIRMED),
    ("| Backend | Frontend |\n|---|---|\n| POST `/items/{id}/paint` | ✅ yes |", Called, Verdict.REFUTED),
    ("The field `expires_in` does not exist in backend `Item`.", Member, Verdict.REFUTED),
    ("The field `size` does not exist in backend `Item`.", Member, Verdict.CONFIRMED),
    ('```python\nclass Colour(str, Enum):\n    RED = "red"\n    GREEN = "green"\n```', Members, Verdict.STALE),
    ('```python\nclass Colour(str, Enum):\n    PINK = "pink"\n    # ...\n```', Members, Verdict.REFUTED),
    ("Backend Colour enum (3 values)", Counted, Verdict.CONFIRMED),
    ("Backend Colour enum (7 values)", Counted, Verdict.REFUTED),
    ("`backend/api.py` has 2 endpoints in the backend", Counted, Verdict.CONFIRMED),
    ("`types.ts` is imported by `client.ts`.", Imported, Verdict.CONFIRMED),
    ("`client.ts` is imported by `types.ts`.", Imported, Verdict.REFUTED),
    ("See `backend/api.py:9-12`.", Cited, Verdict.CONFIRMED),
    ("See `backend/api.py:900`.", Cited, Verdict.STALE),
    ("See `backend/gone.py:9`.", Cited, Verdict.REFUTED),
    ("In `client.ts`:\n\n```ts\nfetch('/api/v1/vanished');\n```", Quoted, Verdict.CONFIRMED),
    ("In `client.ts`:\n\n```ts\nfetch('/api/v1/other/place', { method: 'PUT' });\n```", Quoted, Verdict.REFUTED),
    ("In `backend/api.py`:\n\n```python\nexpires_in: int = 7200\n```", Quoted, Verdict.STALE),
    ("```python\n# NEW\nfrom backend.api import Item  # Needs to be imported\n```", Importable, Verdict.CONFIRMED),
    ("```python\n# NEW\nfrom backend.api import Size  # Needs to be imported\n```", Importable, Verdict.REFUTED),
    ("```python\n# NEW\nfrom models import Item  # Needs to be imported\n```", Importable, Verdict.REFUTED),
    (
        "```python\n# NEW\nfrom pydantic import Size  # already there, just import it\n```",
        Importable,
        Verdict.UNCHECKABLE,
    ),
]


@pytest.mark.parametrize(("text", "kind", "verdict"), CASES)
def test_a_claim_is_answered(ground: Ground, text: str, kind: type, verdict: Verdict) -> None:
    sections = verify(read_markdown(f"## A gap\n\n{text}\n"), ground)
    answers = [one.answer.verdict for section in sections for one in section.claims if type(one.claim.subject) is kind]
    assert answers == [verdict]


def test_resolved_is_refuted_by_a_finding_about_what_was_built(ground: Ground) -> None:
    text = "**Status:** GAP RESOLVED\n\nImplemented `repaint_everything()` in `api.py`.\n"
    (section,) = verify(read_markdown(f"# Report\n\n{text}"), ground)
    resolved = next(one for one in section.claims if type(one.claim.subject).__name__ == "Resolved")
    assert resolved.answer.verdict is Verdict.REFUTED
    assert resolved.answer.reason.startswith("EP401")


def test_resolved_is_refuted_if_nothing_of_it_is_there(ground: Ground) -> None:
    text = "**Status:** GAP RESOLVED\n\n✅ Created `painters.py` ✅ Implemented `paint_part()` in `api.py`\n"
    (section,) = verify(read_markdown(f"# Report\n\n{text}"), ground)
    resolved = next(one for one in section.claims if type(one.claim.subject).__name__ == "Resolved")
    assert resolved.answer.verdict is Verdict.REFUTED


def test_resolved_is_left_open_if_something_of_it_is_there(ground: Ground) -> None:
    text = "**Status:** GAP RESOLVED\n\n✅ Created `painters.py` ✅ Implemented `list_items()` in `api.py`\n"
    (section,) = verify(read_markdown(f"# Report\n\n{text}"), ground)
    resolved = next(one for one in section.claims if type(one.claim.subject).__name__ == "Resolved")
    assert resolved.answer.verdict is Verdict.UNCHECKABLE


def test_a_word_of_resolution_alone_confirms_nothing(ground: Ground) -> None:
    (section,) = verify(read_markdown("# Report\n\n**Status:** GAP RESOLVED\n"), ground)
    assert section.verdict is Verdict.UNCHECKABLE


@pytest.mark.parametrize(
    "text",
    [
        "**Recommended Fix:** create `/api/v1/login`.",
        "## Recommendations\n\n`/api/v1/login` does not exist.",
        "Nothing of this can be checked: the code is badly written.",
        "```python\n# NEW: add this\n@router.get('/api/v1/login')\n```",
        "```\nno fence end",
        "| a |\n|---|",
    ],
)
def test_advice_and_opinion_claim_nothing(ground: Ground, text: str) -> None:
    assert verify(read_markdown(text), ground) == ()


def test_quotes_of_what_is_left_out_do_not_confirm_that_it_is_missing(ground: Ground) -> None:
    text = (
        "## The colour is not painted\n\nIn `backend/api.py`:\n\n```python\ndef paint(item_id: int)\n    # ...\n```\n"
    )
    (section,) = verify(read_markdown(text), ground)
    assert section.verdict is Verdict.UNCHECKABLE


def test_two_quoted_sides_that_no_longer_differ(ground: Ground) -> None:
    text = (
        "## expires_in mismatch\n\n`backend/api.py`, `frontend/src/types.ts`\n\n"
        "```python\nexpires_in: int = 7200\n```\n\n```ts\ncolour: 'red' | 'green'\n```\n"
    )
    (section,) = verify(read_markdown(text), ground)
    assert section.verdict is Verdict.REFUTED
