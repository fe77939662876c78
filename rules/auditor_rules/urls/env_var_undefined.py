r"""The frontend reads an environment variable that no file of the project sets or names.

Whoever builds it from these files gets `undefined` in that place.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return []
```

```text title=.env.example
VITE_API_URL=http://localhost:8000
VITE_TITLE=Users
```

```json title=package.json
{"dependencies": {"vite": "^6.0.0"}}
```

```ts title=src/client.ts
export const load = () => fetch(`${import.meta.env.VITE_API_URL}/users`);
export const title = import.meta.env.VITE_TITLE;
export const socket = () => new WebSocket(`${import.meta.env.VITE_SOCKET_URL}/live`); // expect: UR103
```

## Good

```text title=.env.example
VITE_API_URL=http://localhost:8000
VITE_TITLE=Users
VITE_SOCKET_URL=ws://localhost:8000
```

```ts title=src/client.ts
export const load = () => fetch(`${import.meta.env.VITE_API_URL}/users`);
export const title = import.meta.env.VITE_TITLE;
export const socket = () => new WebSocket(`${import.meta.env.VITE_SOCKET_URL}/live`);
```

## Limits

A variable whose absence the code provides for is not reported, nor is any where the project does not say what its
frontend reads: at least half of the variables have to be set by `.env` files, compose files, Dockerfiles or scripts.

```text title=.env.example
VITE_API_URL=http://localhost:8000
VITE_TITLE=Users
```

```ts title=src/client.ts
export const load = () => fetch(`${import.meta.env.VITE_API_URL}/users`);
export const title = import.meta.env.VITE_TITLE;
export const socket = () => new WebSocket(`${import.meta.env.VITE_SOCKET_URL ?? "ws://api.example.org"}/live`);

const monitor = import.meta.env.VITE_MONITOR_URL;
if (monitor) {
  console.log(`failures are sent to ${monitor}`);
}
```
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per variable, with all places that read it."""
    for read in graph.variables:
        if read.defined or read.guarded or not read.documented or read.hidden or not read.public:
            continue
        first, *others = [Evidence(Side.FRONTEND, place, f"reads {read.name}") for place in read.places]
        yield RULE.at(
            first,
            message=f"{read.name} is read here, and no file of the project sets it",
            subject=f"{read.frontend} {read.name}",
            hint=f"add {read.name} to the example of the environment, or give it a default",
            places=tuple(others),
            details={"variable": read.name},
        )


RULE = Rule(code="UR103", name="env-var-undefined", severity=Severity.MEDIUM, check=check)
