r"""The frontend calls a route that answers with a model, and gives what comes back no type.

The compiler then accepts every read of a field, also of one that the answer does not have.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Invoice(BaseModel):
    number: int
    total: float


@app.get("/invoice")
def read_invoice() -> Invoice:
    return Invoice(number=1, total=2.5)
```

```ts title=client.ts
export async function readTotal() {
  const answer = await fetch("/invoice"); // expect: TY101
  const data = await answer.json();
  return data.total;
}

console.log(await readTotal());
```

## Good

```ts title=client.ts
export interface Invoice {
  number: number;
  total: number;
}

export async function readTotal() {
  const answer = await fetch("/invoice");
  const data: Invoice = await answer.json();
  return data.total;
}

console.log(await readTotal());
```

## Limits

Calls in TypeScript only, and models with a class. A call with a type that could not be resolved says nothing, nor does
a model that a call elsewhere, or a name and fields, pair with a type. Answers to what changes something are mostly not
read, so only requests that read count. Calls that could have a type argument are RS201's. Where no field of the model
is read by running code nothing is reported.
"""

from collections.abc import Iterator

from auditor.model.clients import TYPED
from auditor.model.differences import is_read
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, ProjectGraph, Route
from auditor.model.shape import AnyShape, ListOf, MapOf, OneOf, Ref, Shape
from auditor.rule import Rule

_TYPED = (".ts", ".tsx", ".mts", ".vue", ".svelte")
_WRITTEN = "dict"


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per model, with all calls that receive it."""
    paired = {pair.backend for pair in graph.pairs}
    routes: dict[str, list[Route]] = {}
    for route in graph.routes:
        for key in _keys(route.response) if route.method == "GET" else ():
            if key in graph.models and key not in paired and graph.models[key].framework != _WRITTEN:
                routes.setdefault(key, []).append(route)
    for key, serving in sorted(routes.items()):
        model = graph.models[key]
        calls = [call for route in serving for call in graph.callers_of(route) if call.used]
        read = [field.wire for field in model.fields if is_read(graph, field.wire)]
        if not read or not all(_is_untyped(call) for call in calls) or all(_is_told(call) for call in calls):
            continue
        first, *others = calls
        yield RULE.at(
            Evidence(Side.FRONTEND, first.location, f"{first.label} without a type"),
            Evidence(Side.BACKEND, model.location, f"{model.name}: {len(model.fields)} fields"),
            message=f"{model.name} has no type in the frontend, which calls {first.label} and gives the answer none",
            subject=f"{model.name} in {model.location.file}",
            hint=f"declare a type for {model.name} and give it to the call",
            confidence=first.confidence,
            provenance=first.provenance,
            places=tuple(Evidence(Side.FRONTEND, call.location, call.label) for call in others),
            details={"fields": [field.wire for field in model.fields]},
        )


def _is_untyped(call: CallSite) -> bool:
    return call.location.file.endswith(_TYPED) and not call.type and isinstance(call.expects, AnyShape | None)


def _is_told(call: CallSite) -> bool:
    """Whether the call could have a type argument: that it has none is RS201's."""
    return call.client in TYPED and call.location.file.endswith((".ts", ".tsx"))


def _keys(shape: Shape | None) -> Iterator[str]:
    match shape:
        case Ref(key):
            yield key
        case ListOf(inner) | MapOf(inner):
            yield from _keys(inner)
        case OneOf(options):
            for option in options:
                yield from _keys(option)
        case _:
            pass


RULE = Rule(code="TY101", name="model-without-type", severity=Severity.LOW, check=check)
