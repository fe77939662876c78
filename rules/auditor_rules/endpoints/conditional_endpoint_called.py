r"""A request goes to a route that is served only under a condition.

Where the setting is off or the optional import fails, the server answers 404 and the client does not know why. All
calls behind one condition are one finding.

## Bad

```py title=api.py
import os

from fastapi import FastAPI

app = FastAPI()

if os.environ.get("EXPORTS"):

    @app.post("/export")
    def export() -> str:
        return "done"
```

```ts title=client.ts
fetch("/export", { method: "POST" }); // expect: EP305
```

## Good

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/export")
def export() -> str:
    return "done"
```

## Limits

Nothing is said about calls in functions that nothing uses, and none where another route may answer.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per frontend, backend, file of routes and condition."""
    called: dict[tuple[str, str, str, str], list[tuple[CallSite, Route]]] = {}
    for call in graph.calls:
        if isinstance(call.target, Matched) and call.used and (route := call.target.route).conditional:
            key = (call.frontend, route.service, route.location.file, route.conditional)
            called.setdefault(key, []).append((call, route))
    for (_, _, file, condition), pairs in called.items():
        (first, route), *others = pairs
        labels = list(dict.fromkeys(one.label for _, one in pairs))
        count = f" and {len(labels) - 1} more" if len(labels) > 1 else ""
        yield RULE.at(
            call_evidence(first),
            route_evidence(route, f"served under a condition: {condition}"),
            message=f"{labels[0]}{count} {'are' if count else 'is'} served only under a condition: {condition}",
            subject=f"{labels[0]} in {file}",
            hint="ask the server what it offers, or handle the 404",
            # Whether the condition holds where this frontend is deployed cannot be seen.
            confidence=Confidence.MEDIUM,
            provenance=first.provenance,
            places=tuple(call_evidence(call) for call, _ in others),
            details={"routes": labels, "condition": condition},
        )


RULE = Rule(code="EP305", name="conditional-endpoint-called", severity=Severity.MEDIUM, check=check)
