r"""The client looks for the token under a key that the answer does not have.

Signing in succeeds and nobody is signed in: what is stored as the token is `undefined`.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Tokens(BaseModel):
    access_token: str
    refresh_token: str


@app.post("/auth/login")
def login() -> Tokens:
    return Tokens(access_token="a", refresh_token="b")
```

```ts title=client.ts
export async function login(body: string) {
  const response = await fetch("/auth/login", { method: "POST", body }); // expect: AU102
  const data = await response.json();
  localStorage.setItem("token", data.token);
}
```

## Good

```ts title=client.ts
export async function login(body: string) {
  const response = await fetch("/auth/login", { method: "POST", body });
  const data = await response.json();
  localStorage.setItem("token", data.access_token);
}
```

## Limits

Only requests that sign in or refresh, whose answer is read where it arrives, and only where none of the keys that hold
a token is read: a client that tries several keys finds the right one.

```ts title=client.ts
export async function login(body: string) {
  const response = await fetch("/auth/login", { method: "POST", body });
  const data = await response.json();
  localStorage.setItem("token", data.token ?? data.access_token);
}
```
"""

import re
from collections.abc import Iterator

from auditor.model.absence import call_evidence, weaker
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.shape import Ref
from auditor.model.signin import Step, flow
from auditor.rule import Rule

_SECRET = re.compile(r"token|jwt", re.IGNORECASE)
_STEPS = (Step.LOGIN, Step.REFRESH)


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call."""
    for row in flow(graph):
        for route in row.routes if row.step in _STEPS else ():
            model = graph.models.get(route.response.key) if isinstance(route.response, Ref) else None
            sent = [field.wire for field in model.fields] if model is not None else []
            tokens = [name for name in sent if _SECRET.search(name) and "type" not in name.lower()]
            if model is None or model.open or not tokens:
                continue
            for call in row.calls:
                unknown = [name for name in call.reads if name not in sent and _SECRET.search(name)]
                if call not in graph.callers_of(route) or not unknown or set(tokens) & set(call.reads):
                    continue
                yield RULE.at(
                    call_evidence(call),
                    Evidence(Side.BACKEND, model.location, f"{model.name}: {', '.join(sent)}"),
                    message=f"the answer of {route.label} is read for {', '.join(unknown)}, and {model.name} has "
                    f"{', '.join(tokens)}",
                    subject=f"{route.label} {', '.join(unknown)}",
                    hint=f"read {', '.join(tokens)}",
                    confidence=weaker(call.confidence, route.confidence),
                    severity=None if call.used else Severity.LOW,
                    provenance=call.provenance,
                    details={"reads": list(call.reads), "unknown": unknown, "sent": sent},
                )


RULE = Rule(code="AU102", name="token-shape-mismatch", severity=Severity.HIGH, check=check)
