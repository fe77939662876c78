"""Objects that hold a socket: when may somebody close it?"""

from __future__ import annotations

import pytest

from auditor.pipeline import audit_texts

SERVER = """
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"done": 1})
"""
FEED = """
export class Feed {
  private socket: WebSocket | null = null;
  open() { this.socket = new WebSocket(`wss://${window.location.host}/live`); }
  close() { this.socket?.close(); }
}
"""
COMPONENT = (
    "import { Feed } from './feed';\nexport function Work() {\n  %s\n  return <p onClick={() => feed.open()} />;\n}\n"
)


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (COMPONENT % "const feed = new Feed();", 1),
        (COMPONENT % "const feed = new Feed(); window.addEventListener('unload', () => window.close());", 1),
        (COMPONENT % "const feed = new Feed(); useEffect(() => () => feed.close());", 0),
        (COMPONENT % "const feed = new Feed(); useEffect(() => feed.close);", 0),
        (COMPONENT % "const feed = new Feed(); const { close } = feed; useEffect(() => close);", 0),
        (
            "import { all } from './gone';\n"
            + COMPONENT % "const feed = new Feed(); all().forEach((one) => one.close());",
            0,
        ),
        (COMPONENT.replace("Work()", "Work(props)") % "const feed = new Feed(); props.other.close();", 0),
        ("import { Feed } from './feed';\nconst feed = new Feed();\nfeed.open();\n", 0),
    ],
)
def test_who_closes(component: str, expected: int) -> None:
    files = {
        "backend/api.py": SERVER,
        "frontend/src/feed.ts": FEED,
        "frontend/src/work.tsx": component,
        "frontend/package.json": '{"name": "web", "dependencies": {"react": "18"}}',
    }
    assert sum(finding.code == "WS105" for finding in audit_texts(files).findings) == expected
