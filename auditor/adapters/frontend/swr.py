"""SWR: the key is the URL only by virtue of its fetcher.

SWR 2 (https://swr.vercel.app/docs/arguments): a function key is called, a falsy one sends nothing, an
array reaches the fetcher as it is. Without a fetcher the one of `<SWRConfig value={{ fetcher }}>`
applies; as such fetchers pass the key on, a key that is a path counts as a GET of it.

```ts
useSWR(`/users/${id}`, fetcher)  // what the fetcher does with the key
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import GET, send
from auditor.model.finding import Side
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Closure,
    List,
    Model,
    Native,
    Record,
    Symbol,
    Text,
    Unknown,
    Value,
)


def _hook(mutates: bool = False) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        key, fetcher = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1)
        if isinstance(key, Closure):
            key = machine.call(key, (Unknown("a page number"), Unknown("the previous page")), arguments)
        extra = (Record({"arg": Unknown("the argument of the trigger")}),) if mutates else ()
        if isinstance(fetcher, Closure | Native | Symbol | Choice):
            machine.call(fetcher, (key, *extra), arguments)
        elif not mutates:
            first = machine.force(key.items[0]) if isinstance(key, List) and key.items else key
            paths = [text for text in machine.texts(first) if _is_path(text)]
            if paths and isinstance(first, Text | Choice):
                send(machine, arguments, "swr", (GET,), paths)
        return Record({"data": Unknown("a response", label="response")}, open=True)

    return model


def _is_path(text: Text) -> bool:
    head = text.parts[0] if text.parts else ""
    return isinstance(head, str) and (head.startswith("/") or "://" in head)


ADAPTER = Adapter(
    id="swr",
    side=Side.FRONTEND,
    symbols={
        "swr": _hook(),
        "swr.useSWR": _hook(),
        "swr/immutable": _hook(),
        "swr/infinite": _hook(),
        "swr/mutation": _hook(mutates=True),
    },
    hot=("useSWR", "useSWRImmutable", "useSWRInfinite", "useSWRMutation"),
)
