r'''A route that is called ignores what it is given and answers as if all were well.

The client sees success: what was sent is lost, and lists stay empty without an error.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Note(BaseModel):
    text: str


@app.post("/notes")  # expect: EP402
def add(note: Note) -> dict[str, bool]:
    """Not implemented yet."""
    return {"success": True}


@app.get("/notes")  # expect: EP402
def search(query: str) -> list[str]:
    return []
```

```ts title=client.ts
export const add = (text: string) =>
  fetch("/notes", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text }),
  });
export const search = (query: string) => fetch(`/notes?query=${query}`);
```

## Good

```py title=api.py
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()
NOTES: list[str] = []


class Note(BaseModel):
    text: str


@app.post("/notes")
def add(note: Note) -> dict[str, bool]:
    NOTES.append(note.text)
    return {"success": True}


@app.get("/notes")
def search(query: str) -> list[str]:
    raise HTTPException(501, "not there yet")
```

## Limits

A handler that takes nothing may well answer a constant (a version, a health check); one that reads the request object
or has dependencies beside its parameters does so on purpose only if it has no other parameter. Routes nobody calls
are not mentioned. Low where the documentation of the handler does not say that it is a stub.

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/notes")
def search() -> list[str]:
    return ["first"]


@app.post("/notes")
def add() -> dict[str, bool]:
    return {"success": True}
```

```ts title=client.ts
export const add = () => fetch("/notes", { method: "POST" });
export const search = () => fetch("/notes");
```
'''

from collections.abc import Iterator

from auditor.model.absence import call_evidence
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import Matched, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route that is called."""
    for stub in graph.stubs:
        calls = [call for call in graph.callers_of(stub.route) if isinstance(call.target, Matched)]
        if not calls or stub.route.shadowed_by is not None:
            continue
        first, *others = sorted(calls, key=lambda call: not call.used)
        yield RULE.at(
            Evidence(Side.BACKEND, stub.route.location, f"{stub.route.label}: served by a stub"),
            call_evidence(first),
            Evidence(Side.BACKEND, stub.location, "always the same answer"),
            message=f"{stub.route.label} ignores {', '.join(stub.ignored)} and always answers the same",
            subject=stub.route.label,
            hint="do what the request asks for, or answer 501 until then",
            severity=None if first.used and stub.admitted else Severity.LOW,
            places=tuple(call_evidence(call) for call in others),
            details={"ignored": list(stub.ignored), "handler": stub.route.handler},
        )


RULE = Rule(code="EP402", name="stub-endpoint", severity=Severity.MEDIUM, check=check)
