"""Routes and calls by their labels, for the tables of this folder."""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.model.finding import Confidence
from auditor.model.graph import CallSite, Kind, Route, Target
from auditor.model.span import Location, Span

_PARAMETER = re.compile(r"\{(\w+):(\w+)\}")
_KINDS = {"WS": Kind.WEBSOCKET, "SSE": Kind.SSE, "MOUNT": Kind.MOUNT}


def route(label: str, order: int = 0, **given: object) -> Route:
    """A route as its framework would write it: "GET /users/{id:int}", "WS /updates", "MOUNT /mcp"."""
    word, _, written = label.partition(" ")
    converters = tuple((name, kind) for name, kind in _PARAMETER.findall(written))
    plain = Route(
        kind=_KINDS.get(word, Kind.HTTP),
        method={"WS": "GET", "SSE": "GET", "MOUNT": "*"}.get(word, word),
        path=_PARAMETER.sub(r"{\1}", written),
        location=Location("api/main.py", Span(order + 1, 1, order + 1, 10)),
        handler=f"handler_{order}",
        framework="fastapi",
        service="api",
        order=order,
        category="",
        tail=any(kind == "path" for _, kind in converters),
        converters=converters,
    )
    return replace(plain, **given)  # type: ignore[arg-type]  # fields by name; a wrong one fails at once


def routes(*labels: str) -> tuple[Route, ...]:
    """Routes in this order of registration."""
    return tuple(route(label, order) for order, label in enumerate(labels))


def request_of(label: str) -> tuple[Kind, str, str]:
    """Kind, method and path of a call: "GET /users/{}", "WS /updates", "SSE /stream"; "* /x" of any method."""
    word, _, path = label.partition(" ")
    return _KINDS.get(word, Kind.HTTP), {"WS": "GET", "SSE": "GET"}.get(word, word), path


def call(
    label: str, target: Target, line: int = 1, confidence: Confidence = Confidence.HIGH, base: str = ""
) -> CallSite:
    """A call that was answered already."""
    kind, method, path = request_of(label)
    place = Location("web/client.ts", Span(line, 1, line, 10))
    return CallSite(kind, method, path, place, "axios", "web", target, base=base, confidence=confidence)
