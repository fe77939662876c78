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

## Limits

Only calls without a type, whose answer is read where it arrives, and only where the code reads a key that the answer
has as well: it is then certainly this body. Low, because a client that tries several keys finds the right one; keys of
an error's body and those that every list or object has are left out. Tokens of a sign-in are AU102's.
"""

from collections.abc import Iterator

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import Matched, ProjectGraph
from auditor.model.shape import Ref
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
    """One finding per call."""
    for call in graph.calls:
        if not isinstance(call.target, Matched) or call.type or call.expects is not None or not call.reads:
            continue
        route = call.target.route
        model = graph.models.get(route.response.key) if isinstance(route.response, Ref) else None
        if model is None or model.open or not model.fields:
            continue
        sent = {field.wire for field in model.fields}
        lost = [key for key in call.reads if key not in sent and key not in _OTHERS and "token" not in key.lower()]
        if not lost or sent.isdisjoint(call.reads):
            continue
        names = ", ".join(map(repr, lost))
        has = ", ".join(sorted(sent)[:_SHOWN]) + (", …" if len(sent) > _SHOWN else "")
        yield RULE.at(
            Evidence(Side.FRONTEND, call.location, f"{call.label}: reads {', '.join(call.reads)}"),
            Evidence(Side.BACKEND, model.location, f"{model.name}: has {has}"),
            message=f"{names} of the answer to {call.label} {'is' if len(lost) == 1 else 'are'} read, which "
            f"{model.name} does not have",
            subject=f"{call.label}: {names}",
            hint=f"read what {model.name} has, or send {names}",
            confidence=Confidence.LOW,
            provenance=call.provenance,
            details={"keys": lost, "sent": sorted(sent)},
        )


RULE = Rule(code="RS106", name="field-accessed-not-returned", severity=Severity.HIGH, check=check)
