"""Relay: every operation is sent by one function, that of the network.

Relay 11 to 20 (https://relay.dev/docs/api-reference/relay-runtime/network/, https://relay.dev/docs/api-reference/use-lazy-load-query/)
and react-relay-network-modern 6 (https://github.com/relay-tools/react-relay-network-modern). `Network.create(fetch)`
is asked what it would send for an operation; the hook or function that is given the operation is the call site.
Fragments are read, not sent, unless they can be fetched again.

```ts
Network.create((operation) => fetch("/graphql", { method: "POST" }))
useLazyLoadQuery(graphql`query Users { users { id } }`, {})  // POST /graphql (Users)
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine, Requested
from auditor.adapter.documents import document, operation_of
from auditor.adapter.requests import option, send
from auditor.model.finding import Side
from auditor.model.text import distinct
from auditor.model.value import UNDEFINED, Arguments, Hole, Instance, Model, Record, Text, Unknown, Value

_NETWORK = "relay.network"
_OPEN = Text((Hole("what the network of Relay fetches"),))
_POST = Text(("POST",))


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Network.create(fetch, subscribe)`: remembers which URLs its function asks."""
    function = machine.argument(arguments, 0)
    before = len(machine.effects)
    if function is not None:
        machine.call(function, (Record({}, open=True), Record({}, open=True), Record({}, open=True)), arguments)
    sent = [effect for effect in machine.effects[before:] if isinstance(effect, Requested)]
    del machine.effects[before:]
    asking = [effect for effect in sent if effect.body is not None] or sent[:1]  # the others sign in again
    _remember(machine, tuple(url for effect in asking for url in effect.url))
    return Unknown("a network of Relay")


def _observable(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Observable.create(source)` runs its source when somebody subscribes."""
    source = machine.argument(arguments, 0)
    if source is not None:
        machine.call(source, (Unknown("a sink"),), arguments)
    return Unknown("an observable")


def _url(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`urlMiddleware({url})` of react-relay-network-modern."""
    url = option(machine, machine.argument(arguments, 0), "url")
    _remember(machine, machine.texts(url) if url is not None else ())
    return Unknown("a middleware of Relay")


def _remember(machine: Machine, urls: tuple[Text, ...]) -> None:
    network = machine.symbol("relay-runtime.Network")
    if isinstance(network, Instance):
        network.state = distinct((*network.state, *urls))


def _sends(position: int, *names: str) -> Model:
    """A function whose argument at `position` is an operation, or an object that has it under one of `names`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = machine.argument(arguments, position) or UNDEFINED
        if names:
            given = option(machine, given, *names) or UNDEFINED
        network = machine.symbol("relay-runtime.Network")
        urls = network.state if isinstance(network, Instance) else ()
        send(machine, arguments, "relay", (_POST,), urls or (_OPEN,), operation=operation_of(given))
        return Unknown("a response", label="response")

    return model


def _refetches(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """A fragment that can be fetched again, or further."""
    return _sends(0)(machine, arguments, this)


_MODELS: dict[str, Model] = {
    "useLazyLoadQuery": _sends(0),
    "useClientQuery": lambda machine, arguments, this: Unknown("what the store has"),
    "useQueryLoader": _sends(0),
    "useMutation": _sends(0),
    "useSubscription": _sends(0, "subscription"),
    "useRefetchableFragment": _refetches,
    "usePaginationFragment": _refetches,
    "useBlockingPaginationFragment": _refetches,
    "fetchQuery": _sends(1),
    "loadQuery": _sends(1),
    "commitMutation": _sends(1, "mutation"),
    "requestSubscription": _sends(1, "subscription"),
    "graphql": document,
}
_PACKAGES = ("react-relay", "react-relay/hooks", "relay-runtime", "relay-hooks")

ADAPTER = Adapter(
    id="relay",
    side=Side.FRONTEND,
    symbols={
        **{f"{package}.{name}": model for package in _PACKAGES for name, model in _MODELS.items()},
        "relay-runtime.Observable.create": _observable,
        "react-relay-network-modern.urlMiddleware": _url,
        "babel-plugin-relay/macro": document,
        "babel-plugin-relay/macro.graphql": document,
        "graphql-tag": document,
    },
    methods={_NETWORK: {"create": _create}},
    instances={"relay-runtime.Network": lambda machine: Instance(None, _NETWORK, state=())},
    hot=tuple(name for name in _MODELS if name != "graphql"),
    elements=("relay-runtime.Network",),
)
