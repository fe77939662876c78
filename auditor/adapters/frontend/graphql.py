"""GraphQL clients: every operation is a POST to one path.

graphql-request 4 to 7 (https://github.com/graffle-js/graffle/tree/graphql-request#readme), Apollo Client 3 and 4
(https://www.apollographql.com/docs/react/api/link/apollo-link-http), urql 4
(https://nearform.com/open-source/urql/docs/api/core/). The operation is in the body; what routes know of it is the
shared path. Apollo and urql are asked through hooks: the place that gives the path stands for them all.

```ts
new GraphQLClient("/graphql").request(query)  // POST /graphql
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.documents import document, operation_of
from auditor.adapter.requests import option, send
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Closure, Instance, Model, Record, Text, Unknown, Value

_KIND, _POST = "graphql-request.client", Text(("POST",))


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    url = machine.argument(arguments, 0) or UNDEFINED
    return Instance(None, _KIND, {"url": url}, location=arguments.location)


def _method(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    own = this if isinstance(this, Instance) else None
    url = machine.force(own.fields.get("url")) if own else UNDEFINED
    base = own.location if own else None
    given = machine.argument(arguments, 0)
    asked = operation_of(option(machine, given, "document", "query") or given)
    return send(
        machine, arguments, "graphql", (_POST,), machine.texts(url), base=base, base_name="GraphQLClient",
        operation=asked,
    )  # fmt: skip


def _request(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`request(url, document)`, `request({url, document})`."""
    url, asked = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
    if isinstance(url, Record):
        url, asked = option(machine, url, "url") or UNDEFINED, option(machine, url, "document", "query")
    return send(machine, arguments, "graphql", (_POST,), machine.texts(url), operation=operation_of(asked))


def _link(name: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        """A link or client that is given the path; one made of other links sends nothing itself."""
        url = option(machine, machine.argument(arguments, 0), name)
        if isinstance(url, Closure):
            url = machine.call(url, (), arguments)
        if url is not None:
            send(machine, arguments, "graphql", (_POST,), machine.texts(url))
        return Unknown("a GraphQL client")

    return model


_METHODS: dict[str, Model] = dict.fromkeys(("request", "rawRequest", "batchRequests"), _method)

_APOLLO = (
    "@apollo/client", "@apollo/client/core", "@apollo/client/link/http", "@apollo/client/link/batch-http",
    "apollo-boost", "apollo-link-http",
)  # fmt: skip
_LINKS = ("ApolloClient", "HttpLink", "createHttpLink", "BatchHttpLink")
_URQL = ("urql", "@urql/core", "@urql/vue", "@urql/svelte", "@urql/preact", "@urql/next")

ADAPTER = Adapter(
    id="graphql",
    side=Side.FRONTEND,
    symbols={
        "graphql-request.GraphQLClient": _create,
        "graphql-request.request": _request,
        "graphql-request.rawRequest": _request,
        "graphql-request": _request,
        **{f"{package}.gql": document for package in ("graphql-request", "graphql-tag", *_APOLLO, *_URQL)},
        **{f"{package}.{name}": _link("uri") for package in _APOLLO for name in _LINKS},
        **{f"{package}.{name}": _link("url") for package in _URQL for name in ("createClient", "Client")},
        "apollo-upload-client.createUploadLink": _link("uri"),
        "apollo-upload-client/createUploadLink.mjs": _link("uri"),
    },
    methods={_KIND: _METHODS},
    hot=("request", "rawRequest", ".request", ".rawRequest", ".batchRequests", *_LINKS, "createUploadLink"),
)
