r"""The body that a document shows is not the one that the route takes or answers.

Keys of the shown JSON are held against the model of the route: a key that the model does not have, a required field of
the request that the example leaves out, a value that is no member of its enumeration.

## Bad

```py title=api.py
from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewThread(BaseModel):
    title: str
    model: str


class Thread(BaseModel):
    id: str
    status: Literal["open", "closed"]


@app.post("/api/threads", response_model=Thread)
def create(thread: NewThread) -> Thread:
    return Thread(id="1", status="open")
```

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant App as Web client
    participant API as Backend
    API->>API: POST /api/threads # expect: FL103
    Note over App,API: {"title": "x", "modelId": "y"}
~~~
```

## Good

```md title=GUIDE.md
~~~mermaid
sequenceDiagram
    participant App as Web client
    participant API as Backend
    API->>API: POST /api/threads
    Note over App,API: {"title": "x", "model": "y"}
~~~
```

## Limits

Silent where the route has no model, or one that takes further keys.

```py title=api.py
from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/api/threads")
async def create(request: Request) -> dict[str, object]:
    return await request.json()
```
"""

from collections.abc import Iterator, Mapping

from auditor.model.absence import route_evidence
from auditor.model.finding import Confidence, Finding, Severity
from auditor.model.graph import ProjectGraph, Route
from auditor.model.guide import PromisedCall, Sample
from auditor.model.promises import document_evidence, promises
from auditor.model.shape import FieldType, ListOf, Model, OneOf, Ref, Scalar, Shape, Values
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per documented body that does not fit."""
    for promise in promises(graph):
        if len(promise.routes) != 1:
            continue
        route = promise.routes[0]
        for call in promise.calls:
            for what, sample, shape in (
                ("request", call.request, route.request),
                ("response", call.response, route.response),
            ):
                wrong = sorted(set(_wrong(graph, sample, shape, what == "request", "")))
                if wrong:
                    yield _finding(call, route, what, wrong)


def _finding(call: PromisedCall, route: Route, what: str, wrong: list[str]) -> Finding:
    return RULE.at(
        document_evidence(call, f"the documented {what}"),
        route_evidence(route, f"its {what} model"),
        message=f"the documented {what} of {route.label} does not fit: {'; '.join(wrong[:4])}",
        subject=f"{route.label} {what}",
        hint="correct the example, or the model",
        confidence=Confidence.HIGH,
        details={"differences": wrong},
    )


def _wrong(graph: ProjectGraph, sample: Sample, shape: Shape | None, sent: bool, above: str) -> Iterator[str]:
    if isinstance(sample, tuple):
        inner = _plain(shape)
        if isinstance(inner, ListOf) and sample:
            yield from _wrong(graph, sample[0], inner.item, sent, above)
        return
    plain = _plain(shape)
    enum = graph.enums.get(plain.key) if isinstance(plain, Ref) else None
    if enum is not None and not enum.open:
        plain = Values(enum.values)
    if isinstance(plain, Values) and isinstance(sample, str) and above:
        values = [value.value for value in plain.values]
        if all(isinstance(value, str) for value in values) and sample not in values:
            yield f"{above.rstrip('.')} is never '{sample}'"
        return
    model = graph.models.get(plain.key) if isinstance(plain, Ref) else None
    if not isinstance(sample, Mapping) or model is None or not sample:
        return
    yield from _fields(graph, sample, model, sent, above)


def _fields(graph: ProjectGraph, sample: Mapping[str, Sample], model: Model, sent: bool, above: str) -> Iterator[str]:
    known: dict[str, FieldType] = {}
    for field in model.fields:
        known.update({field.wire: field, field.name: field})
    for key, value in sample.items():
        if key in known:
            yield from _wrong(graph, value, known[key].shape, sent, f"{above}{key}.")
        elif not model.open:
            yield f"{model.name} has no {above}{key}"
    if sent and not model.open:
        for field in model.fields:
            if field.required and field.wire not in sample and field.name not in sample:
                yield f"{model.name} demands {above}{field.wire}"


def _plain(shape: Shape | None) -> Shape | None:
    """The shape without null."""
    if isinstance(shape, OneOf):
        rest = [option for option in shape.options if option != Scalar("null")]
        return rest[0] if len(rest) == 1 else None
    return shape


RULE = Rule(code="FL103", name="documented-payload-mismatch", severity=Severity.MEDIUM, check=check)
