r"""The frontend expects a field that the response does not have.

The type says that the field is always there, so code that reads it gets `undefined` and no warning from the compiler.

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

from auditor.model.finding import Evidence, Finding, Severity, Side, Step
from auditor.model.graph import ProjectGraph, TypePair
from auditor.model.shape import FieldType, Model
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields that the backend's lacks."""
    for pair in _responses(graph):
        backend, frontend = graph.models[pair.backend], graph.models[pair.frontend]
        missing = [] if backend.open else _missing(backend, frontend)
        if not missing:
            continue
        first, *others = missing
        names = ", ".join(f"'{field.name}'" for field in missing)
        yield RULE.at(
            Evidence(Side.FRONTEND, first.location, f"{frontend.name}.{first.name}: expected in every response"),
            Evidence(Side.BACKEND, backend.location, f"{backend.name}: returns {_names(backend)}"),
            message=f"{frontend.name} expects {names}, which {backend.name} does not return",
            subject=f"{backend.name} ↔ {frontend.name}",
            hint=f"return {'it' if len(missing) == 1 else 'them'}, or make {names} optional in {frontend.name}",
            confidence=pair.confidence,
            provenance=tuple(Step(piece.location, piece.label) for piece in pair.evidence),
            places=tuple(
                Evidence(Side.FRONTEND, field.location, f"{frontend.name}.{field.name}: expected in every response")
                for field in others
            ),
            details={
                "missing": [field.wire for field in missing],
                "backend": [field.wire for field in backend.fields],
                "frontend": [field.wire for field in frontend.fields],
            },
        )


def _responses(graph: ProjectGraph) -> Iterator[TypePair]:
    """Each pair of models that a response proves, once: the surest where several calls do."""
    surest: dict[tuple[str, str], TypePair] = {}
    for pair in graph.pairs:
        if pair.direction == "request" or pair.backend not in graph.models or pair.frontend not in graph.models:
            continue
        key = (pair.backend, pair.frontend)
        if key not in surest or pair.confidence.rank < surest[key].confidence.rank:
            surest[key] = pair
    yield from surest.values()


def _missing(backend: Model, frontend: Model) -> list[FieldType]:
    returned = {_plain(field.wire) for field in backend.fields}
    return [field for field in frontend.fields if field.required and _plain(field.wire) not in returned]


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


def _names(model: Model, limit: int = 6) -> str:
    names = [field.wire for field in model.fields]
    return ", ".join(names[:limit]) + (", …" if len(names) > limit else "") if names else "no field"


RULE = Rule(code="RS101", name="field-not-returned", severity=Severity.HIGH, check=check)
