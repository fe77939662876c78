r"""One response has two types of the same name in the frontend, with different fields.

At most one of them is right, and an import decides which one a component trusts.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Account(BaseModel):
    id: int
    owner: str


@app.get("/accounts")
def read_accounts() -> list[Account]:
    return []


@app.get("/accounts/{id}")
def read_account(id: int) -> Account:
    return Account(id=id, owner="Ann")
```

```ts title=accounts.ts
import axios from "axios";

export interface Account {
  id: number;
  owner: string;
}

export const readAccounts = () => axios.get<Account[]>("/accounts");
```

```ts title=account.ts
import axios from "axios";

export interface Account { // expect: TY107
  id: number;
}

export const readAccount = (id: number) => axios.get<Account>(`/accounts/${id}`);
```

## Good

```ts title=account.ts
import axios from "axios";
import { Account } from "./accounts";

export const readAccount = (id: number) => axios.get<Account>(`/accounts/${id}`);
```

## Limits

Two types of one name that no call gives to the same response may well be two things.
"""

from collections.abc import Iterator

from auditor.model.differences import Differences, differences
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.shape import Model
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per backend model and name, at the declaration that differs most from what is sent."""
    groups: dict[tuple[str, str], list[Differences]] = {}
    for pair in differences(graph):
        if pair.received:
            groups.setdefault((pair.backend.key, pair.frontend.name), []).append(pair)
    for pairs in groups.values():
        declared = {pair.frontend.location: pair for pair in pairs}
        if len(declared) < 2 or len({_wires(pair.frontend) for pair in pairs}) < 2:
            continue
        ranked = sorted(declared.values(), key=lambda pair: (-_distance(pair), pair.frontend.location))
        worst, *others = ranked
        odd = sorted(set().union(*(_wires(one.frontend) for one in ranked)) - _common(ranked))
        yield RULE.at(
            *(_declared(one.frontend) for one in (worst, *others)),
            Evidence(Side.BACKEND, worst.backend.location, f"{worst.backend.name}: what is sent"),
            message=f"{worst.frontend.name} is declared {len(ranked)} times for {worst.backend.name} of the backend, "
            f"with different fields: {', '.join(odd[:8])}{', …' if len(odd) > 8 else ''}",
            subject=f"{worst.backend.name} ↔ {worst.frontend.name}",
            hint="keep one declaration and import it",
            confidence=worst.confidence,
            provenance=worst.reason,
            details={"fields": odd},
        )


def _declared(model: Model) -> Evidence:
    return Evidence(Side.FRONTEND, model.location, f"{model.name}: {len(model.fields)} fields")


def _wires(model: Model) -> frozenset[str]:
    return frozenset(field.wire for field in model.fields)


def _common(pairs: list[Differences]) -> frozenset[str]:
    return frozenset.intersection(*(_wires(pair.frontend) for pair in pairs))


def _distance(pair: Differences) -> int:
    return len(_wires(pair.frontend) ^ _wires(pair.backend))


RULE = Rule(code="TY107", name="conflicting-duplicate-type", severity=Severity.MEDIUM, check=check)
