r"""Something marked `@deprecated` is still imported.

The mark says that it will go or no longer works, and every importer breaks with it. All importers are one finding.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]
```

```ts title=old-client.ts
/** @deprecated Use client.ts. */
export const listPeople = () => fetch("/users");
```

```ts title=page.ts
import { listPeople } from "./old-client"; // expect: DC101

export const load = () => listPeople();
```

## Good

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

```ts title=page.ts
import { listUsers } from "./client";

export const load = () => listUsers();
```

## Limits

A single symbol that is marked is a migration under way and reported as low; a whole module is a client that will
be gone. Marks in libraries are for the linter of the language. A re-export that nobody imports counts as an importer.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per deprecated module or symbol that somebody imports."""
    for mark in graph.deprecated:
        if not mark.importers:
            continue
        first, *others = mark.importers
        name = mark.name or mark.location.file
        files = sorted({place.file for place in mark.importers})
        yield RULE.at(
            Evidence(mark.side, first, f"imports {name}"),
            Evidence(mark.side, mark.location, f"deprecated: {mark.message}" if mark.message else "deprecated"),
            message=f"{name} is deprecated, and {len(files)} file{'s' if len(files) > 1 else ''} still import"
            f"{'' if len(files) > 1 else 's'} it",
            subject=f"{name} in {mark.location.file}" if mark.name else name,
            hint=f"move the importers: {mark.message}" if mark.message else "move the importers to its successor",
            places=tuple(Evidence(mark.side, place, f"imports {name}") for place in others),
            severity=Severity.LOW if mark.name else Severity.HIGH,
            details={"importers": files},
        )


RULE = Rule(code="DC101", name="deprecated-module-imported", severity=Severity.HIGH, check=check)
