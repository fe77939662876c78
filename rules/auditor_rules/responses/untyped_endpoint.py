r"""The client expects a type from a route that declares none.

Nothing holds the two together: a field that the server renames is noticed when a page breaks.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users/me")
def read_me():
    return {"name": "Ada"}
```

```ts title=client.ts
interface User {
  name: string;
}

export const readMe = async (): Promise<User> => {
  const response = await fetch("/users/me"); // expect: RS202
  return (await response.json()) as User;
};
```

## Good

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class User(BaseModel):
    name: str


@app.get("/users/me")
def read_me() -> User:
    return User(name="Ada")
```

## Limits

Handlers that answer with a response object of their own, streams and frameworks without declared responses are not
compared.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import Kind, Matched, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route, at its first call that expects a type."""
    seen: set[str] = set()
    for call in graph.calls:
        if not isinstance(call.target, Matched) or not call.type:
            continue
        route = call.target.route
        untyped = route.operation is not None and route.operation.untyped and route.kind is Kind.HTTP
        if not untyped or route.label in seen or route.operation is None or route.operation.status == 204:
            continue
        seen.add(route.label)
        yield RULE.at(
            call_evidence(call),
            route_evidence(route, "declares no response"),
            message=f"the client expects {call.type} from {route.label}, which declares no response",
            subject=route.label,
            hint="give the handler a return annotation or a response model",
            provenance=call.provenance,
            details={"type": call.type},
        )


RULE = Rule(code="RS202", name="untyped-endpoint", severity=Severity.LOW, check=check)
