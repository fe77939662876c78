r"""The path has another number of parameters than the route.

The request and the route begin alike, but one has a segment more. The server answers 404, or a different route takes
the request.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/teams/{team_id}/members/{member_id}")
def read_member(team_id: int, member_id: int) -> dict[str, str]:
    return {"name": "Ada"}
```

```ts title=client.ts
export const readMember = (team: number) => fetch(`/teams/${team}/members`); // expect: EP104
```

## Good

```ts title=client.ts
export const readMember = (team: number, member: number) => fetch(`/teams/${team}/members/${member}`);
```

## Limits

The names of path parameters never matter, only their number and position.
"""

from collections.abc import Iterator

from auditor.model.absence import absences, call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per method and path."""
    for absence in absences(graph, Verdict.ARITY):
        nearest = [near.route.label for near in absence.nearest[:1]]
        yield RULE.at(
            call_evidence(absence.lead),
            *(route_evidence(near.route, near.why) for near in absence.nearest[:1]),
            message=f"{absence.label} fills {absence.label.count('{')} path parameters; "
            f"{_taken(nearest)}{absence.remark}",
            subject=absence.label,
            hint="give the path the segments that the route has",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"nearest": nearest},
        )


def _taken(nearest: list[str]) -> str:
    return f"{nearest[0]} takes {nearest[0].count('{')}" if nearest else "the route takes another number"


RULE = Rule(code="EP104", name="path-parameter-arity", severity=Severity.HIGH, check=check)
