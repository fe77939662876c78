r"""By default the client does not ask again for minutes, whatever it fetched.

A query without a time of its own shows what the server said up to that long ago, also after the user comes back to the
page. Whether that is too long depends on the data: the shorter times that other queries give are named.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders() -> list[str]:
    return []
```

```ts title=client.ts
import { QueryClient } from "@tanstack/react-query";

const MINUTE = 60 * 1000;

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5 * MINUTE, // expect: CV101
    },
  },
});

export const orders = () => fetch("/orders");
```

## Good

```ts title=client.ts
import { QueryClient } from "@tanstack/react-query";

export const client = new QueryClient({ defaultOptions: { queries: { staleTime: 30 * 1000 } } });

export const orders = () => fetch("/orders");
```

## Limits

From five minutes on. A time that one query gives itself is a decision about its data and not reported.
"""

from collections.abc import Iterator

from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule

_LONG = 5 * 60 * 1000  # milliseconds


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per default."""
    fresh = [one for one in graph.timings if one.kind == "fresh"]
    for default in fresh:
        if not default.default or default.milliseconds < _LONG:
            continue
        shorter = [one for one in fresh if not one.default and one.milliseconds < default.milliseconds]
        told = f"; {len(shorter)} queries give a shorter time" if shorter else ""
        yield RULE.at(
            Evidence(Side.FRONTEND, default.location, f"by default: {default.label}"),
            *(Evidence(Side.FRONTEND, one.location, f"here: {one.label}") for one in shorter[:1]),
            message=f"what queries fetch counts as fresh for {default.label} by default{told}",
            subject=f"default staleTime in {default.location.file}",
            hint="give what changes often a shorter staleTime, or invalidate it when it changes",
            places=tuple(Evidence(Side.FRONTEND, one.location, one.label) for one in shorter[1:]),
            details={
                "milliseconds": default.milliseconds,
                "shorter": sorted({one.milliseconds for one in shorter}),
            },
        )


RULE = Rule(code="CV101", name="cache-longer-than-volatility", severity=Severity.LOW, check=check)
