r"""A proxy of the frontend strips or adds a prefix, and the backend serves what was sent before that.

Behind the proxy (in development, mostly) every such request is answered with 404, while the same page works where the
backend serves it itself.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/notes")
def notes() -> list[str]:
    return []


@app.get("/api/tags")
def tags() -> list[str]:
    return []
```

```json title=package.json
{ "name": "web", "private": true, "dependencies": { "vite": "^6.0.0" } }
```

```ts title=vite.config.ts
import { defineConfig } from "vite";

export default defineConfig({
  server: {
    proxy: {
      "/api": { target: "http://localhost:8000", rewrite: (path) => path.replace(/^\/api/, "") }, // expect: UR106
    },
  },
});
```

```ts title=client.ts
export const notes = () => fetch("/api/notes");
export const tags = () => fetch("/api/tags");
```

## Good

```ts title=vite.config.ts
import { defineConfig } from "vite";

export default defineConfig({
  server: { proxy: { "/api": { target: "http://localhost:8000" } } },
});
```

## Limits

Only proxies of which no request arrives: behind one that some requests get through, the others may be for another
server. A prefix that is missing with and without the proxy is EP106's.

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/notes")
def notes() -> list[str]:
    return []


@app.get("/tags")
def tags() -> list[str]:
    return []
```

```ts title=vite.config.ts
import { defineConfig } from "vite";

export default defineConfig({
  server: {
    proxy: {
      "/api": { target: "http://localhost:8000", rewrite: (path) => path.replace(/^\/api/, "") },
    },
  },
});
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import Ambiguous, CallSite, Matched, ProjectGraph
from auditor.model.span import Location
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per proxy, with all requests that it leads astray."""
    groups: dict[Location, list[CallSite]] = {}
    for call in graph.calls:
        if call.diverted is not None:
            groups.setdefault(call.diverted.location, []).append(call)
    arriving = {
        step.location
        for call in graph.calls
        if call.diverted is None and isinstance(call.target, Matched | Ambiguous)
        for step in call.provenance
    }
    for place, calls in groups.items():
        first = calls[0]
        if place in arriving or first.diverted is None or not isinstance(first.target, Matched):
            continue
        count = len(calls)
        yield RULE.at(
            Evidence(Side.FRONTEND, place, first.diverted.what),
            route_evidence(first.target.route, "serves the path as it is sent"),
            message=f"the proxy leads {count} request{'s' if count > 1 else ''} astray: {first.diverted.what}, and "
            f"the backend serves {first.target.route.label}",
            subject=first.diverted.what,
            hint="forward the path as it is sent",
            confidence=max(first.confidence, Confidence.MEDIUM, key=lambda one: one.rank),
            provenance=first.provenance,
            places=tuple(map(call_evidence, calls)),
            details={"affected": count, "requests": list(dict.fromkeys(call.label for call in calls))},
        )


RULE = Rule(code="UR106", name="proxy-rewrite-mismatch", severity=Severity.HIGH, check=check)
