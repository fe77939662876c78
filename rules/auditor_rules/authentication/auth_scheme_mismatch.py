r"""The backend asks for credentials in one way, the client sends them in another.

Every such request is refused with 401 or 403, however valid the secret is.

## Bad

```py title=api.py
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader

app = FastAPI()
Key = Annotated[str, Depends(APIKeyHeader(name="X-API-Key"))]


@app.get("/notes")
def notes(key: Key) -> list[str]:
    return []
```

```ts title=client.ts
export const notes = (token: string) =>
  fetch("/notes", { headers: { Authorization: `Bearer ${token}` } }); // expect: AU104
```

## Good

```ts title=client.ts
export const notes = (token: string) => fetch("/notes", { headers: { "X-API-Key": token } });
```

## Limits

Only what FastAPI's security classes demand, and only where the client sends some other header and names the demanded
one in no file at all. A scheme is compared where every place of the client writes it.
"""

from collections.abc import Iterator

from auditor.model.absence import call_evidence
from auditor.model.auth import Credential
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, Matched, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per demanded header or scheme that the client never sends."""
    sent = [one for one in graph.credentials if one.side is Side.FRONTEND and one.act == "sends"]
    headers = [one for one in sent if one.carrier == "header"]
    named = {one.name.lower() for one in graph.credentials if one.side is Side.FRONTEND}
    for demand in graph.credentials:
        if demand.act != "demands" or demand.carrier != "header" or not headers:
            continue
        calls = _calls(graph, demand)
        same = [one for one in headers if one.name.lower() == demand.name.lower()]
        if not calls:
            continue
        if demand.name.lower() not in named:
            yield _finding(demand, headers[0], calls)
        elif same and demand.scheme and all(_differs(one, demand) for one in same):
            yield _finding(demand, same[0], calls)


def _finding(demand: Credential, sent: Credential, calls: list[CallSite]) -> Finding:
    return RULE.at(
        Evidence(Side.FRONTEND, sent.location, f"sends {sent.label}"),
        Evidence(Side.BACKEND, demand.location, f"demands {demand.label}"),
        message=f"the backend demands {demand.label}, the client sends {sent.label}",
        subject=f"{demand.label} in {demand.location.file}",
        hint=f"send {demand.label}",
        severity=None if any(call.used for call in calls) else Severity.LOW,
        places=tuple(call_evidence(call) for call in calls),
        details={"demanded": demand.label, "sent": sent.label, "calls": len(calls)},
    )


def _calls(graph: ProjectGraph, demand: Credential) -> list[CallSite]:
    """Calls of routes that demand exactly this."""
    return [
        call
        for call in graph.calls
        if isinstance(call.target, Matched)
        and call.target.route.operation is not None
        and any(place == demand.location for _, place in call.target.route.operation.security)
    ]


def _differs(sent: Credential, demand: Credential) -> bool:
    return bool(sent.scheme) and sent.scheme.lower() != demand.scheme.lower()


RULE = Rule(code="AU104", name="auth-scheme-mismatch", severity=Severity.HIGH, check=check)
