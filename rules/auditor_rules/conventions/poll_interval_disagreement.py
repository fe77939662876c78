r"""The client asks again at another interval than the server or the documentation says.

Too often, it makes load for nothing or meets a limit; too seldom, the user waits for what is long done.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/jobs/{job_id}")
def read_job(job_id: int) -> dict:
    return {"id": job_id, "status": "running", "poll_after_seconds": 10}
```

```ts title=client.ts
export function watch(id: number, show: (job: unknown) => void) {
  return setInterval(async () => { // expect: CV104
    const answer = await fetch(`/jobs/${id}`);
    show(await answer.json());
  }, 2000);
}
```

## Good

```ts title=client.ts
export function watch(id: number, show: (job: unknown) => void) {
  return setInterval(async () => {
    const answer = await fetch(`/jobs/${id}`);
    show(await answer.json());
  }, 10 * 1000);
}
```

## Bad

```md title=GUIDE.md
# Jobs

~~~mermaid
sequenceDiagram
    participant UI as Frontend
    participant API as Backend
    loop Every 5 seconds
        UI->>API: GET /jobs/7
        API-->>UI: {"id": 7, "status": "running"}
    end
~~~
```

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/jobs/{job_id}")
def read_job(job_id: int) -> dict:
    return {"id": job_id, "status": "running"}
```

```ts title=client.ts
export function watch(id: number, show: (job: unknown) => void) {
  return setInterval(async () => { // expect: CV104
    const answer = await fetch(`/jobs/${id}`);
    show(await answer.json());
  }, 2000);
}
```

## Good

```ts title=client.ts
export function watch(id: number, show: (job: unknown) => void) {
  return setInterval(async () => {
    const answer = await fetch(`/jobs/${id}`);
    show(await answer.json());
  }, 5000);
}
```

## Limits

Only constant intervals are compared. A client that reads the interval from the answer follows it; a number without a
unit may mean seconds or milliseconds; `Retry-After` of an error says when the server has time again.

```py title=api.py
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/jobs/{job_id}")
def read_job(job_id: int) -> dict:
    if job_id > 1000:
        raise HTTPException(429, "too many", headers={"Retry-After": "60"})
    return {"id": job_id, "status": "running", "poll_interval": 5}
```
"""

import re
from collections.abc import Iterator

from auditor.model.absence import call_evidence, route_evidence
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import CallSite, Matched, ProjectGraph, Route
from auditor.model.promises import promises
from auditor.model.span import Location
from auditor.model.timing import Poll, spoken
from auditor.rule import Rule

_EVERY = re.compile(r"\bevery\s+(\d+)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?)\b", re.IGNORECASE)
_UNITS = {"ms": 1, "millisecond": 1, "s": 1_000, "sec": 1_000, "second": 1_000, "m": 60_000, "min": 60_000}


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per timer and suggestion that disagree."""
    calls = {call.location: call for call in graph.calls}
    documented = list(_documented(graph))
    said: set[tuple[Location, Location]] = set()
    for poll in graph.polls:
        call = calls[poll.call]
        if not isinstance(call.target, Matched):
            continue
        route = call.target.route
        told = [
            (Evidence(Side.BACKEND, one.location, f"{one.what} says {spoken(one.meant[-1])}"), one.meant)
            for one in graph.suggestions
            if one.route == route.location and one.what.strip("'") not in call.reads
        ]
        told += [(where, (number,)) for key, where, number in documented if key == (route.location, route.label)]
        for where, meant in told:
            if poll.milliseconds in meant or (poll.location, where.location) in said:
                continue
            said.add((poll.location, where.location))
            yield _finding(poll, call, route, where, meant)


def _finding(poll: Poll, call: CallSite, route: Route, where: Evidence, meant: tuple[int, ...]) -> Finding:
    asked = spoken(poll.milliseconds)
    source = "the documentation" if where.side is Side.DOCUMENT else "the backend"
    return RULE.at(
        Evidence(Side.FRONTEND, poll.location, f"asks every {asked}"),
        where,
        call_evidence(call),
        route_evidence(route, "is asked"),
        message=f"{route.label} is asked every {asked}; {source} says {spoken(meant[-1])}",
        subject=f"interval of {route.label}",
        hint="ask as often as the server says; best take the interval from its answer",
        confidence=Confidence.HIGH if len(meant) == 1 else Confidence.MEDIUM,
        severity=Severity.LOW,
        details={"milliseconds": poll.milliseconds, "suggested": list(meant)},
    )


def _documented(graph: ProjectGraph) -> Iterator[tuple[tuple[Location, str], Evidence, int]]:
    """The intervals at which diagrams repeat a request ("loop every 2 seconds")."""
    for promise in promises(graph):
        for told in promise.calls:
            for block in told.block:
                match = _EVERY.search(block)
                if match is not None and len(promise.routes) == 1:
                    unit = match[2].lower()
                    milliseconds = int(match[1]) * _UNITS.get(unit, _UNITS.get(unit.rstrip("s"), 60_000))
                    label = f"documented: every {match[1]} {match[2]}"
                    route = promise.routes[0]
                    yield (route.location, route.label), Evidence(Side.DOCUMENT, told.location, label), milliseconds


RULE = Rule(code="CV104", name="poll-interval-disagreement", severity=Severity.LOW, check=check)
