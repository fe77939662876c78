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

Only requests that sign in or refresh, or that are answered with such tokens, whose answer is read where it arrives, and
only where none of the keys that hold a token is read: a client that tries several keys finds the right one.

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
from auditor.model.graph import Matched, ProjectGraph, Route
from auditor.model.shape import Ref
from auditor.model.signin import Step, step_of
from auditor.rule import Rule

_SECRET = re.compile(r"token|jwt", re.IGNORECASE)
_ISSUED = re.compile(r"(access|auth|bearer|id|refresh|session)?[-_]?(token|jwt)", re.IGNORECASE)
_STEPS = (Step.LOGIN, Step.REFRESH)


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call."""
    for call in graph.calls:
        route = call.target.route if isinstance(call.target, Matched) else None
        model = graph.models.get(route.response.key) if route and isinstance(route.response, Ref) else None
        if route is None or model is None or model.open:
            continue
        sent = [field.wire for field in model.fields]
        tokens = [name for name in sent if _SECRET.search(name) and "type" not in name.lower()]
        unknown = [name for name in call.reads if name not in sent and _SECRET.search(name)]
        if not tokens or not unknown or set(tokens) & set(call.reads) or not _issues(route, tokens):
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


def _issues(route: Route, tokens: list[str]) -> bool:
    """Whether a route hands out tokens to sign in with: by its path, or by what it answers a POST with."""
    named = route.method == "POST" and any(_ISSUED.fullmatch(name) for name in tokens)
    return named or step_of(route.method, route.path) in _STEPS


RULE = Rule(code="AU102", name="token-shape-mismatch", severity=Severity.HIGH, check=check)
