r"""The backend sends fields that the frontend's type does not have and that no code reads.

It costs bytes and queries, and may show more than it should. Only worth a look: nothing is broken.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Member(BaseModel):
    name: str
    password_hint: str


@app.get("/member")
def read_member() -> Member:
    return Member(name="Ann", password_hint="cat")
```

```ts title=client.ts
import axios from "axios";

export interface Member { // expect: RS102
  name: string;
}

export const readName = async () => {
  const { data } = await axios.get<Member>("/member");
  return data.name;
};

console.log(await readName());
```

## Good

```ts title=client.ts
import axios from "axios";

export interface Member {
  name: string;
  password_hint: string;
}

export const readHint = async () => {
  const { data } = await axios.get<Member>("/member");
  return data.name + data.password_hint;
};

console.log(await readHint());
```

## Limits

Only types that a call proves and that are complete. Other clients of the same route may read the fields: info, never
more. Where templates read names too (Angular, Vue, Svelte) nothing is known about what is read, and nothing is
reported.
"""

from collections.abc import Iterator

from auditor.model.differences import differences, is_read
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule

_SHOWN = 8


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per pair of models, with all such fields."""
    if graph.reads is None:
        return
    for pair in differences(graph):
        if not pair.received or pair.frontend.open or not pair.shared:
            continue
        fields = [field for field in pair.unexpected if not is_read(graph, field.wire)]
        if not fields:
            continue
        here, there = pair.names
        names = ", ".join(f"'{field.wire}'" for field in fields[:_SHOWN]) + (", …" if len(fields) > _SHOWN else "")
        yield RULE.at(
            Evidence(Side.FRONTEND, pair.frontend.location, f"{pair.frontend.name}: without them"),
            Evidence(Side.BACKEND, fields[0].location, f"{pair.backend.name}.{fields[0].wire}"),
            message=f"{there} sends {names}, which {here} does not have and nothing reads",
            subject=pair.subject,
            hint="leave them out of the answer, or add them to the type",
            confidence=pair.confidence,
            provenance=pair.reason,
            places=tuple(Evidence(Side.BACKEND, one.location, f"{pair.backend.name}.{one.wire}") for one in fields[1:]),
            details={"fields": [field.wire for field in fields]},
        )


RULE = Rule(code="RS102", name="field-not-consumed", severity=Severity.INFO, check=check)
