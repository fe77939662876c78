r"""A field arrives as another kind of JSON value than the frontend's type says.

A number where the code expects a text has no `.trim()`, and an object where it expects a list has no `.map()`.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Order(BaseModel):
    number: int
    lines: dict[str, int]


@app.get("/order")
def read_order() -> Order:
    return Order(number=1, lines={})
```

```ts title=client.ts
import axios from "axios";

export interface Order {
  number: number;
  lines: number[]; // expect: RS103
}

export const readOrder = () => axios.get<Order>("/order");
```

## Good

```ts title=client.ts
import axios from "axios";

export interface Order {
  number: number;
  lines: Record<string, number>;
}

export const readOrder = () => axios.get<Order>("/order");
```

## Limits

Dates, times and UUIDs are texts in JSON and may be typed as `Date` or `string`. Nothing is said about types that
some versions of a library send as texts and others as numbers (`Decimal`, `timedelta`), nor about unions that agree.
"""

from collections.abc import Iterator

from auditor.model.differences import Meeting, differences, is_read, is_structural, kind_clash
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields of another kind."""
    for pair in differences(graph):
        clashes = [
            (meeting, clash)
            for meeting in (*pair.shared, *pair.spelled)
            if pair.received and (clash := kind_clash(graph, meeting.backend.shape, meeting.frontend.shape))
        ]
        if not clashes:
            continue
        first, *others = [meeting for meeting, _ in clashes]
        texts = [f"'{one.frontend.wire}' as {theirs} and gets {mine}" for one, (mine, theirs) in clashes]
        here, there = pair.names
        harmful = any(is_structural(clash) and is_read(graph, one.frontend.name) for one, clash in clashes)
        yield RULE.at(
            _frontend(first, pair.frontend.name),
            Evidence(Side.BACKEND, first.backend.location, f"{pair.backend.name}.{first.backend.name}"),
            message=f"{here} expects {', '.join(texts)} from {there}",
            subject=pair.subject,
            hint="declare the kind that arrives",
            confidence=pair.confidence,
            severity=RULE.severity if harmful and pair.pair.used else Severity.LOW,
            provenance=pair.reason,
            places=tuple(_frontend(one, pair.frontend.name) for one in others),
            details={"fields": {one.frontend.wire: {"backend": m, "frontend": t} for one, (m, t) in clashes}},
        )


def _frontend(meeting: Meeting, owner: str) -> Evidence:
    return Evidence(Side.FRONTEND, meeting.frontend.location, f"{owner}.{meeting.frontend.name}")


RULE = Rule(code="RS103", name="field-type-mismatch", severity=Severity.HIGH, check=check)
