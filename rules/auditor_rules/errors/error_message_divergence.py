r"""The same error has another text in the client than in the backend.

Users see one or the other, depending on which side made the error, and texts that are searched for or translated by
their wording are found on one side only.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


class ServiceError(Exception):
    message = "Something failed"


class NotFoundError(ServiceError):
    message = "The page was not found"


class ConflictError(ServiceError):
    message = "The page has changed"


class LockedError(ServiceError):
    message = "The page is locked"


@app.get("/pages")
def pages() -> list[str]:
    raise LockedError()
```

```ts title=client.ts
export class ApiError extends Error {}

export class NotFoundError extends ApiError { // expect: ER104
  constructor(message = "No such page") {
    super(message);
  }
}

export class ConflictError extends ApiError {
  constructor(message = "The page has changed") {
    super(message);
  }
}

export class LockedError extends ApiError {
  constructor(message = "The page is locked") {
    super(message);
  }
}

export const pages = () => fetch("/pages");
```

## Good

```ts title=client.ts
export class ApiError extends Error {}

export class NotFoundError extends ApiError {
  constructor(message = "The page was not found") {
    super(message);
  }
}

export class ConflictError extends ApiError {
  constructor(message = "The page has changed") {
    super(message);
  }
}

export class LockedError extends ApiError {
  constructor(message = "The page is locked") {
    super(message);
  }
}

export const pages = () => fetch("/pages");
```

## Limits

Only constant default texts of classes that mirror one another are compared; a text that is made of others is not.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.mirrors import mirrors
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of hierarchies."""
    for mirror in mirrors(graph):
        compared = [(ours, theirs) for ours, theirs in mirror.pairs if ours.message and theirs.message]
        differing = [(ours, theirs) for ours, theirs in compared if ours.message != theirs.message]
        if not differing:
            continue
        ours, theirs = differing[0]
        told = "; ".join(f"{one.name}: '{one.message}' and '{other.message}'" for one, other in differing)
        yield RULE.at(
            Evidence(Side.FRONTEND, theirs.location, f"{theirs.name}: '{theirs.message}'"),
            Evidence(Side.BACKEND, ours.location, f"{ours.name}: '{ours.message}'"),
            message=f"{len(differing)} of {len(compared)} errors have another text in the client: {told}",
            subject=f"texts of {mirror.backend.name}",
            hint="use the backend's texts, or show what it sends",
            places=tuple(
                Evidence(Side.FRONTEND, other.location, f"{other.name}: '{other.message}'")
                for _, other in differing[1:]
            ),
            details={
                "compared": len(compared),
                "differing": [
                    {"name": one.name, "backend": one.message, "frontend": other.message} for one, other in differing
                ],
            },
        )


RULE = Rule(code="ER104", name="error-message-divergence", severity=Severity.LOW, check=check)
