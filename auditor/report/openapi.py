"""An OpenAPI 3.1 document of what a backend serves, from its source (https://spec.openapis.org/oas/v3.1.0).

What could not be read is marked with `x-auditor-unknown` and a reason, never made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from auditor.model.graph import Kind, ProjectGraph, Route
from auditor.model.operation import Operation, Part
from auditor.report.records import Record, dump, dump_yaml
from auditor.report.schemas import Schemas

_VERBS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")
_ERROR = "HTTPValidationError"
_MEDIA = {"sse": "text/event-stream", "ndjson": "application/x-ndjson", "raw": "application/octet-stream"}


def openapi_document(graph: ProjectGraph, title: str, yaml: bool = False) -> str:
    """The document as JSON, or as YAML; two routes of one method and path give the first, which answers."""
    named = Schemas(graph)
    _document(graph, title, named)  # which models are meant decides what they are called
    document = _document(graph, title, Schemas(graph, named.names(), named.split()))
    return dump_yaml(document) if yaml else dump(document)


def _document(graph: ProjectGraph, title: str, schemas: Schemas) -> Record:
    paths: dict[str, Record] = {}
    schemes: dict[str, Record] = {}
    for route in _listed(graph.routes):
        item = paths.setdefault(route.path, {})
        item.setdefault(route.method.lower(), _operation(route, schemas))
        for scheme in route.operation.schemes if route.operation else ():
            schemes.setdefault(scheme.name, dict(scheme.definition))
    components: Record = {"schemas": schemas.all()}
    if schemes:
        components["securitySchemes"] = dict(sorted(schemes.items()))
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "0"},
        "paths": dict(sorted(paths.items())),
        "components": components,
        **({"x-auditor-unknown": gaps} if (gaps := _gaps(graph)) else {}),
    }


def _listed(routes: Iterable[Route]) -> Iterable[Route]:
    usual = [
        route for route in routes if route.kind in (Kind.HTTP, Kind.SSE) and route.in_schema and route.method in _VERBS
    ]
    return sorted(usual, key=lambda route: (route.path, _VERBS.index(route.method), route.order))


def _gaps(graph: ProjectGraph) -> list[str]:
    return [
        f"{gap.reason} ({gap.location.file}:{gap.location.line})" for gap in graph.unresolved if gap.kind == "mount"
    ]


def _operation(route: Route, schemas: Schemas) -> Record:
    operation = route.operation
    record: Record = {}
    if route.tags:
        record["tags"] = list(route.tags)
    record["operationId"] = route.handler
    if route.deprecated:
        record["deprecated"] = True
    parameters = _parameters(route, schemas)
    if parameters:
        record["parameters"] = parameters
    body = _body(route, schemas)
    if body:
        record["requestBody"] = body
    record["responses"] = _responses(route, schemas, bool(parameters or body))
    if operation is not None and operation.security:
        known = [scheme.name for scheme in operation.schemes]
        record["security"] = [{name: list(operation.scopes)} for name in known]
        guards = [name for name, _ in operation.security if name not in known]
        if guards:  # decorators and permissions say that somebody must be known, not how
            record["x-auditor-guards"] = guards
        if not known:
            del record["security"]
    unknown = list(operation.unknown) if operation is not None else ["parameters of this framework are not read"]
    if unknown:
        record["x-auditor-unknown"] = unknown
    return record


def _parameters(route: Route, schemas: Schemas) -> list[Record]:
    taken = [one for one in route.operation.parameters if one.in_schema] if route.operation else []
    found: list[Record] = [
        {
            "name": one.name,
            "in": one.place,
            "required": one.required,
            "schema": {**schemas.taken(one.shape), **({"default": one.default} if one.default is not None else {})},
        }
        for one in taken
    ]
    if route.operation is not None:  # a piece of the path that no signature names is not in FastAPI's document either
        return found
    segments = [part.strip("{}") for part in route.path.split("/") if part.startswith("{") and part.endswith("}")]
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in segments]


def _body(route: Route, schemas: Schemas) -> Record:
    parts = route.operation.body if route.operation is not None else ()
    if not parts:
        if route.request is None:
            return {}
        return {"content": {"application/json": {"schema": schemas.taken(route.request)}}, "required": True}
    required = any(part.required for part in parts)
    kinds = Counter(part.kind for part in parts)
    media = (
        "multipart/form-data"
        if kinds["file"]
        else "application/x-www-form-urlencoded"
        if kinds["form"]
        else "application/json"
    )
    alone = parts[0] if len(parts) == 1 and not parts[0].embedded and media == "application/json" else None
    schema = schemas.taken(alone.shape) if alone is not None else _named(route, parts, schemas)
    return {"content": {media: {"schema": schema}}, **({"required": True} if required else {})}


def _named(route: Route, parts: tuple[Part, ...], schemas: Schemas) -> Record:
    if len(parts) == 1 and parts[0].kind == "form" and schemas.is_model(parts[0].shape) and not parts[0].embedded:
        return schemas.taken(parts[0].shape)
    name = "Body_" + "".join(c if c.isalnum() else "_" for c in f"{_short(route)}{route.path}_{route.method.lower()}")
    schemas.add(
        name,
        {
            "type": "object",
            "properties": {part.name: schemas.taken(part.shape) for part in parts},
            **({"required": required} if (required := [part.name for part in parts if part.required]) else {}),
        },
    )
    return {"$ref": f"#/components/schemas/{name}"}


def _short(route: Route) -> str:
    return route.handler.rpartition(":")[2].rpartition(".")[2]


def _responses(route: Route, schemas: Schemas, takes: bool) -> Record:
    operation = route.operation or Operation()
    found: Record = {str(operation.status): {"description": "Success"}}
    if operation.status not in (204, 304):
        schema = schemas.of(route.response) if route.response is not None else {}
        media = _MEDIA.get(route.streams, "application/json")
        found[str(operation.status)] = {"description": "Success", "content": {media: {"schema": schema}}}
    for answer in operation.answers:
        if answer.status != operation.status:
            said: Record = {"description": answer.description or "Declared"}
            if answer.shape is not None:
                said["content"] = {"application/json": {"schema": schemas.of(answer.shape)}}
            found[str(answer.status)] = said
    for status in operation.raises:
        found.setdefault(str(status), {"description": "Error"})
    if takes and route.framework == "fastapi":
        schemas.add_validation()
        reference = {"schema": {"$ref": f"#/components/schemas/{_ERROR}"}}
        found["422"] = {"description": "Validation error", "content": {"application/json": reference}}
    return dict(sorted(found.items()))
