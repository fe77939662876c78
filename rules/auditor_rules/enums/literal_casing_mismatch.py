r"""The same constant is spelled differently on the two sides.

`bearer` here and `Bearer` there: a comparison by equality is never true, and a strict parser refuses the value.

## Bad

```py title=api.py
from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Token(BaseModel):
    access_token: str
    token_type: Literal["bearer"]


@app.post("/token")
def create_token() -> Token:
    return Token(access_token="secret", token_type="bearer")
```

```ts title=client.ts
import axios from "axios";

export interface Token {
  access_token: string;
  token_type: "Bearer"; // expect: EN104
}

export const createToken = () => axios.post<Token>("/token");
```

## Good

```ts title=client.ts
import axios from "axios";

export interface Token {
  access_token: string;
  token_type: "bearer";
}

export const createToken = () => axios.post<Token>("/token");
```

## Limits

A client that lists both spellings knows the value, and is not reported.

```ts title=client.ts
import axios from "axios";

export interface Token {
  access_token: string;
  token_type: "bearer" | "Bearer";
}

export const createToken = () => axios.post<Token>("/token");
```
"""

from collections.abc import Iterator

from auditor.model.comparison import Comparison, comparisons
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of sets, however many of their values are spelled differently."""
    for pair in comparisons(graph):
        if not pair.variants or not _matters(pair):
            continue
        here, there = pair.names
        first, *others = pair.variants
        spellings = ", ".join(f"{one.frontend.value!r} for {one.backend.value!r}" for one in pair.variants)
        yield RULE.at(
            Evidence(Side.FRONTEND, first.frontend.location, f"{pair.frontend.name}: {first.frontend.value!r}"),
            Evidence(Side.BACKEND, first.backend.location, f"{pair.backend.name}: {first.backend.value!r}"),
            message=f"{here} spells {spellings} of {there}",
            subject=pair.subject,
            hint="use the spelling of the backend",
            confidence=pair.confidence,
            provenance=pair.reason,
            places=tuple(
                Evidence(Side.FRONTEND, one.frontend.location, f"{pair.frontend.name}: {one.frontend.value!r}")
                for one in others
            ),
            details={"missing": [one.backend.value for one in pair.variants], **pair.details},
        )


def _matters(pair: Comparison) -> bool:
    """True if the side that has to understand the value is known completely, and so certainly lacks its spelling."""
    return (pair.received and not pair.frontend.open) or (pair.sent and not pair.backend.open)


RULE = Rule(code="EN104", name="literal-casing-mismatch", severity=Severity.HIGH, check=check)
