r"""The path exists, but not for the method of the request.

The server answers 405 whenever this line runs.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.patch("/users/{user_id}")
def update_user(user_id: int) -> dict[str, str]:
    return {"name": "Ada"}
```

```ts title=client.ts
import axios from "axios";

export const rename = (id: number, name: string) => axios.put(`/users/${id}`, { name }); // expect: EP103
```

## Good

```ts title=client.ts
import axios from "axios";

export const rename = (id: number, name: string) => axios.patch(`/users/${id}`, { name });
```

## Limits

A method that is only known at run time matches every route at the path.

```ts title=client.ts
export const send = (method: string, id: number) => fetch(`/users/${id}`, { method });
```
"""

from collections.abc import Iterator

from auditor.model.absence import absences, call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.rule import Rule

_SHOWN = 3  # routes at the same path; more would bury the first


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per method and path that is served with other methods only."""
    for absence in absences(graph, Verdict.METHOD):
        if absence.is_stream:
            continue  # SE107
        methods = sorted({near.route.method for near in absence.nearest})
        served = " and ".join(methods) or "another method"
        yield RULE.at(
            call_evidence(absence.lead),
            *(route_evidence(near.route, near.why) for near in absence.nearest[:_SHOWN]),
            message=f"{absence.label}: the path is served for {served} only{absence.remark}",
            subject=absence.label,
            hint=f"send {' or '.join(methods)}, or serve {absence.lead.method}" if methods else "",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"method": absence.lead.method, "served": list(methods)},
        )


RULE = Rule(code="EP103", name="method-mismatch", severity=Severity.CRITICAL, check=check)
