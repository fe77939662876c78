r"""A function of the client sends a request, and nothing uses it.

What nobody calls is still read, typed and kept up to date. Functions of one file are one finding.

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

```ts title=client.ts
export const listUsers = () => fetch("/users");
export const listTeams = () => fetch("/teams"); // expect: EP204
```

```ts title=main.ts
import { listUsers } from "./client";

listUsers();
```

## Good

```ts title=main.ts
import { listTeams, listUsers } from "./client";

listUsers();
listTeams();
```

## Limits

Not reported: members whose name is read off any value, requests that no route answers (they have a finding of their
own), and frontends in which nothing is used (libraries).

```ts title=client.ts
export const api = { listUsers: () => fetch("/users"), listTeams: () => fetch("/teams") };
```

```ts title=main.ts
import { api } from "./client";

api.listUsers();
document.body.append(window.listTeams());
```
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, weaker
from auditor.model.finding import Finding, Severity
from auditor.model.graph import Ambiguous, CallSite, Matched, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per file."""
    alive = {call.frontend for call in graph.calls if call.used}
    dead: dict[str, dict[tuple[str, int], CallSite]] = {}
    for call in graph.calls:
        if not call.used and call.frontend in alive and isinstance(call.target, Matched | Ambiguous):
            place = (call.symbol, call.location.line)
            dead.setdefault(call.location.file, {}).setdefault(place, call)
    for file, calls in dead.items():
        first, *others = calls.values()
        names = list(dict.fromkeys(call.symbol for call in calls.values()))
        yield RULE.at(
            call_evidence(first),
            message=f"nothing uses {_listed(names)}",
            subject=file,
            hint="remove what is not used",
            confidence=weaker(*(call.confidence for call in calls.values())),
            provenance=first.provenance,
            places=tuple(call_evidence(call) for call in others),
            details={"functions": names},
        )


_SHOWN = 4


def _listed(names: list[str]) -> str:
    shown = names[:_SHOWN]
    return ", ".join(shown) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


RULE = Rule(code="EP204", name="dead-client-function", severity=Severity.LOW, check=check)
