r"""Code of the browser reads an environment variable that the build tool does not hand to browsers.

It is `undefined` there, whatever the environment says.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return []
```

```json title=package.json
{"dependencies": {"vite": "^6.0.0"}}
```

```ts title=src/client.ts
const base = import.meta.env.API_URL; // expect: UR104
export const load = () => fetch(`${base}/users`);
```

## Good

```ts title=src/client.ts
const base = import.meta.env.VITE_API_URL ?? "";
export const load = () => fetch(`${base}/users`);
```

## Limits

Looked at are Vite, Create React App and client components of Next.js. A configuration that hands over further variables
(`envPrefix`, `define`, a plugin) is not followed: then nothing is reported.

```ts title=vite.config.ts
export default { envPrefix: ["VITE_", "API_"] };
```

```ts title=src/client.ts
const base = import.meta.env.API_URL;
export const load = () => fetch(`${base}/users`);
```
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per variable, with all places that read it."""
    for read in graph.variables:
        if not read.hidden:
            continue
        first, *others = [Evidence(Side.FRONTEND, place, f"reads {read.source}.{read.name}") for place in read.places]
        yield RULE.at(
            first,
            message=f"{read.source}.{read.name} is never set in the browser: {read.hidden}",
            subject=f"{read.frontend} {read.name}",
            hint="give the variable the prefix of the build tool",
            severity=Severity.LOW if read.guarded else RULE.severity,
            places=tuple(others),
            details={"variable": read.name, "source": read.source},
        )


RULE = Rule(code="UR104", name="env-var-not-public", severity=Severity.HIGH, check=check)
