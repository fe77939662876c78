r"""No backend or no frontend was found.

There is nothing to compare with. The run ends with exit code 3.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")  # expect: XT003
def list_users() -> list[str]:
    return ["Ada"]
```

## Good

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

## Limits

A side in another repository, or in a framework that the auditor does not know, is not found either. Name its folder
with `--backend` or `--frontend`.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per side without a service."""
    for side, present in ((Side.BACKEND, graph.backends), (Side.FRONTEND, graph.frontends)):
        if present:
            continue
        yield RULE.at(
            *_seen(graph, side),
            message=f"no {side} was found",
            subject=f"no {side}",
            hint=f"name its folder: auditor run --{side} DIR",
            details={"side": side.value},
        )


def _seen(graph: ProjectGraph, lacking: Side) -> Iterator[Evidence]:
    """What is there instead: the first route or call, if any."""
    if lacking is Side.FRONTEND and graph.routes:
        yield Evidence(Side.BACKEND, graph.routes[0].location, "served, but no frontend was found")
    if lacking is Side.BACKEND and graph.calls:
        yield Evidence(Side.FRONTEND, graph.calls[0].location, "requested, but no backend was found")


RULE = Rule(code="XT003", name="side-not-found", severity=Severity.INFO, check=check)
