"""Which keys errors have, and which the client reads."""

from __future__ import annotations

import pytest
from typed_project import facts_of

from auditor.link.errors.bodies import error_bodies, error_reads
from auditor.link.errors.numbers import named_statuses


def told(source: str, framework: str = "fastapi") -> list[str] | str:
    """The keys, or why they are not all known."""
    facts = facts_of({"main.py": source})
    found = error_bodies(facts, facts, {framework})
    return "open" if found.open else [key for key, _ in found.keys]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("app = FastAPI()", ["detail"]),
        ("def f(): return JSONResponse({'error': 1, 'code': c}, status_code=404)", ["code", "detail", "error"]),
        ("def f(): return JSONResponse(content={'error': 1}, status_code=exc.status)", ["detail", "error"]),
        ("def f(): return JSONResponse(exc.to_dict(), status_code=404)", "open"),
        ("def f(): return JSONResponse(page, status_code=200)", ["detail"]),
        ("def f(): return JSONResponse(page)", ["detail"]),
        ("def f(): return Response(text, status_code=500)", "open"),
        ("def f(response): response.status_code = 400", "open"),
        ("app.add_exception_handler(RateLimited, limits.handler)", "open"),
        ("def handler(r, e): ...\napp.add_exception_handler(E, handler)", ["detail"]),
    ],
)
def test_bodies(source: str, expected: list[str] | str) -> None:
    assert told(source) == expected


def test_another_framework_is_open() -> None:
    assert told("app = Flask()", "flask") == "open"


def test_reads_are_grouped_by_function() -> None:
    facts = facts_of(
        {
            "client.ts": """
export function told(error: any) { return error.response?.data?.message ?? error.response?.data.detail; }
export const code = (error: any) => error.response.data.code;
export const size = (error: any) => error.response.data.length;
export const body = (response: any) => response.data.message;
"""
        }
    )
    found = error_reads(facts, facts)
    assert [(sorted(one.keys), one.function) for one in found] == [(["detail", "message"], "told"), (["code"], "code")]


def kinds(source: str, framework: str = "fastapi") -> dict[str, list[int]]:
    """The lines that surely answer an error, by key."""
    facts = facts_of({"main.py": source})
    found = error_bodies(facts, facts, {framework}).kinds
    return {key: [place.span.start_line for place in places] for key, places in found}


IMPORT = "from fastapi import HTTPException\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (IMPORT + "def f(): raise HTTPException(404, 'gone')", {"detail": [2]}),
        ("def f(): raise HTTPException(404, 'gone')", {}),
        (IMPORT + "def f():\n  if x: return JSONResponse({'error': 'no'}, status_code=400)", {"error": [3]}),
        ("def f(): return JSONResponse(content=str(exc), status_code=status.HTTP_401_UNAUTHORIZED)", {"": [1]}),
        ("def f(): return JSONResponse(content=str(exc), status_code=200)", {}),
        ("def f(): return JSONResponse(body, status_code=500)", {}),
        (
            IMPORT + "@app.exception_handler(StarletteHTTPException)\ndef h(r, e): return Own(e)\n"
            "def f(): raise HTTPException(404)",
            {},
        ),
        (
            IMPORT + "@app.exception_handler(HTTPException)\n"
            "def h(r, e): return JSONResponse({'detail': e.detail}, e.status_code)\ndef f(): raise HTTPException(404)",
            {"detail": [4]},
        ),
    ],
)
def test_kinds(source: str, expected: dict[str, list[int]]) -> None:
    assert kinds(source) == expected


def test_kinds_of_another_framework_are_not_known() -> None:
    assert kinds(IMPORT + "def f(): raise HTTPException(404, 'gone')", "flask") == {}


def test_a_function_that_takes_the_whole_body_may_read_more() -> None:
    facts = facts_of(
        {
            "a.ts": "export const told = (error: any) => error.response.data.message ?? text(error.response.data);",
            "b.ts": "export const code = (error: any) => error.response?.data?.code;",
            "c.ts": 'import { code } from "./b";',
        }
    )
    found = error_reads(facts, facts)
    assert [(one.function, one.whole, one.importers) for one in found] == [("told", True, 0), ("code", False, 1)]


def test_statuses_are_numbers_of_three_digits() -> None:
    facts = facts_of({"a.ts": 'const x = [404, "409", 4040, 99, "x404"]; const m = { 429: 1 };', "b.py": "y = 500"})
    assert named_statuses(facts, facts) == {404, 409, 429}
