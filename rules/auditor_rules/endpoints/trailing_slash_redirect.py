r"""The request only arrives after a redirect, because of a trailing slash.

Starlette and FastAPI answer 307 and the client sends the request again. The detour costs a round trip, and where a
proxy rewrites host or scheme it crosses an origin, at which clients drop the `Authorization` header.
[Starlette routing](https://www.starlette.io/routing/) calls this `redirect_slashes`.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/items/")
def create_item() -> dict[str, int]:
    return {"id": 1}
```

```ts title=client.ts
export const createItem = () => fetch("/items", { method: "POST" }); // expect: EP105
```

## Good

```ts title=client.ts
export const createItem = () => fetch("/items/", { method: "POST" });
```

## Limits

Where both spellings are served, neither redirects.

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/items")
@app.post("/items/")
def create_item() -> dict[str, int]:
    return {"id": 1}
```

```ts title=client.ts
export const createItem = () => fetch("/items", { method: "POST" });
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence, weaker
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per method and path as requested."""
    groups: dict[str, list[tuple[CallSite, Route]]] = {}
    for call in graph.calls:
        match call.target:
            case Matched(route, redirect=True):
                groups.setdefault(call.label, []).append((call, route))
            case _:
                pass
    for label, group in groups.items():
        call, route = min(group, key=lambda entry: entry[0].confidence.rank)
        others = (other for other, _ in group if other is not call)
        yield RULE.at(
            call_evidence(call),
            route_evidence(route, "answers after the redirect"),
            message=f"{label} is redirected to {route.path}",
            subject=label,
            hint=f"{'add' if route.path.endswith('/') else 'drop'} the trailing slash in the request",
            confidence=weaker(call.confidence, route.confidence),
            provenance=call.provenance,
            places=tuple(call_evidence(other) for other in others),
            details={"requested": call.path, "served": route.path},
        )


RULE = Rule(code="EP105", name="trailing-slash-redirect", severity=Severity.MEDIUM, check=check)
