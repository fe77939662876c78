"""How routes answer piece by piece."""

from __future__ import annotations

import pytest
from served_project import Project

HEADER = """
--- main.py
import json
from fastapi import FastAPI
from fastapi.responses import JSONResponse, StreamingResponse
from sse_starlette.sse import EventSourceResponse
app = FastAPI()

async def lines():
    yield json.dumps({}) + "\\n"
    yield f"{json.dumps({})}\\n"

async def pieces():
    yield b"abc"

def answer(generator):
    return StreamingResponse(generator, media_type="text/event-stream; charset=utf-8")

@app.get("/")
def read():
"""


@pytest.mark.parametrize(
    ("body", "kind", "streams"),
    [
        ("return {}", "http", ""),
        ("return JSONResponse({})", "http", ""),
        ("return EventSourceResponse(pieces())", "sse", "sse"),
        ("return answer(pieces())", "sse", "sse"),
        ('return StreamingResponse(pieces(), media_type="application/x-ndjson")', "http", "ndjson"),
        ("return StreamingResponse(lines())", "http", "ndjson"),
        ("return StreamingResponse(pieces())", "http", "raw"),
        ("return StreamingResponse(unknown)", "http", "raw"),
        ("return StreamingResponse(unknown, media_type=unknown)", "http", ""),
    ],
)
def test_streams(body: str, kind: str, streams: str) -> None:
    (route,) = Project(f"{HEADER}    {body}\n").routes()
    assert (route.kind.value, route.streams) == (kind, streams)


def test_flask_streams() -> None:
    (route,) = Project("""
--- main.py
from flask import Flask, Response, stream_with_context
app = Flask(__name__)
@app.get("/")
def read():
    def rows():
        yield "a,b"
    return Response(stream_with_context(rows()))
""").routes()
    assert route.streams == "raw"
