r"""The body has a field that the backend does not know.

Pydantic drops it without a word, or refuses the request where further fields are forbidden.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewTask(BaseModel):
    title: str
    owner: str
    notes: str = ""


@app.post("/tasks")
def create_task(task: NewTask) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export interface NewTask {
  title: string;
  owner: string;
  dueDate: string; // expect: RQ202
}

export const createTask = (task: NewTask) => axios.post("/tasks", task);
```

## Good

```ts title=client.ts
import axios from "axios";

export interface NewTask {
  title: string;
  owner: string;
}

export const createTask = (task: NewTask) => axios.post("/tasks", task);
```

## Limits

Optional fields of the frontend's type are low: whether they are ever sent is not known. Names in another case are no
unknown fields; see TY103.
"""

from collections.abc import Iterator

from auditor.model.differences import differences
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields that the backend's lacks."""
    for pair in differences(graph):
        if pair.pair.direction != "request" or pair.backend.open or not pair.unserved:
            continue
        first, *others = sorted(pair.unserved, key=lambda field: not field.required)
        here, there = pair.names
        names = ", ".join(f"'{field.wire}'" for field in (first, *others))
        yield RULE.at(
            Evidence(Side.FRONTEND, first.location, f"{pair.frontend.name}.{first.name}"),
            Evidence(Side.BACKEND, pair.backend.location, f"{pair.backend.name}: has no {names}"),
            message=f"{here} has {names}, which {there} does not know",
            subject=pair.subject,
            hint=f"accept {names} in {there}, or do not send {'it' if not others else 'them'}",
            confidence=pair.confidence,
            severity=RULE.severity if first.required and pair.pair.used else Severity.LOW,
            provenance=pair.reason,
            places=tuple(Evidence(Side.FRONTEND, one.location, f"{pair.frontend.name}.{one.name}") for one in others),
            details={"unknown": [field.wire for field in (first, *others)]},
        )


RULE = Rule(code="RQ202", name="unknown-body-field", severity=Severity.MEDIUM, check=check)
