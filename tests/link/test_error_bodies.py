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
    assert [(sorted(one.keys), one.function) for one in found] == [(["detail", "message"], "told"), (["code"], "")]


def test_statuses_are_numbers_of_three_digits() -> None:
    facts = facts_of({"a.ts": 'const x = [404, "409", 4040, 99, "x404"]; const m = { 429: 1 };', "b.py": "y = 500"})
    assert named_statuses(facts, facts) == {404, 409, 429}
