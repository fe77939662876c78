"""JSON Schemas of shapes, and the named schemas they refer to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from auditor.model.graph import ProjectGraph
from auditor.model.shape import (
    AnyShape,
    EnumType,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    Shape,
    UnknownShape,
    Values,
)
from auditor.report.records import Record

_FORMATS = {"date-time", "date", "time", "duration", "uuid", "uri", "email", "binary", "path"}
_NAMELESS = ("dict", "inline")  # written in place, not declared
_UNNAMED = re.compile(r"[^A-Za-z0-9._-]+")
_VALIDATION: dict[str, Record] = {
    "HTTPValidationError": {
        "type": "object",
        "properties": {"detail": {"type": "array", "items": {"$ref": "#/components/schemas/ValidationError"}}},
    },
    "ValidationError": {
        "type": "object",
        "properties": {
            "loc": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
            "msg": {"type": "string"},
            "type": {"type": "string"},
        },
        "required": ["loc", "msg", "type"],
    },
}


class Schemas:
    """The schemas of one document. Only those that something refers to are in it. `names` are those of models
    and enums by key, where they are known."""

    def __init__(self, graph: ProjectGraph, names: Mapping[str, str] | None = None) -> None:
        self._graph = graph
        self._named: dict[str, Record] = {}
        self._names = dict(names or {})
        self._done: set[str] = set()
        self._open: set[str] = set()
        self._root = _root(graph)

    def names(self) -> dict[str, str]:
        """What the models and enums that were met are called: as FastAPI does it, by module where names clash."""
        short = Counter(self._names.values())
        return {key: name if short[name] == 1 else self._long(key, name) for key, name in self._names.items()}

    def of(self, shape: Shape) -> Record:
        """The schema of a shape."""
        match shape:
            case Scalar(kind, format):
                return {"type": kind, **({"format": format} if format in _FORMATS else {})}
            case Values(values):
                return _constants([value.value for value in values])
            case Ref(key):
                return self._reference(key)
            case ListOf(item):
                return {"type": "array", "items": self.of(item)}
            case MapOf(value):
                return {"type": "object", "additionalProperties": self.of(value)}
            case OneOf(options):
                return {"anyOf": [self.of(option) for option in options]}
            case Inline(fields, _):
                return self._object(fields)
            case UnknownShape(reason):
                return {"x-auditor-unknown": reason}
            case AnyShape():
                return {}

    def is_model(self, shape: Shape) -> bool:
        """Whether a shape is a model with a name of its own."""
        return isinstance(shape, Ref) and shape.key in self._graph.models

    def add(self, name: str, schema: Record) -> None:
        """A schema that the document names itself."""
        self._named.setdefault(name, schema)

    def add_validation(self) -> None:
        """FastAPI's answer to a request that does not fit."""
        for name, schema in _VALIDATION.items():
            self._named.setdefault(name, schema)

    def all(self) -> Record:
        """The named schemas, by name."""
        return dict(sorted(self._named.items()))

    def _reference(self, key: str) -> Record:
        declared = self._graph.models.get(key) or self._graph.enums.get(key)
        if declared is None:
            return {"x-auditor-unknown": f"{key} is not known"}
        if isinstance(declared, EnumType) and declared.framework == "literal":
            return _constants([value.value for value in declared.values])
        if isinstance(declared, Model) and declared.framework in _NAMELESS and key not in self._open:
            self._open.add(key)
            schema = self._object(declared.fields)
            self._open.discard(key)
            return schema
        name = self._names.setdefault(key, _UNNAMED.sub("_", declared.name))
        if key not in self._done:
            self._done.add(key)  # a model may refer to itself
            self._named[name] = self._declared(declared)
        return {"$ref": f"#/components/schemas/{name}"}

    def _long(self, key: str, name: str) -> str:
        file = key.partition(":")[0].removeprefix(self._root).removesuffix(".py").removesuffix("/__init__")
        return f"{file.replace('/', '__')}__{name}"

    def _declared(self, declared: Model | EnumType) -> Record:
        if isinstance(declared, EnumType):
            schema = _constants([value.value for value in declared.values])
            return {**schema, **({"x-auditor-unknown": "a member could not be read"} if declared.open else {})}
        return self._object(declared.fields)

    def _object(self, fields: tuple[FieldType, ...]) -> Record:
        required = [field.wire for field in fields if field.required]
        return {
            "type": "object",
            "properties": {field.wire: self._field(field) for field in fields},
            **({"required": required} if required else {}),
        }

    def _field(self, field: FieldType) -> Record:
        schema = self.of(field.shape)
        if field.nullable:
            options = schema.get("anyOf")
            schema = {"anyOf": [*(options if isinstance(options, list) else [schema]), {"type": "null"}]}
        return {**schema, **({"default": field.default} if field.default is not None else {})}


def _root(graph: ProjectGraph) -> str:
    """The folder that most modules of handlers are named from, with a slash; "" for the top."""
    roots: Counter[str] = Counter()
    for route in graph.routes:
        module = route.handler.partition(":")[0].replace(".", "/")
        file = route.location.file.removesuffix(".py").removesuffix("/__init__")
        if module and (file == module or file.endswith(f"/{module}")):
            roots[file[: -len(module)]] += 1
    return min(roots, key=lambda root: (-roots[root], root)) if roots else ""


def _constants(values: list[str | int | float | bool]) -> Record:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    types = list(dict.fromkeys(kinds[type(value)] for value in values))
    return {**({"type": types[0]} if len(types) == 1 else {}), "enum": values}
