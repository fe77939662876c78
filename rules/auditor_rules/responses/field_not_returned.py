r"""The frontend expects a field that the response does not have.

The type says that the field is always there, so code that reads it gets `undefined` and no warning from the compiler.
High where code reads a field of that name and it can be no other; medium where another answer of the same type brings
it, an answer of another type has one of that name, or templates may read it that are not looked at; low where nothing
reads it, or where the frontend fills it in from an answer of its own.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Token(BaseModel):
    access_token: str
    expires_in: int


@app.post("/token")
def create_token() -> Token:
    return Token(access_token="secret", expires_in=60)
```

```ts title=client.ts
import axios from "axios";

export interface Token {
  access_token: string;
  expires_in: number;
  refresh_expires_in: number; // expect: RS101
}

export const createToken = () => axios.post<Token>("/token");
```

## Good

```ts title=client.ts
import axios from "axios";

export interface Token {
  access_token: string;
  expires_in: number;
  refresh_expires_in?: number;
}

export const createToken = () => axios.post<Token>("/token");
```

## Limits

Nothing is said about models that may carry further fields, and about names that differ in case or separators only
(`createdAt`, `created_at`): a converter may stand between them.

```ts title=client.ts
import axios from "axios";

export interface Token {
  accessToken: string;
  expiresIn: number;
}

export const createToken = () => axios.post<Token>("/token");
```
"""

from collections.abc import Iterator

from auditor.model.differences import Differences, differences, is_read
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.shape import FieldType, Model
from auditor.model.supply import Supply
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields that the backend's lacks."""
    supply = Supply(graph)
    for pair in differences(graph, sure=False):
        backend, frontend = pair.backend, pair.frontend
        missing = [field for field in pair.unserved if field.required]
        if pair.pair.direction == "request" or backend.open or not missing:
            continue
        missing.sort(key=lambda field: not is_read(graph, field.name))
        first, *others = missing
        names = ", ".join(f"'{field.name}'" for field in missing)
        read = is_read(graph, first.name)
        yield RULE.at(
            Evidence(Side.FRONTEND, first.location, f"{frontend.name}.{first.name}: expected in every response"),
            Evidence(Side.BACKEND, backend.location, f"{backend.name}: returns {_names(backend)}"),
            message=f"{frontend.name} expects {names}, which {backend.name} does not return"
            + ("" if read else ", and nothing reads"),
            subject=pair.subject,
            hint=f"return {'it' if len(missing) == 1 else 'them'}, or make {names} optional in {frontend.name}",
            confidence=pair.confidence,
            severity=_severity(graph, supply, pair, missing) if read and pair.pair.used else Severity.LOW,
            provenance=pair.reason,
            places=(
                *(
                    Evidence(Side.FRONTEND, field.location, f"{frontend.name}.{field.name}: expected in every response")
                    for field in others
                ),
                *(pair.calls if pair.confidence is not Confidence.LOW else ()),
            ),
            details={
                "missing": [field.wire for field in missing],
                "backend": [field.wire for field in backend.fields],
                "frontend": [field.wire for field in frontend.fields],
            },
        )


def _severity(graph: ProjectGraph, supply: Supply, pair: Differences, missing: list[FieldType]) -> Severity:
    """High where code reads such a field and it can be no other: neither another answer of the same type nor one of
    another type brings one of that name."""
    key = pair.pair.frontend
    most = RULE.severity if graph.reads is not None else Severity.MEDIUM  # templates may read it, or nothing does
    quiet = True
    for field in missing:
        if not is_read(graph, field.name):
            continue
        others = supply.of_others(key, field.wire)
        filled = graph.filled.get(field.wire, frozenset())
        if "whole" in filled or ("part" in filled and others):
            continue  # the frontend puts the objects together itself
        if not (supply.elsewhere(key, field.wire) or others):
            return most
        quiet = False
    return Severity.LOW if quiet else Severity.MEDIUM


def _names(model: Model, limit: int = 6) -> str:
    names = [field.wire for field in model.fields]
    return ", ".join(names[:limit]) + (", …" if len(names) > limit else "") if names else "no field"


RULE = Rule(code="RS101", name="field-not-returned", severity=Severity.HIGH, check=check)
