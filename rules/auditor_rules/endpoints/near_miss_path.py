r"""No route serves the path, but one differs in a single segment.

Most often a typo, a plural or another spelling of the same word. The server answers 404.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/projects/{project_id}/settings")
def read_settings(project_id: int) -> dict[str, str]:
    return {"theme": "dark"}
```

```ts title=client.ts
export const readSettings = (id: number) => fetch(`/project/${id}/settings`); // expect: EP107
```

## Good

```ts title=client.ts
export const readSettings = (id: number) => fetch(`/projects/${id}/settings`);
```

## Limits

Two segments that differ are not a slip but another path: EP101.
"""

from collections.abc import Iterator

from auditor.model.absence import absences, call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per method and path."""
    for absence in absences(graph, Verdict.NEAR):
        nearest = [near.route.label for near in absence.nearest[:1]]
        meant = f"; {nearest[0]} differs in one segment" if nearest else ""
        yield RULE.at(
            call_evidence(absence.lead),
            *(route_evidence(near.route, near.why) for near in absence.nearest[:1]),
            message=f"no route serves {absence.label}{meant}{absence.remark}",
            subject=absence.label,
            hint=f"call {nearest[0]} if that is what is meant, else add the route" if nearest else "",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"nearest": nearest},
        )


RULE = Rule(code="EP107", name="near-miss-path", severity=Severity.MEDIUM, check=check)
