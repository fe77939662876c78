"""Which requests a function sends one after the other."""

from __future__ import annotations

import pytest

from auditor.link.evaluate.walk import called_name, walk
from auditor.link.series import series
from auditor.model.facts import Dialect, FileFacts
from auditor.model.form import Call
from auditor.model.graph import CallSite, Kind, Unknown
from auditor.model.span import Location
from auditor.syntax.typescript import read_typescript


def _sites(facts: FileFacts) -> list[CallSite]:
    """One call site per `send("name")`, named by its text."""
    found = []
    for statement in facts.body:
        for node in walk(statement):
            if isinstance(node, Call) and called_name(node) == "send":
                name = getattr(node.arguments[0].value, "value", "")
                place = Location("a.ts", node.span)
                found.append(
                    CallSite(Kind.HTTP, "POST", name, place, "send", ".", Unknown("a test"), symbol=f"{name}Now")
                )
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("await send('a'); await send('b');", ["a", "b"]),
        ("const x = await send('a'); return send('b');", ["a", "b"]),
        ("try { await send('a'); await send('b'); } catch { }", ["a", "b"]),
        ("await send('a'); if (x) { await send('b'); }", []),
        ("await send('a'); list.map(() => send('b'));", []),
        ("await send('a'); x && (await send('b'));", []),
        ("await send('a'); return; await send('b');", []),
    ],
)
def test_steps(body: str, expected: list[str]) -> None:
    facts = read_typescript(f"async function run() {{ {body} }}".encode(), Dialect.TYPESCRIPT)
    found = series({"a.ts": facts}, _sites(facts))
    assert [[call.path for call, _ in one.steps] for one in found] == ([expected] if expected else [])
