"""Which functions of a frontend are used, by name."""

from __future__ import annotations

import pytest

from auditor.link.evaluate.walk import called_name, walk
from auditor.link.usage import Usage
from auditor.model import form
from auditor.model.facts import Dialect
from auditor.syntax.typescript import read_typescript


@pytest.mark.parametrize(
    ("source", "owner", "used"),
    [
        ("export const load = () => fetch('/a');", "load", False),
        ("export const load = () => fetch('/a'); load();", "load", True),
        ("export const api = { load: () => fetch('/a') };", "load", False),
        ("export const api = { load: () => fetch('/a') }; api.load();", "load", True),
        ("export function useX() { return useQuery({ queryFn: () => fetch('/a') }); } useX();", "useX", True),
        ("class Api { load() { return fetch('/a'); } }", "load", False),
        ("export default function Page() { return fetch('/a'); }", "Page", True),
        ("fetch('/a');", "", True),
    ],
)
def test_usage(source: str, owner: str, used: bool) -> None:
    facts = read_typescript(source.encode(), Dialect.TSX)
    usage = Usage({"a.tsx": facts})
    nodes = (node for statement in facts.body for node in walk(statement))
    call = next(node for node in nodes if isinstance(node, form.Call) and called_name(node) == "fetch")
    assert usage.owner("a.tsx", call) == owner
    assert usage.is_used(usage.owner("a.tsx", call)) is used
