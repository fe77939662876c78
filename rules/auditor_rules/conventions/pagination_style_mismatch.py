r"""Both sides count pages in different ways.

The client asks for a page by its number, the backend reads an offset, or they name the size of a page differently: the
first page comes again and again.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/reports")
def list_reports(offset: int = 0, limit: int = 20) -> list[int]:
    return [offset, limit]
```

```ts title=client.ts
import axios from "axios";

export const load = (page: number) => axios.get("/reports", { params: { page, limit: 20 } }); // expect: CV102
```

## Good

```ts title=client.ts
import axios from "axios";

export const load = (page: number) => axios.get("/reports", { params: { offset: page * 20, limit: 20 } });
```

## Limits

Only what the signature of the route and the call say is compared; parameters that may have others are not.

```ts title=client.ts
import axios from "axios";

export const load = (page: number, more: object) => axios.get("/reports", { params: { page, ...more } });
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence
from auditor.model.exchange import Exchange, exchanges
from auditor.model.finding import Finding, Severity
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per route and way to count, with all calls that count so."""
    found: dict[tuple[str, tuple[str, str]], list[Exchange]] = {}
    for exchange in exchanges(graph):
        clash = exchange.pagination()
        if clash is not None and not exchange.missing_parameters():
            found.setdefault((exchange.route.label, clash), []).append(exchange)
    for (label, (sent, taken)), several in found.items():
        first, *others = several
        yield RULE.at(
            first.sent,
            route_evidence(first.route, f"reads '{taken}'"),
            message=f"{first.call.label} pages by '{sent}', {label} by '{taken}'",
            subject=f"{label} {sent} {taken}",
            hint=f"send '{taken}', or read '{sent}' in the backend",
            confidence=first.call.confidence,
            severity=RULE.severity if any(one.call.used for one in several) else Severity.LOW,
            provenance=first.call.provenance,
            places=tuple(dict.fromkeys(one.sent for one in others)),
            details={"sent": sent, "taken": taken},
        )


RULE = Rule(code="CV102", name="pagination-style-mismatch", severity=Severity.MEDIUM, check=check)
