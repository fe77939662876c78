r"""Requests are sent in another order than the guide's diagram shows.

What the first request makes is not there yet when the second one asks for it, or the guide tells the story wrongly.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/api/threads")
def create() -> None:
    return None


@app.post("/api/models/{model_id}/load")
def load(model_id: str) -> None:
    return None
```

```ts title=client.ts
export const createThread = () => fetch("/api/threads", { method: "POST" });

export async function begin(id: string) {
  await createThread(); // expect: FL105
  await fetch(`/api/models/${id}/load`, { method: "POST" });
}
void begin("x");
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>API: POST /api/models/gemma-2b/load
    API-->>UI: loaded
    UI->>API: POST /api/threads
~~~
```

## Good

```ts title=client.ts
export const createThread = () => fetch("/api/threads", { method: "POST" });

export async function begin(id: string) {
  await fetch(`/api/models/${id}/load`, { method: "POST" });
  await createThread();
}
void begin("x");
```

## Limits

Only what one function sends on one straight way, outside of blocks of the diagram, where the first request makes
something (POST): what is read or changed may be so again at any time. What is sent in the right order anywhere is taken
to be right, and the order of a guide that `auditor flows` wrote means nothing.

```ts title=client.ts
export const createThread = () => fetch("/api/threads", { method: "POST" });
export const loadModel = (id: string) => fetch(`/api/models/${id}/load`, { method: "POST" });

export async function begin(id: string) {
  await createThread();
  if (id) {
    await loadModel(id);
  }
}
void begin("x");
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.model.guide import Guide, PromisedCall
from auditor.model.promises import document_evidence, routes_of
from auditor.model.span import Location
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of requests that a diagram shows and a function sends the other way round."""
    orders = [[(_key(call), place) for call, place in one.steps] for one in graph.series]
    seen: set[tuple[str, str]] = set()
    for guide in (one for one in graph.guides if not one.written):
        for earlier, first, later, second in _pairs(graph, guide):
            pair = (first.label, second.label)
            turned = [place for order in orders if (place := _turned(order, first, second)) is not None]
            right = any(_turned(order, second, first) is not None for order in orders)
            if not turned or right or pair in seen:
                continue
            seen.add(pair)
            yield RULE.at(
                Evidence(Side.FRONTEND, turned[0], f"sends {second.label} before {first.label}"),
                document_evidence(earlier, f"shows {earlier.method} {earlier.path} first"),
                document_evidence(later, f"shows {later.method} {later.path} after it"),
                route_evidence(first, "the route of the first"),
                message=f"{second.label} is sent before {first.label}, which {guide.file} shows first",
                subject=f"{guide.file}: {pair[0]}, {pair[1]}",
                hint="change the order, or the diagram",
                confidence=Confidence.MEDIUM,
            )


def _pairs(graph: ProjectGraph, guide: Guide) -> Iterator[tuple[PromisedCall, Route, PromisedCall, Route]]:
    """Requests of one diagram, one behind the other, each shown once, of which the first makes something."""
    drawn = [call for call in guide.calls if call.by_client and call.origin == "diagram" and not call.block]
    for flow in dict.fromkeys(call.flow for call in drawn):
        own = [(call, routes_of(graph, call)[:1]) for call in drawn if call.flow == flow]
        labels = [routes[0].label for _, routes in own if routes]
        known = [(call, routes[0]) for call, routes in own if routes and labels.count(routes[0].label) == 1]
        for at, (earlier, first) in enumerate(known):
            for later, second in known[at + 1 :]:
                if earlier.method == "POST" and later.location.line > earlier.location.line:
                    yield earlier, first, later, second


def _turned(order: list[tuple[str, Location]], first: Route, second: Route) -> Location | None:
    """Where a function sends the second request, if it sends the first one after it and not before."""
    keys = [key for key, _ in order]
    one, other = first.label, second.label
    if keys.count(one) != 1 or other not in keys or keys.index(other) > keys.index(one):
        return None
    return order[keys.index(other)][1]


def _key(call: CallSite) -> str:
    return call.target.route.label if isinstance(call.target, Matched) else ""


RULE = Rule(code="FL105", name="documented-order-violation", severity=Severity.LOW, check=check)
