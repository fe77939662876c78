r"""An `EventSource` is opened on a stream that is not served for GET.

`EventSource` cannot send anything but GET. The server answers 405 and the browser gives up; such a stream has to be
read with `fetch`.

## Bad

```py title=api.py
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.post("/chat/stream")
def chat() -> StreamingResponse:
    return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")
```

```ts title=client.ts
export const listen = () => new EventSource("/chat/stream"); // expect: SE107
```

## Good

```ts title=client.ts
export const listen = (text: string) => fetch("/chat/stream", { method: "POST", body: JSON.stringify({ text }) });
```

## Limits

Clients that can send other methods (`fetch-event-source`, `@microsoft/fetch-event-source`) are requests like any other
(EP103). A route that is served for GET too is no finding.
"""

from collections.abc import Iterator

from auditor.model.absence import absences, call_evidence, route_evidence
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph, Verdict
from auditor.rule import Rule

_SHOWN = 3  # routes at the same path


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per path."""
    for absence in absences(graph, Verdict.METHOD):
        if not absence.is_stream:
            continue
        methods = sorted({near.route.method for near in absence.nearest})
        served = " and ".join(methods) or "another method"
        yield RULE.at(
            call_evidence(absence.lead),
            *(route_evidence(near.route, near.why) for near in absence.nearest[:_SHOWN]),
            message=f"{absence.lead.client} sends {absence.lead.method} to {absence.lead.path}, "
            f"which is served for {served} only{absence.remark}",
            subject=absence.label,
            hint="read the stream with fetch, or serve it for GET",
            confidence=absence.confidence,
            severity=None if absence.used else RULE.severity.lowered(),
            provenance=absence.lead.provenance,
            places=absence.places,
            details={"method": absence.lead.method, "served": list(methods)},
        )


RULE = Rule(code="SE107", name="sse-method-mismatch", severity=Severity.HIGH, check=check)
