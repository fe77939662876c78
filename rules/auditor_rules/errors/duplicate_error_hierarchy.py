r"""The client has two hierarchies of classes for the same errors.

What one part of the client throws, the other does not recognise: `instanceof` fails between two classes of the same
name, and the handler for the error is skipped.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/pages")
def pages() -> list[str]:
    return []
```

```ts title=errors.ts
export class ApiError extends Error {}
export class NotFoundError extends ApiError {}
export class LockedError extends ApiError {}
```

```ts title=client.ts
export class RequestError extends Error {}
export class NotFoundError extends RequestError {} // expect: ER105
export class LockedError extends RequestError {}

export const pages = () => fetch("/pages");
```

## Good

```ts title=client.ts
export { LockedError, NotFoundError } from "./errors";

export const pages = () => fetch("/pages");
```

## Limits

Classes with one name in common are a coincidence. A file that only passes classes on declares none.
"""

from collections.abc import Iterator

from auditor.model.errors import ErrorClass
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.mirrors import families
from auditor.rule import Rule

_COMMON = 2


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of hierarchies of the frontend."""
    known = families(graph, Side.FRONTEND)
    for number, later in enumerate(known):
        for earlier in known[:number]:
            pairs = [(one, other) for one in later for other in earlier if one.name == other.name]
            apart = earlier[0].location.file != later[0].location.file
            if len(pairs) >= _COMMON and apart and _frontend(graph, earlier[0]) == _frontend(graph, later[0]):
                yield _finding(sorted(pairs, key=lambda pair: pair[0].location))


def _frontend(graph: ProjectGraph, one: ErrorClass) -> str:
    """The folder of the frontend that a class belongs to; two packages may well have their own."""
    roots = [service.root for service in graph.frontends if one.location.file.startswith(f"{service.root}/")]
    return max(roots, key=len, default=".")


def _finding(pairs: list[tuple[ErrorClass, ErrorClass]]) -> Finding:
    (one, other), *rest = sorted(pairs, key=lambda pair: (pair[1].location, pair[0].location))
    names = ", ".join(first.name for first, _ in pairs)
    return RULE.at(
        Evidence(Side.FRONTEND, other.location, f"{other.name}: one class"),
        Evidence(Side.FRONTEND, one.location, f"{one.name}: another class of the same name"),
        message=f"two hierarchies declare the same errors: {names}",
        subject=f"{names} twice",
        hint="keep one of them and import it",
        places=tuple(Evidence(Side.FRONTEND, first.location, first.name) for first, _ in rest),
        details={"names": [first.name for first, _ in pairs]},
    )


RULE = Rule(code="ER105", name="duplicate-error-hierarchy", severity=Severity.LOW, check=check)
