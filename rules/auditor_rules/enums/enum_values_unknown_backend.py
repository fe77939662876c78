r"""The frontend may send values that the backend rejects.

FastAPI answers 422 when such a value arrives.

## Bad

```py title=api.py
from enum import Enum

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Priority(str, Enum):
    LOW = "low"
    HIGH = "high"


class NewJob(BaseModel):
    title: str
    priority: Priority


@app.post("/jobs")
def create_job(job: NewJob) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export interface NewJob {
  title: string;
  priority: "low" | "high" | "urgent"; // expect: EN102
}

export const createJob = (job: NewJob) => axios.post("/jobs", job);
```

## Good

```ts title=client.ts
import axios from "axios";

export interface NewJob {
  title: string;
  priority: "low" | "high";
}

export const createJob = (job: NewJob) => axios.post("/jobs", job);
```

## Limits

A client that sends fewer values than the backend accepts is fine. What the type allows counts, not what is really sent:
medium for a type that stands for answers too, where more values than arrive do no harm, and low where no call has a
caller.

```ts title=client.ts
import axios from "axios";

export interface NewJob {
  title: string;
  priority: "low";
}

export const createJob = (job: NewJob) => axios.post("/jobs", job);
```
"""

from collections.abc import Iterator

from auditor.model.comparison import comparisons, constants, quoted
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of sets of which the backend's is complete and lacks values that are sent to it."""
    for pair in comparisons(graph):
        if not pair.sent or not pair.extra or pair.backend.open or pair.disjoint:
            continue
        here, there = pair.names
        yield RULE.at(
            Evidence(Side.FRONTEND, pair.extra[0].location, f"{pair.frontend.name}: {quoted(pair.extra)}"),
            Evidence(Side.BACKEND, pair.backend.location, f"{pair.backend.name}: {quoted(pair.backend.values)}"),
            message=f"{here} allows {quoted(pair.extra)}, which {there} rejects",
            subject=pair.subject,
            hint=f"remove {quoted(pair.extra)} from {here}, or accept it in {there}",
            confidence=pair.confidence,
            severity=Severity.LOW if not pair.used else Severity.MEDIUM if pair.received else RULE.severity,
            provenance=pair.reason,
            details={"missing": constants(pair.extra), **pair.details},
        )


RULE = Rule(code="EN102", name="enum-values-unknown-backend", severity=Severity.HIGH, check=check)
