"""What was extracted, without judging it: routes, calls, types and channels as tables and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from auditor.model.graph import CallSite, Kind, ProjectGraph, Route
from auditor.model.shape import EnumType, Model
from auditor.report import records
from auditor.report.alignment import type_alignment
from auditor.report.channels import channel_table
from auditor.report.escape import cropped, one_line
from auditor.report.extracted import (
    call_record,
    enum_record,
    model_record,
    route_record,
    target_reason,
    target_route,
    target_word,
)
from auditor.report.messages import message_record, message_text
from auditor.report.records import Record
from auditor.report.report import SCHEMA_VERSION
from auditor.report.resolution import resolution
from auditor.report.shapes import Speller, spell_value
from auditor.rule import Rule


@dataclass(frozen=True, slots=True)
class Listing:
    """One list, for people (`table`) and for machines (`lists`: the entries by the name of their key)."""

    table: str
    lists: Mapping[str, Sequence[Record] | Record]

    @property
    def json(self) -> str:
        """`{"schema_version": …, "routes": […]}`."""
        return records.dump({"schema_version": SCHEMA_VERSION, **self.lists})


def routes_listing(graph: ProjectGraph) -> Listing:
    """Every route, one entry per method, by path and method."""
    spell = Speller(graph)
    routes = sorted(graph.routes, key=lambda route: (route.path, route.kind, route.method, route.location))
    rows = [route_record(route, spell) for route in routes]
    cells = [
        [
            _method(route),
            route.path,
            route.handler,
            route.auth,
            _type(spell(route.request)),
            _type(spell(route.response)),
            _marks(route),
            _where(route),
        ]
        for route in routes
    ]
    heads = ("method", "path", "handler", "auth", "request", "response", "notes", "place")
    return Listing(_table(heads, cells, "route"), {"routes": rows})


def calls_listing(graph: ProjectGraph) -> Listing:
    """Every call site, by place."""
    calls = sorted(graph.calls, key=lambda call: (call.location, call.path, call.method))
    rows = [call_record(call) for call in calls]
    cells = [
        [
            call.label,
            target_word(call.target),
            target_route(call.target) or target_reason(call.target),
            " ".join(text for text in (call.operation, call.carried.short if call.carried else "") if text),
            call.client,
            call.type,
            _where(call),
        ]
        for call in calls
    ]
    heads = ("call", "target", "route or reason", "carries", "client", "type", "place")
    known = resolution(calls)
    table = _table(heads, cells, "call")
    return Listing(f"{table}{known.sentence}\n" if calls else table, {"calls": rows, "resolution": known.record})


def types_listing(graph: ProjectGraph) -> Listing:
    """Models and enums of both sides with their fields and values, then the pairs."""
    spell = Speller(graph)
    models = [graph.models[key] for key in sorted(graph.models)]
    enums = [graph.enums[key] for key in sorted(graph.enums)]
    pairs = type_alignment(graph)
    cells = [[row.backend, row.frontend or "-", row.status, "; ".join(row.differences)] for row in pairs]
    table = _table(("backend", "frontend", "status", "differences"), cells, "pair")
    return Listing(
        "\n".join([*(_model_text(model, spell) for model in models), *map(_enum_text, enums), table]),
        {
            "models": [model_record(model, spell) for model in models],
            "enums": [enum_record(enum) for enum in enums],
            "pairs": [records.alignment(row) for row in pairs],
        },
    )


def channels_listing(graph: ProjectGraph) -> Listing:
    """WebSocket and event stream routes and clients, and the messages that each side sends and handles."""
    table = channel_table(graph)
    cells = [
        [
            row.kind,
            row.path,
            row.status,
            _where(row.route) if row.route else "-",
            ", ".join(map(_where, row.clients)) or "-",
        ]
        for row in table
    ]
    heads = ("kind", "path", "status", "route", "clients")
    lists = {
        "channels": [records.channel(row) for row in table],
        "messages": [message_record(channel) for channel in graph.channels],
    }
    return Listing(_table(heads, cells, "channel") + message_text(graph.channels), lists)


def rules_listing(rules: Sequence[Rule]) -> Listing:
    """The rules, as given."""
    cells = [[rule.code, rule.name, rule.severity, rule.category, rule.summary] for rule in rules]
    rows: list[Record] = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "category": rule.category,
            "summary": rule.summary,
        }
        for rule in rules
    ]
    return Listing(_table(("code", "name", "severity", "area", "what"), cells, "rule"), {"rules": rows})


def _model_text(model: Model, spell: Speller) -> str:
    fields = [
        f"    {one_line(field.wire)}{'' if field.required else '?'}: {one_line(spell(field.shape) or '?')}"
        f"{' or null' if field.nullable else ''}"
        for field in model.fields
    ]
    return "\n".join([_declared(model), *fields, *(["    …"] if model.open else []), ""])


def _enum_text(enum: EnumType) -> str:
    values = [spell_value(value) for value in enum.values] + (["…"] if enum.open else [])
    return f"{_declared(enum)}\n    {one_line(' | '.join(values))}\n"


def _declared(found: Model | EnumType) -> str:
    place = f"{one_line(found.location.file)}:{found.location.line}"
    return f"{one_line(found.name)}  ({found.side} {one_line(found.framework)}, {place})"


def _where(found: Route | CallSite) -> str:
    return f"{found.location.file}:{found.location.line}"


def _method(route: Route) -> str:
    """The method, or what is served instead of one: a mounted application, a socket."""
    return {Kind.MOUNT: "MOUNT", Kind.WEBSOCKET: "WS", Kind.SSE: f"{route.method} (sse)"}.get(route.kind, route.method)


def _marks(route: Route) -> str:
    marks = [
        f"if {route.conditional}" if route.conditional else "",
        "deprecated" if route.deprecated else "",
        "shadowed" if route.shadowed_by else "",
        route.streams if route.kind is not Kind.SSE else "",
    ]
    return ", ".join(mark for mark in marks if mark)


def _type(text: str | None) -> str:
    return cropped(text, 40) if text else "-"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], noun: str) -> str:
    """Aligned columns without lines, never cut, and a count; two blanks between columns."""
    count = f"{len(rows)} {noun}{'' if len(rows) == 1 else 's'}"
    if not rows:
        return f"{count}\n"
    cells = [list(heads), *[[cropped(one_line(cell), _WIDEST) or "-" for cell in row] for row in rows]]
    widths = [max(cell_len(row[n]) for row in cells) for n in range(len(heads))]
    lines = [
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([*lines, "", count, ""])


_WIDEST = 100
