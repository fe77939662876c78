r"""The client mirrors the backend's error classes, but not all of them, or not as they are.

An error without a class of its own ends in the branch for everything else: the client cannot tell it apart. One that
has another status or stands below another class is handled as something it is not.

## Bad

```py title=api.py
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()


class ServiceError(Exception):
    status_code = 500
    error_code = "INTERNAL"


class NotFoundError(ServiceError):
    status_code = 404
    error_code = "NOT_FOUND"


class ConflictError(ServiceError):
    status_code = 409
    error_code = "CONFLICT"


class QuotaError(ServiceError):
    status_code = 429
    error_code = "QUOTA"


class LockedError(ServiceError):  # expect: ER101
    status_code = 423
    error_code = "LOCKED"


@app.get("/pages/{page_id}")
def page(page_id: int) -> str:
    raise LockedError()
```

```ts title=client.ts
export class ApiError extends Error {
  constructor(message: string, readonly status: number = 500) {
    super(message);
  }
}

export class NotFoundError extends ApiError {
  constructor(message = "Not found") {
    super(message, 404);
  }
}

export class ConflictError extends ApiError {
  constructor(message = "Conflict") {
    super(message, 409);
  }
}

export class QuotaError extends ApiError { // expect: ER101
  constructor(message = "Too much") {
    super(message, 402);
  }
}

export const page = (id: number) => fetch(`/pages/${id}`);
```

## Good

```ts title=client.ts
export class ApiError extends Error {
  constructor(message: string, readonly status: number = 500) {
    super(message);
  }
}

export class NotFoundError extends ApiError {
  constructor(message = "Not found") {
    super(message, 404);
  }
}

export class ConflictError extends ApiError {
  constructor(message = "Conflict") {
    super(message, 409);
  }
}

export class QuotaError extends ApiError {
  constructor(message = "Too much") {
    super(message, 429);
  }
}

export class LockedError extends ApiError {
  constructor(message = "Locked") {
    super(message, 423);
  }
}

export const page = (id: number) => fetch(`/pages/${id}`);
```

## Limits

Two hierarchies are compared only where at least three classes, and half of the backend's, have a counterpart by name
or code: a client without such classes handles errors in another way. Classes that nothing raises are low.
"""

from collections.abc import Iterator

from auditor.model.errors import ErrorClass
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.mirrors import Mirror, mirrors, plain
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """For each pair of hierarchies one finding about what is missing, and one about what differs."""
    for mirror in mirrors(graph):
        if mirror.missing:
            yield _missing(mirror)
        differing = [(ours, theirs) for ours, theirs in mirror.pairs if _differ(ours, theirs)]
        if differing:
            yield _differing(mirror, differing)


def _missing(mirror: Mirror) -> Finding:
    names = ", ".join(one.name for one in mirror.missing)
    first, *others = sorted(mirror.missing, key=lambda one: not one.raised)
    count = len(mirror.missing)
    raised = any(one.raised for one in mirror.missing)
    remark = "" if raised else " (nothing raises them)"
    return RULE.at(
        Evidence(Side.BACKEND, first.location, _told(first)),
        Evidence(Side.FRONTEND, mirror.frontend.location, f"{mirror.frontend.name}: has no counterpart"),
        message=f"{count} of {mirror.of} error classes of {mirror.backend.name} "
        f"{'have' if count > 1 else 'has'} no counterpart below {mirror.frontend.name}: {names}{remark}",
        subject=f"{mirror.backend.name} without counterpart",
        hint=f"add {names} to the client, or handle their codes",
        severity=None if raised else Severity.LOW,
        places=tuple(Evidence(Side.BACKEND, one.location, _told(one)) for one in others),
        details={
            "missing": [one.name for one in mirror.missing],
            "raised": [one.name for one in mirror.missing if one.raised],
            "mirrored": [ours.name for ours, _ in mirror.pairs],
            "of": mirror.of,
        },
    )


def _differing(mirror: Mirror, pairs: list[tuple[ErrorClass, ErrorClass]]) -> Finding:
    ours, theirs = pairs[0]
    told = [_difference(backend, frontend) for backend, frontend in pairs]
    return RULE.at(
        Evidence(Side.FRONTEND, theirs.location, _told(theirs)),
        Evidence(Side.BACKEND, ours.location, _told(ours)),
        message=f"error classes stand for something else in the client: {'; '.join(told)}",
        subject=f"{mirror.backend.name} mirrored otherwise",
        hint="give them the status and the parent that the backend's have",
        severity=None if any(backend.raised for backend, _ in pairs) else Severity.LOW,
        places=tuple(Evidence(Side.FRONTEND, frontend.location, _told(frontend)) for _, frontend in pairs[1:]),
        details={
            "differing": [
                {
                    "name": backend.name,
                    "backend": {"status": backend.status, "parent": backend.parent, "code": backend.code},
                    "frontend": {"status": frontend.status, "parent": frontend.parent, "code": frontend.code},
                }
                for backend, frontend in pairs
            ]
        },
    )


def _differ(ours: ErrorClass, theirs: ErrorClass) -> bool:
    return 0 not in (ours.status, theirs.status) and ours.status != theirs.status


def _difference(ours: ErrorClass, theirs: ErrorClass) -> str:
    below = (
        f" below {ours.parent}" if ours.parent and theirs.parent and plain(ours.parent) != plain(theirs.parent) else ""
    )
    there = f" below {theirs.parent}" if below else ""
    return f"{ours.name} is {ours.status}{below} in the backend, {theirs.status}{there} in the client"


def _told(one: ErrorClass) -> str:
    parts = [str(one.status) if one.status else "", one.code]
    told = " ".join(part for part in parts if part)
    return f"{one.name}: {told}" if told else one.name


RULE = Rule(code="ER101", name="error-class-not-mirrored", severity=Severity.MEDIUM, check=check)
