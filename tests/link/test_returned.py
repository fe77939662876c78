"""Objects that handlers write in place."""

from __future__ import annotations

import pytest

from auditor.pipeline import audit_texts

CLIENT = {
    "frontend/package.json": "{}",
    "frontend/src/client.ts": "interface Told { status: string; total: number }\n"
    "export async function read(): Promise<Told> {\n  const r = await fetch('/told');\n  return r.json();\n}\n"
    "console.log(await read());\n",
}
HEAD = "from fastapi import FastAPI\nfrom fastapi.responses import JSONResponse\napp = FastAPI()\n@app.get('/told')\n"


@pytest.mark.parametrize(
    ("handler", "missing"),
    [
        ("def told():\n    return {'status': 'ok'}", ["total"]),
        ("def told() -> dict:\n    return {'status': 'ok'}", ["total"]),
        ("def told():\n    return JSONResponse({'status': 'ok'})", ["total"]),
        ("def told(x: int):\n    if x:\n        return {'status': 'ok'}\n    return {'total': 1, 'status': 'no'}", []),
        (
            "def told(x: int):\n    if x:\n        return JSONResponse({'error': 'x'}, status_code=400)\n"
            "    return {'status': 'ok'}",
            ["total"],
        ),
        # What else may be returned is not known.
        ("def told(x: int):\n    if x:\n        return more()\n    return {'status': 'ok'}", []),
        ("def told(x: dict):\n    return {'status': 'ok', **x}", []),
    ],
)
def test_keys(handler: str, missing: list[str]) -> None:
    report = audit_texts({**CLIENT, "backend/api.py": HEAD + handler + "\n"}, frozenset({"RS101"}))
    assert [name for one in report.findings for name in one.details["missing"]] == missing  # type: ignore[attr-defined]
