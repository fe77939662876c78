r"""The client looks for the text of an error under a key that no error of the backend has.

The message is `undefined`: users see an empty notice, or a general one, whatever the backend said.

## Bad

```py title=api.py
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/notes/{note_id}")
def note(note_id: int) -> str:
    raise HTTPException(404, "There is no such note")
```

```ts title=client.ts
import axios from "axios";

export async function note(id: number): Promise<string> {
  try {
    return (await axios.get<string>(`/notes/${id}`)).data;
  } catch (error: any) {
    throw new Error(error.response?.data?.message); // expect: ER102
  }
}
```

## Good

```ts title=client.ts
import axios from "axios";

export async function note(id: number): Promise<string> {
  try {
    return (await axios.get<string>(`/notes/${id}`)).data;
  } catch (error: any) {
    throw new Error(error.response?.data?.message ?? error.response?.data?.detail);
  }
}
```

## Limits

FastAPI and Starlette only. Silent where a handler of exceptions is a library's, answers something that is not written
in place, or a route sets its status by hand, and in files of the client that also call other hosts.

```py title=api.py
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

app = FastAPI()


@app.exception_handler(HTTPException)
def failed(request: Request, error: HTTPException) -> JSONResponse:
    return JSONResponse({"message": error.detail}, status_code=error.status_code)


@app.get("/notes/{note_id}")
def note(note_id: int) -> str:
    raise HTTPException(404, "There is no such note")
```

```ts title=client.ts
import axios from "axios";

export async function note(id: number): Promise<string> {
  try {
    return (await axios.get<string>(`/notes/${id}`)).data;
  } catch (error: any) {
    throw new Error(error.response?.data?.message);
  }
}
```
"""

from collections.abc import Iterator

from auditor.model.errors import ErrorRead
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import External, Matched, ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding for all functions that read the same keys."""
    if graph.error_bodies.open:
        return
    sent = dict(graph.error_bodies.keys)
    foreign = {call.location.file for call in graph.calls if isinstance(call.target, External)}
    groups: dict[tuple[str, ...], list[ErrorRead]] = {}
    for read in graph.error_reads:
        if sent.keys().isdisjoint(read.keys) and read.location.file not in foreign:
            groups.setdefault(tuple(sorted(read.keys)), []).append(read)
    answered = next((call.target.route for call in graph.calls if isinstance(call.target, Matched)), None)
    for keys, reads in groups.items():
        first, *others = reads
        place = next((place for place in sent.values() if place is not None), None)
        backend = place or (answered.location if answered is not None else None)
        yield RULE.at(
            Evidence(Side.FRONTEND, first.location, f"reads {', '.join(keys)} of an error"),
            *([Evidence(Side.BACKEND, backend, f"errors have {', '.join(sent)}")] if backend else []),
            message=f"the client reads {', '.join(keys)} of an error's body, the backend sends {', '.join(sent)}",
            subject=f"error body: {', '.join(keys)}",
            hint=f"read {', '.join(sent)}",
            confidence=Confidence.MEDIUM,
            places=tuple(Evidence(Side.FRONTEND, one.location, f"reads {', '.join(one.keys)}") for one in others),
            details={"read": list(keys), "sent": list(sent)},
        )


RULE = Rule(code="ER102", name="error-envelope-mismatch", severity=Severity.HIGH, check=check)
