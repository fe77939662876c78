"""GraphQL clients: every operation is a POST to one path.

graphql-request 4 to 7 (https://github.com/graffle-js/graffle/tree/graphql-request#readme). The operation is
in the body; what routes know of it is the shared path.

```ts
new GraphQLClient("/graphql").request(query)  // POST /graphql
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import option, send
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Instance, Model, Record, Text, Value

_KIND, _POST = "graphql-request.client", Text(("POST",))


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    url = machine.argument(arguments, 0) or UNDEFINED
    return Instance(None, _KIND, {"url": url}, location=arguments.location)


def _method(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    own = this if isinstance(this, Instance) else None
    url = machine.force(own.fields.get("url")) if own else UNDEFINED
    base = own.location if own else None
    return send(machine, arguments, "graphql", (_POST,), machine.texts(url), base=base, base_name="GraphQLClient")


def _request(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`request(url, document)`, `request({url, document})`."""
    url = machine.argument(arguments, 0) or UNDEFINED
    if isinstance(url, Record):
        url = option(machine, url, "url") or UNDEFINED
    return send(machine, arguments, "graphql", (_POST,), machine.texts(url))


_METHODS: dict[str, Model] = dict.fromkeys(("request", "rawRequest", "batchRequests"), _method)

ADAPTER = Adapter(
    id="graphql",
    side=Side.FRONTEND,
    symbols={
        "graphql-request.GraphQLClient": _create,
        "graphql-request.request": _request,
        "graphql-request.rawRequest": _request,
        "graphql-request": _request,
    },
    methods={_KIND: _METHODS},
    hot=("request", "rawRequest", ".request", ".rawRequest", ".batchRequests"),
)
