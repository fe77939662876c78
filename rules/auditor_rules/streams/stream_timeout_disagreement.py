r"""The client gives a stream up before the server does.

The client's clock runs from the start and nothing stops it; the server would still wait that long for the next event
alone. Long answers are cut off, and the server goes on working for nobody.

## Bad

```py title=api.py
import asyncio
import json

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
queue: asyncio.Queue[dict] = asyncio.Queue()
PATIENCE = 30


async def work():
    while True:
        update = await asyncio.wait_for(queue.get(), timeout=PATIENCE)
        yield f"event: progress\ndata: {json.dumps(update)}\n\n"


@app.get("/work")
def read_work() -> StreamingResponse:
    return StreamingResponse(work(), media_type="text/event-stream")
```

```ts title=client.ts
export function follow(show: (text: string) => void) {
  const source = new EventSource("/work");
  source.addEventListener("progress", (event) => show(event.data));
  setTimeout(() => source.close(), 30_000); // expect: SE110
}
```

## Good

```ts title=client.ts
export function follow(show: (text: string) => void) {
  const source = new EventSource("/work");
  let clock = setTimeout(() => source.close(), 30_000);
  source.addEventListener("progress", (event) => {
    clearTimeout(clock);
    clock = setTimeout(() => source.close(), 30_000);
    show(event.data);
  });
}
```

## Bad

```ts title=client.ts
export async function follow(show: (text: string) => void) {
  const response = await fetch("/work", { signal: AbortSignal.timeout(20 * 1000) }); // expect: SE110
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    show(decoder.decode(value));
  }
}
```

## Good

```ts title=client.ts
export async function follow(show: (text: string) => void) {
  const response = await fetch("/work", { signal: AbortSignal.timeout(20 * 60 * 1000) });
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    show(decoder.decode(value));
  }
}
```

## Limits

Only times that are written as numbers: on the server what the streamed generator waits for at a time, in the client a
clock that nothing which comes in stops. What a guide says about timeouts is the matter of FL107.
"""

from collections.abc import Iterator

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per clock of a client."""
    for channel in graph.channels:
        longest = max(channel.waits, key=lambda one: one.milliseconds, default=None)
        for clock in channel.lifetimes if longest is not None else ():
            if longest is None or clock.milliseconds > longest.milliseconds:
                continue
            yield RULE.at(
                Evidence(Side.FRONTEND, clock.location, f"gives up after {clock.label} in all"),
                Evidence(Side.BACKEND, longest.location, f"waits {longest.label} for the next event"),
                message=f"the client gives up {channel.label} after {clock.label}, the server waits {longest.label}",
                subject=channel.label,
                hint="start the client's clock anew with each event, or let it run longer than the server waits",
                confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
                details={"client": clock.milliseconds, "server": longest.milliseconds},
            )


RULE = Rule(code="SE110", name="stream-timeout-disagreement", severity=Severity.LOW, check=check)
