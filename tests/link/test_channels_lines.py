"""Messages line by line in a response that is read in pieces: which are found."""

from __future__ import annotations

import pytest
from test_channels import channel

PACKETS = """\
from typing import Annotated, Literal, Union
import json
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
app = FastAPI()

class Start(BaseModel):
    type: Literal["start"] = "start"

class Delta(BaseModel):
    type: Literal["delta"] = "delta"
    content: str

class Never(BaseModel):
    type: Literal["never"] = "never"

Packet = Annotated[Union[Start, Delta, Never], Field(discriminator="type")]

def line(packet: Packet) -> str:
    return packet.model_dump_json() + "\\n"

def packets():
    yield Start()
    yield Delta(content="a")

def lines():
    for packet in packets():
        yield line(packet)
    yield json.dumps({"type": "stop", "reason": "end"}) + "\\n"

@app.post("/chat")
def chat():
    return StreamingResponse(lines(), media_type="MEDIA")
"""
READER = """\
type Packet = { type: "start" } | { type: "delta"; content: string } | { type: "stop"; reason: string };

async function* read(response: Response): AsyncGenerator<Packet> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let buffer = "";
  while (true) {
    const { done, value } = await reader.read();
    if (done) break;
    buffer += decoder.decode(value, { stream: true });
    const lines = buffer.split("\\n");
    buffer = lines.pop() || "";
    for (const line of lines) {
      if (line.trim()) yield JSON.parse(line) as Packet;
    }
  }
}

const isDelta = (packet: Packet) => packet.type === "delta";

export async function send(text: string) {
  const response = await fetch("/chat", { method: "POST", body: JSON.stringify({ text }) });
  for await (const packet of read(response)) {
    if (isDelta(packet)) {
      console.log(packet);
      continue;
    }
    switch (packet.type) {
      case "start":
        break;
      case "stop":
        break;
    }
  }
}
"""


@pytest.mark.parametrize("media", ["application/x-ndjson", "text/event-stream"])
def test_packets_line_by_line(media: str) -> None:
    found = channel(PACKETS.replace("MEDIA", media), READER)
    assert found.backend_sends.types == ("delta", "start", "stop")
    assert found.frontend_handles.types == ("delta", "start", "stop")
    assert found.backend_sends.is_closed


QUEUED = """\
import json
from queue import Queue
from typing import Literal
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
app = FastAPI()

class Start(BaseModel):
    type: Literal["start"] = "start"

class Delta(BaseModel):
    type: Literal["delta"] = "delta"

class Packet(BaseModel):
    index: int
    obj: Start | Delta

class Emitter:
    def __init__(self, merged: Queue):
        self._merged = merged

    def emit(self, packet: Packet):
        self._merged.put((0, Packet(index=1, obj=packet.obj)))

class Tool:
    def __init__(self, emitter=None):
        self._emitter = emitter

    @property
    def emitter(self) -> Emitter:
        return self._emitter

class Search(Tool):
    def __init__(self, index, emitter):
        super().__init__(emitter=emitter)

    def run(self):
        self.emitter.emit(Packet(index=1, obj=Delta()))

def work(emitter):
    emitter.emit(Packet(index=0, obj=Start()))
    Search(1, emitter).run()

def packets():
    merged: Queue = Queue()
    work(Emitter(merged))
    while True:
        index, item = merged.get(timeout=1)
        yield item

def lines():
    for packet in packets():
        yield json.dumps(packet.model_dump()) + "\\n"

@app.post("/chat")
def chat():
    return StreamingResponse(lines(), media_type="text/event-stream")
"""


def test_packets_through_a_queue() -> None:
    found = channel(QUEUED, READER)
    assert found.backend_sends.types == ("delta", "start")
    assert {one.key for one in found.backend_sends.entries} == {"obj.type"}
    assert found.backend_sends.is_closed


KEPT = """\
type Packet = { type: string };

class Kept {
  private packets: Packet[] = [];
  push(packet: Packet) {
    this.packets.push(packet);
  }
  next(): Packet | undefined {
    return this.packets.shift();
  }
}

async function* lines(): AsyncGenerator<Packet> {
  const response = await fetch("/chat", { method: "POST" });
  const reader = response.body!.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const line of new TextDecoder().decode(value).split("\\n")) yield JSON.parse(line);
  }
}

async function fill(kept: Kept) {
  for await (const packet of lines()) {
    if (packet.type === "start") continue;
    kept.push(packet);
  }
}

export function use() {
  const kept = new Kept();
  void fill(kept);
  const packet = kept.next();
  if (packet && packet.type === "delta") console.log(packet);
}
"""


def test_packets_that_are_yielded_and_kept() -> None:
    found = channel(PACKETS.replace("MEDIA", "application/x-ndjson"), KEPT)
    assert found.frontend_handles.types == ("delta", "start")
