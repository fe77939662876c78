r"""An earlier route answers in place of this one.

Routes are tried in the order of registration, and the first that fits wins even if a later one fits better. The
handler below is never reached; what runs instead gets `"mine"` as an identifier.
See [order matters](https://fastapi.tiangolo.com/tutorial/path-params/#order-matters).

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/items/{item_id}")
def read_item(item_id: str) -> str:
    return item_id


@app.get("/items/mine")  # expect: EP302
def list_mine() -> list[str]:
    return ["lamp"]
```

## Good

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/items/mine")
def list_mine() -> list[str]:
    return ["lamp"]


@app.get("/items/{item_id}")
def read_item(item_id: str) -> str:
    return item_id
```

## Limits

The same handler registered twice at one path is harmless. A Starlette converter such as `{item_id:int}` takes digits
only, and shadows nothing else.

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/items/{item_id:int}")
@app.get("/items/{item_id:int}", include_in_schema=False)
def read_item(item_id: int) -> int:
    return item_id


@app.get("/items/mine")
def list_mine() -> list[str]:
    return ["lamp"]
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence, weaker
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph, Route
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route that is never reached."""
    for route in graph.routes:
        if route.shadowed_by is None or route.shadowed_by == route.location:
            continue
        if not route.in_schema and ":" not in route.handler:
            continue  # a library's own, which the project did not register by itself
        earlier = _earlier(graph, route)
        if earlier is not None and (earlier.path, earlier.handler) == (route.path, route.handler):
            continue  # registered twice
        label = earlier.label if earlier else "an earlier route"
        sure = Confidence.MEDIUM if route.conditional or (earlier and earlier.conditional) else Confidence.HIGH
        yield RULE.at(
            route_evidence(route, "never reached"),
            Evidence(Side.BACKEND, route.shadowed_by, f"{label}: answers instead"),
            message=f"{route.label} is never reached: {label}, registered earlier, answers instead",
            subject=f"{route.label} ({route.handler})",
            hint="keep one of them"
            if earlier and earlier.path == route.path
            else "register the more exact route first",
            confidence=weaker(sure, route.confidence, earlier.confidence if earlier else Confidence.MEDIUM),
            provenance=route.provenance,
            details={"shadowed_by": label},
        )


def _earlier(graph: ProjectGraph, route: Route) -> Route | None:
    """The route at the place that `shadowed_by` names; of several there, the last one before this route."""
    there = [
        other
        for other in graph.routes
        if (other.location, other.service) == (route.shadowed_by, route.service) and other.order < route.order
    ]
    same_method = [other for other in there if other.method == route.method]
    return max(same_method or there, key=lambda other: other.order, default=None)


RULE = Rule(code="EP302", name="shadowed-route", severity=Severity.HIGH, check=check)
