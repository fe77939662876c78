r"""The whole body is of another kind than the call expects: a list for an object, or the reverse.

Loops over an object, and reads of a list's `items`, fail on every answer.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class User(BaseModel):
    id: int


@app.get("/users")
def read_users() -> list[User]:
    return []
```

```ts title=client.ts
import axios from "axios";

export interface Page {
  items: { id: number }[];
  total: number;
}

export const readUsers = async () => {
  const { data } = await axios.get<Page>("/users"); // expect: RS105
  return data.items;
};
```

## Good

```ts title=client.ts
import axios from "axios";

export const readUsers = async () => {
  const { data } = await axios.get<{ id: number }[]>("/users");
  return data[0];
};
```

## Limits

Where the answer has a field that holds what the call expects (`{items: […]}` and a list), or the type has such a
`data`, a function between may take it off or put it on, which is not seen here: low. Lists of Django REST framework
come in pages or not as its settings say, and are not compared. A call that expects a plain value (`boolean`) and gets
an object mostly looks whether something came: low. A type that stands in a method which many classes inherit is a rule
with exceptions: medium, and low in a generic class.
"""

from collections.abc import Iterator

from auditor.model.differences import json_kinds, kind_clash
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, Kind, Matched, ProjectGraph, Route
from auditor.model.shape import FieldType, Inline, Ref, Shape
from auditor.model.span import Location
from auditor.rule import Rule

_PAGED = frozenset({"django"})
_CLIENTS = frozenset({"data", "body", "result", "value"})
"""Under these names clients hand the body on, beside a status."""
_BOTH = {("array", "object"), ("object", "array")}


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route and written type, with all its calls."""
    routes_at: dict[Location, set[str]] = {}
    groups: dict[tuple[str, str], list[tuple[CallSite, Route, tuple[str, str]]]] = {}
    for call in graph.calls:
        if not isinstance(call.target, Matched) or call.kind is not Kind.HTTP:
            continue
        route = call.target.route
        routes_at.setdefault(call.location, set()).add(route.label)
        if route.response is None or call.expects is None or route.framework in _PAGED or route.streams:
            continue
        clash = kind_clash(graph, route.response, call.expects)
        if clash is not None:
            groups.setdefault((route.label, call.type), []).append((call, route, clash))
    for (label, type), found in groups.items():
        call, route, (sent, expected) = found[0]
        response, expects = route.response, call.expects
        if response is None or expects is None:
            continue
        wrapped = _holds(graph, response, expected) or _holds(graph, expects, sent, _CLIENTS)
        harmful = (sent, expected) in _BOTH and any(one.used and not one.inherited for one, _, _ in found)
        confidence = max(call.confidence, route.confidence, key=lambda one: one.rank)
        if len(routes_at[call.location]) > 1:
            confidence = max(confidence, Confidence.MEDIUM, key=lambda one: one.rank)
        yield RULE.at(
            Evidence(Side.FRONTEND, call.location, f"expects {_told(expected)}: {type}"),
            Evidence(Side.BACKEND, route.location, f"answers with {_told(sent)}"),
            message=f"{label} answers with {_told(sent)}, and the call expects {_told(expected)} ({type})",
            subject=f"{label} as {type}",
            hint="expect what is answered, or answer with what is expected",
            confidence=Confidence.LOW if wrapped else confidence,
            severity=RULE.severity if harmful else Severity.LOW,
            provenance=call.provenance,
            places=tuple(Evidence(Side.FRONTEND, one.location, one.label) for one, _, _ in found[1:]),
            details={"backend": sent, "frontend": expected},
        )


def _holds(graph: ProjectGraph, shape: Shape, kind: str, names: frozenset[str] | None = None) -> bool:
    """Whether a field of an object, with one of the names, has what the other side expects."""
    kinds = (json_kinds(graph, one.shape) for one in _fields(graph, shape) if names is None or one.wire in names)
    return any(kind in one or not one for one in kinds)


def _fields(graph: ProjectGraph, shape: Shape) -> tuple[FieldType, ...]:
    match shape:
        case Ref(key) if key in graph.models:
            return graph.models[key].fields
        case Inline(fields):
            return fields
        case _:
            return ()


def _told(kinds: str) -> str:
    named = {"array": "a list", "object": "an object", "string": "a text", "number": "a number", "boolean": "a boolean"}
    return " or ".join(named.get(kind, kind) for kind in kinds.split("/"))


RULE = Rule(code="RS105", name="envelope-mismatch", severity=Severity.HIGH, check=check)
