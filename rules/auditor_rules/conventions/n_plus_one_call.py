r"""For each entry of a list that was just fetched, another request is sent.

A list of a hundred entries costs a hundred and one round trips, and the page waits for the slowest.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def list_orders() -> list[dict]:
    return [{"id": 1}]


@app.get("/orders/{order_id}/lines")
def read_lines(order_id: int) -> list[str]:
    return ["tea"]
```

```ts title=client.ts
import axios from "axios";

export async function load() {
  const { data } = await axios.get("/orders");
  return Promise.all(
    data.map(async (order) => {
      const lines = await axios.get(`/orders/${order.id}/lines`); // expect: CV103
      return { ...order, lines: lines.data };
    }),
  );
}
```

## Good

```ts title=client.ts
import axios from "axios";

export async function load() {
  const { data } = await axios.get("/orders");
  return data;
}

export const open = (id: number) => axios.get(`/orders/${id}/lines`);
```

## Limits

Only what reads is reported: writes for which the backend has no route that takes several are no choice of the client. A
loop that stops at the first hit, what is asked for on a click, and lists that come from elsewhere (files that were
chosen, numbers of pages) are left out.

```ts title=client.ts
import axios from "axios";

export async function find(name: string) {
  const { data } = await axios.get("/orders");
  for (const order of data) {
    const lines = await axios.get(`/orders/${order.id}/lines`);
    if (lines.data.includes(name)) break;
  }
  return data.map((order) => ({ id: order.id, open: () => axios.get(`/orders/${order.id}/lines`) }));
}
```
"""

from collections.abc import Iterator

from auditor.model.absence import route_evidence, weaker
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per call in a loop."""
    for one in graph.repeats:
        item, listing = one.item_route, one.listing_route
        yield RULE.at(
            Evidence(Side.FRONTEND, one.location, f"requests {one.item.label} for each entry"),
            route_evidence(item, "answers for one"),
            Evidence(Side.FRONTEND, one.source, f"the entries come from {one.listing.label}"),
            route_evidence(listing, "answers with the entries"),
            message=f"{item.label} is requested once for each entry of {listing.label}",
            subject=f"{item.label} for each of {listing.label}",
            hint="let the list answer with what each entry needs, or let a route take several ids",
            confidence=weaker(one.item.confidence, one.listing.confidence),
            provenance=one.item.provenance,
            details={"item": item.label, "list": listing.label},
        )


RULE = Rule(code="CV103", name="n-plus-one-call", severity=Severity.LOW, check=check)
