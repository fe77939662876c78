"""Text for terminals: exact, ranked, and harmless whatever the audited project holds."""

from __future__ import annotations

import pytest
from report_graphs import api, at, drifted, finding, project, report
from rich.cells import cell_len

from auditor.model.finding import Evidence, Severity, Side, Step
from auditor.model.graph import ProjectGraph
from auditor.report.renderer import Canvas
from auditor.report.renderers.terminal import RENDERER, explain_finding, paint

EXPECTED = """\
auditor VERSION

backend  backend   fastapi (app.main:app), 3 routes
frontend frontend  vite -> backend, 3 calls
files    12 read, 4 left out (3 test, 1 vendored)

CRITICAL  EP101 missing-endpoint
  no route serves POST /auth/login

  frontend frontend/src/api.ts:3:28  sends POST /auth/login
   3 | export const login = () => api.post(`/auth/login`);
     |                            ^^^^^^^^^^^^^^^^^^^^^^^

  backend  backend/app/users.py:3:1  nearest route
   3 | @router.get("/users/{user_id}")
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

  fix  serve POST /auth/login or drop the call

HIGH  RS101 field-not-returned  (medium confidence)
  User.email is never returned

  frontend frontend/src/api.ts:5:1  User expects email
   5 | export interface User {
   6 |   id: number;
   7 |   email: string;
   8 | }

  backend  backend/app/users.py:6:1  User has no email
   6 | class User(BaseModel):
   7 |     id: int
   8 |     name: str

  also at  frontend/src/api.ts:7
  fix  return it

LOW  EP201 backend/app/users.py:4  nothing calls GET /users

Could not be told (1)
  1 x call: base URL comes from VITE_API  (frontend/src/api.ts:5)

Read with problems (1)
  backend/app/old.py:2: cannot be read as Python

Do first
  POST /auth/login: serve POST /auth/login or drop the call (EP101, 1 place)
  User.email: return it (RS101, 2 places)

Routes  1 of 3 called (33 %)
Calls   3: 1 matched, 0 ambiguous, 1 missing, 1 unknown, 0 own server, 0 other hosts
Paths   3 of 3 paths known (100.0 %)
Auth    login: frontend only
Health  failing: 1 critical, 1 high, 0 medium, 1 low
"""


def test_everything() -> None:
    from auditor import __version__

    assert RENDERER.render(report(*drifted())) == EXPECTED.replace("VERSION", __version__)


def test_colours_change_nothing_but_colours() -> None:
    colored = paint(report(*drifted()), Canvas(color=True))
    assert "\x1b[1;31mHIGH" in colored
    assert _plain(colored) == RENDERER.render(report(*drifted()))


@pytest.mark.parametrize("width", [40, 57, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = finding(message="word " * 60, hint="x" * 300)
    text = paint(report(*drifted(), long), Canvas(width=width))
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_wrapping_loses_no_letter() -> None:
    hint = "".join(chr(ord("a") + n % 26) for n in range(300))
    text = paint(report(finding(hint=hint)), Canvas(width=60))
    assert hint in "".join(text.split())


def test_the_mark_stands_under_wide_characters_and_tabs() -> None:
    line = "\tf('日本', call())"
    start = len(line[: line.index("call")].encode()) + 1
    place = Evidence(Side.FRONTEND, at("f.ts", 1, start, start + 6), "")
    shown = RENDERER.render(report(finding(evidence=(place,)), sources={"f.ts": (line,)})).splitlines()
    code = next(text for text in shown if "日本" in text)
    mark = shown[shown.index(code) + 1]
    assert cell_len(code[: code.index("call")]) == mark.index("^")
    assert mark.count("^") == len("call()")


def test_hostile_sources_stay_behind_the_gutter() -> None:
    line = "  ::error::owned ##[error] \x1b[2J\x07 \u202e [bold]x[/bold] :smile:"
    place = Evidence(Side.FRONTEND, at("\x1b]0;f.ts\n::error::", 1, 1, 5), "::label\x1b[0m")
    hostile = finding(message="\x1b[31m\n::error::x [red]y", evidence=(place,))
    text = RENDERER.render(report(hostile, sources={place.location.file: (line,)}))
    assert not set("\x1b\x07\u202e") & set(text)
    assert not [shown for shown in text.splitlines() if shown.lstrip().startswith("::")]
    assert "   1 |   ::error::owned ##[error] ␛[2J␇ \ufffd [bold]x[/bold] :smile:" in text.splitlines()


def test_a_side_that_is_not_there() -> None:
    text = RENDERER.render(report(graph=ProjectGraph()))
    assert "backend  none found\nfrontend none found\n" in text
    assert text.endswith("Health  unknown: 0 critical, 0 high, 0 medium, 0 low\n")


def test_low_findings_take_a_line_each() -> None:
    low = [finding(severity=Severity.LOW, subject=str(n)) for n in range(30)]
    text = RENDERER.render(report(*low))
    assert sum(line.startswith("LOW  EP101 frontend/src/api.ts:3") for line in text.splitlines()) == 30
    assert "^" not in text


def test_explain_shows_chain_places_and_details() -> None:
    place = Evidence(Side.FRONTEND, api(7), "read")
    one = finding(provenance=(Step(api(1), "client from ./client"),), places=(place,))
    text = explain_finding(one, report().sources, Canvas())
    assert text.startswith("CRITICAL  EP101 missing-endpoint\n")
    assert "How it is known\n  1. frontend/src/api.ts:1  client from ./client\n" in text
    assert "All places\n  1. frontend/src/api.ts:7  read\n" in text
    assert text.endswith(f"EP101 POST /auth/login  {one.fingerprint}\n")


def test_the_graph_is_enough() -> None:
    assert "Routes  1 of 3 called (33 %)\n" in RENDERER.render(report(graph=project()))


def _plain(text: str) -> str:
    from rich.text import Text

    return Text.from_ansi(text).plain
