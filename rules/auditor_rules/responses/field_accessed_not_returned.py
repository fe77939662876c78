r"""Code reads a key of an answer that the response does not have, and no type says otherwise.

The read gives `undefined`, and what is made of it is empty or fails further on.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Bill(BaseModel):
    number: int
    total: float


@app.get("/bill")
def read_bill() -> Bill:
    return Bill(number=1, total=2.5)
```

```ts title=client.ts
export async function showBill() {
  const answer = await fetch("/bill"); // expect: RS106
  const data = await answer.json();
  return `${data.number}: ${data.total_cost}`;
}
```

## Good

```ts title=client.ts
export async function showBill() {
  const answer = await fetch("/bill");
  const data = await answer.json();
  return `${data.number}: ${data.total}`;
}
```

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class User(BaseModel):
    id: int
    name: str


class Session(BaseModel):
    started: str
    user: User


@app.post("/sessions")
def start() -> Session: ...
```

```ts title=client.ts
let tenant = "";

function keep(user) {
  tenant = user.tenant;
}

export async function start() {
  const answer = await fetch("/sessions", { method: "POST" }); // expect: RS106
  const data = await answer.json();
  keep(data.user);
  return `${data.started} ${data.user.name}`;
}
```

## Good

```ts title=client.ts
let user = "";

function keep(given) {
  user = given.name;
}

export async function start() {
  const answer = await fetch("/sessions", { method: "POST" });
  const data = await answer.json();
  keep(data.user);
  return data.started;
}
```

## Limits

Only calls without a type, whose answer is read where it arrives, and only where the code reads a key that the answer
has as well: it is then certainly this body. Low, because a client that tries several keys finds the right one; keys of
an error's body and those that every list or object has are left out. Tokens of a sign-in are AU102's.
"""

from collections.abc import Iterator

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, Matched, ProjectGraph
from auditor.model.shape import Model, Ref
from auditor.rule import Rule

_ERRORS = """
    detail details error errors message msg code status statusCode status_code title type reason description success ok
    error_description non_field_errors name stack
"""
_BUILT_IN = """
    length map filter forEach find some every reduce slice includes join sort concat push keys values entries flat
    flatMap then catch finally toString hasOwnProperty data json text headers
"""
_OTHERS = frozenset(_ERRORS.split()) | frozenset(_BUILT_IN.split())
_SHOWN = 8


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call and model, with all keys that are read in vain."""
    for call in graph.calls:
        if not isinstance(call.target, Matched) or call.type or call.expects is not None or not call.reads:
            continue
        route = call.target.route
        model = graph.models.get(route.response.key) if isinstance(route.response, Ref) else None
        if model is None or model.open or not model.fields:
            continue
        sent = {field.wire for field in model.fields}
        if sent.isdisjoint(call.reads):
            continue
        lost = [key for key in call.reads if key not in sent and key not in _OTHERS and "token" not in key.lower()]
        if lost:
            yield _finding(call, model, lost, lost)
        below: dict[str, tuple[Model, list[str], list[str]]] = {}
        for path in call.reads_below:
            part = _part(graph, model, path)
            if part is not None:
                _, keys, paths = below.setdefault(part.key, (part, [], []))
                keys.append(path[-1])
                paths.append(".".join(path))
        for part, keys, paths in below.values():
            yield _finding(call, part, keys, paths)


def _part(graph: ProjectGraph, model: Model, path: tuple[str, ...]) -> Model | None:
    """The model of a part of the answer that certainly lacks the last key of a path."""
    for key in path[:-1]:
        field = next((one for one in model.fields if one.wire == key), None)
        inner = graph.models.get(field.shape.key) if field is not None and isinstance(field.shape, Ref) else None
        if inner is None or inner.open or not inner.fields:
            return None
        model = inner
    known = path[-1] in _OTHERS or any(field.wire == path[-1] for field in model.fields)
    return None if known else model


def _finding(call: CallSite, model: Model, keys: list[str], paths: list[str]) -> Finding:
    sent = sorted(field.wire for field in model.fields)
    names = ", ".join(map(repr, paths))
    has = ", ".join(sent[:_SHOWN]) + (", …" if len(sent) > _SHOWN else "")
    read = call.reads if keys == paths else paths
    return RULE.at(
        Evidence(Side.FRONTEND, call.location, f"{call.label}: reads {', '.join(read)}"),
        Evidence(Side.BACKEND, model.location, f"{model.name}: has {has}"),
        message=f"{names} of the answer to {call.label} {'is' if len(keys) == 1 else 'are'} read, which "
        f"{model.name} does not have",
        subject=f"{call.label}: {names}",
        hint=f"read what {model.name} has, or send {', '.join(map(repr, keys))}",
        confidence=Confidence.LOW,
        provenance=call.provenance,
        details={"keys": paths, "sent": sent},
    )


RULE = Rule(code="RS106", name="field-accessed-not-returned", severity=Severity.HIGH, check=check)
