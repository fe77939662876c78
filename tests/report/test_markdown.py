"""Markdown: the sections of a gap analysis, and no markup but our own."""

from __future__ import annotations

import re

from report_graphs import api, at, call, drifted, finding, project, report, route

from auditor.model.finding import Evidence, Severity, Side, Unresolved
from auditor.model.graph import Kind, Matched, ProjectGraph
from auditor.report.renderers.markdown import RENDERER

EXPECTED = """\
# Backend-frontend gap analysis

## Executive summary

Overall health: 🔴 **failing**

| Severity | Gaps | Meaning |
| --- | --: | --- |
| critical | 1 | fails at run time whenever reached |
| high | 1 | a feature is broken, or data is lost |
| medium | 0 | breaks under some input, state or version |
| low | 1 | drift, worth knowing |

| Detected | Folder | Framework | Pairs with |
| --- | --- | --- | --- |
| backend | `backend` | fastapi (`app.main:app`) | `frontend` |
| frontend | `frontend` | vite | `backend` |

## Gaps

### Critical (1)

#### GAP-001: POST /auth/login

EP101 missing-endpoint · `65c84283ddc3c02e`

**Problem:** no route serves POST /auth/login

**Frontend** `frontend/src/api.ts:3`: sends POST /auth/login

```ts
export const login = () => api.post(`/auth/login`);
```

**Backend** `backend/app/users.py:3`: nearest route

```python
@router.get("/users/{user_id}")
```

**How it is known:**

1. `frontend/src/api.ts:1` client from ./client

**Recommended fix:** serve POST /auth/login or drop the call

### High (1)

#### GAP-002: User.email

RS101 field-not-returned · medium confidence · `fcf83c8308fdaea7`

**Problem:** User.email is never returned

**Frontend** `frontend/src/api.ts:5`: User expects email

```ts
export interface User {
  id: number;
  email: string;
}
```

**Backend** `backend/app/users.py:6`: User has no email

```python
class User(BaseModel):
    id: int
    name: str
```

**Also at:** `frontend/src/api.ts:7`

**Recommended fix:** return it

### Low (1)

| Gap | Rule | Problem | Places | Recommended fix |
| --- | --- | --- | --- | --- |
| GAP-003 | EP201 unused-endpoint | nothing calls GET /users | `backend/app/users.py:4` |  |

## Endpoint coverage

| Category | Routes | Called | Meant | Unresolved | Uncalled | Excluded | Coverage |
| --- | --: | --: | --: | --: | --: | --: | --: |
| users | 2 | 1 | 0 | 0 | 1 | 0 | 50 % |
| ws | 1 | 0 | 0 | 0 | 1 | 0 | 0 % |
| **total** | **3** | **1** | **0** | **0** | **2** | **0** | **33 %** |

*Meant* are routes that a request misses only by a prefix. *Unresolved* are routes without a certain caller that a \
call with an uncertain target may reach. *Excluded* are further routes that an earlier one hides.

Of 3 call sites, 1 reach one route, 0 one of several, 1 none, 1 could not be resolved, \
0 stay in the frontend's own server and 0 go to other hosts.

3 of 3 paths known (100.0 %).

## Type alignment

| Backend type | Frontend type | Status | Differences | Evidence |
| --- | --- | --- | --- | --- |
| `User` | `User` | ❌ mismatch | only in the frontend: email; only in the backend: name | `frontend/src/api.ts:4` |

## WebSocket and SSE

| Channel | Backend | Frontend | Status |
| --- | --- | --- | --- |
| WebSocket `/ws/updates` | `backend/app/users.py:6` | none | ⚠️ no client |

## Authentication

| Step | Backend | Frontend | Status |
| --- | --- | --- | --- |
| login | none | `POST /auth/login (frontend/src/api.ts:3)` | frontend only |

## Priorities

### Priority 1: fix now (critical)

1. **POST /auth/login**: serve POST /auth/login or drop the call (EP101: GAP-001)

### Priority 2: fix next (high)

1. **User.email**: return it (RS101: GAP-002)

### Priority 4: when nearby (low)

1. **GET /users**: nothing calls GET /users (EP201: GAP-003)

## Unresolved

Seen, but not understood well enough to be judged. None of it counts as a gap.

| Kind | Reason | Count | Places |
| --- | --- | --: | --- |
| call | base URL comes from VITE\\_API | 1 | `frontend/src/api.ts:5` |

## Files analysed

12 files were read.

| Left out because | Files |
| --- | --: |
| test | 3 |
| vendored | 1 |

| Place | Problem | Meaning |
| --- | --- | --- |
| `backend/app/old.py:2` | syntax-error | cannot be read as Python |
"""


def test_everything() -> None:
    assert RENDERER.render(report(*drifted())) == EXPECTED


def test_sections_are_always_there() -> None:
    empty = RENDERER.render(report(graph=ProjectGraph()))
    assert re.findall("^## .*", empty, re.M) == re.findall("^## .*", EXPECTED, re.M)
    assert "**No backend was found**" in empty
    assert "⚪ **unknown**" in empty


def test_hostile_texts_are_no_markup() -> None:
    hostile = "a | b `c` <script> **d** [e](f)\n# g @octocat"
    place = Evidence(Side.FRONTEND, at("we`ird|na<me.ts", 1), hostile)
    source = {"we`ird|na<me.ts": ("```\x1b[31m ````",)}
    made = report(
        finding(message=hostile, subject=hostile, hint=hostile, evidence=(place,)),
        finding("EP201", severity=Severity.LOW, message=hostile, hint=hostile, evidence=(place,)),
        sources=source,
    )
    text = RENDERER.render(made)
    assert "<script>" not in text
    assert "@octocat" not in text
    assert "\n# g" not in text
    assert "\x1b" not in text
    assert "`````ts\n```␛[31m ````\n`````" in text
    assert _tables_are_even(text)


def test_hostile_names_keep_tables_even() -> None:
    socket = route("/ws/|a`b|", kind=Kind.WEBSOCKET, category="x|y\\|z")
    graph = ProjectGraph(
        routes=(socket,),
        calls=(call("/ws/|a`b|", Matched(socket), kind=Kind.WEBSOCKET),),
        unresolved=(Unresolved("call", at("a|b.ts", 1), "because | of \\"),),
    )
    assert _tables_are_even(RENDERER.render(report(graph=graph)))


def test_one_recommendation_for_many_gaps() -> None:
    same = [finding(subject=str(n)) for n in range(5)]
    other = [finding("EP201", "unused-endpoint", Severity.LOW, f"m{n}", hint=f"fix {n}") for n in range(20)]
    text = RENDERER.render(report(*same, *other))
    same_client = "serve what it requests, or drop it: 0, 1, 2 and 2 more (EP101: 5 gaps, GAP-001 to GAP-005)"
    assert f"1. **frontend/src/api.ts**: {same_client}" in text
    assert "1. **unused-endpoint**: each by its own fix (EP201: 20 gaps, GAP-006 to GAP-025)" in text


def test_the_ledger_groups_by_reason() -> None:
    entries = tuple(Unresolved("call", api(n), "base URL comes from VITE_API") for n in range(1, 9))
    text = RENDERER.render(report(graph=ProjectGraph(unresolved=entries)))
    places = ", ".join(f"`frontend/src/api.ts:{n}`" for n in range(1, 6))
    assert f"| call | base URL comes from VITE\\_API | 8 | {places}, 3 more |" in text


def test_long_excerpts_are_cut_and_dedented() -> None:
    lines = [f"    line {n}" for n in range(1, 40)]
    place = Evidence(Side.BACKEND, at("big.py", 2, end_line=30), "")
    text = RENDERER.render(report(finding(evidence=(place,)), sources={"big.py": lines}))
    assert "```python\nline 2\nline 3\n" in text
    assert "line 15\n… 15 more lines\n```" in text


def test_no_trailing_blanks_and_one_line_break_at_the_end() -> None:
    text = RENDERER.render(report(*drifted(), graph=project()))
    assert text.endswith("|\n")
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def _tables_are_even(text: str) -> bool:
    """Every table has as many cells in each row as in its head, read as GitHub reads it."""
    widths: list[int] = []
    for line in text.splitlines():
        if not line.startswith("| "):
            widths = []
            continue
        widths.append(len(re.findall(r"(?:\\.|[^|\\])+", line.strip().strip("|"))))
        if widths[-1] != widths[0]:
            return False
    return True
