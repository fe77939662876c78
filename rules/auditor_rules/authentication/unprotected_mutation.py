r"""A route changes data without asking who calls, while the routes beside it ask.

Most often the dependency was forgotten: everybody who reaches the server may call it.

## Bad

```py title=api.py
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer

app = FastAPI()
Token = Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="/token"))]


@app.get("/items")
def items(token: Token) -> list[str]:
    return []


@app.post("/items")
def add(token: Token) -> None: ...


@app.put("/items/{item_id}")
def change(item_id: int, token: Token) -> None: ...


@app.delete("/items/{item_id}")  # expect: AU108
def remove(item_id: int) -> None: ...
```

```ts title=client.ts
export const load = (token: string) => fetch("/items", { headers: { Authorization: `Bearer ${token}` } });
```

## Good

```py title=api.py
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer

app = FastAPI()
Token = Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="/token"))]


@app.get("/items")
def items(token: Token) -> list[str]:
    return []


@app.delete("/items/{item_id}")
def remove(item_id: int, token: Token) -> None: ...
```

## Limits

Low, as a route may be open on purpose; those that sign in or are called by other services are left out by their
path. What middleware demands is not seen: only signatures and dependencies are read.
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.graph import Kind, ProjectGraph, Route
from auditor.rule import Rule

_MUTATING = ("POST", "PUT", "PATCH", "DELETE")
_FEW = 3
_OPEN = (
    "auth", "login", "logout", "signin", "sign-in", "signup", "sign-up", "register", "token", "refresh", "password",
    "forgot", "reset", "recover", "verify", "callback", "webhook", "oauth", "public", "health",
)  # fmt: skip


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route."""
    beside: dict[str, list[Route]] = {}
    for route in graph.routes:
        if route.kind is Kind.HTTP and route.operation is not None and route.shadowed_by is None:
            module = route.handler.partition(":")[0] if ":" in route.handler else route.location.file
            beside.setdefault(module, []).append(route)  # Django lists the views of many modules in one file
    for routes in beside.values():
        guarded = [route for route in routes if _asks(route)]
        if len(guarded) < _FEW or 2 * len(guarded) < len(routes):
            continue
        for route in routes:
            if route.method in _MUTATING and not _asks(route) and not _is_open(route):
                yield RULE.at(
                    route_evidence(route, "asks for no credentials"),
                    route_evidence(guarded[0], f"asks for them: {guarded[0].auth or 'answers 401 or 403 without'}"),
                    message=f"{route.label} can be called by everybody, unlike {len(guarded)} routes beside it",
                    subject=route.label,
                    hint="add the dependency of the other routes, or say that it is meant to be open",
                    confidence=Confidence.LOW,
                    details={"guarded": len(guarded)},
                )


def _asks(route: Route) -> bool:
    operation = route.operation
    if operation is None:
        return True
    return bool(operation.security or operation.unknown or {401, 403} & set(operation.raises))


def _is_open(route: Route) -> bool:
    return any(word in route.path.lower() for word in _OPEN)


RULE = Rule(code="AU108", name="unprotected-mutation", severity=Severity.MEDIUM, check=check)
