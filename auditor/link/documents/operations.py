"""The routes that an API document lists, with what each takes and how it answers.

https://spec.openapis.org/oas/v3.1.0#operation-object, https://spec.openapis.org/oas/v2.0#operation-object
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.link.documents.document import Document, objects_of, text_of
from auditor.link.documents.schemas import DocumentSchemas
from auditor.link.routes import telling_segment
from auditor.link.types.unions import without_null
from auditor.model.graph import Kind, Route
from auditor.model.operation import Answer, Operation, Part, Scheme, Taken
from auditor.model.shape import AnyShape, FieldType, Inline, Ref, Shape
from auditor.model.span import Location
from auditor.syntax.documents import Located

FRAMEWORK = "openapi"
_VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PLACES = ("path", "query", "header", "cookie")
_EVENTS = "text/event-stream"
_LINES = ("application/x-ndjson", "application/jsonl", "application/json-seq", "application/stream+json")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# What a document cannot say of a parameter: that it takes slashes, too. Names of such parameters.
_REST = re.compile(r"\{\w*(path|rest|wildcard|filename|splat|proxy)\w*\}$", re.IGNORECASE)


def document_routes(document: Document, service: str, schemas: DocumentSchemas, prefix: str) -> Iterator[Route]:
    """One route per method and path, in the order of the document, behind a prefix."""
    order = 0
    for path, item in objects_of(document.root.get("paths")):
        followed = document.follow(item) or Located()
        shared = _parameters(document, followed)
        for verb in _VERBS:
            operation = followed.get(verb)
            if isinstance(operation, Located):
                yield _route(document, service, schemas, (prefix + path) or "/", verb, operation, shared, order)
                order += 1


def _route(
    document: Document,
    service: str,
    schemas: DocumentSchemas,
    path: str,
    verb: str,
    operation: Located,
    shared: list[Located],
    order: int,
) -> Route:
    place = document.place(operation)
    tags = tuple(tag for tag in _list(operation.get("tags")) if isinstance(tag, str))
    given = {(text_of(one.get("name")), text_of(one.get("in"))): one for one in shared}
    given |= {(text_of(one.get("name")), text_of(one.get("in"))): one for one in _parameters(document, operation)}
    parts = list(_parts(document, schemas, operation, [*given.values()], place))
    status, answer = _success(document, operation)
    media = _media(document, operation, answer)
    security = tuple((name, place) for name in _security(document, operation))
    stream = "sse" if _EVENTS in media else "ndjson" if any(one in media for one in _LINES) else ""
    name = text_of(operation.get("operationId"))
    response = _response(schemas, media, f"{name or verb}Response", document.place(answer))
    return Route(
        kind=Kind.SSE if stream == "sse" else Kind.HTTP,
        method=verb.upper(),
        path=path,
        location=place,
        handler=name,
        framework=FRAMEWORK,
        service=service,
        order=order,
        category=tags[0] if tags else telling_segment(path),
        tags=tags,
        tail=_REST.search(path) is not None,
        deprecated=operation.get("deprecated") is True,
        request=_request(parts),
        response=response,
        auth=", ".join(name for name, _ in security),
        streams=stream,
        strict_slashes=False,  # whether it redirects is not said
        operation=Operation(
            parameters=tuple(_taken(document, schemas, given.values(), place)),
            body=tuple(parts),
            status=status,
            raises=tuple(_errors(operation)),
            security=security,
            answers=tuple(_answers(document, operation, schemas)),
            schemes=tuple(Scheme(name, place, _scheme(document, name)) for name, _ in security),
            untyped=response is None and status not in (204, 304) and not media and not stream and status < 300,
        ),
    )


def _parameters(document: Document, owner: Located) -> list[Located]:
    found = [document.follow(one) for one in _list(owner.get("parameters"))]
    return [one for one in found if one is not None]


def _taken(document: Document, schemas: DocumentSchemas, given: Iterable[Located], place: Location) -> Iterator[Taken]:
    for one in given:
        where = text_of(one.get("in"))
        if where not in _PLACES:
            continue
        schema = one.get("schema") if not document.swagger else one
        content = next((inner for _, inner in objects_of(one.get("content"))), Located())
        shape, _ = without_null(schemas.shape(schema or content.get("schema"), place))
        default = schema.get("default") if isinstance(schema, Located) else None
        yield Taken(
            name=text_of(one.get("name")),
            place=where,
            shape=shape,
            required=one.get("required") is True or where == "path",
            location=document.place(one),
            default=default if isinstance(default, str | int | float | bool) else None,
        )


def _parts(
    document: Document, schemas: DocumentSchemas, operation: Located, given: list[Located], place: Location
) -> Iterator[Part]:
    name = text_of(operation.get("operationId")) or "body"
    for one in given:  # Swagger 2
        if one.get("in") in ("body", "formData"):
            json = one.get("in") == "body"
            kind = "json" if json else "file" if one.get("type") == "file" else "form"
            shape = schemas.body(f"{name}Request", one.get("schema"), place) if json else schemas.shape(one, place)
            at = document.place(one)
            yield Part(text_of(one.get("name")), kind, without_null(shape)[0], one.get("required") is True, at)
    body = document.follow(operation.get("requestBody"))
    if body is None:
        return
    contents = dict(objects_of(body.get("content")))
    required, at = body.get("required") is True, document.place(body)
    for media, content in contents.items():
        plain = media.partition(";")[0].strip()
        if plain == "application/json" or plain.endswith("+json"):
            shape, _ = without_null(schemas.body(f"{name}Request", content.get("schema"), at))
            yield Part("body", "json", shape, required, at)
            return
    for media, content in contents.items():
        if media.partition(";")[0].strip() not in _FORMS:
            continue
        shape = schemas.shape(content.get("schema"), at)
        fields = shape.fields if isinstance(shape, Inline) else _fields(schemas, shape)
        for field in fields:
            is_file = getattr(field.shape, "format", "") == "binary"
            yield Part(
                field.wire, "file" if is_file else "form", field.shape, field.required and required, field.location
            )
        return


def _fields(schemas: DocumentSchemas, shape: Shape) -> tuple[FieldType, ...]:
    return schemas.models[shape.key].fields if isinstance(shape, Ref) and shape.key in schemas.models else ()


def _request(parts: list[Part]) -> Shape | None:
    whole = [part.shape for part in parts if part.kind == "json"]
    return None if not whole or isinstance(whole[0], AnyShape) else whole[0]


def _success(document: Document, operation: Located) -> tuple[int, Located]:
    """The first status of success with its response; 200 and nothing where none is listed."""
    answers = {code: document.follow(one) for code, one in objects_of(operation.get("responses"))}
    for code in sorted(answers):
        if code[:1] in "23" and answers[code] is not None:
            number = int(code) if code.isdigit() else int(code[0]) * 100
            if number < 300 or not any(one[:1] == "2" for one in answers):
                return number, answers[code] or Located()
    return 200, answers.get("default") or Located()


def _media(document: Document, operation: Located, answer: Located) -> dict[str, object]:
    """The schema of a response by media type."""
    if document.swagger:
        produces = _list(operation.get("produces")) or _list(document.root.get("produces")) or ["application/json"]
        return {text_of(one): answer.get("schema") for one in produces} if answer.get("schema") is not None else {}
    return {media.partition(";")[0].strip(): one.get("schema") for media, one in objects_of(answer.get("content"))}


def _response(schemas: DocumentSchemas, media: dict[str, object], name: str, place: Location) -> Shape | None:
    for one, schema in media.items():
        if one in ("application/json", "*/*") or one.endswith("+json"):
            shape = schemas.body(name[:1].upper() + name[1:], schema, place)
            return None if isinstance(shape, AnyShape) else shape
    return None


def _errors(operation: Located) -> Iterator[int]:
    for code, _ in objects_of(operation.get("responses")):
        if code.isdigit() and code[0] in "45":
            yield int(code)


def _answers(document: Document, operation: Located, schemas: DocumentSchemas) -> Iterator[Answer]:
    for code, one in objects_of(operation.get("responses")):
        answer = document.follow(one)
        if answer is not None and code.isdigit():
            content = _media(document, operation, answer)
            shape = _response(schemas, content, f"Response{code}", document.place(answer))
            yield Answer(int(code), shape, text_of(answer.get("description")))


def _scheme(document: Document, name: str) -> Located:
    listed = document.at("#/components/securitySchemes") if not document.swagger else None
    found = listed if listed is not None else document.root.get("securityDefinitions")
    return document.follow(dict(objects_of(found)).get(name)) or Located()


def _security(document: Document, operation: Located) -> list[str]:
    """The schemes that a request must satisfy; none where it may do without."""
    wanted = operation.get("security", document.root.get("security"))
    ways = [one for one in _list(wanted) if isinstance(one, Located)]
    if not ways or any(not way for way in ways):
        return []
    return list(dict.fromkeys(name for way in ways for name in way))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
