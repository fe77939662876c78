"""Promises that are kept until an answer comes in: who else may answer them?"""

from __future__ import annotations

import pytest

from auditor.pipeline import audit_texts

SERVER = """
from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        event = await socket.receive_json()
        if event["type"] == "ask":
            await socket.send_json({"type": "accepted", "id": event["id"]})
"""
CLIENT = """
const socket = new WebSocket(`wss://${window.location.host}/live`);
const waiting = new Map<string, (text: string) => void>();

export function ask(id: string): Promise<string> {
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    %s
    socket.send(JSON.stringify({ type: "ask", id }));
  });
}

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === "accepted") {
    console.log(data.id);
    %s
  } else if (data.type === "answer") {
    waiting.get(data.id)?.(data.text);
  }
};
"""


@pytest.mark.parametrize(
    ("asking", "accepted", "expected"),
    [
        ("", "", 1),
        ('setTimeout(() => resolve(""), 1000);', "", 0),
        ("watch(resolve);", "", 0),
        ("", 'waiting.get(data.id)?.("");', 0),
        ("", "clean(waiting);", 0),
        ("", "waiting.delete(data.id);", 1),
    ],
)
def test_another_answer(asking: str, accepted: str, expected: int) -> None:
    report = audit_texts(
        {
            "backend/api.py": SERVER,
            "frontend/src/client.ts": CLIENT % (asking, accepted),
            "frontend/package.json": '{"name": "web"}',
        }
    )
    assert sum(finding.code == "MS108" for finding in report.findings) == expected
