r"""A development URL is the default of an environment variable.

Convenient in development. Where the variable is forgotten in a build, the application silently talks to the visitor's
own machine instead of failing.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]
```

```ts title=client.ts
const BASE = import.meta.env.VITE_API_URL || "http://localhost:8000"; // expect: UR102

export const listUsers = () => fetch(`${BASE}/users`);
```

## Good

```ts title=client.ts
const BASE = import.meta.env.VITE_API_URL;

export const listUsers = () => fetch(`${BASE}/users`);
```

## Limits

Only defaults in shipped source count, not those of tests, scripts and bundler configuration.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity
from auditor.model.graph import ProjectGraph, UrlLiteral
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per file, variable and URL."""
    groups: dict[tuple[str, str, str], list[UrlLiteral]] = {}
    for url in graph.urls:
        if url.local and url.fallback_of:
            groups.setdefault((url.location.file, url.fallback_of, url.text), []).append(url)
    for (_, variable, text), urls in groups.items():
        first, *others = urls
        yield RULE.at(
            Evidence(first.side, first.location, f"the default of {variable}"),
            message=f"{variable} falls back to the development URL {text}",
            subject=f"{variable} or {text}",
            hint="fail where the variable is missing in production",
            places=tuple(Evidence(url.side, url.location, "again") for url in others),
            details={"variable": variable, "url": text},
        )


RULE = Rule(code="UR102", name="hardcoded-fallback-url", severity=Severity.LOW, check=check)
