"""What was extracted, piece by piece, as plain JSON values. The keys are a contract: added to, never renamed."""

from __future__ import annotations

from auditor.model.graph import (
    Ambiguous,
    CallSite,
    External,
    Matched,
    Missing,
    Own,
    Route,
    Target,
    Unknown,
)
from auditor.model.operation import Operation
from auditor.model.shape import EnumType, FieldType, Model
from auditor.report.carried import carried_record
from auditor.report.records import Record, steps
from auditor.report.shapes import Speller


def route_record(route: Route, spell: Speller) -> Record:
    """A route; one entry per method. A WebSocket has the method of its handshake."""
    return {
        "kind": route.kind,
        "method": route.method or "GET",
        "path": route.path,
        "file": route.location.file,
        "line": route.location.line,
        "handler": route.handler,
        "framework": route.framework,
        "request": spell(route.request),
        "response": spell(route.response),
        "tags": list(route.tags),
        "auth": route.auth or None,
        "confidence": route.confidence,
        "provenance": steps(route.provenance),
        "service": route.service,
        "category": route.category,
        "conditional": route.conditional or None,
        "deprecated": route.deprecated,
        "shadowed_by": f"{route.shadowed_by.file}:{route.shadowed_by.line}" if route.shadowed_by else None,
        "streams": route.streams or None,
        "takes": _takes(route.operation, spell) if route.operation is not None else None,
    }


def _takes(operation: Operation, spell: Speller) -> Record:
    """What a route takes and how it answers besides its models; `unknown` says what is not all of it."""
    return {
        "parameters": [
            {
                "name": one.name,
                "in": one.place,
                "type": spell(one.shape),
                "required": one.required,
                "default": one.default,
            }
            for one in operation.parameters
        ],
        "body": [
            {"name": one.name, "kind": one.kind, "type": spell(one.shape), "required": one.required}
            for one in operation.body
        ],
        "status": operation.status,
        "raises": list(operation.raises),
        "declared": [answer.status for answer in operation.answers],
        "auth": [{"name": name, "file": place.file, "line": place.line} for name, place in operation.security],
        "unknown": list(operation.unknown),
    }


def call_record(call: CallSite) -> Record:
    """A call site; `path` is what the backend sees."""
    return {
        "kind": call.kind,
        "method": call.method or "GET",
        "path": call.path,
        "file": call.location.file,
        "line": call.location.line,
        "end_line": call.location.span.end_line,
        "client": call.client,
        "target": target_word(call.target),
        "route": target_route(call.target) or None,
        "reason": target_reason(call.target) or None,
        "type": call.type or None,
        "confidence": call.confidence,
        "provenance": steps(call.provenance),
        "frontend": call.frontend,
        "query": list(call.query),
        "carried": carried_record(call.carried),
        "operation": call.operation or None,
    }


def model_record(model: Model, spell: Speller) -> Record:
    """A model with its fields; `open` if it may have more."""
    return {
        "name": model.name,
        "side": model.side,
        "file": model.location.file,
        "line": model.location.line,
        "framework": model.framework,
        "open": model.open,
        "fields": [_field(field, spell) for field in model.fields],
    }


def enum_record(enum: EnumType) -> Record:
    """A set of constants; `open` if it may have more."""
    return {
        "name": enum.name,
        "side": enum.side,
        "file": enum.location.file,
        "line": enum.location.line,
        "framework": enum.framework,
        "open": enum.open,
        "values": [value.value for value in enum.values],
    }


def target_word(target: Target) -> str:
    """The name of the verdict: "matched", "ambiguous", "missing", "unknown", "external" or "own"."""
    return type(target).__name__.lower()


def target_route(target: Target) -> str:
    """The route that answers for certain; "" if there is none."""
    return target.route.label if isinstance(target, Matched) else ""


def target_reason(target: Target) -> str:
    """Why the target is what it is; "" for a plain match."""
    match target:
        case Matched(_, redirect):
            return "after a trailing-slash redirect" if redirect else ""
        case Ambiguous(routes):
            return f"one of {', '.join(route.label for route in routes)}"
        case Missing(verdict, nearest, drift):
            near = [f"nearest is {nearest[0].route.label}: {nearest[0].why}"] if nearest else []
            return "; ".join([str(verdict), *([drift] if drift else []), *near])
        case Unknown(reason):
            return reason
        case External(host):
            return f"host {host}"
        case Own(file):
            return file


def _field(field: FieldType, spell: Speller) -> Record:
    return {
        "name": field.name,
        "wire": field.wire,
        "type": spell(field.shape),
        "required": field.required,
        "nullable": field.nullable,
        "default": field.default,
        "line": field.location.line,
    }
