"""Links, forms and windows that browsers follow: calls where a route answers them, nothing otherwise."""

from __future__ import annotations

import pytest

from auditor.model.graph import CallSite
from auditor.pipeline import audit_texts

API = """
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/reports")
def list_reports() -> list[int]:
    return []


@app.get("/api/reports/{report_id}/file")
def report_file(report_id: int) -> str:
    return ""


@app.post("/api/uploads")
def upload() -> None:
    return None


@app.get("/settings/team")
def team() -> None:
    return None
"""

FOLLOWED = {
    "<a href={`/api/reports/${id}/file`} download>Save</a>": "link GET /api/reports/{}/file",
    "<a href='/api/reports'>All</a>": "link GET /api/reports",
    "<form action='/api/uploads' method='post'><input name='file' /></form>": "form POST /api/uploads",
    "<button onClick={() => window.open(`/api/reports/${id}/file`)}>Save</button>":
    "window.open GET /api/reports/{}/file",
}  # fmt: skip
PASSED_BY = (
    "<a href='/api/nothing' download>Save</a>",
    "<a href='/settings/team' download>Page</a>",
    "<a href='https://example.org/api/reports' download>Elsewhere</a>",
    "<a href='/docs'>Documentation</a>",
    "<form action={save}><input name='file' /></form>",
    "<button onClick={() => window.open('/settings/team')}>Team</button>",
    "<button onClick={() => window.open(address)}>Anywhere</button>",
)


@pytest.mark.parametrize(("element", "expected"), FOLLOWED.items(), ids=FOLLOWED)
def test_a_route_that_answers(element: str, expected: str) -> None:
    assert [f"{one.client} {one.label}" for one in _calls(element)] == ["fetch GET /api/reports", expected]


@pytest.mark.parametrize("element", PASSED_BY)
def test_everything_else_is_a_page(element: str) -> None:
    assert [one.label for one in _calls(element)] == ["GET /api/reports"]


def _calls(element: str) -> tuple[CallSite, ...]:
    page = f"""
export const load = () => fetch('/api/reports');
export const Page = ({{ id, save, address }}) => {element};
"""
    return audit_texts({"api.py": API, "page.tsx": page}).graph.calls
