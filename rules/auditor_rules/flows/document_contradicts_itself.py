r"""A guide disagrees with itself.

The flows, the text and the code examples of one document are held against one another: one request with two kinds of
answer envelope, a value that is a field here and a part of the path there, polling that nothing but success ends,
states without one for failure, an event whose payload is read and never shown, a listener to `error` that parses data,
a timer that races with the server's timeout, a number left out of the headings, an activation that never ends.

This says nothing about the code and fails no build.

## Bad

```md title=GUIDE.md
# Guide

~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>+API: POST /api/login
    API-->>UI: {"success": true, "data": {"user": "x"}} # expect: FL110
    UI->>API: GET /api/threads
    API-->>-UI: {"threads": []}
~~~
```

## Good

```md title=GUIDE.md
# Guide

~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend API
    UI->>+API: POST /api/login
    API-->>UI: {"user": "x"}
    UI->>API: GET /api/threads
    API-->>-UI: {"threads": []}
~~~
```

## Limits

Only documents with sequence diagrams are held against themselves.

```md title=GUIDE.md
# 1. Guide

| Method | Path           |
|--------|----------------|
| GET    | `/api/threads` |

# 3. Another chapter
```
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per contradiction."""
    for guide in graph.guides:
        for one in guide.contradictions:
            first, *others = (Evidence(Side.DOCUMENT, place, one.check) for place in one.places)
            yield RULE.at(
                first,
                *others,
                message=one.message,
                subject=f"{guide.file} {one.check} {one.message}",
                hint="make the document agree with itself",
                details={"check": one.check},
            )


RULE = Rule(code="FL110", name="document-contradicts-itself", severity=Severity.INFO, check=check)
