"""Timers around requests, and what handlers say about how often they should be asked."""

from __future__ import annotations

import pytest

from auditor.pipeline import audit_texts

API = """
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

app = FastAPI()

class Job(BaseModel):
    id: int
    poll_interval_ms: int = 5000

@app.get("/key/{job_id}")
def key(job_id: int) -> dict:
    return {"id": job_id, "pollAfterSeconds": 5}

@app.get("/field/{job_id}")
def field(job_id: int) -> Job: ...

@app.get("/header/{job_id}")
def header(job_id: int):
    return JSONResponse({"id": job_id}, status_code=202, headers={"Retry-After": "5"})

@app.get("/busy/{job_id}")
def busy(job_id: int):
    raise HTTPException(503, headers={"Retry-After": "5"})

@app.get("/plain/{job_id}")
def plain(job_id: int) -> dict:
    return {"interval": 5}

@app.get("/events")
async def events():
    async def run():
        yield "retry: 5000\\n\\n"
    return StreamingResponse(run(), media_type="text/event-stream")
"""
SERVICE = "export const read = (id) => fetch(`/key/${id}`).then((r) => r.json());\n"


def found(code: str) -> list[tuple[int, list[int]]]:
    """The intervals of the findings, and what is suggested."""
    client = f"import {{ read }} from './service';\n{code}\n"
    report = audit_texts(
        {"api.py": API, "web/package.json": '{"name": "web"}', "web/service.ts": SERVICE, "web/client.ts": client},
        frozenset(("CV104",)),
    )
    return [(one.details["milliseconds"], one.details["suggested"]) for one in report.findings]  # type: ignore[misc]


@pytest.mark.parametrize(
    "code",
    [
        "setInterval(() => { fetch('/key/1'); }, 2000);",
        "const every = 2 * 1000;\nsetInterval(() => read(1), every);",
        "function poll() { fetch('/field/1'); setTimeout(poll, 2000); }\npoll();",
        "async function poll() { await read(1); setTimeout(() => poll(), 2000); }\npoll();",
        "export const use = () => useQuery({ queryKey: ['x'], queryFn: () => read(1), refetchInterval: 2000 });",
        "setInterval(() => { fetch('/header/1'); }, 2000);",
        "function open() { const s = new EventSource('/events'); s.onerror = () => setTimeout(open, 2000); }\nopen();",
    ],
)
def test_another_interval(code: str) -> None:
    assert found(code) == [(2000, [5000])]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("setInterval(() => read(1), 5000);", id="the same"),
        pytest.param("setInterval(() => { fetch('/plain/1'); }, 5000);", id="seconds"),
        pytest.param("setInterval(() => { fetch('/plain/1'); }, 5);", id="milliseconds"),
        pytest.param("setInterval(() => { fetch('/busy/1'); }, 2000);", id="an error"),
        pytest.param("setTimeout(() => { read(1); }, 2000);", id="once"),
        pytest.param("export const f = (ms) => setInterval(() => read(1), ms);", id="not constant"),
        pytest.param("read(1);", id="not repeated"),
    ],
)
def test_no_disagreement(code: str) -> None:
    assert found(code) == []
