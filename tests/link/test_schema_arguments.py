"""Schemas that a call hands to its client say what it expects."""

from __future__ import annotations

import pytest

from auditor.model.finding import Severity
from auditor.pipeline import audit_texts

FILES = {
    "back/app.py": "from fastapi import FastAPI\nfrom pydantic import BaseModel\napp = FastAPI()\n"
    "class Log(BaseModel):\n    id: int\n    text: str\n"
    "@app.get('/logs')\ndef logs() -> list[Log]: ...\n@app.get('/logs/{id}')\ndef log(id: int) -> Log: ...\n",
    "front/package.json": "{}",
    "front/src/types.ts": "import { z } from 'zod';\n"
    "export const log = z.object({ id: z.number(), text: z.string(), level: z.string() });\n"
    "export const logsResponse = z.array(log);\nexport const logRequest = log;\nexport const LIMIT = 5;\n",
    "front/src/client.ts": "export async function get<T>(url: string, schema?: ZodType<T>, x?: unknown): Promise<T> {\n"
    "  const response = await fetch(url);\n  return schema.parse(await response.json());\n}\n",
}
HEAD = "import { get } from './client';\nimport { LIMIT, log, logRequest, logsResponse } from './types';\n"


@pytest.mark.parametrize(
    ("call", "lacking"),
    [
        ("get('/logs', logsResponse)", 1),
        ("get(`/logs/${1}`, log)", 1),
        ("get('/logs')", 0),
        ("get('/logs', LIMIT)", 0),
        # A schema of what is sent, and two of which either may be it, say nothing.
        ("get('/logs', logRequest)", 0),
        ("get('/logs', log, logsResponse)", 0),
    ],
)
def test_what_a_schema_says(call: str, lacking: int) -> None:
    files = {**FILES, "front/src/use.ts": f"{HEAD}export const read = () => {call};\nvoid read();\n"}
    found = audit_texts(files, frozenset(("RS101",))).findings
    assert len([one for one in found if one.severity is Severity.HIGH or one.severity is Severity.MEDIUM]) == lacking
