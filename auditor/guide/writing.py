"""The guide as Markdown, with a Mermaid sequence diagram per flow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus

from auditor.guide.flows import Exchange, Flow
from auditor.model.channel import Message, Messages
from auditor.model.graph import Kind, ProjectGraph, Route
from auditor.model.operation import Operation
from auditor.model.shape import (
    AnyShape,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    Shape,
    UnknownShape,
    Values,
)

_DEEPEST = 3
_EVENTS = 12
_SAMPLES: Mapping[str, object] = {"string": "text", "number": 0.5, "integer": 1, "boolean": True, "null": None}
HEAD = """# Integration guide

<!-- Written by `auditor flows` from the code. Do not edit: `auditor flows --check` compares it with the code. -->
"""


def guide_text(graph: ProjectGraph, flows: Sequence[Flow]) -> str:
    """The whole guide; the same graph gives the same bytes."""
    parts = [HEAD]
    for number, flow in enumerate(flows, 1):
        parts.append(f"## {number}. {flow.title}\n\n```mermaid\n" + "\n".join(_diagram(graph, flow)) + "\n```\n")
    return "\n".join(parts)


def _diagram(graph: ProjectGraph, flow: Flow) -> Iterator[str]:
    yield "sequenceDiagram"
    yield "    participant UI as Frontend"
    yield "    participant API as Backend"
    for exchange in flow.exchanges:
        if exchange.polled is not None:
            every = f"Every {exchange.polled} ms" if exchange.polled else "At an interval"
            yield f"    loop {every}"
            yield from (f"    {line}" for line in _exchange(graph, exchange))
            yield "    end"
        else:
            yield from _exchange(graph, exchange)


def _exchange(graph: ProjectGraph, one: Exchange) -> Iterator[str]:
    route = one.route
    if route.kind is Kind.WEBSOCKET:
        yield from _socket(one)
        return
    mark = " (SSE)" if one.channel is not None else ""
    yield f"    UI->>API: {route.method} {_plain(route.path)}{mark}"
    yield from (f"    Note over UI,API: {note}" for note in _carried(graph, route))
    if one.channel is not None:
        yield from _events(one.channel.backend_sends)
        return
    yield from _answers(graph, one)


def _carried(graph: ProjectGraph, route: Route) -> Iterator[str]:
    """The query parameters that a request must have, and its body: a model, else its pieces, those of a form named."""
    operation = route.operation or Operation()
    query = {
        one.name: _example(graph, one.shape) for one in operation.parameters if one.required and one.place == "query"
    }
    if query:
        yield f"query {_json(query)}"
    body = _example(graph, route.request)
    if body is not None:
        yield _json(body)
        return
    for kind, mark in (("json", ""), ("form", "form "), ("file", "files ")):
        parts = {one.name: _example(graph, one.shape) for one in operation.body if one.kind == kind and one.required}
        if parts:
            yield f"{mark}{_json(parts)}"


def _answers(graph: ProjectGraph, one: Exchange) -> Iterator[str]:
    operation = one.route.operation
    status = operation.status if operation else 200
    body = _example(graph, one.route.response)
    answer = f"    API-->>UI: {_json(body) if body is not None else status}"
    failures = sorted(operation.raises) if operation else []
    if not failures:
        yield answer
        return
    yield f"    alt {status} {_phrase(status)}".rstrip()
    yield f"    {answer}"
    for failure in failures:
        yield f"    else {failure} {_phrase(failure)}".rstrip()
        yield f"        API-->>UI: {failure}"
    yield "    end"


def _events(sent: Messages) -> Iterator[str]:
    named = [one for one in _distinct(sent) if one.type]
    if not named:
        yield "    API-->>UI: data"
    for message in named[:_EVENTS]:
        yield f"    API-->>UI: SSE: {_plain(message.type)}"
        if message.fields:
            yield f"    Note over UI,API: {_json(dict.fromkeys(message.fields, '…'))}"
    if len(named) > _EVENTS or sent.open:
        yield "    Note over UI,API: further events are possible"


def _socket(one: Exchange) -> Iterator[str]:
    yield f"    UI->>API: WS {_plain(one.route.path)}"
    if one.channel is None:
        return
    for message in [one for one in _distinct(one.channel.frontend_sends) if one.type][:_EVENTS]:
        yield f"    UI->>API: message {_plain(message.type)}"
        if message.fields:
            yield f"    Note over UI,API: {_json(dict.fromkeys(message.fields, '…'))}"
    for message in [one for one in _distinct(one.channel.backend_sends) if one.type][:_EVENTS]:
        yield f"    API-->>UI: WS: {_plain(message.type)}"


def _distinct(messages: Messages) -> list[Message]:
    """One message per type, with all fields that any place gives it."""
    fields: dict[str, dict[str, None]] = {}
    first: dict[str, Message] = {}
    for one in messages.entries:
        first.setdefault(one.type, one)
        fields.setdefault(one.type, {}).update(dict.fromkeys(one.fields))
    return [Message(kind, first[kind].key, first[kind].location, tuple(sorted(fields[kind]))) for kind in sorted(first)]


def _example(graph: ProjectGraph, shape: Shape | None, depth: int = 0) -> object:
    """A value of the shape; None where nothing is known of it."""
    match shape:
        case None | AnyShape() | UnknownShape():
            return None
        case Scalar(kind):
            return _SAMPLES.get(kind)
        case Values(values):
            return values[0].value if values else None
        case ListOf(item):
            inner = _example(graph, item, depth + 1)
            return [inner] if inner is not None else []
        case MapOf():
            return {}
        case OneOf(options):
            known = [option for option in options if option != Scalar("null")]
            return _example(graph, known[0], depth) if known else None
        case Inline(fields):
            return _fields(graph, fields, depth)
        case Ref(key):
            enum, model = graph.enums.get(key), graph.models.get(key)
            if enum is not None:
                return enum.values[0].value if enum.values else None
            return _fields(graph, model.fields, depth) if model is not None else None


def _fields(graph: ProjectGraph, fields: Sequence[FieldType], depth: int) -> object:
    if depth >= _DEEPEST:
        return {}
    return {field.wire: _example(graph, field.shape, depth + 1) for field in fields}


def _json(value: object) -> str:
    """JSON on one line; `#` and `;` have a meaning of their own in Mermaid."""
    return json.dumps(value, ensure_ascii=False).replace("#", "＃").replace(";", ",")


def _plain(text: str) -> str:
    return " ".join(text.split()).replace(";", ",").replace("#", "＃")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
