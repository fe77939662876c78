r"""Routes answer with a status of their own that the client never tells apart.

A conflict or a limit is shown like a crash, although the client tells other statuses apart.

## Bad

```py title=api.py
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.post("/notes")  # expect: ER103
def add() -> None:
    raise HTTPException(409, "There is such a note")
```

```ts title=client.ts
async function add(): Promise<string> {
  const response = await fetch("/notes", { method: "POST" });
  return response.status === 401 ? "sign in" : "done";
}

void add().then(alert);
```

## Good

```ts title=client.ts
async function add(): Promise<string> {
  const response = await fetch("/notes", { method: "POST" });
  if (response.status === 409) return "there is one";
  return response.status === 401 ? "sign in" : "done";
}

void add().then(alert);
```

## Limits

Only 402, 409, 410, 412, 423 and 429, which ask for something else than an excuse, and only where the client compares
other statuses. A client that compares none handles all failures in one way, and a number anywhere in its code counts.

```ts title=client.ts
async function add(): Promise<string> {
  const response = await fetch("/notes", { method: "POST" });
  return response.ok ? "done" : "failed";
}

void add().then(alert);
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.rule import Rule

_TELLING = (402, 409, 410, 412, 423, 429)
_FAILURES = range(400, 600)


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per status, with the calls that may get it."""
    compared = sorted(number for number in graph.numbers if number in _FAILURES)
    if not compared:
        return
    found: dict[int, list[tuple[Route, CallSite]]] = {}
    for call in graph.calls:
        route = call.target.route if isinstance(call.target, Matched) else None
        if route is None or route.operation is None or not call.used:
            continue
        for status in route.operation.raises:
            if status in _TELLING and status not in graph.numbers:
                found.setdefault(status, []).append((route, call))
    for status, pairs in sorted(found.items()):
        (route, call), *others = pairs
        yield RULE.at(
            route_evidence(route, f"answers {status}"),
            call_evidence(call),
            message=f"{len(pairs)} calls may be answered with {status}, which the client never tells apart",
            subject=f"status {status}",
            hint=f"handle {status} where the call is made, or once for all",
            places=tuple(call_evidence(other) for _, other in others),
            details={"status": status, "compared": compared, "routes": sorted({one.label for one, _ in pairs})},
        )


RULE = Rule(code="ER103", name="unhandled-status", severity=Severity.LOW, check=check)
