"""Forms that functions fill which nobody follows."""

from __future__ import annotations

import pytest

from auditor.pipeline import audit_texts

API = """
from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/convert")
def convert(files: list[UploadFile]) -> None: ...
"""
HEAD = "export async function convert(given: FileList) {\n  const data = new FormData();\n  "
TAIL = "\n  return fetch('/convert', { method: 'POST', body: data });\n}\nvoid convert(document.files);\n"


@pytest.mark.parametrize(
    ("filling", "found"),
    [
        ("", 1),
        ("data.append('file', given[0]);", 1),
        ("Array.from(given).forEach((one) => data.append('files', one));", 0),
        ("const reader = new FileReader(); reader.onload = function () { data.append('files', reader.result); };", 0),
        ("const reader = new FileReader(); reader.onload = () => { data.append(nameOf(reader), 'x'); };", 0),
        ("const reader = new FileReader(); reader.onload = () => { other.append('files', 'x'); };", 1),
    ],
)
def test_what_is_never_sent(filling: str, found: int) -> None:
    files = {"api/main.py": API, "web/package.json": "{}", "web/client.ts": HEAD + filling + TAIL}
    assert len(audit_texts(files, frozenset(("RQ201",))).findings) == found
