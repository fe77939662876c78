r"""The frontend says nothing about a response whose model the backend declares.

Whatever is read from it is unchecked: a renamed field breaks the page without a word from the compiler.

## Bad

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

```ts title=client.ts
import axios from "axios";

export const readMe = () => axios.get("/users/me"); // expect: RS201
```

## Good

```ts title=client.ts
import axios from "axios";

interface User {
  name: string;
}

export const readMe = () => axios.get<User>("/users/me");
```

## Limits

Clients that take a type argument, in TypeScript; what reads the result may give it a type further away. Only
what is asked for with GET is sure to be read. A file is reported once, with all its calls.

```ts title=client.ts
export const readMe = () => fetch("/users/me");
```
"""

from collections import defaultdict
from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.clients import TYPED
from auditor.model.finding import Finding, Severity
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.model.shape import ListOf, Ref, Shape
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per file, with all its untyped calls."""
    found: dict[str, list[tuple[CallSite, Route]]] = defaultdict(list)
    for call in graph.calls:
        if not isinstance(call.target, Matched) or call.client not in TYPED or call.method != "GET":
            continue
        route = call.target.route
        declared = route.response.item if isinstance(route.response, ListOf) else route.response
        typed = call.type or call.expects is not None
        if call.location.file.endswith((".ts", ".tsx")) and _is_declared(graph, declared) and not typed:
            found[call.location.file].append((call, route))
    for file, several in found.items():
        (call, route), *others = several
        count = f"{len(several)} calls" if others else "a call"
        yield RULE.at(
            call_evidence(call),
            route_evidence(route, "declares its response"),
            message=f"the response of {call.label} has no type{f' ({count} of this file)' if others else ''}",
            subject=file,
            hint="give the call a type argument",
            places=tuple(call_evidence(one) for one, _ in others),
            details={"calls": [one.label for one, _ in several]},
        )


def _is_declared(graph: ProjectGraph, shape: Shape | None) -> bool:
    """Whether the backend has a class for what it sends: an object that a handler writes in place is none."""
    return isinstance(shape, Ref) and shape.key in graph.models and graph.models[shape.key].framework != "dict"


RULE = Rule(code="RS201", name="untyped-response", severity=Severity.LOW, check=check)
