r"""Two sets that should be one have hardly a value in common.

They share under 30 % of their values and under half of the smaller set: one side was written for something else, or
was renamed without the other.

## Bad

```py title=api.py
from enum import Enum

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Technique(str, Enum):
    BASIC = "basic"
    LAYERED = "layered"
    MIRROR = "mirror"


class NewRun(BaseModel):
    technique: Technique


@app.post("/runs")
def start_run(run: NewRun) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export type TechniqueName = "prompt" | "role_play" | "encoding"; // expect: EN103

export interface NewRun {
  technique: TechniqueName;
}

export const startRun = (run: NewRun) => axios.post("/runs", run);
```

## Good

```ts title=client.ts
import axios from "axios";

export type TechniqueName = "basic" | "layered" | "mirror";

export interface NewRun {
  technique: TechniqueName;
}

export const startRun = (run: NewRun) => axios.post("/runs", run);
```

## Limits

A small set inside a large one is not disjoint: it is EN101 where values arrive that it lacks, and nothing where it is
only sent. Spellings that differ in case or separators count as common here; they are EN104.

```ts title=client.ts
import axios from "axios";

export type TechniqueName = "basic";

export interface NewRun {
  technique: TechniqueName;
}

export const startRun = (run: NewRun) => axios.post("/runs", run);
```
"""

from collections.abc import Iterator

from auditor.model.comparison import comparisons, constants, quoted
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of complete sets that hardly overlap."""
    for pair in comparisons(graph):
        if not pair.disjoint:
            continue
        here, there = pair.names
        total = len(pair.backend.values) + len(pair.extra)
        yield RULE.at(
            Evidence(Side.FRONTEND, pair.frontend.location, f"{pair.frontend.name}: {quoted(pair.frontend.values)}"),
            Evidence(Side.BACKEND, pair.backend.location, f"{pair.backend.name}: {quoted(pair.backend.values)}"),
            message=f"{here} and {there} share {pair.common} of {total} values: "
            f"{quoted(pair.extra)} against {quoted(pair.missing)}",
            subject=pair.subject,
            hint="decide which side is right and make the other one the same",
            confidence=pair.confidence,
            provenance=pair.reason,
            details={"missing": constants(pair.missing), "unknown": constants(pair.extra), **pair.details},
        )


RULE = Rule(code="EN103", name="enum-disjoint", severity=Severity.HIGH, check=check)
