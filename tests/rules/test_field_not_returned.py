"""RS101: how severe a field is that an answer lacks, by what else brings one of its name."""

from __future__ import annotations

import pytest

from auditor.model.finding import Severity
from auditor.pipeline import audit_texts

API = """
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Short(BaseModel):
    id: int


class Long(BaseModel):
    id: int
    badge: str


@app.get("/short")
def short() -> Short: ...


@app.get("/long")
def long() -> Long: ...


@app.get("/untold")
def untold(): return load()
"""
CLIENT = """
import axios from "axios";
export interface Card { id: number; badge: string }
export interface Page { id: number; badge: string }
export const short = async () => (await axios.get<Card>("/short")).data.badge;
void short();
"""


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("", Severity.HIGH),
        ('export const long = () => axios.get<Card>("/long");', Severity.MEDIUM),
        ('export const untold = () => axios.get<Card>("/untold");', Severity.MEDIUM),
        ('export const page = () => axios.get<Page>("/long");', Severity.MEDIUM),
        # The frontend fills it in from an answer of its own.
        ('const b = await axios.get("/untold");\nexport const full = { badge: b.data };', Severity.LOW),
        ('const b = await axios.get("/untold");\nexport const full = { badge: b.data.badge };', Severity.HIGH),
        (
            'export const page = () => axios.get<Page>("/long");\nconst b = await page();\n'
            "export const full = { badge: b.data.badge };",
            Severity.LOW,
        ),
    ],
)
def test_severity(more: str, severity: Severity) -> None:
    files = {"api/main.py": API, "web/package.json": "{}", "web/client.ts": CLIENT + more}
    report = audit_texts(files, frozenset(("RS101",)))
    assert [one.severity for one in report.findings] == [severity]
