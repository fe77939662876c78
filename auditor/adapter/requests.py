"""What the models of HTTP clients share: options, methods, base URLs, and sending itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.adapter import Machine, Requested
from auditor.model.carried import Body, Carried, Keys
from auditor.model.span import Location
from auditor.model.text import agree, choice, distinct, join
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Record,
    Text,
    Undefined,
    Unknown,
    Value,
)

GET = Text(("GET",))
EMPTY = Text(())
_UNSAID = Keys((), "what the client sends is not followed")
UNSAID = Carried(_UNSAID, Body("", _UNSAID, True), _UNSAID, "?")
"""What a client carries of which that is not known."""


def option(machine: Machine, options: Value | None, *names: str) -> Value | None:
    """The first of some entries that an options object has, None if it certainly has none."""
    match options:
        case Record():
            for name in names:
                found = machine.force(options.entries[name]) if name in options.entries else UNDEFINED
                if not isinstance(found, Undefined):
                    return found
            return None
        case Choice(options=several):
            values = [value for one in several if (value := option(machine, one, *names)) is not None]
            return choice(values) if values else None
        case _:
            return None


def methods(machine: Machine, value: Value | None, default: Text = GET) -> tuple[Text, ...]:
    """Method names as they go over the wire, one per alternative."""
    texts = machine.texts(value) if value is not None else (default,)
    return distinct(_upper(text) for text in texts)


def below(base: Text, url: Text) -> Text:
    """A URL appended to a base URL with exactly one slash; an absolute URL replaces the base."""
    head = url.parts[0] if url.parts else ""
    if not base.parts or (isinstance(head, str) and ("://" in head or head.startswith("//"))):
        return url
    if not url.parts:
        return base
    parts, rest = list(base.parts), list(url.parts)
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip("/")
    if isinstance(rest[0], str):
        rest[0] = rest[0].lstrip("/")
    return join((replace(base, parts=tuple(parts)), Text(("/",)), replace(url, parts=tuple(rest))))


def urls(machine: Machine, base: Value | None, url: Value) -> tuple[Text, ...]:
    """Every alternative of a URL below every alternative of a base."""
    bases: Sequence[Text] = machine.texts(base) if base is not None and not isinstance(base, Undefined) else (EMPTY,)
    found = [below(start, text) for text in machine.texts(url) for start in bases if agree(start.when, text.when)]
    return distinct(found)[: Choice.LIMIT]


def send(
    machine: Machine,
    arguments: Arguments,
    client: str,
    method: Sequence[Text],
    url: Sequence[Text],
    *,
    kind: str = "http",
    body: Value | None = None,
    base: Location | None = None,
    base_name: str = "",
    carries: Carried | None = None,
    operation: str = "",
) -> Value:
    """Records a request sent by the call that `arguments` belongs to; gives the response. `carries` is None where
    a client does not say what it sends."""
    machine.emit(
        Requested(
            kind=kind,
            client=client,
            method=tuple(method),
            url=tuple(url),
            chain=machine.chain(arguments),
            base=base,
            base_name=base_name,
            body=body,
            types=arguments.node.type_arguments if arguments.node else (),
            scope=arguments.scope,
            condition=machine.conditions(),
            carried=carries or UNSAID,
            operation=operation,
        )
    )
    return Unknown("a response", label="response")


def _upper(text: Text) -> Text:
    return replace(text, parts=tuple(part.upper() if isinstance(part, str) else part for part in text.parts))
