r"""The body is sent in another encoding than the route reads.

FastAPI answers 422 to JSON where it expects a form, to a form where it expects JSON, and to JSON that is not announced
as such: `fetch` sends a text as `text/plain`.

## Bad

```py title=api.py
from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordRequestForm
from pydantic import BaseModel

app = FastAPI()


class NewNote(BaseModel):
    text: str


@app.post("/token")
def sign_in(form: OAuth2PasswordRequestForm = Depends()) -> str:
    return form.username


@app.post("/notes")
def create_note(note: NewNote) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export const signIn = (username: string, password: string) =>
  axios.post("/token", { username, password }); // expect: RQ204

export const create = (text: string) =>
  fetch("/notes", { method: "POST", body: JSON.stringify({ text }) }); // expect: RQ204
```

## Good

```ts title=client.ts
import axios from "axios";

export const signIn = (username: string, password: string) =>
  axios.post("/token", new URLSearchParams({ username, password }));

export const create = (text: string) =>
  fetch("/notes", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text }),
  });
```

## Limits

A body or headers that are known at run time only are compared with nothing.

```ts title=client.ts
export const create = (text: string, headers: HeadersInit) =>
  fetch("/notes", { method: "POST", headers, body: JSON.stringify({ text }) });
```

A route that reads one text takes what comes, whatever it is announced as.

```py title=api.py
from typing import Annotated

from fastapi import Body, FastAPI

app = FastAPI()


@app.post("/keys")
def keep(value: Annotated[str, Body()]) -> None: ...
```

```ts title=client.ts
export const keep = (value: string) =>
  fetch("/keys", { method: "POST", headers: { "Content-Type": "text/plain" }, body: value });
```
"""

from collections.abc import Iterator

from auditor.model.exchange import Exchange, exchanges
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.shape import Scalar
from auditor.model.span import Location
from auditor.rule import Rule

_WORDS = {"json": "JSON", "form": "a multipart form", "urlencoded": "an urlencoded form", "text": "plain text"}
_TEXTUAL = ("fetch", "sendBeacon")
"""Clients that send what they are given, so that a text is `text/plain` unless headers say else."""


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call."""
    seen: set[Location] = set()
    for exchange in exchanges(graph):
        sent, taken = _sent(exchange), _taken(exchange)
        if not sent or not taken or sent in taken or exchange.call.location in seen:
            continue
        seen.add(exchange.call.location)
        call, route = exchange.call, exchange.route
        part = exchange.operation.body[0]
        reads = _WORDS[taken[0]]
        announced = " that no header announces" if sent == "text" else ""
        wrote = "JSON" if sent == "text" else _WORDS[sent]
        yield RULE.at(
            exchange.sent,
            Evidence(Side.BACKEND, part.location, f"{route.label}: reads {reads}"),
            message=f"{call.label} sends {wrote}{announced}, {route.label} reads {reads}",
            subject=f"{route.label} {sent}",
            hint="set the header Content-Type to application/json" if sent == "text" else f"send {reads}",
            confidence=call.confidence,
            severity=RULE.severity if call.used else Severity.LOW,
            provenance=call.provenance,
            details={"sent": sent, "taken": list(taken)},
        )


def _sent(exchange: Exchange) -> str:
    body, headers = exchange.carried.body, exchange.carried.headers
    if body is None:
        return ""
    if body.kind == "json" and exchange.call.client in _TEXTUAL and headers.closed:
        return "json" if "content-type" in headers.names else "text"
    return body.kind


def _taken(exchange: Exchange) -> tuple[str, ...]:
    """What the route can read, the usual first."""
    kinds = {part.kind for part in exchange.operation.body}
    if exchange.operation.reads or not kinds:
        return ()
    if kinds == {"json"}:
        # What is not announced as JSON is handed over as it came, and a text takes that.
        alone = exchange.operation.body[0].shape if len(exchange.operation.body) == 1 else None
        return ("json", "text") if isinstance(alone, Scalar) and alone.kind == "string" else ("json",)
    if "file" in kinds:
        return ("form",)
    return ("urlencoded", "form") if kinds == {"form"} else ()


RULE = Rule(code="RQ204", name="content-type-mismatch", severity=Severity.HIGH, check=check)
