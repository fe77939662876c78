r"""A call never sends a parameter that the route demands.

FastAPI answers 422 to every such request.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/reports")
def list_reports(team: int, page: int = 1) -> list[int]:
    return [team, page]
```

```ts title=client.ts
export const load = (page: number) => fetch(`/reports?page=${page}`); // expect: RQ101
```

## Good

```ts title=client.ts
export const load = (team: number, page: number) => fetch(`/reports?team=${team}&page=${page}`);

export const filtered = (filters: Record<string, string>) => fetch(`/reports?${new URLSearchParams(filters)}`);
```

## Limits

A set of names that may have others is compared with nothing: a spread, an object that somebody else may have changed,
an interceptor that adds parameters. Headers are compared only where all of them are written at the call, and never
those that browsers and proxies add. Where one place may ask for several paths, what it sends with one of them counts
for all.

```ts title=client.ts
import axios from "axios";

const api = axios.create({});
api.interceptors.request.use((config) => {
  config.params = { ...config.params, team: localStorage.getItem("team") };
  return config;
});

export const load = (page: number) => api.get("/reports", { params: { page } });

export const either = (old: boolean) => fetch(old ? "/reports" : "/summary?team=1");
```
"""

from collections.abc import Iterator

from auditor.model.exchange import exchanges
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.span import Location
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call, with all parameters that are missing."""
    seen: set[tuple[Location, str]] = set()
    for exchange in exchanges(graph):
        missing, call, route = exchange.missing_parameters(), exchange.call, exchange.route
        names = ", ".join(f"'{one.name}'" for one in missing)
        if not missing or (call.location, names) in seen:
            continue
        seen.add((call.location, names))
        places = ", ".join(dict.fromkeys({"query": "the query", "header": "the headers"}[one.place] for one in missing))
        unknown = exchange.unknown_parameters()
        instead = f" (it sends {', '.join(repr(one) for one in unknown)}, which nobody reads)" if unknown else ""
        yield RULE.at(
            exchange.sent,
            Evidence(Side.BACKEND, missing[0].location, f"{route.label}: demands {names} in {places}"),
            message=f"{call.label} never sends {names}, which {route.label} demands{instead}",
            subject=f"{route.label} {names}",
            hint=f"send {names}, or give {'it a default' if len(missing) == 1 else 'them defaults'} in the backend",
            confidence=call.confidence,
            severity=RULE.severity if call.used else Severity.LOW,
            provenance=call.provenance,
            details={
                "missing": [one.name for one in missing],
                "sent": list(exchange.carried.query.names),
                "unknown": list(unknown),
            },
        )


RULE = Rule(code="RQ101", name="missing-required-param", severity=Severity.HIGH, check=check)
