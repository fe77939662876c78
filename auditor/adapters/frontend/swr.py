"""SWR: the key is the URL only by virtue of its fetcher.

SWR 2 (https://swr.vercel.app/docs/arguments): a function key is called, a falsy one sends nothing, an
array reaches the fetcher as it is. Without a fetcher, the one of `<SWRConfig value={{ fetcher }}>`
applies; if none can be seen, a key that is a path is the end of a URL whose beginning is not known.

```ts
useSWR(`/users/${id}`, fetcher)  // what the fetcher does with the key
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import GET, option, send
from auditor.model.finding import Side
from auditor.model.text import choice, join
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Choice,
    Closure,
    Constant,
    Hole,
    List,
    Model,
    Native,
    Record,
    Symbol,
    Text,
    Unknown,
    Value,
)

_CONFIG = "swr.SWRConfig"
_BEGINNING = Hole("what the fetcher of SWR puts before the key")


def _hook(mutates: bool = False) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        key = machine.argument(arguments, 0) or UNDEFINED
        if isinstance(key, Closure):
            key = machine.call(key, (Unknown("a page number"), Unknown("the previous page")), arguments)
        key = _sent(key)
        extra = (Record({"arg": Unknown("the argument of the trigger")}),) if mutates else ()
        fetcher = _fetcher(machine, arguments, shared=not mutates)
        if key is UNDEFINED:
            pass
        elif fetcher is not None:
            machine.call(fetcher, (key, *extra), arguments)
        elif not mutates:
            first = machine.force(key.items[0]) if isinstance(key, List) and key.items else key
            if isinstance(first, Text | Choice):
                paths = [text for text in machine.texts(first) if _is_path(text)]
                open_ended = [
                    text if "://" in str(text.parts[0]) else join((Text((_BEGINNING,)), text)) for text in paths
                ]
                if paths:
                    send(machine, arguments, "swr", (GET,), open_ended)
        return Record({"data": Unknown("a response", label="response")}, open=True)

    return model


def _sent(key: Value) -> Value:
    """The alternatives of a key for which something is sent; `UNDEFINED` if there are none."""
    options = key.options if isinstance(key, Choice) else (key,)
    kept = [one for one in options if one not in (NONE, UNDEFINED, Text(())) and not _is_false(one)]
    return choice(kept) if kept else UNDEFINED


def _is_false(value: Value) -> bool:
    return isinstance(value, Constant) and not value.value


def _fetcher(machine: Machine, arguments: Arguments, shared: bool) -> Value | None:
    """The function that gets the key: that of the call, else of its options, else of the configurations."""
    second, third = machine.argument(arguments, 1), machine.argument(arguments, 2)
    if isinstance(second, _FUNCTIONS):
        return second
    if isinstance(second, Unknown):
        return None
    own = option(machine, second, "fetcher") or option(machine, third, "fetcher")
    if own is not None or not shared:
        return own if isinstance(own, _FUNCTIONS) else None
    found: list[Value] = []
    for props in machine.elements[_CONFIG]:
        value = option(machine, props, "value")
        if isinstance(value, Closure):
            value = machine.call(value, (Record({}, open=True),), arguments)
        given = option(machine, value, "fetcher")
        if isinstance(given, _FUNCTIONS):
            found.append(given)
        elif given is not None:
            return None
    return choice(found) if found else None


_FUNCTIONS = (Closure, Native, Symbol, Choice)


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
        "swr.preload": _hook(),
    },
    hot=("useSWR", "useSWRImmutable", "useSWRInfinite", "useSWRMutation", "preload"),
    elements=(_CONFIG,),
)
