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

## Bad

A function that several files share and that reads no key of the errors which the backend raises. It is medium: other
errors may have the keys it reads.

```py title=api.py
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse

app = FastAPI()


@app.get("/notes/{note_id}")
def note(note_id: int):
    if note_id > 9:
        return JSONResponse({"message": "Too large"}, status_code=400)
    raise HTTPException(404, "There is no such note")
```

```ts title=client.ts
import axios from "axios";

export const note = (id: number) => axios.get<string>(`/notes/${id}`);
```

```ts title=told.ts
import { AxiosError } from "axios";

export const told = (error: AxiosError<any>) => error.response?.data?.message ?? error.message; // expect: ER102
```

```ts title=page.ts
import { note } from "./client";
import { told } from "./told";

export const page = () => note(1).catch((error) => alert(told(error)));
```

```ts title=list.ts
import { note } from "./client";
import { told } from "./told";

export const list = () => note(2).catch((error) => alert(told(error)));
```

```ts title=menu.ts
import { note } from "./client";
import { told } from "./told";

export const menu = () => note(3).catch((error) => alert(told(error)));
```

## Good

```ts title=told.ts
import { AxiosError } from "axios";

export const told = (error: AxiosError<any>) =>
  error.response?.data?.message ?? error.response?.data?.detail ?? error.message;
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

from collections.abc import Iterator, Sequence

from auditor.model.errors import ErrorRead
from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import External, Matched, ProjectGraph
from auditor.rule import Rule

_DETAIL, _TEXT = "detail", ""
_KINDS = {_DETAIL: "detail", _TEXT: "a text without any key"}
_SHARED = 3  # files that import a function through which errors are told


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding for all functions that read the same keys, one per shared function that overlooks some errors."""
    foreign = {call.location.file for call in graph.calls if isinstance(call.target, External)}
    reads = [read for read in graph.error_reads if read.location.file not in foreign]
    found = [] if graph.error_bodies.open else list(_disjoint(graph, reads))
    yield from found
    if not found:
        yield from _overlooked(graph, reads)


def _disjoint(graph: ProjectGraph, reads: Sequence[ErrorRead]) -> Iterator[Finding]:
    sent = dict(graph.error_bodies.keys)
    groups: dict[tuple[str, ...], list[ErrorRead]] = {}
    for read in reads:
        if sent.keys().isdisjoint(read.keys):
            groups.setdefault(tuple(sorted(read.keys)), []).append(read)
    answered = next((call.target.route for call in graph.calls if isinstance(call.target, Matched)), None)
    for keys, members in groups.items():
        first, *others = members
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


def _overlooked(graph: ProjectGraph, reads: Sequence[ErrorRead]) -> Iterator[Finding]:
    """Shared functions that read none of the keys of errors which the backend surely answers."""
    kinds = dict(graph.error_bodies.kinds)
    for read in reads:
        unread = {key: kinds[key] for key in (_DETAIL, _TEXT) if key in kinds and key not in read.keys}
        if read.whole or read.importers < _SHARED or _DETAIL not in unread:
            continue
        counts = {key: f"{len(places)} with {_KINDS[key]}" for key, places in unread.items()}
        yield RULE.at(
            Evidence(Side.FRONTEND, read.location, f"{read.function} reads {', '.join(read.keys)} of an error"),
            *(Evidence(Side.BACKEND, places[0], f"answers {_KINDS[key]}") for key, places in unread.items()),
            message=f"{read.function}, which {read.importers} files import, reads {', '.join(read.keys)} of an error's "
            f"body; of the backend's errors it overlooks {' and '.join(counts.values())}",
            subject=f"error body: {read.function}",
            hint=f"read {_DETAIL} too",
            severity=Severity.MEDIUM,
            places=tuple(
                Evidence(Side.BACKEND, place, f"answers {_KINDS[key]}")
                for key, places in unread.items()
                for place in places[1:]
            ),
            details={"read": list(read.keys), "unread": {_KINDS[key]: len(places) for key, places in unread.items()}},
        )


RULE = Rule(code="ER102", name="error-envelope-mismatch", severity=Severity.HIGH, check=check)
