r"""The frontend opens an event stream that no route serves.

The server answers 404, and the browser gives up: nothing arrives, ever.

## Bad

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/work/events")
def events() -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")
```

```ts title=client.ts
export const watch = () => new EventSource("/work/events");
export const progress = () => new EventSource("/jobs/all/progress"); // expect: SE101
```

## Good

```ts title=client.ts
export const watch = () => new EventSource("/work/events");
```

## Limits

A stream that is read with `fetch` is a request like any other (EP101). A path that is served for another method, in
another spelling or below another prefix is the finding of the rule for that.
"""

from collections.abc import Iterator

from auditor.model.absence import absences, call_evidence, closest_route, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per path."""
    for absence in absences(graph, Verdict.NO_ROUTE):
        if not absence.is_stream:
            continue
        closest = closest_route(graph, absence.lead)
        near = [route_evidence(candidate.route, candidate.why) for candidate in absence.nearest[:1]]
        yield RULE.at(
            call_evidence(absence.lead),
            *(near or ([route_evidence(closest, "closest route")] if closest else [])),
            message=f"no route serves the event stream {absence.lead.path}{absence.remark}",
            subject=absence.label,
            hint="add the route, or drop the stream",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"calls": len(absence.calls)},
        )


RULE = Rule(code="SE101", name="missing-sse-endpoint", severity=Severity.CRITICAL, check=check)
