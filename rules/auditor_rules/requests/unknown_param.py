r"""A call sends a query parameter that the route does not read.

The filter, order or page that the user asked for has no effect.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/reports")
def list_reports(team: int = 0) -> list[int]:
    return [team]
```

```ts title=client.ts
import axios from "axios";

export const load = (team: number, sort: string) => axios.get("/reports", { params: { team, sort } }); // expect: RQ102
```

## Good

```ts title=client.ts
import axios from "axios";

export const load = (team: number) => axios.get("/reports", { params: { team } });
```

## Limits

A route that looks into the request itself may read more than its signature says. Pages counted in another way are
CV102's.

```py title=api.py
from fastapi import FastAPI, Request

app = FastAPI()


@app.get("/reports")
def list_reports(request: Request) -> list[str]:
    return list(request.query_params)
```

```ts title=client.ts
import axios from "axios";

export const load = (sort: string) => axios.get("/reports", { params: { sort } });
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.exchange import Exchange, exchanges
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route and set of names, with all calls that send them."""
    found: dict[tuple[str, tuple[str, ...]], list[Exchange]] = {}
    for exchange in exchanges(graph):
        unknown = exchange.unknown_parameters()
        # A parameter that is demanded under another name is RQ101's; another way to count pages is CV102's.
        if unknown and not exchange.missing_parameters() and exchange.pagination() is None:
            found.setdefault((exchange.route.label, unknown), []).append(exchange)
    for (label, unknown), several in found.items():
        first, *others = several
        names = ", ".join(f"'{one}'" for one in unknown)
        known = ", ".join(f"'{one.name}'" for one in first.of("query")) or "none"
        yield RULE.at(
            first.sent,
            route_evidence(first.route, f"reads {known}"),
            message=f"{first.call.label} sends {names}, which {label} does not read",
            subject=f"{label} {names}",
            hint=f"read {names} in the backend, or do not send {'it' if len(unknown) == 1 else 'them'}",
            confidence=first.call.confidence,
            provenance=first.call.provenance,
            places=tuple(dict.fromkeys(one.sent for one in others)),
            details={"unknown": list(unknown), "known": [one.name for one in first.of("query")]},
        )


RULE = Rule(code="RQ102", name="unknown-param", severity=Severity.LOW, check=check)
