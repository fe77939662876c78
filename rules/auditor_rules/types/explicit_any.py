r"""A field of a type that travels is `any` in the frontend, while the backend says what it is.

The compiler accepts whatever is done with it, and no comparison of the two sides can see it drift.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class User(BaseModel):
    name: str
    age: int


@app.get("/users/me")
def read_me() -> User:
    return User(name="Ada", age=36)
```

```ts title=client.ts
import axios from "axios";

interface User {
  name: string;
  age: any; // expect: TY106
}

export const readMe = () => axios.get<User>("/users/me");
```

## Good

```ts title=client.ts
import axios from "axios";

interface User {
  name: string;
  age: number;
}

export const readMe = () => axios.get<User>("/users/me");
```

## Limits

What the backend does not know either is nobody's fault, and types that no model is paired with are not looked at. A
file is reported once, with all its fields.

```py title=api.py
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class User(BaseModel):
    name: str
    settings: dict[str, Any]


@app.get("/users/me")
def read_me() -> User:
    return User(name="Ada", settings={})
```

```ts title=client.ts
import axios from "axios";

interface User {
  name: string;
  settings: any;
}

export const readMe = () => axios.get<User>("/users/me");
```
"""

from collections import defaultdict
from collections.abc import Iterator

from auditor.model.differences import Differences, Meeting, differences
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.shape import AnyShape, ListOf, MapOf, OneOf, Shape, UnknownShape
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per file, with all fields that are anything."""
    found: dict[str, dict[object, tuple[Differences, Meeting]]] = defaultdict(dict)
    for pair in differences(graph):
        if pair.confidence is Confidence.LOW:
            continue
        for meeting in pair.shared:
            if _is_anything(meeting.frontend.shape) and _is_definite(meeting.backend.shape):
                place = meeting.frontend.location
                found[place.file].setdefault(place, (pair, meeting))
    for file, fields in found.items():
        (pair, first), *others = fields.values()
        more = f" (and {len(others)} more in this file)" if others else ""
        yield RULE.at(
            Evidence(Side.FRONTEND, first.frontend.location, f"{pair.frontend.name}.{first.frontend.name}: any"),
            Evidence(Side.BACKEND, first.backend.location, f"{pair.backend.name}.{first.backend.name}"),
            message=f"{pair.frontend.name}.{first.frontend.name} may be anything{more}; the backend says what it is",
            subject=file,
            hint="write the type that the backend has",
            provenance=pair.reason,
            places=tuple(
                Evidence(Side.FRONTEND, one.frontend.location, f"{of.frontend.name}.{one.frontend.name}: any")
                for of, one in others
            ),
            details={"fields": [f"{of.frontend.name}.{one.frontend.name}" for of, one in fields.values()]},
        )


def _is_anything(shape: Shape) -> bool:
    match shape:
        case AnyShape():
            return True
        case ListOf(item):
            return _is_anything(item)
        case _:
            return False


def _is_definite(shape: Shape) -> bool:
    """Whether the backend says more than "some object"."""
    match shape:
        case AnyShape() | UnknownShape():
            return False
        case ListOf(item) | MapOf(item):
            return _is_definite(item)
        case OneOf(options):
            return all(map(_is_definite, options))
        case _:
            return True


RULE = Rule(code="TY106", name="explicit-any", severity=Severity.LOW, check=check)
