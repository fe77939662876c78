"""JSON Schemas of shapes, and the named schemas they refer to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

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
_TAKEN = " (input)"  # what follows the key of a model that only a request carries
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
    and enums by key, where they are known; `split` the keys of models that stand once as they are taken and once as
    they are sent (https://fastapi.tiangolo.com/how-to/separate-openapi-schemas/)."""

    def __init__(
        self, graph: ProjectGraph, names: Mapping[str, str] | None = None, split: frozenset[str] = frozenset()
    ) -> None:
        self._graph = graph
        self._split = split
        self._taking = False
        self._uses: dict[str, set[bool]] = {}
        self._differing: dict[str, bool] = {}
        self._named: dict[str, Record] = {}
        self._names = dict(names or {})
        self._done: set[tuple[str, bool]] = set()
        self._open: set[str] = set()
        self._root = _root(graph)

    def names(self) -> dict[str, str]:
        """What the models and enums that were met are called: as FastAPI does it, by module where names clash."""
        short = Counter(self._names.values())
        return {key: name if short[name] == 1 else self._long(key, name) for key, name in self._names.items()}

    def split(self) -> frozenset[str]:
        """The models that were met on both ways, and are not the same on both."""
        return frozenset(key for key, uses in self._uses.items() if len(uses) > 1 and self._differs(key))

    def taken(self, shape: Shape) -> Record:
        """The schema of a shape as a request carries it: without what is computed."""
        before, self._taking = self._taking, True
        try:
            return self.of(shape)
        finally:
            self._taking = before

    def of(self, shape: Shape) -> Record:
        """The schema of a shape, as it is sent where nothing else was said."""
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
        if isinstance(declared, Model) and declared.declared:  # FastAPI's document leaves aside how a route writes it
            return self._reference(declared.declared)
        if declared is None:
            return {"x-auditor-unknown": f"{key} is not known"}
        if isinstance(declared, EnumType) and declared.framework == "literal":
            return _constants([value.value for value in declared.values])
        if isinstance(declared, Model) and declared.framework in _NAMELESS and key not in self._open:
            self._open.add(key)
            schema = self._object(declared.fields)
            self._open.discard(key)
            return schema
        self._uses.setdefault(key, set()).add(self._taking)
        short = f"{declared.name}-Input" if key.endswith(_TAKEN) else declared.name
        name = self._names.setdefault(key, _UNNAMED.sub("_", short))
        if key in self._split:
            name = f"{name}-{'Input' if self._taking else 'Output'}"
        way = (name, self._taking and self._differs(key))
        if way not in self._done:
            self._done.add(way)  # a model may refer to itself
            self._named[name] = self._declared(declared)
        return {"$ref": f"#/components/schemas/{name}"}

    def _long(self, key: str, name: str) -> str:
        file = key.partition(":")[0].removeprefix(self._root).removesuffix(".py").removesuffix("/__init__")
        return f"{file.replace('/', '__')}__{name}"

    def _differs(self, key: str) -> bool:
        """Whether a model, or one below it, has fields that are only sent."""
        known = self._differing.get(key)
        if known is None:
            self._differing[key] = False  # where it refers to itself
            model = self._graph.models.get(key)
            fields = model.fields if model is not None else ()
            known = any(field.computed or any(map(self._differs, _keys(field.shape))) for field in fields)
            self._differing[key] = known
        return known

    def _declared(self, declared: Model | EnumType) -> Record:
        if isinstance(declared, EnumType):
            schema = _constants([value.value for value in declared.values])
            return {**schema, **({"x-auditor-unknown": "a member could not be read"} if declared.open else {})}
        return self._object(declared.fields)

    def _object(self, fields: tuple[FieldType, ...]) -> Record:
        if self._taking:
            fields = tuple(field for field in fields if not field.computed)
        required = [field.wire for field in fields if field.required or field.computed]
        return {
            "type": "object",
            "properties": {field.wire: self._field(field) for field in fields},
            **({"required": required} if required else {}),
        }

    def _field(self, field: FieldType) -> Record:
        schema = self.of(field.shape)
        if field.computed:
            schema = {**schema, "readOnly": True}
        if field.nullable:
            options = schema.get("anyOf")
            schema = {"anyOf": [*(options if isinstance(options, list) else [schema]), {"type": "null"}]}
        return {**schema, **({"default": field.default} if field.default is not None else {})}


def _keys(shape: Shape) -> Iterator[str]:
    """The models that a shape refers to."""
    match shape:
        case Ref(key):
            yield key
        case ListOf(inner) | MapOf(inner):
            yield from _keys(inner)
        case OneOf(options):
            for option in options:
                yield from _keys(option)
        case Inline(fields, _):
            for field in fields:
                yield from _keys(field.shape)
        case _:
            pass


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
