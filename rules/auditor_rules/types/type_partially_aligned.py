r"""Code reads optional fields of a type that nothing the backend sends has.

What hangs on such a field never happens: the page falls back every time, without an error.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Job(BaseModel):
    name: str
    done: bool


@app.get("/job")
def read_job() -> Job:
    return Job(name="x", done=False)
```

```ts title=client.ts
import axios from "axios";

export interface Job {
  name: string;
  done: boolean;
  percent?: number; // expect: TY102
}

export const readPercent = async () => {
  const { data } = await axios.get<Job>("/job");
  return data.percent ?? 0;
};

console.log(await readPercent());
```

## Good

```ts title=client.ts
import axios from "axios";

export interface Job {
  name: string;
  done: boolean;
}

export const readDone = async () => {
  const { data } = await axios.get<Job>("/job");
  return data.done;
};

console.log(await readDone());
```

## Limits

Only types that a call proves and that the frontend receives, never sends. A field that another model has which the type
stands for too is not reported, nor is one that nothing reads. Objects that a handler writes are left aside: what it
writes for an error may have the field. Fields that the type demands are RS101's; fields of
another kind, other values and null have rules of their own.
"""

from collections.abc import Iterator

from auditor.model.differences import Differences, differences, is_read, plain_name
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule

_WRITTEN = "dict"


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models."""
    known: dict[str, set[str]] = {}
    sent: set[str] = set()
    for pair in differences(graph, sure=False):
        known.setdefault(pair.frontend.key, set()).update(plain_name(field.wire) for field in pair.backend.fields)
        if pair.sent or pair.backend.open or pair.backend.framework == _WRITTEN:
            sent.add(pair.frontend.key)
    for pair in differences(graph):
        if pair.frontend.key in sent or not pair.received:
            continue
        idle = [
            field
            for field in pair.unserved
            if not field.required
            and plain_name(field.wire) not in known[pair.frontend.key]
            and is_read(graph, field.name)
        ]
        if idle and pair.shared:
            yield _finding(pair, [field.wire for field in idle])


def _finding(pair: Differences, names: list[str]) -> Finding:
    fields = [field for field in pair.unserved if field.wire in names]
    here, there = pair.names
    told = ", ".join(map(repr, names))
    return RULE.at(
        Evidence(Side.FRONTEND, fields[0].location, f"{pair.frontend.name}.{fields[0].wire}: optional"),
        Evidence(Side.BACKEND, pair.backend.location, f"{pair.backend.name}: does not send it"),
        message=f"{here} has {told}, which {there} never sends",
        subject=pair.subject,
        hint=f"send {told}, or remove {'it' if len(names) == 1 else 'them'} from {pair.frontend.name}",
        confidence=pair.confidence,
        provenance=pair.reason,
        places=tuple(Evidence(Side.FRONTEND, one.location, f"{pair.frontend.name}.{one.wire}") for one in fields[1:]),
        details={"fields": names},
    )


RULE = Rule(code="TY102", name="type-partially-aligned", severity=Severity.LOW, check=check)
