r"""A field of the body is sent as a list or an object where the backend takes something else.

FastAPI answers 422.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewNote(BaseModel):
    text: str
    labels: list[str]


@app.post("/notes")
def create_note(note: NewNote) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export interface NewNote {
  text: string;
  labels: string; // expect: RQ203
}

export const createNote = (note: NewNote) => axios.post("/notes", note);
```

## Good

```ts title=client.ts
import axios from "axios";

export interface NewNote {
  text: string;
  labels: string[];
}

export const createNote = (note: NewNote) => axios.post("/notes", note);
```

## Limits

Numbers, texts and booleans are not held against each other: Pydantic converts many of them.

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewNote(BaseModel):
    text: str
    labels: list[str]
    rank: int = 0


@app.post("/notes")
def create_note(note: NewNote) -> None:
    return None
```

```ts title=client.ts
import axios from "axios";

export interface NewNote {
  text: string;
  labels: string[];
  rank: string;
}

export const createNote = (note: NewNote) => axios.post("/notes", note);
```

A text that is parsed before it is sent is none, whatever the type says.

```ts title=client.ts
import axios from "axios";

export interface NewNote {
  text: string;
  labels: string;
  rank: number;
}

export const createNote = (note: NewNote) => axios.post("/notes", note);

export const fromForm = (form: NewNote) => createNote({ ...form, labels: JSON.parse(form.labels) });
```
"""

from collections.abc import Iterator

from auditor.model.differences import differences, is_structural, kind_clash
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all fields of another kind."""
    for pair in differences(graph):
        if not pair.sent:
            continue
        clashes = [
            (meeting, clash)
            for meeting in pair.shared
            if (clash := kind_clash(graph, meeting.backend.shape, meeting.frontend.shape))
            and is_structural(clash)
            and "parsed" not in graph.filled.get(meeting.frontend.wire, ())
        ]
        if not clashes:
            continue
        (first, _), *others = clashes
        here, there = pair.names
        texts = [f"'{one.frontend.wire}' as {theirs}, not {mine}" for one, (mine, theirs) in clashes]
        yield RULE.at(
            Evidence(Side.FRONTEND, first.frontend.location, f"{pair.frontend.name}.{first.frontend.name}"),
            Evidence(Side.BACKEND, first.backend.location, f"{pair.backend.name}.{first.backend.name}"),
            message=f"{here} sends {', '.join(texts)}, which {there} takes",
            subject=pair.subject,
            hint="send the kind that the backend takes",
            confidence=pair.confidence,
            severity=RULE.severity if pair.pair.used else Severity.LOW,
            provenance=pair.reason,
            places=tuple(
                Evidence(Side.FRONTEND, one.frontend.location, f"{pair.frontend.name}.{one.frontend.name}")
                for one, _ in others
            ),
            details={"fields": {one.frontend.wire: {"backend": m, "frontend": t} for one, (m, t) in clashes}},
        )


RULE = Rule(code="RQ203", name="body-type-mismatch", severity=Severity.HIGH, check=check)
