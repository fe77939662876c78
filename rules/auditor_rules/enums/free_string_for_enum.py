r"""The frontend types a field as plain text that holds one of a few values.

The compiler then accepts a misspelled value, and nobody notices when the backend renames or adds one.

## Bad

```py title=api.py
from enum import StrEnum

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Plan(StrEnum):
    FREE = "free"
    PRO = "pro"


class Account(BaseModel):
    name: str
    plan: Plan


@app.get("/account")
def read_account() -> Account:
    return Account(name="Ann", plan=Plan.PRO)
```

```ts title=client.ts
import axios from "axios";

export type Plan = "free" | "pro";

export interface Account {
  name: string;
  plan: string; // expect: EN106
}

export const isPro = async () => {
  const { data } = await axios.get<Account>("/account");
  return data.plan === "pro";
};

console.log(await isPro());
```

## Good

```ts title=client.ts
import axios from "axios";

export type Plan = "free" | "pro";

export interface Account {
  name: string;
  plan: Plan;
}

export const isPro = async () => {
  const { data } = await axios.get<Account>("/account");
  return data.plan === "pro";
};

console.log(await isPro());
```

## Limits

Only where the frontend declares the same set elsewhere: that it has none at all is EN105. Fields of types that a call
proves, never of types that only look alike. A field that nothing reads is not reported.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.freetext import free_texts
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per set of the backend that the frontend declares and does not use everywhere."""
    for one in free_texts(graph):
        if not one.mirrors or not one.read:
            continue
        first, *others = one.held
        mirror = one.mirrors[0]
        yield RULE.at(
            Evidence(Side.FRONTEND, first.field.location, f"{first.owner}.{first.field.wire}: plain text"),
            Evidence(Side.BACKEND, one.backend.location, f"{one.backend.name}: {len(one.backend.values)} values"),
            Evidence(Side.FRONTEND, mirror.location, f"{mirror.name}: the same set"),
            message=f"{first.owner}.{first.field.wire} is plain text, though it holds a value of {one.backend.name}, "
            f"which {mirror.name} declares",
            subject=f"{one.backend.name} in {first.owner}.{first.field.wire}",
            hint=f"use {mirror.name}",
            confidence=first.confidence,
            provenance=first.reason,
            places=tuple(
                Evidence(Side.FRONTEND, held.field.location, f"{held.owner}.{held.field.wire}") for held in others
            ),
            details={"values": [value.value for value in one.backend.values]},
        )


RULE = Rule(code="EN106", name="free-string-for-enum", severity=Severity.LOW, check=check)
