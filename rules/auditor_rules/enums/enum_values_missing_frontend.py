r"""The backend sends values that the frontend does not know.

The frontend's type promises fewer values than arrive. A `switch`, a lookup table or a schema runs into a value it has
no branch for.

## Bad

```py title=api.py
from enum import Enum

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Provider(str, Enum):
    OPENAI = "openai"
    GOOGLE = "google"
    MISTRAL = "mistral"


class Model(BaseModel):
    name: str
    provider: Provider


@app.get("/model")
def read_model() -> Model:
    return Model(name="small", provider=Provider.MISTRAL)
```

```ts title=client.ts
import axios from "axios";

export type ProviderName = "openai" | "google"; // expect: EN101

export interface Model {
  name: string;
  provider: ProviderName;
}

export const readModel = () => axios.get<Model>("/model");
```

## Good

```ts title=client.ts
import axios from "axios";

export type ProviderName = "openai" | "google" | "mistral";

export interface Model {
  name: string;
  provider: ProviderName;
}

export const readModel = () => axios.get<Model>("/model");
```

## Limits

More values in the frontend than the backend sends are harmless. Two sets are paired through a call and the field they
stand at, never by their names. A set of which a member could not be resolved is not compared. Values that the backend's
code never makes, or compares only to leave them out, are low, and so are those of which another type of the frontend
has just the rest.

```ts title=client.ts
import axios from "axios";

export type ProviderName = "openai" | "google" | "mistral" | "local";

export interface Model {
  name: string;
  provider: ProviderName;
}

export const readModel = () => axios.get<Model>("/model");
```
"""

from collections.abc import Iterator, Sequence

from auditor.model.comparison import Comparison, comparisons, constants, quoted
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of sets of which the frontend's is complete and lacks values that it receives."""
    everything = comparisons(graph)
    for pair in everything:
        if not pair.received or not pair.missing or pair.frontend.open or pair.disjoint:
            continue
        here, there = pair.names
        total = len(pair.backend.values)
        yield RULE.at(
            Evidence(Side.FRONTEND, pair.frontend.location, f"{pair.frontend.name}: knows {pair.common} of {total}"),
            Evidence(Side.BACKEND, pair.backend.location, f"{pair.backend.name}: {total} values"),
            message=f"{here} lacks {quoted(pair.missing)} of {there}",
            subject=pair.subject,
            hint=f"add {quoted(pair.missing)} to {here}",
            confidence=pair.confidence,
            severity=Severity.LOW if pair.doubtful or _is_part(pair, everything) else RULE.severity,
            provenance=pair.reason,
            details={"missing": constants(pair.missing), **pair.details},
        )


def _is_part(pair: Comparison, everything: Sequence[Comparison]) -> bool:
    """Whether another set of the frontend stands for the same set of the backend and has just the other values: each
    answer brings values of one of them."""
    mine, missing = set(constants(pair.frontend.values)), set(constants(pair.missing))
    others = (set(constants(one.frontend.values)) for one in everything if one.backend.key == pair.backend.key)
    return any(missing <= other and mine.isdisjoint(other) for other in others)


RULE = Rule(code="EN101", name="enum-values-missing-frontend", severity=Severity.HIGH, check=check)
