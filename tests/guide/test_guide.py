"""The guide that is written from code, read back as a promise about the same code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from auditor.config import Config
from auditor.guide.flows import flows_of
from auditor.guide.writing import guide_text
from auditor.pipeline import audit, link_sources, read_sources

PROJECT = {
    "backend/api.py": """
import json
from typing import Literal

from fastapi import FastAPI, HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

app = FastAPI()


class Login(BaseModel):
    email: str
    password: str


class NewThread(BaseModel):
    title: str


class Thread(BaseModel):
    id: str
    status: Literal["open", "closed"]


class Progress(BaseModel):
    state: str


@app.post("/api/auth/login")
def login(body: Login) -> dict[str, str]:
    raise HTTPException(status_code=401)


@app.post("/api/threads", response_model=Thread)
def create(body: NewThread) -> Thread:
    return Thread(id="1", status="open")


async def events():
    yield "event: token\\ndata: " + json.dumps({"token": "x"}) + "\\n\\n"
    yield "event: done\\ndata: {}\\n\\n"


@app.get("/api/threads/{thread_id}/events")
async def stream(thread_id: str) -> StreamingResponse:
    return StreamingResponse(events(), media_type="text/event-stream")


@app.get("/api/jobs/{job_id}")
def job(job_id: str) -> Progress:
    return Progress(state="x")
""",
    "frontend/package.json": '{"dependencies": {"react": "18"}}',
    "frontend/src/main.ts": """
const login = (email: string, password: string) =>
  fetch("/api/auth/login", { method: "POST", body: JSON.stringify({ email, password }) });
const create = (title: string) => fetch("/api/threads", { method: "POST", body: JSON.stringify({ title }) });
function watch(id: string) {
  const source = new EventSource(`/api/threads/${id}/events`);
  source.addEventListener("token", (event) => console.log(JSON.parse(event.data).token));
  source.addEventListener("done", () => source.close());
}
setInterval(() => fetch(`/api/jobs/${"1"}`), 2 * 1000);
login("a", "b");
create("x");
watch("1");
""",
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")


@pytest.fixture
def text(tmp_path: Path) -> str:
    write(tmp_path, PROJECT)
    sources = read_sources(tmp_path, Config(), 1)
    graph = link_sources(sources, Config(), 1)
    return guide_text(graph, flows_of(graph, sources.facts))


def test_the_flows_are_found(text: str) -> None:
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## 1. Signing in",
        "## 2. Stream /api/threads/{thread_id}/events after creation",
        "## 3. Polling /api/jobs/{job_id}",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'Note over UI,API: {"email": "text", "password": "text"}',
        "else 401 Unauthorized",
        'API-->>UI: {"id": "text", "status": "open"}',
        "UI->>API: GET /api/threads/{thread_id}/events (SSE)",
        "API-->>UI: SSE: token",
        "loop Every 2000 ms",
    ],
)
def test_methods_keys_events_and_branches_are_shown(text: str, line: str) -> None:
    assert line in [shown.strip() for shown in text.splitlines()]


def test_the_guide_promises_nothing_that_the_code_does_not_do(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"GUIDE.md": text})
    report = audit(tmp_path, Config(), 1)
    assert len(report.graph.guides) == 1
    assert len(report.graph.guides[0].calls) == 4
    assert [finding.code for finding in report.findings if finding.code in ("FL101", "FL102", "FL103", "FL104")] == []


def test_a_change_of_the_code_makes_the_guide_wrong(text: str, tmp_path: Path) -> None:
    write(
        tmp_path, {"GUIDE.md": text, "backend/api.py": PROJECT["backend/api.py"].replace("event: done", "event: end")}
    )
    report = audit(tmp_path, Config(), 1)
    assert [finding.subject for finding in report.findings if finding.code == "FL104"] == [
        "GET /api/threads/{thread_id}/events done"
    ]


SIGNING = [
    ("POST", "/users/signup"),
    ("POST", "/login/access-token"),
    ("POST", "/auth/refresh"),
    ("GET", "/users/me"),
    ("POST", "/logout"),
]
OTHERS = [("PATCH", "/users/me"), ("DELETE", "/users/me"), ("GET", "/groups/self"), ("POST", "/tokens")]


def test_signing_in_is_its_steps_in_order_and_nothing_else(tmp_path: Path) -> None:
    routes = [*reversed(SIGNING), *OTHERS]
    python = "from fastapi import FastAPI\napp = FastAPI()\n" + "".join(
        f"@app.{method.lower()}('{path}')\ndef f{number}(): ...\n" for number, (method, path) in enumerate(routes)
    )
    typescript = "".join(
        f'export const f{number} = () => fetch("{path}", {{ method: "{method}" }});\nf{number}();\n'
        for number, (method, path) in enumerate(routes)
    )
    write(tmp_path, {"backend/api.py": python, "frontend/src/client.ts": typescript, "frontend/package.json": "{}"})
    sources = read_sources(tmp_path, Config(), 1)
    graph = link_sources(sources, Config(), 1)
    [first, *_] = flows_of(graph, sources.facts)
    assert first.title == "Signing in"
    assert [(one.route.method, one.route.path) for one in first.exchanges] == SIGNING


@pytest.mark.parametrize("name", ["chimera", "clean", "contract_auth", "contract_generics", "notes_litestar"])
def test_the_guide_of_a_fixture_agrees_with_its_code(name: str, repository: Path, tmp_path: Path) -> None:
    """Read back as a promise, it is kept: forms, query parameters, streams and sockets too."""
    for side in ("backend", "frontend"):
        shutil.copytree(repository / "fixtures" / name / side, tmp_path / side)
    sources = read_sources(tmp_path, Config(), 1)
    graph = link_sources(sources, Config(), 1)
    write(tmp_path, {"GUIDE.md": guide_text(graph, flows_of(graph, sources.facts))})
    report = audit(tmp_path, Config(), 1)
    assert len(report.graph.guides) == 1
    assert [(one.code, one.message) for one in report.findings if one.code.startswith("FL")] == []


def test_what_a_form_and_a_query_carry_is_shown(repository: Path) -> None:
    sources = read_sources(repository / "fixtures" / "contract_auth", Config(), 1)
    graph = link_sources(sources, Config(), 1)
    lines = [line.strip() for line in guide_text(graph, flows_of(graph, sources.facts)).splitlines()]
    assert 'Note over UI,API: form {"username": "text", "password": "text"}' in lines
    assert 'Note over UI,API: query {"dish": "text"}' in lines
