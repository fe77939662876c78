r"""A number that a guide says is kept stands nowhere in the code.

Timeouts and the most of something ("timeout: 30 seconds", "max 10,000 tokens"), in milliseconds or seconds, on either
side. The number may still come from a setting outside of the repository: a hint.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/threads")
def threads() -> list[str]:
    return []
```

```md title=GUIDE.md
| Method | Path           |
|--------|----------------|
| GET    | `/api/threads` |

A thread holds at most 7300 messages. <!-- expect: FL107 -->
```

## Good

```py title=api.py
from fastapi import FastAPI

app = FastAPI()
MOST = 7_300


@app.get("/api/threads")
def threads() -> list[str]:
    return []
```

## Limits

The same number anywhere in the code counts, whatever it is there for.

```py title=api.py
from fastapi import FastAPI

app = FastAPI()
PORT = 7300


@app.get("/api/threads")
def threads() -> list[str]:
    return []
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.promises import promises
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per limit, in documents that speak of a served endpoint."""
    speaking = {promise.guide.file: promise.routes[0] for promise in promises(graph) if promise.routes}
    for guide in graph.guides:
        for limit in guide.limits:
            if limit.kept or guide.file not in speaking:
                continue
            yield RULE.at(
                Evidence(Side.DOCUMENT, limit.location, f"documented limit {limit.text}"),
                route_evidence(speaking[guide.file], "an endpoint of the same document"),
                message=f"the documented limit {limit.text} stands nowhere in the code",
                subject=f"{guide.file} {limit.text}",
                hint="enforce it, or drop it from the document",
                confidence=Confidence.LOW,
            )


RULE = Rule(code="FL107", name="documented-limit-not-enforced", severity=Severity.LOW, check=check)
