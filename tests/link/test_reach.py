"""Which functions may send a request, by the names they call."""

from __future__ import annotations

import pytest
from frontend_project import clients, facts_of

from auditor.link.evaluate.walk import walk
from auditor.link.modules.typescript import typescript_modules
from auditor.link.reach import Reach
from auditor.model import form

HOT = [
    "const f = () => fetch('/a');",
    "const f = () => g(); const g = () => fetch('/a');",
    "const f = () => g(); function g() { h(); } const h = () => fetch('/a');",
    "const f = () => { const inner = () => fetch('/a'); };",
    "const f = () => api.get('/a');",
    "const f = () => this.load(); class C { load() { return fetch('/a'); } }",
    "const f = () => new Client(); class Client { constructor() { fetch('/a'); } }",
    "const f = () => <Load />; const Load = () => fetch('/a');",
    "const f = () => send('/a'); const send = fetch;",
    "const f = () => send('/a'); const send = window.fetch.bind(window);",
    "const f = () => send('/a'); const send = wrap(); const wrap = () => (p) => fetch(p);",
    "const f = () => load('/a'); const { get: load } = make();",
    "const f = () => api.read('/a'); const api = { read: request }; const request = (p) => fetch(p);",
    "const f = () => api.read('/a'); const api = { read: (p) => fetch(p) };",
    "const f = () => run(fetch, '/a');",
    "const f = () => run(api.get, '/a');",
    "const f = (verb) => api[verb]('/a');",
    "const f = () => api['get']('/a');",
    "const f = () => api({ url: '/a' }); const api = axios.create({});",
    "const f = () => new WebSocket('/a');",
]

COLD = [
    "const f = () => 1;",
    "const f = () => g(); const g = () => h();",
    "const f = () => console.log('/a');",
    "const f = () => get; ",
    "const f = () => fetched();",
    "const f = () => items.map((i) => i.name);",
]


def _reach(files: dict[str, str]) -> tuple[Reach, form.Function]:
    facts = facts_of(files)
    triggers = [name for adapter in clients() for name in adapter.hot]
    found = next(
        statement.value
        for statement in facts["main.tsx"].body
        if isinstance(statement, form.Bind)
        and isinstance(statement.target, form.Name)
        and statement.target.id == "f"
        and isinstance(statement.value, form.Function)
    )
    return Reach(facts, triggers, typescript_modules(facts, {}).locate), found


@pytest.mark.parametrize("source", HOT)
def test_reaches(source: str) -> None:
    reach, function = _reach({"main.tsx": source})
    assert reach.reaches(function)


@pytest.mark.parametrize("source", COLD)
def test_does_not_reach(source: str) -> None:
    reach, function = _reach({"main.tsx": source})
    assert not reach.reaches(function)


@pytest.mark.parametrize(
    ("statement", "other"),
    [
        ("import http from './other'; const f = () => http('/a');", "export default (p) => fetch(p);"),
        ("import http from './other'; const f = () => http('/a');", "function r(p) { fetch(p); } export default r;"),
        ("import { r as http } from './other'; const f = () => http('/a');", "export const r = (p) => fetch(p);"),
        (
            "import { http } from './other'; const f = () => http('/a');",
            "const r = () => fetch(''); export { r as http };",
        ),
    ],
)
def test_reaches_through_other_names(statement: str, other: str) -> None:
    reach, function = _reach({"main.tsx": statement, "other.ts": other})
    assert reach.reaches(function)


def test_callees_come_first() -> None:
    source = "const f = () => g(); const g = () => h(); const h = () => fetch('/a');"
    reach, function = _reach({"main.tsx": source})
    calls = [node for node in walk(function) if isinstance(node, form.Call)]
    assert reach.level(function) == 2
    assert not reach.quiet(calls[0])
