r"""A set of constants travels on a called route, and the frontend has it as plain text only.

Code that compares the field with a text has no list to follow, and what it sends is checked by the server alone.

## Bad

```py title=api.py
from enum import StrEnum

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Stage(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    DONE = "done"


class Paper(BaseModel):
    title: str
    stage: Stage


@app.post("/papers")
def add_paper(paper: Paper) -> Paper:
    return paper
```

```ts title=client.ts
import axios from "axios";

export interface Paper {
  title: string;
  stage: string; // expect: EN105
}

export const addPaper = async (paper: Paper) => {
  const { data } = await axios.post<Paper>("/papers", paper);
  return data.stage === "review";
};

console.log(await addPaper({ title: "On time", stage: "draft" }));
```

## Good

```ts title=client.ts
import axios from "axios";

export interface Paper {
  title: string;
  stage: "draft" | "review" | "done";
}

export const addPaper = async (paper: Paper) => {
  const { data } = await axios.post<Paper>("/papers", paper);
  return data.stage === "review";
};

console.log(await addPaper({ title: "On time", stage: "draft" }));
```

## Limits

Sets of at least three constants; where the frontend has one with half of the values the cure is to use it (EN106). Low
where the frontend only receives the values, and where nothing reads the field. Roles and permissions are AU107's.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.freetext import free_texts
from auditor.model.graph import ProjectGraph
from auditor.model.roles import role_sets
from auditor.rule import Rule

_FEW = 3
_SHOWN = 8


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per set without a counterpart."""
    roles = {one.backend.key for one in role_sets(graph)}
    for one in free_texts(graph):
        values = [str(value.value) for value in one.backend.values]
        if one.mirrors or len(values) < _FEW or one.backend.key in roles:
            continue
        first, *others = one.held
        harmful = one.read and any(held.sent and held.used for held in one.held)
        names = ", ".join(map(repr, values[:_SHOWN])) + (", …" if len(values) > _SHOWN else "")
        yield RULE.at(
            Evidence(Side.FRONTEND, first.field.location, f"{first.owner}.{first.field.wire}: plain text"),
            Evidence(Side.BACKEND, one.backend.location, f"{one.backend.name}: {len(values)} values"),
            message=f"{one.backend.name} ({names}) has no counterpart in the frontend, which has "
            f"{first.owner}.{first.field.wire} as plain text",
            subject=f"{one.backend.name} in {one.backend.location.file}",
            hint=f"declare the values of {one.backend.name} and use them for {first.field.wire}",
            confidence=first.confidence,
            severity=RULE.severity if harmful else Severity.LOW,
            provenance=first.reason,
            places=tuple(
                Evidence(Side.FRONTEND, held.field.location, f"{held.owner}.{held.field.wire}") for held in others
            ),
            details={"values": values},
        )


RULE = Rule(code="EN105", name="enum-not-mirrored", severity=Severity.MEDIUM, check=check)
