"""Requests that are sent once for each entry of a list."""

from __future__ import annotations

import pytest

from auditor.pipeline import audit_texts

API = """
from fastapi import FastAPI

app = FastAPI()

@app.get("/items")
def items() -> list[dict]: ...

@app.get("/items/{item_id}")
def item(item_id: int) -> dict: ...

@app.get("/pages")
def page(number: int = 0) -> list[dict]: ...

@app.post("/items/{item_id}/files")
def upload(item_id: int) -> str: ...
"""
SERVICE = """
import axios from "axios";
export const listItems = () => axios.get("/items").then((r) => r.data);
export async function getItem(id: number) { const path = `/items/${id}`; return (await axios.get(path)).data; }
export const items = { all: () => axios.get("/items"), one: (id: number) => axios.get(`/items/${id}`) };
class Items { all() { return axios.get("/items"); } one(id: number) { return axios.get(`/items/${id}`); } }
export const api = new Items();
"""


def found(code: str) -> int:
    """How many calls in loops are reported in a function body."""
    client = f"""
import axios from "axios";
import {{ api, getItem, items, listItems }} from "./service";
export async function load(files: File[]) {{
{code}
}}
"""
    report = audit_texts(
        {"api.py": API, "web/service.ts": SERVICE, "web/client.ts": client, "web/package.json": '{"name": "web"}'},
        frozenset(("CV103",)),
    )
    return len(report.findings)


@pytest.mark.parametrize(
    "code",
    [
        "for (const one of await listItems()) await getItem(one.id);",
        "const all = await listItems(); for (const { id } of all) { await getItem(id); }",
        "const all = await items.all(); return Promise.all(all.data.map((one) => items.one(one.id)));",
        "const { data } = await api.all(); data.filter((x) => x.on).forEach((x) => { api.one(x.id).then(show); });",
        "const r = await fetch('/items'); for (const x of await r.json()) { const id = x.id; await getItem(id); }",
    ],
)
def test_repeated(code: str) -> None:
    assert found(code) == 1


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("for (const file of files) await axios.post(`/items/${file.name}/files`);", id="chosen files"),
        pytest.param("for (const x of await listItems()) await axios.post(`/items/${x.id}/files`);", id="writes"),
        pytest.param("for (const x of await listItems()) { if (await getItem(x.id)) return x; }", id="a search"),
        pytest.param("for (const x of await listItems()) await getItem(1);", id="no value of the entry"),
        pytest.param("const all = await listItems(); return all.map((x) => () => getItem(x.id));", id="run later"),
        pytest.param(
            "let n = 0; while (true) { const r = await axios.get(`/pages?number=${n++}`); if (!r.data.length) break; }",
            id="pages",
        ),
        pytest.param("while (true) { await getItem(1); await new Promise((r) => setTimeout(r, 1000)); }", id="polling"),
        pytest.param("for (const id of [1, 2]) await getItem(id);", id="a written list"),
    ],
)
def test_not_repeated(code: str) -> None:
    assert found(code) == 0
