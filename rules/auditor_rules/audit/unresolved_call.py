r"""A request could not be followed to its URL.

The audit cannot tell which route it reaches, and claims nothing about it. The message says what stopped it.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]
```

```ts title=client.ts
export const listUsers = () => fetch(`${localStorage.getItem("server")}/people`); // expect: XT001
```

## Good

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

## Limits

Where only the base is unknown and a route of the backend answers the rest of the path, the call is taken to reach it.
A function that takes the URL as a parameter is judged at its callers. If there are none, there is nothing to judge.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, ProjectGraph, Unknown
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per file, request and reason."""
    groups: dict[tuple[str, str, str], list[CallSite]] = {}
    for call in graph.calls:
        match call.target:
            case Unknown(reason):
                groups.setdefault((call.location.file, call.label, reason), []).append(call)
            case _:
                pass
    for (_, label, reason), calls in groups.items():
        first, *others = calls
        yield RULE.at(
            Evidence(Side.FRONTEND, first.location, reason),
            message=f"it cannot be told what {label} reaches: {reason}",
            subject=f"{label}: {reason}",
            hint="set the value in a .env file or in the configuration of the auditor",
            confidence=first.confidence,
            provenance=first.provenance,
            places=tuple(Evidence(Side.FRONTEND, call.location, reason) for call in others),
            details={"reason": reason, "client": first.client},
        )


RULE = Rule(code="XT001", name="unresolved-call", severity=Severity.INFO, check=check)
