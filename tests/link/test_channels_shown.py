"""Messages that a page keeps and hands on before it tells them apart: lists, components, gathered types."""

from __future__ import annotations

import pytest
from test_channels import SERVER

from auditor.model.channel import Channel
from auditor.pipeline import audit_texts

PAGE = """\
import {{ useState, useEffect }} from "react";
import {{ Log }} from "./Log";
export function Page() {{
  const [lines, setLines] = useState<any[]>([]);
  useEffect(() => {{
    const socket = new WebSocket(`wss://${{window.location.host}}/live`);
    socket.onopen = () => socket.send(JSON.stringify({{ type: "hello" }}));
    socket.onmessage = (event) => {{
      const line = JSON.parse(event.data);
      {keep}
    }};
  }}, []);
  return <Log lines={{lines}} />;
}}
"""
KEPT = "setLines((before) => [...before, line]);"


def shown(log: str, keep: str = KEPT) -> Channel:
    files = {"backend/main.py": SERVER, "frontend/src/Page.tsx": PAGE.format(keep=keep), "frontend/src/Log.tsx": log}
    report = audit_texts(files, frozenset({"MS102"}))
    (found,) = report.graph.channels
    return found


@pytest.mark.parametrize(
    "body",
    [
        'lines.filter((line: any) => line.type === "known")',
        'lines.map((line: any) => line.type).filter((kind: string) => kind === "known")',
        'lines.filter((line: any) => ["known", "late"].includes(line.type))',
        'new Set(lines.map((line: any) => line.type)).has("known")',
        "lines.some(isKnown)",
    ],
)
def test_a_component_that_is_given_kept_messages_handles_them(body: str) -> None:
    known = 'function isKnown(line: any) { return KNOWN.has(line.type); }\nconst KNOWN = new Set(["known"]);\n'
    found = shown(f"{known}export function Log({{ lines }}: any) {{ return <pre>{{{body}}}</pre>; }}\n")
    assert "known" in found.frontend_handles.types


def test_a_list_that_is_made_of_itself_ends() -> None:
    found = shown("export const Log = (p: any) => <i>{p.lines.length}</i>;\n", keep="setLines([...lines, ...lines]);")
    assert found.frontend_handles.types == ()
