r"""A request goes to a path that no route serves.

The server answers 404 whenever this line runs, so the feature behind it never works. All call sites of the same
method and path are one finding. The second place shown is the nearest route, with the reason why it does not answer,
or the route whose path begins most alike.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users/{user_id}")
def read_user(user_id: int) -> dict[str, str]:
    return {"name": "Ada"}
```

```ts title=client.ts
export const readUser = (id: number) => fetch(`/users/${id}`);

export const signOut = () => fetch("/session/current", { method: "DELETE" }); // expect: EP101
```

## Good

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users/{user_id}")
def read_user(user_id: int) -> dict[str, str]:
    return {"name": "Ada"}


@app.delete("/session/current")
def end_session() -> None:
    return None
```

## Limits

Nothing is said where the base URL is known only at run time, or where a router of the backend could not be resolved:
its routes may be the missing ones. A path that nearly matches has its own finding (EP103, EP104, EP106, EP107), and so
has a socket (WS101).

```ts title=client.ts
export const signOut = () => fetch(`${localStorage.getItem("server")}/session/of/someone/else`, { method: "DELETE" });
```
"""

from collections.abc import Iterator

from auditor.model.absence import Absence, absences, call_evidence, closest_route, route_evidence
from auditor.model.finding import Evidence, Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per method and path that nothing serves."""
    for absence in absences(graph, Verdict.NO_ROUTE):
        if absence.is_stream:
            continue  # SE101
        yield RULE.at(
            call_evidence(absence.lead),
            *_other_side(graph, absence),
            message=f"no route serves {absence.label}{absence.remark}",
            subject=absence.label,
            hint="add the route, or drop the call",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"calls": len(absence.calls)},
        )


def _other_side(graph: ProjectGraph, absence: Absence) -> Iterator[Evidence]:
    if absence.nearest:
        yield route_evidence(absence.nearest[0].route, absence.nearest[0].why)
    elif closest := closest_route(graph, absence.lead):
        yield route_evidence(closest, "closest route")


RULE = Rule(code="EP101", name="missing-endpoint", severity=Severity.CRITICAL, check=check)
