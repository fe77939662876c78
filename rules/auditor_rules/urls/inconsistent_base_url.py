r"""Modules of one frontend reach the same backend at different ports.

One of them is out of date, and works only on the machine of whoever wrote it. The port that most calls use is taken
for the right one.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.get("/teams")
def list_teams() -> list[str]:
    return ["Core"]
```

```ts title=users.ts
const BASE = import.meta.env.VITE_API_URL || "http://localhost:8000"; // expect: UR102
fetch(`${BASE}/users`);
fetch(`${BASE}/teams`);
```

```ts title=teams.ts
const BASE = import.meta.env.VITE_API_URL || "http://localhost:8001"; // expect: UR102
fetch(`${BASE}/teams`); // expect: UR105
```

## Good

```ts title=users.ts
export const BASE = import.meta.env.VITE_API_URL;
fetch(`${BASE}/users`);
```

```ts title=teams.ts
import { BASE } from "./users";
fetch(`${BASE}/teams`);
```

## Limits

Only ports of this machine are compared: `http://backend:8000` inside a container and `http://localhost:8001` outside
of it may well be the same.

```ts title=teams.ts
const BASE = import.meta.env.VITE_API_URL || "http://api:8080";
fetch(`${BASE}/teams`);
```
"""

import re
from collections.abc import Iterator

from auditor.model.absence import call_evidence, weaker
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per frontend, backend and port that fewer calls use."""
    groups: dict[tuple[str, str], dict[str, list[CallSite]]] = {}
    for call in graph.calls:
        if isinstance(call.target, Matched) and call.used and (port := _port(call.origin)):
            key = (call.frontend, call.target.route.service)
            groups.setdefault(key, {}).setdefault(port, []).append(call)
    for (frontend, service), ports in groups.items():
        usual, *others = sorted(ports, key=lambda port: (-len(ports[port]), port))
        for port in others:
            first, *more = ports[port]
            yield RULE.at(
                call_evidence(first),
                call_evidence(ports[usual][0]),
                message=f"port {port} here, port {usual} in {len(ports[usual])} other calls of the same backend",
                subject=f"{frontend} to {service} at {port}",
                hint="take the base URL from one place",
                confidence=weaker(*(call.confidence for call in ports[port])),
                provenance=first.provenance,
                places=tuple(call_evidence(call) for call in more),
                details={"port": port, "usual": usual},
            )


def _port(origin: str) -> str:
    found = re.fullmatch(r"\w+://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d+)", origin)
    return found[1] if found else ""


RULE = Rule(code="UR105", name="inconsistent-base-url", severity=Severity.MEDIUM, check=check)
